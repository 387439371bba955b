"""Ticketera's demo: tickets in every state, made by the real acts, and harmless to repeat."""

from collections import Counter

from belgrano.database.base import Base
from belgrano.database.work import Connection
from ticketera.actions.intake import recibir_ticket
from ticketera.demo.load import load
from ticketera.demo.orders import parse_orders
from ticketera.demo.people import REPARTIDORES
from ticketera.domain.intake import encargo_de
from ticketera.settings import MIGRATIONS


async def test_the_demo_has_every_state_and_a_new_order_is_given_out_at_once(database_url: str) -> None:
    async def states(con: Connection) -> list[str]:
        return [row["estado"] for row in await con.fetch_all("SELECT estado FROM tickets")]

    async def stories(con: Connection) -> tuple[int, int]:
        return (
            await con.fetch_val("SELECT count(*) FROM cambios"),
            await con.fetch_val("SELECT count(*) FROM novedades"),
        )

    base = Base(database_url, app="ticketera", migrations=MIGRATIONS, tell=lambda events: None)
    await base.open()
    try:
        accounts = await load(base)
        told = await base.read(stories)

        found = Counter(await base.read(states))
        assert {str(e) for e in found} == {"pendiente", "asignado", "en_camino", "entregado", "fallido", "cancelado"}
        assert found.total() == len(parse_orders()) and found["entregado"] >= 5 and found["asignado"] >= 5
        assert [a["rol"] for a in accounts] == ["admin", *["repartidor"] * 5]
        assert told[0] > found.total() and told[1] >= told[0]

        assert await load(base) == accounts
        assert await base.read(stories) == told
        order = encargo_de(
            numero="NUEVO-1", cliente_nombre="Ana", cliente_direccion="Moldes 1", productos=["Pan"], total=100
        )
        ticket = (await base.do(recibir_ticket, order)).ticket
        assert ticket.repartidor_nombre in {r.nombre for r in REPARTIDORES if r.en_turno}
    finally:
        await base.close()


def test_every_address_is_in_the_neighbourhood() -> None:
    for order in parse_orders():
        lat, lng = order.nuevo.cliente_lat, order.nuevo.cliente_lng
        assert lat is not None and -34.60 < lat < -34.53, order.nuevo.cliente_direccion
        assert lng is not None and -58.49 < lng < -58.43, order.nuevo.cliente_direccion
