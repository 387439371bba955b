"""The pedido: one commit, once, for the right person, whatever Ticketera is doing."""

import asyncio
import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from belgrano.outbox.outgoing import select_outgoing
from belgrano.words.times import BUENOS_AIRES
from tests.ahorro.cast import ShopApp, una_clave, una_entrega


async def _bodies(con: Any) -> dict[str, Any]:
    rows = await con.fetch_all("SELECT key, lane, body, state FROM outgoing ORDER BY id")
    return {row["key"]: dict(row) for row in rows}


async def _count(con: Any, usuario_id: int) -> int:
    return int(await con.fetch_val("SELECT count(*) FROM pedidos WHERE usuario_id = :id", {"id": usuario_id}))


async def test_the_cart_becomes_a_pedido_its_lines_and_an_outbox_row(shop: ShopApp) -> None:
    arroz = await shop.producto("Arroz 1 kg", 95050)
    fideos = await shop.producto("Fideos", 70000, oferta_centavos=64999)
    clara = await shop.customer(nombre="Clara Gómez")
    await clara.add(arroz, 2)
    await clara.add(fideos, 3)

    response = await clara.order(notas="Timbre 2B")

    assert response.status_code == 201
    numero = response.data_["numero"]
    assert response.data_ == {"numero": numero, "estado": "recibido", "total": 3850.97}
    hoy = f"{datetime.now(UTC).astimezone(BUENOS_AIRES):%Y%m%d}"
    assert re.fullmatch(rf"PED-{hoy}-[0-9A-F]{{8}}", numero)
    assert (await clara.ok("GET", "/api/carrito"))["items"] == []
    pedido = await clara.ok("GET", f"/api/pedidos/{numero}")
    assert [(i["nombre"], i["cantidad"], i["precio"], i["subtotal"]) for i in pedido["items"]] == [
        ("Arroz 1 kg", 2, 950.5, 1901),
        ("Fideos", 3, 649.99, 1949.97),
    ]
    assert pedido["entrega"] == {"estado": "pendiente", "repartidor_nombre": None, "en": None, "motivo": None}
    row = (await shop.base.read(_bodies))[numero]
    assert row["lane"] == numero
    assert json.loads(row["body"], parse_float=Decimal) == {
        "numero": numero,
        "cliente_nombre": "Clara Gómez",
        "cliente_direccion": "Av. Belgrano 1234",
        "cliente_telefono": "11 5555-1234",
        "cliente_email": clara.email,
        "productos": [
            {
                "id": arroz,
                "nombre": "Arroz 1 kg",
                "cantidad": 2,
                "precio": Decimal("950.5"),
                "subtotal": 1901,
                "negocio": "Mercado",
                "categoria": "Almacén",
            },
            {
                "id": fideos,
                "nombre": "Fideos",
                "cantidad": 3,
                "precio": Decimal("649.99"),
                "subtotal": Decimal("1949.97"),
                "negocio": "Mercado",
                "categoria": "Almacén",
            },
        ],
        "total": Decimal("3850.97"),
        "metodo_pago": "efectivo",
        "indicaciones": "Timbre 2B",
        "estado": "pendiente",
        "prioridad": "normal",
        "tipo_cliente": "cliente",
    }


async def test_a_comerciantes_pedido_says_so_and_without_notes_the_spec_speaks(shop: ShopApp) -> None:
    marta = await shop.customer("comerciante")

    numero = (await marta.buy(await shop.producto()))["numero"]

    sent = json.loads((await shop.base.read(_bodies))[numero]["body"])
    assert sent["tipo_cliente"] == "comerciante"
    assert sent["indicaciones"] == ""


async def test_the_same_clave_gives_the_same_pedido(shop: ShopApp) -> None:
    arroz = await shop.producto()
    clara, raquel = await shop.customer(), await shop.customer()
    entrega = una_entrega()
    await clara.add(arroz)
    first = await clara.ask("POST", "/api/pedidos", entrega)
    await clara.add(arroz, 5)

    again = await clara.ask("POST", "/api/pedidos", entrega)
    await raquel.add(arroz)
    other = await raquel.ask("POST", "/api/pedidos", entrega)

    assert (again.status_code, again.data_) == (201, first.data_)
    assert (await clara.ok("GET", "/api/carrito"))["items"][0]["cantidad"] == 5
    assert other.data_["numero"] != first.data_["numero"]


async def test_the_same_clave_with_other_data_is_a_422(shop: ShopApp) -> None:
    clara = await shop.customer()
    clave = una_clave()
    await clara.buy(await shop.producto(), clave=clave)

    response = await clara.order(clave=clave, direccion="Otra calle 1")

    assert response.status_code == 422
    assert response.data_["codigo"] == "clave_reusada"
    assert await shop.base.read(_count, clara.id) == 1


async def test_forty_equal_posts_at_once_make_one_pedido(shop: ShopApp) -> None:
    clara = await shop.customer()
    await clara.add(await shop.producto(), 2)
    entrega = una_entrega()

    answers = await asyncio.gather(*(clara.ask("POST", "/api/pedidos", entrega) for _ in range(40)))

    assert {a.status_code for a in answers} == {201}
    assert len({a.data_["numero"] for a in answers}) == 1
    assert await shop.base.read(_count, clara.id) == 1


async def test_two_claves_at_once_over_one_cart_make_one_pedido(shop: ShopApp) -> None:
    clara = await shop.customer()
    await clara.add(await shop.producto())

    answers = await asyncio.gather(*(clara.order() for _ in range(8)))

    assert sorted(a.status_code for a in answers) == [201] + [409] * 7
    assert {a.data_["codigo"] for a in answers if a.status_code == 409} == {"carrito_vacio"}


async def test_an_empty_cart_makes_no_pedido(shop: ShopApp) -> None:
    response = await (await shop.customer()).order()

    assert response.status_code == 409
    assert response.data_["codigo"] == "carrito_vacio"
    assert response.content_type == "application/problem+json"


async def test_a_guest_is_asked_to_come_in_first(shop: ShopApp) -> None:
    guest = shop.visitor()
    await guest.add(await shop.producto())

    assert (await guest.order()).status_code == 401
    assert len((await guest.ok("GET", "/api/carrito"))["items"]) == 1


BAD: list[tuple[str, Any]] = [
    *[("clave", v) for v in ("", "x" * 101, "con espacio", "ñ", "a\nb", 7, None, [])],
    *[("direccion", v) for v in ("", "   ", "\u200b", "x" * 201, 12, None, {}, "a\x07b")],
    *[("telefono", v) for v in ("", "  ", "1" * 51, "abc", 1155551234, None, True)],
    *[("metodo_pago", v) for v in ("", "oro", "EFECTIVO", 1, None)],
    *[("notas", v) for v in ("x" * 2001, 5, [], "a\x00b".replace("\x00", "\x01"))],
]


@pytest.mark.parametrize(("campo", "valor"), BAD, ids=lambda v: repr(v)[:20])
async def test_a_bad_field_is_named(shop: ShopApp, campo: str, valor: Any) -> None:
    clara = await _a_customer(shop)

    response = await clara.order(**{campo: valor})

    assert response.status_code == 400
    assert [e["campo"] for e in response.data_["errores"]] == [campo]
    assert response.data_["error"] == response.data_["detail"]


@pytest.mark.parametrize("campo", ["clave", "direccion", "telefono", "metodo_pago"])
async def test_a_missing_field_is_named(shop: ShopApp, campo: str) -> None:
    clara = await _a_customer(shop)
    entrega = una_entrega()
    del entrega[campo]

    response = await clara.ask("POST", "/api/pedidos", entrega)

    assert response.status_code == 400
    assert [e["campo"] for e in response.data_["errores"]] == [campo]


_known: dict[int, Any] = {}


async def _a_customer(shop: ShopApp) -> Any:
    if id(shop) not in _known:
        _known[id(shop)] = await shop.customer()
    return _known[id(shop)]


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"null", "application/json", 400),
        (b'{"clave": NaN}', "application/json", 400),
        (b'{"clave": "a", "clave": "b"}', "application/json", 400),
        (b'{"direccion": "\\ud800"}', "application/json", 400),
        (b'{"direccion": "\\u0000"}', "application/json", 400),
        (b'{"direccion": "\xff"}', "application/json", 400),
        (b"[" * 5000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b"clave=1", "application/x-www-form-urlencoded", 415),
        (b" " * 70_000, "application/json", 413),
    ],
    ids=str,
)
async def test_what_is_no_json_is_a_4xx(shop: ShopApp, raw: bytes, kind: str, status: int) -> None:
    clara = await _a_customer(shop)
    for path in ("/api/pedidos", "/api/carrito/items", "/api/sesion", "/api/clientes", "/api/recuperacion"):
        response = await clara.ask("POST", path, data=raw, headers={"Content-Type": kind})
        assert response.status_code == status, path
        assert response.data_["codigo"]


async def test_the_price_of_the_commit_stays_whatever_the_shelf_says_later(shop: ShopApp) -> None:
    arroz = await shop.producto("Arroz", 10000)
    clara = await shop.customer()
    numero = (await clara.buy(arroz, 2))["numero"]
    await shop.base.do(_otro_precio, arroz)

    pedido = await clara.ok("GET", f"/api/pedidos/{numero}")

    assert pedido["total"] == 200
    assert pedido["items"][0]["precio"] == 100


async def _otro_precio(work: Any, producto_id: int) -> None:
    await work.con.execute("UPDATE productos SET precio_centavos = 99900 WHERE id = :id", {"id": producto_id})


async def test_the_last_units_go_to_one_customer(shop: ShopApp) -> None:
    yerba = await shop.producto("Yerba", stock=3)
    one, two = await shop.customer(), await shop.customer()
    await one.add(yerba, 2)
    await two.add(yerba, 2)

    answers = await asyncio.gather(one.order(), two.order())

    assert sorted(a.status_code for a in answers) == [201, 409]
    perdedor = one if answers[0].status_code == 409 else two
    assert (await perdedor.ok("GET", "/api/carrito"))["items"][0]["cantidad"] == 2


async def test_a_pedido_above_what_ticketera_takes_is_refused_here(shop: ShopApp) -> None:
    oro = await shop.producto("Oro", 200_000_000_00)
    clara = await shop.customer()
    await clara.add(oro, 6)

    response = await clara.order()

    assert response.status_code == 400
    assert response.data_["errores"][0]["campo"] == "total"
    assert await shop.base.read(_count, clara.id) == 0


async def test_somebody_elses_pedido_is_like_one_that_does_not_exist(shop: ShopApp) -> None:
    clara, raquel = await shop.customer(), await shop.customer("admin")
    numero = (await clara.buy(await shop.producto()))["numero"]

    theirs = await raquel.ask("GET", f"/api/pedidos/{numero}")
    none = await raquel.ask("GET", "/api/pedidos/PED-20200101-AAAAAAAA")

    assert theirs.status_code == none.status_code == 404
    assert theirs.data_ == none.data_
    assert (await shop.visitor().ask("GET", f"/api/pedidos/{numero}")).status_code == 401
    assert [p["numero"] for p in (await clara.ok("GET", "/api/pedidos"))["pedidos"]] == [numero]
    assert (await raquel.ok("GET", "/api/pedidos"))["pedidos"] == []


@pytest.mark.parametrize("numero", ["x", "%00", "%FF", "PED'--", "a" * 300, "..%2F..", "PED-20200101-%C3%91"])
async def test_a_numero_that_cannot_be_is_a_404(shop: ShopApp, numero: str) -> None:
    clara = await _a_customer(shop)

    assert (await clara.ask("GET", f"/api/pedidos/{numero}")).status_code == 404


async def test_ones_pedidos_come_in_pages_newest_first(shop: ShopApp) -> None:
    clara = await shop.customer()
    arroz = await shop.producto()
    hechos = [(await clara.buy(arroz))["numero"] for _ in range(5)]

    seen, cursor = [], ""
    while cursor is not None:
        page = await clara.ok("GET", f"/api/pedidos?limite=2&cursor={cursor}")
        seen += [p["numero"] for p in page["pedidos"]]
        cursor = page["siguiente"]

    assert seen == hechos[::-1]
    for bad in ("limite=0", "limite=x", "limite=201", "cursor=x", "cursor=" + "9" * 40, "cursor=%00"):
        assert (await clara.ask("GET", f"/api/pedidos?{bad}")).status_code == 400, bad


async def test_with_ticketera_away_the_outbox_keeps_all_and_health_says_so(shop: ShopApp) -> None:
    clara = await shop.customer()
    before = (await clara.ok("GET", "/health"))["outbox"]["pendientes"]

    await clara.buy(await shop.producto())

    for _ in range(1000):
        health = await clara.ok("GET", "/health")
        if health["status"] == "degraded":
            break
        await asyncio.sleep(0.05)
    assert health["status"] == "degraded"
    assert health["outbox"]["pendientes"] == before + 1
    assert health["outbox"]["apartados"] == 0
    assert {row["state"] for row in (await shop.base.read(_bodies)).values()} == {"pendiente"}
    assert len(await shop.base.read(select_outgoing, state="pendiente")) == before + 1
