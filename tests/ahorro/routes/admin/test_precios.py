"""Many prices moved at once: looked at, done once, taken back."""

import asyncio
import uuid
from typing import Any

import pytest

from ahorro.domain.precios import Alistada, Movida, alistar
from tests.ahorro.cast import ShopApp, Visitor, una_clave

PRECIOS = "/api/admin/precios"


def pedida(*ids: int, **cambios: Any) -> dict[str, Any]:
    return {"filtro": {"ids": list(ids)}, **cambios}


async def precio(quien: Visitor, producto_id: int) -> Any:
    """The product as its owner gets it."""
    found = await quien.ok("GET", "/api/admin/productos?limite=200")
    return next(p for p in found["productos"] if p["id"] == producto_id)


async def test_what_is_looked_at_changes_nothing(shop: ShopApp, encargada: Visitor) -> None:
    a, b = await shop.producto("Té 25 saquitos", 123_450), await shop.producto("Té 50 saquitos", 200_000)

    seen = await encargada.ok("POST", PRECIOS, pedida(a, b, porcentaje=10, redondeo=50, vista_previa=True))

    assert seen == {
        "productos": [
            {"id": a, "nombre": "Té 25 saquitos", "antes": 1234.5, "despues": 1350},
            {"id": b, "nombre": "Té 50 saquitos", "antes": 2000, "despues": 2200},
        ],
        "cantidad": 2,
        "avisos": [],
    }
    assert (await precio(encargada, a))["precio"] == 1234.5


async def test_a_clave_moves_prices_once_and_customers_see_them(
    shop: ShopApp, encargada: Visitor, duena: Visitor
) -> None:
    a, clave = await shop.producto("Dulce de batata", 100_000), str(uuid.uuid4())
    asked = pedida(a, porcentaje=-12.5, clave=clave)

    first, again = await asyncio.gather(*(who.ok("POST", PRECIOS, asked) for who in (encargada, duena)))
    other = await encargada.ask("POST", PRECIOS, {**asked, "porcentaje": -12})

    assert first == again
    assert first["lote"]
    assert other.status_code == 422
    now = await precio(encargada, a)
    assert (now["precio"], now["version"]) == (875, 2)
    [seen] = (await shop.visitor().ok("GET", "/api/productos?q=batata"))["productos"]
    assert seen["precio"] == 875


async def test_a_filter_names_a_negocio_and_a_word(shop: ShopApp, encargada: Visitor) -> None:
    a = await shop.producto("Escabeche de berenjena", 50_000, categoria="Conservas")

    by_word = await encargada.ok("POST", PRECIOS, {"filtro": {"q": "escabeche"}, "monto": 100, "vista_previa": True})
    filtro = {"categoria": "Conservas", "negocio": "mercado"}
    filed = await encargada.ok("POST", PRECIOS, {"filtro": filtro, "monto": -50.25, "vista_previa": True})

    assert [(p["id"], p["despues"]) for p in by_word["productos"]] == [(a, 600)]
    assert [(p["id"], p["despues"]) for p in filed["productos"]] == [(a, 449.75)]


async def test_more_than_half_wants_a_second_word(shop: ShopApp, encargada: Visitor) -> None:
    a = await shop.producto("Azafrán", 10_000)
    asked = pedida(a, porcentaje=50.01, redondeo=None, clave=una_clave())

    refused = await encargada.ask("POST", PRECIOS, asked)
    seen = await encargada.ok("POST", PRECIOS, {**asked, "vista_previa": True})
    forced = await encargada.ok("POST", PRECIOS, {**asked, "forzar": True})

    assert (refused.status_code, refused.data_["codigo"]) == (409, "cambio_grande")
    assert [aviso["que"] for aviso in seen["avisos"]] == ["salto"]
    assert forced["productos"] == seen["productos"]


async def test_half_needs_no_second_word_and_nothing_costs_nothing(shop: ShopApp, encargada: Visitor) -> None:
    a = await shop.producto("Laurel", 10_000)

    await encargada.ok("POST", PRECIOS, pedida(a, porcentaje=-50, clave=una_clave()))
    away = pedida(a, porcentaje=-100, clave=una_clave())
    refused = await encargada.ask("POST", PRECIOS, away)
    forced = await encargada.ok("POST", PRECIOS, {**away, "forzar": True})

    assert refused.status_code == 409
    assert (forced["cantidad"], [aviso["que"] for aviso in forced["avisos"]]) == (0, ["cero"])
    assert (await precio(encargada, a))["precio"] == 50


async def test_an_offer_that_is_none_any_more_is_dropped_and_a_price_below_cost_named(
    shop: ShopApp, encargada: Visitor
) -> None:
    a = await shop.producto("Orégano", 10_000)
    said = {"version": 1, "oferta": {"precio": 80}, "costo": 75}
    await encargada.ok("PATCH", f"/api/admin/productos/{a}", said)

    done = await encargada.ok("POST", PRECIOS, pedida(a, porcentaje=-30, clave=una_clave()))

    assert [aviso["que"] for aviso in done["avisos"]] == ["bajo_costo", "sin_oferta"]
    now = await precio(encargada, a)
    assert (now["precio"], now["oferta"]) == (70, None)


async def test_what_nobody_changed_since_goes_back_once(shop: ShopApp, encargada: Visitor) -> None:
    a, b = await shop.producto("Comino", 10_000), await shop.producto("Pimentón", 20_000)
    done = await encargada.ok("POST", PRECIOS, pedida(a, b, monto=10, clave=una_clave()))
    await encargada.ok("PATCH", f"/api/admin/productos/{b}", {"version": 2, "precio": 500})

    undone = await encargada.ok("POST", f"{PRECIOS}/{done['lote']}/deshacer")
    again = await encargada.ok("POST", f"{PRECIOS}/{done['lote']}/deshacer")

    assert undone["resultados"] == [{"id": a, "ok": True}, {"id": b, "ok": False, "codigo": "cambio_despues"}]
    assert again == undone
    assert [(await precio(encargada, each))["precio"] for each in (a, b)] == [100, 500]


async def test_of_taking_back_and_a_hand_at_the_same_time_the_first_one_stands(
    shop: ShopApp, encargada: Visitor, duena: Visitor
) -> None:
    for n in range(6):
        a = await shop.producto(f"Pimienta {n}", 10_000)
        lote = (await encargada.ok("POST", PRECIOS, pedida(a, monto=10, clave=una_clave())))["lote"]
        taking = encargada.ok("POST", f"{PRECIOS}/{lote}/deshacer")
        typing = duena.ask("PATCH", f"/api/admin/productos/{a}", {"version": 2, "precio": 300})

        async with asyncio.TaskGroup() as both:
            tasks = [both.create_task(each) for each in ((taking, typing) if n % 2 else (typing, taking))]
        undone, typed = [task.result() for task in (tasks if n % 2 else tasks[::-1])]

        [one] = undone["resultados"]
        assert typed.status_code == (409 if one["ok"] else 200)
        assert (await precio(encargada, a))["precio"] == (100 if one["ok"] else 300)


async def test_two_are_taken_back_one_after_the_other(shop: ShopApp, encargada: Visitor) -> None:
    a, b = await shop.producto("Nuez moscada", 10_000), await shop.producto("Cardamomo", 10_000)
    first, second = [
        (await encargada.ok("POST", PRECIOS, pedida(a, b, monto=10, clave=una_clave())))["lote"] for _ in range(2)
    ]
    await encargada.ok("PATCH", f"/api/admin/productos/{b}", {"version": 3, "precio": 110})

    undone = [(await encargada.ok("POST", f"{PRECIOS}/{lote}/deshacer"))["resultados"] for lote in (second, first)]

    left = {"id": b, "ok": False, "codigo": "cambio_despues"}  # by hand, to what the first had made of it
    assert undone == [[{"id": a, "ok": True}, left]] * 2
    assert [(await precio(encargada, each))["precio"] for each in (a, b)] == [100, 110]


async def test_a_rise_that_rounding_turns_into_a_fall_is_named(shop: ShopApp, encargada: Visitor) -> None:
    a, b = await shop.producto("Jengibre", 140_00), await shop.producto("Cúrcuma", 160_00)

    up = await encargada.ok("POST", PRECIOS, pedida(a, b, porcentaje=4, redondeo=100, vista_previa=True))
    down = await encargada.ok("POST", PRECIOS, pedida(a, b, porcentaje=-4, redondeo=100, vista_previa=True))

    assert [(p["antes"], p["despues"]) for p in up["productos"]] == [(140, 100), (160, 200)]
    assert [(each["producto_id"], each["que"]) for each in up["avisos"]] == [(a, "al_reves")]
    assert [(each["producto_id"], each["que"]) for each in down["avisos"]] == [(b, "al_reves")]


async def test_a_lote_that_nobody_made_is_a_404(encargada: Visitor) -> None:
    assert (await encargada.ask("POST", f"{PRECIOS}/nunca/deshacer")).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "campo"),
    [
        ({"porcentaje": None}, "porcentaje"),
        ({"monto": 5}, "porcentaje"),
        ({"porcentaje": "10"}, "porcentaje"),
        ({"porcentaje": 0}, "porcentaje"),
        ({"porcentaje": 1.001}, "porcentaje"),
        ({"redondeo": 20}, "redondeo"),
        ({"redondeo": True}, "redondeo"),
        ({"filtro": None}, "filtro"),
        ({"filtro": {"color": "rojo"}}, "filtro"),
        ({"filtro": {"ids": []}}, "filtro"),
        ({"filtro": {"negocio": "nadie"}}, "filtro"),
        ({"clave": None}, "clave"),
        ({"porcentaje": None, "monto": 10**9}, "monto"),
    ],
    ids=str,
)
async def test_what_cannot_be_is_named(shop: ShopApp, encargada: Visitor, wrong: dict[str, Any], campo: str) -> None:
    a = await shop.producto("Clavo de olor", 10_000)

    answer = await encargada.ask("POST", PRECIOS, {**pedida(a, porcentaje=10, clave=una_clave()), **wrong})

    assert answer.status_code == 400
    assert [each["campo"] for each in answer.data_["errores"]] == [campo]


@pytest.mark.parametrize("dates", [{}, {"desde": "2030-01-01", "hasta": "2030-01-31"}], ids=["always", "dated"])
async def test_an_offer_that_a_change_dropped_comes_back_with_the_price(
    shop: ShopApp, encargada: Visitor, dates: dict[str, str]
) -> None:
    a, b = await shop.producto("Romero", 10_000), await shop.producto("Tomillo", 10_000)
    for each in (a, b):
        said = {"version": 1, "oferta": {"precio": 90, **dates}}
        before = await encargada.ok("PATCH", f"/api/admin/productos/{each}", said)
    done = await encargada.ok("POST", PRECIOS, pedida(a, b, porcentaje=-20, clave=una_clave()))
    await encargada.ok("PATCH", f"/api/admin/productos/{b}", {"version": 3, "oferta": {"precio": 70}})

    for _ in range(2):
        await encargada.ok("POST", f"{PRECIOS}/{done['lote']}/deshacer")

    assert (await precio(encargada, a))["oferta"] == before["oferta"]
    assert (await precio(encargada, b))["oferta"]["precio"] == 70
    [seen] = (await shop.visitor().ok("GET", "/api/productos?q=romero"))["productos"][-1:]
    assert seen["precio"] == (100 if dates else 90)


@pytest.mark.parametrize("edit", [{"precio": 2000}, {"oferta": {"precio": 1050}}])
async def test_what_is_edited_while_it_is_made_ready_moves_from_where_it_is(
    shop: ShopApp, encargada: Visitor, duena: Visitor, monkeypatch: pytest.MonkeyPatch, edit: dict[str, Any]
) -> None:
    a, b = await shop.producto("Higos en almíbar", 100_000), await shop.producto("Batatas en almíbar", 300_000)
    asked, loop = pedida(a, b, porcentaje=-10, clave=str(uuid.uuid4())), asyncio.get_running_loop()
    if "oferta" in edit:
        await duena.ok("PATCH", f"/api/admin/productos/{a}", {"version": 1, "precio": 1200})

    def edited_first(movida: Movida) -> Alistada:
        change = duena.ok("PATCH", f"/api/admin/productos/{a}", {"version": 2 if "oferta" in edit else 1, **edit})
        made = alistar(movida)
        asyncio.run_coroutine_threadsafe(change, loop).result()
        return made

    monkeypatch.setattr("ahorro.routes.admin.precios.alistar", edited_first)
    moved = await encargada.ok("POST", PRECIOS, asked)

    now = await precio(encargada, a)
    assert now["precio"] == (1800 if "precio" in edit else 1080)
    assert (now["oferta"] or {}).get("precio") == edit.get("oferta", {}).get("precio")
    assert [m["despues"] for m in moved["productos"]] == [now["precio"], 2700]


async def test_an_offer_that_the_new_price_overtakes_while_it_is_made_ready_is_dropped(
    shop: ShopApp, encargada: Visitor, duena: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, loop = await shop.producto("Ciruelas en almíbar", 100_000), asyncio.get_running_loop()

    def edited_first(movida: Movida) -> Alistada:
        change = duena.ok("PATCH", f"/api/admin/productos/{a}", {"version": 1, "oferta": {"precio": 950}})
        asyncio.run_coroutine_threadsafe(change, loop).result()
        return alistar(movida)

    monkeypatch.setattr("ahorro.routes.admin.precios.alistar", edited_first)
    moved = await encargada.ok("POST", PRECIOS, pedida(a, porcentaje=-10, clave=str(uuid.uuid4())))

    assert [aviso["que"] for aviso in moved["avisos"]] == ["sin_oferta"]
    assert (await precio(encargada, a))["oferta"] is None
