"""Promotions and coupons of the owner: new ones, changes from a version on, nonsense beside its field."""

import asyncio
from typing import Any

import pytest

from ahorro.store.auditoria import select_auditoria
from tests.ahorro.cast import ShopApp, Visitor

PATH = "/api/admin/promociones"
DOS_POR_UNO = {"nombre": "2x1 en fideos", "tipo": "nxm", "lleva": 2, "paga": 1}
CUPON = {"nombre": "De los lunes", "tipo": "porcentaje", "porcentaje": 10}


@pytest.fixture(scope="module", autouse=True)
async def fideos(shop: ShopApp) -> int:
    return await shop.producto("Fideos 500 g")


async def refused(quien: Visitor, datos: Any, place: str = PATH, method: str = "POST") -> list[str]:
    answer = await quien.ask(method, place, datos)
    assert answer.status_code == 400, answer.data_
    return [each["campo"] for each in answer.data_["errores"]]


async def test_a_new_one_rules_at_once_and_is_the_first_of_the_list(encargada: Visitor) -> None:
    made = await encargada.ok("POST", PATH, {**DOS_POR_UNO, "alcance": "categoria", "cuales": ["Almacén"]})

    first = (await encargada.ok("GET", PATH))["promociones"][0]

    assert first == made
    assert (made["estado"], made["version"], made["codigo"], made["usada"]) == ("rige", 1, None, 0)
    assert [each["nombre"] for each in made["cuales"]] == ["Almacén"]


async def test_a_product_is_named_by_its_bar_code_too_and_once(encargada: Visitor, fideos: int) -> None:
    producto = next(p for p in (await encargada.ok("GET", "/api/admin/productos"))["productos"] if p["id"] == fideos)
    barras = {"version": producto["version"], "codigo_barras": "7790000000444"}
    await encargada.ok("PATCH", f"/api/admin/productos/{fideos}", barras)
    cuales = ["7790000000444", fideos, "Fideos 500 g"]

    made = await encargada.ok("POST", PATH, {**DOS_POR_UNO, "alcance": "producto", "cuales": cuales})

    assert made["cuales"] == [{"id": fideos, "nombre": "Fideos 500 g"}]


async def test_its_last_day_is_part_of_it(encargada: Visitor) -> None:
    made = await encargada.ok("POST", PATH, {**DOS_POR_UNO, "desde": "2030-01-01", "hasta": "2030-01-01"})

    assert (made["desde"], made["hasta"]) == ("2030-01-01T03:00:00.000Z", "2030-01-02T03:00:00.000Z")
    assert made["estado"] == "empieza"


@pytest.mark.parametrize(
    ("campo", "cambios"),
    [
        ("paga", {"lleva": 3, "paga": 3}),
        ("porcentaje", {"tipo": "porcentaje", "lleva": None, "paga": None, "porcentaje": 110}),
        ("porcentaje", {"porcentaje": 10}),
        ("hasta", {"desde": "2026-11-24", "hasta": "2026-11-23"}),
        ("cuales", {"alcance": "categoria"}),
        ("cuales", {"alcance": "categoria", "cuales": []}),
        ("cuales", {"alcance": "categoria", "cuales": ["Nunca"]}),
        ("cuales", {"cuales": ["Almacén"]}),
        ("tipo", {"codigo": "LUNES"}),
        ("mezcla", {"tipo": "porcentaje", "lleva": None, "paga": None, "porcentaje": 10, "mezcla": True}),
        ("mezcla", {"mezcla": "sí"}),
        ("codigo", {"codigo": "a"}),
        ("usos", {"usos": 10}),
        ("dias", {"dias": [8]}),
        ("medios", {"medios": ["trueque"]}),
        ("nombre", {"nombre": " "}),
    ],
)
async def test_nonsense_is_refused_beside_its_field_and_nothing_is_kept(
    encargada: Visitor, campo: str, cambios: dict[str, Any]
) -> None:
    before = await encargada.ok("GET", PATH)

    assert await refused(encargada, DOS_POR_UNO | cambios) == [campo]

    assert await encargada.ok("GET", PATH) == before


async def test_a_code_is_one_coupon_s_however_it_is_typed(encargada: Visitor) -> None:
    made = await encargada.ok("POST", PATH, {**CUPON, "codigo": " lunes-10 ", "usos": 100, "minimo": 5000})

    assert (made["codigo"], made["usos"], made["minimo"]) == ("LUNES-10", 100, 5000)
    assert await refused(encargada, {**CUPON, "codigo": "Lunes-10"}) == ["codigo"]
    same = await encargada.ok("PATCH", f"{PATH}/{made['id']}", {"version": 1, "codigo": "lunes-10"})
    assert same == made


async def test_a_change_starts_from_the_version_that_was_seen_and_is_in_the_book(
    encargada: Visitor, duena: Visitor, shop: ShopApp
) -> None:
    made = await encargada.ok("POST", PATH, DOS_POR_UNO)
    place = f"{PATH}/{made['id']}"

    changed = await encargada.ok(
        "PATCH", place, {"version": 1, "alcance": "categoria", "cuales": ["Almacén"], "desde": "2026-01-01"}
    )
    stale = await duena.ask("PATCH", place, {"version": 1, "nombre": "Tarde"})

    assert changed["version"] == 2
    assert stale.status_code == 409
    assert (stale.data_["codigo"], stale.data_["promocion"]) == ("version_vieja", changed)
    lines = await shop.base.read(select_auditoria, que="promocion", cual_id=made["id"])
    assert {e["campo"]: (e["de"], e["a"]) for e in lines if e["campo"] != "alta"} == {
        "alcance": ("todo", "categoria"),
        "cuales": ([], ["Almacén"]),
        "desde": (None, "2026-01-01T03:00:00.000Z"),
    }


async def test_another_kind_forgets_the_numbers_of_the_one_before(encargada: Visitor) -> None:
    made = await encargada.ok("POST", PATH, {**DOS_POR_UNO, "mezcla": True})

    changed = await encargada.ok("PATCH", f"{PATH}/{made['id']}", {"version": 1, "tipo": "segunda", "porcentaje": 70})

    assert (changed["lleva"], changed["paga"], changed["porcentaje"]) == (None, None, 70)
    assert (made["mezcla"], changed["mezcla"]) == (True, False)


async def test_of_two_who_change_one_at_once_one_wins(encargada: Visitor, duena: Visitor) -> None:
    made = await encargada.ok("POST", PATH, DOS_POR_UNO)

    answers = await asyncio.gather(
        *(
            who.ask("PATCH", f"{PATH}/{made['id']}", {"version": 1, "nombre": nombre})
            for who, nombre in ((encargada, "Una"), (duena, "Otra"))
        )
    )

    assert sorted(each.status_code for each in answers) == [200, 409]


async def test_who_is_no_encargado_keeps_out_and_what_nobody_has_is_a_404(shop: ShopApp, encargada: Visitor) -> None:
    armador = await shop.customer("armador")

    assert (await armador.ask("POST", PATH, DOS_POR_UNO)).status_code == 403
    for nobody in (999_999, 2**70):
        assert (await encargada.ask("PATCH", f"{PATH}/{nobody}", {"version": 1})).status_code == 404
