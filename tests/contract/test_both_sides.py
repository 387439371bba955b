"""Each app against what the other really says: the posted ticket and the reports back."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from ahorro.app import create_app
from ahorro.domain.carrito import CANTIDAD_MAXIMA, RENGLONES_MAXIMOS, Renglon
from ahorro.domain.franja import Franja
from ahorro.domain.pedido import TOTAL_MAXIMO_CENTAVOS, Entrega, Pedido
from ahorro.store.entregas import select_cobros_distintos
from ahorro.wire.ticket import olvido, ticket_data
from belgrano import contract
from belgrano.database.base import Base
from belgrano.http.json_input import parse_bytes
from belgrano.http.shapes import parse
from tests.ahorro.cast import ShopApp
from tests.ahorro.conftest import WEBHOOK_SECRET, some_settings
from tests.conftest import MakeBase
from tests.contract.test_shapes import allowed, schema
from tests.ticketera.cast import Cast
from ticketera.actions.intake import recibir_ticket
from ticketera.routes.encargo import TicketData, encargo_dicho
from ticketera.routes.olvidos import Olvido
from ticketera.settings import MIGRATIONS

FILE = Path(contract.__file__).parent / "cases/ticket.json"

PEDIDO = Pedido(
    id=1,
    numero="PED-20261124-7K3M9QWX",
    usuario_id=1,
    cliente_nombre="Ana Pérez",
    cliente_email="ana@example.com",
    tipo_cliente="cliente",
    entrega=Entrega("Av. Belgrano 1234, piso 3", "11 5555-1234", "efectivo"),
    total_centavos=385097,
    creado_en=0,
    estado="pendiente",
    repartidor_nombre=None,
    motivo=None,
    estado_en=None,
    huella="",
    items=(
        Renglon(7, "Arroz largo fino 1 kg", 2, 95050, "Mercado Belgrano", "Almacén"),
        Renglon(12, "Fideos 500 g", 3, 64999, "Mercado Belgrano", "Pastas"),
    ),
)


def test_the_shop_says_exactly_what_is_in_the_file() -> None:
    assert json.loads(ticket_data(PEDIDO), parse_float=Decimal) == json.loads(FILE.read_text(), parse_float=Decimal)
    assert list(json.loads(ticket_data(PEDIDO))) == list(json.loads(FILE.read_text()))


@pytest.mark.parametrize(
    "pedido",
    [
        PEDIDO,
        replace(PEDIDO, tipo_cliente="comerciante", numero="PAQ-9223372036854775807-20261124"),
        replace(PEDIDO, cliente_nombre="Ñ" * 120, cliente_email="a" * 108 + "@correo.test"),
        replace(PEDIDO, entrega=Entrega("Ñ" * 200, "1" * 50, "transferencia", "🛵" * 2000)),
        replace(
            PEDIDO,
            entrega=Entrega("Mendoza 1234", "11 5555-1234", "efectivo", "", "P" * 50, "B" * 60, Franja(0, 7_200_000)),
        ),
        replace(PEDIDO, total_centavos=TOTAL_MAXIMO_CENTAVOS),
        replace(PEDIDO, total_centavos=1),
        replace(
            PEDIDO,
            items=tuple(
                Renglon(n, f"Ñandú {n} " + "ñ" * 80, CANTIDAD_MAXIMA, 99_999_99, "N" * 40, "C" * 40)
                for n in range(RENGLONES_MAXIMOS)
            ),
        ),
    ],
    ids=["plain", "comerciante", "names", "delivery", "franja", "dearest", "cheapest", "fullest"],
)
def test_ticketera_takes_all_that_the_shop_can_say(pedido: Pedido) -> None:
    data = parse(TicketData, parse_bytes(ticket_data(pedido).encode()))

    assert allowed(schema("ticket"), json.loads(ticket_data(pedido)))
    assert data.numero == pedido.numero
    assert data.total == pedido.total_centavos
    assert (data.cliente_piso or "", data.cliente_barrio or "") == (pedido.entrega.piso, pedido.entrega.barrio)
    franja = pedido.entrega.franja
    assert (data.franja_desde, data.franja_hasta) == ((franja.desde, franja.hasta) if franja else (None, None))


@pytest.fixture
async def dispatch(make_base: MakeBase) -> Base:
    return await make_base(MIGRATIONS, app="ticketera")


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[ShopApp]:
    app = create_app(some_settings(f"sqlite:///{tmp_path / 'shop.db'}", tmp_path))
    async with app.test_app():
        yield ShopApp(app)


async def _reports(con: Any) -> list[Any]:
    return [dict(row) for row in await con.fetch_all("SELECT key, body FROM outgoing ORDER BY id")]


async def test_the_shop_takes_every_report_that_ticketera_queues(dispatch: Base, shop: ShopApp) -> None:
    clara = await shop.customer()
    numero = (await clara.buy(await shop.producto()))["numero"]
    people = await Cast.of(dispatch)
    data = parse(TicketData, parse_bytes(ticket_data(replace(PEDIDO, numero=numero)).encode()))
    nuevo = replace(encargo_dicho(data), repartidor_id=people.rita.id)
    made = (await dispatch.do(recibir_ticket, nuevo)).ticket
    await people.acts(people.rita, made, "iniciar")
    await people.acts(people.rita, made, "entregar", cobrado=1_234_56, medio="efectivo")

    seen = []
    for report in await dispatch.read(_reports):
        assert allowed(schema("reporte"), json.loads(report["body"]))
        now = datetime.now(UTC)
        headers = {
            "content-type": "application/json",
            "webhook-id": report["key"],
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(WEBHOOK_SECRET).sign(report["key"], now, report["body"]),
        }
        answer = await shop.visitor().ask("POST", "/api/webhooks/ticketera", data=report["body"], headers=headers)
        assert answer.status_code == 204, (answer.data_, report["body"])
        seen.append((await clara.ok("GET", f"/api/pedidos/{numero}"))["entrega"])

    assert [(e["estado"], e["repartidor_nombre"]) for e in seen] == [
        (estado, people.rita.nombre) for estado in ("asignado", "en_camino", "entregado")
    ]
    (cobro,) = await shop.base.read(select_cobros_distintos)
    assert (cobro["numero"], cobro["cobrado_centavos"], cobro["medio"]) == (numero, 1_234_56, "efectivo")
    admin = await shop.customer("admin")
    page = await (await admin.ask("GET", "/admin/envios")).get_data(as_text=True)
    assert "Se cobró otra cosa" in page and "1.234,56" in page


def test_what_the_shop_asks_to_forget_is_what_ticketera_reads() -> None:
    numero = PEDIDO.numero

    said = parse(Olvido, parse_bytes(olvido(numero).encode()))

    assert said.numero == numero
