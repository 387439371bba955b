"""The books of a pedido, a line each time something changed (`domain/libro.py`)."""

from collections.abc import Mapping

from ahorro.domain.libro import Movimiento
from ahorro.domain.pedido import Pedido
from belgrano.database.work import Connection


async def insert_movimiento(con: Connection, pedido_id: int, movimiento: Movimiento) -> None:
    """Write a line, unless it says nothing."""
    if not movimiento.monto_centavos:
        return
    await con.execute(
        """
        INSERT INTO pedido_libro (pedido_id, que, monto_centavos, medio, en, quien)
        VALUES (:pedido_id, :que, :monto_centavos, :medio, :en, :quien)
        """,
        {
            "pedido_id": pedido_id,
            "que": movimiento.que,
            "monto_centavos": movimiento.monto_centavos,
            "medio": movimiento.medio,
            "en": movimiento.en,
            "quien": movimiento.quien,
        },
    )


async def insert_lo_que_es(con: Connection, antes: Pedido | None, despues: Pedido, en: int, quien: str) -> None:
    """Write what a pedido comes to now and did not before; without `antes` all of it."""
    montos: Mapping[str, int] = _montos(despues)
    eran: Mapping[str, int] = _montos(antes) if antes is not None else {}
    for que, monto in montos.items():
        name = "armado" if que == "pedido" and antes is not None else que
        await insert_movimiento(con, despues.id, Movimiento(name, monto - eran.get(que, 0), "", en, quien))


def _montos(pedido: Pedido) -> dict[str, int]:
    return {
        "pedido": sum(r.subtotal_centavos for r in pedido.items),
        "descuento": -pedido.descuento_centavos,
        "envio": pedido.envio_centavos,
    }


async def select_libro(con: Connection, pedido_id: int) -> list[Movimiento]:
    """The books of a pedido, in their order."""
    rows = await con.fetch_all(
        "SELECT que, monto_centavos, medio, en, quien FROM pedido_libro WHERE pedido_id = :id ORDER BY id",
        {"id": pedido_id},
    )
    return [Movimiento(**dict(row)) for row in rows]
