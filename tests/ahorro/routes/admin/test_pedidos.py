"""Everybody's pedidos, as who works in the shop reads them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ahorro.actions.entregas import Reporte, aplicar_reporte
from belgrano.words.times import ms_of
from tests.ahorro.cast import ShopApp, Visitor

PEDIDOS = "/api/admin/pedidos"


async def vendido(shop: ShopApp, numero: str, en: datetime, estado: str = "pendiente") -> None:
    """The pedido as it would be if it had been made then, and had come to this."""
    await shop.base.do(_set, numero, ms_of(en), estado)


async def _set(work: Any, numero: str, en: int, estado: str) -> None:
    await work.con.execute(
        "UPDATE pedidos SET creado_en = :en, estado = :estado WHERE numero = :numero",
        {"en": en, "estado": estado, "numero": numero},
    )


@pytest.mark.parametrize(
    ("query", "campo"),
    [
        ("desde=ayer", "desde"),
        ("desde=2026-02-30", "desde"),
        ("desde=20260101", "desde"),
        ("desde=2026-W49-2", "desde"),
        ("hasta=0000-01-01", "hasta"),
        ("hasta=9999-12-31", "hasta"),
    ],
)
async def test_a_day_that_is_none_is_named(encargada: Visitor, query: str, campo: str) -> None:
    refused = await encargada.ask("GET", f"{PEDIDOS}?{query}")

    assert refused.status_code == 400
    assert [each["campo"] for each in refused.data_["errores"]] == [campo]


@pytest.mark.parametrize("query", ["estado=pendiente", "cursor=1", "cursor=a-b", "limite=0"])
async def test_what_a_list_cannot_be_narrowed_to_is_named(encargada: Visitor, query: str) -> None:
    refused = await encargada.ask("GET", f"{PEDIDOS}?{query}")

    assert refused.status_code == 400
    assert [each["campo"] for each in refused.data_["errores"]] == [query.partition("=")[0]]


async def test_pedidos_are_found_by_numero_name_mail_and_telephone(shop: ShopApp, encargada: Visitor) -> None:
    clienta = await shop.customer(nombre="Zulma Ñandú", email="zulma.nandu@belgrano.test")
    made = await clienta.buy(await shop.producto("Ricota", 100_00), telefono="011 4777-9081")

    for q in (
        made["numero"].lower(),
        "nandu zulma",
        "Zulma.Nandu@",
        "4777-9081",
        "47779081",
        "+54 9 11 4777-9081",
        "zulma 4777-9081",
    ):
        found = await encargada.ok("GET", PEDIDOS, query_string={"q": q})
        assert [p["numero"] for p in found["pedidos"]] == [made["numero"]], q
    assert (await encargada.ok("GET", f"{PEDIDOS}?q=nadie%25"))["pedidos"] == []


async def test_pages_go_from_the_newest_to_the_oldest_each_once(shop: ShopApp, encargada: Visitor) -> None:
    clienta = await shop.customer(nombre="Paginada Única")
    producto = await shop.producto("Membrillo", 100_00)
    made = [(await clienta.buy(producto))["numero"] for _ in range(3)]

    seen, cursor = [], ""
    while cursor is not None:
        page = await encargada.ok("GET", f"{PEDIDOS}?q=paginada&limite=1&cursor={cursor}")
        seen += [p["numero"] for p in page["pedidos"]]
        cursor = page["siguiente"]

    assert seen == made[::-1]


async def test_a_whole_pedido_says_the_shops_word_and_ticketeras(shop: ShopApp, encargada: Visitor) -> None:
    clienta = await shop.customer(nombre="Ana Entera")
    producto = await shop.producto("Grisines", 123_45)
    made = await clienta.buy(producto, 2, notas="Tocar timbre")

    told = await encargada.ok("GET", f"{PEDIDOS}/{made['numero']}")

    assert (told["estado"], told["entrega"]["estado"], told["total"]) == ("recibido", "pendiente", 246.9)
    assert told["renglones"] == [
        {
            "producto_id": producto, "nombre": "Grisines", "pedido": 2, "armado": None, "precio": 123.45,
            "subtotal": 246.9, "en_lugar_de": None,
        }
    ]  # fmt: skip
    assert told["cliente"]["nombre"] == "Ana Entera"
    assert (told["pagos"], told["devuelto"], told["revision"], told["indicaciones"]) == ([], 0, 0, "Tocar timbre")
    assert told["notas"] == [{"texto": "Tocar timbre", "en": told["creado_en"], "por": "Ana Entera"}]
    assert told["historial"] == [{"que": "creado", "en": told["creado_en"], "por": "", "detalle": ""}]
    for estado, word in (("asignado", "recibido"), ("en_camino", "en_camino"), ("cancelado", "cancelado")):
        await vendido(shop, made["numero"], datetime(2032, 1, 1, tzinfo=UTC), estado)
        found = await encargada.ok("GET", f"{PEDIDOS}?q=ana+entera&estado={word}")
        assert [p["numero"] for p in found["pedidos"]] == [made["numero"]]
    assert (await encargada.ok("GET", f"{PEDIDOS}?q=ana+entera&estado=listo"))["pedidos"] == []


async def test_what_was_collected_at_the_door_is_a_payment(shop: ShopApp, encargada: Visitor) -> None:
    made = await (await shop.customer()).buy(await shop.producto("Con cobro", 100_00), metodo_pago="efectivo")

    en = ms_of(datetime(2031, 5, 1, 15, tzinfo=UTC))

    for version, cobrado in ((2, 8000), (3, 9000)):
        said = Reporte(made["numero"], "entregado", "e1", version, "Rocío", None, en, cobrado, "tarjeta")
        await shop.base.do(aplicar_reporte, f"puerta-{version}-{made['numero']}", said)

    assert (await encargada.ok("GET", f"{PEDIDOS}/{made['numero']}"))["pagos"] == [
        {"medio": "tarjeta", "monto": 90, "en": "2031-05-01T15:00:00.000Z", "por": "Rocío"}
    ]


async def test_an_armador_sees_pedidos_and_a_customer_does_not(shop: ShopApp) -> None:
    armador, clienta = await shop.customer("armador"), await shop.customer()

    assert [(await who.ask("GET", PEDIDOS)).status_code for who in (armador, clienta, shop.visitor())] == [
        200,
        403,
        401,
    ]
    assert (await armador.ask("GET", f"{PEDIDOS}/PED-NUNCA")).status_code == 404
