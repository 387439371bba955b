"""Prices scheduled for a moment to come: kept once, applied once, cancelled in time, nothing moved behind a back."""

import asyncio
from typing import Any

import pytest

from ahorro.actions.programados import aplicar_programado
from ahorro.loops import aplicar_los_que_tocan
from belgrano.database.work import Work
from belgrano.words.times import DIA, HORA, dia_de, iso, local, now
from tests.ahorro.cast import ShopApp, Visitor, una_clave
from tests.ahorro.routes.admin.test_precios import PRECIOS, pedida, precio


async def programar(quien: Visitor, *ids: int, **cambios: Any) -> Any:
    """Ten pesos more from tomorrow on; the answer."""
    said = {"monto": 10, "clave": una_clave(), "desde": iso(now() + DIA), **cambios}
    return await quien.ok("POST", PRECIOS, pedida(*ids, **said))


async def llegar(shop: ShopApp, *lotes: str) -> None:
    """Let the moment of these come, and the shop's loops run, two of them at once."""

    async def come(work: Work) -> None:
        for n, lote in enumerate(lotes):
            values = {"desde": work.ahora - HORA + n, "lote": lote}
            await work.con.execute("UPDATE precio_programados SET desde = :desde WHERE lote = :lote", values)

    await shop.base.do(come)
    await asyncio.gather(aplicar_los_que_tocan(shop.base), aplicar_los_que_tocan(shop.base))


async def costs(quien: Visitor, *ids: int) -> list[Any]:
    return [(await precio(quien, each))["precio"] for each in ids]


async def historia(shop: ShopApp, lote: str) -> list[tuple[Any, ...]]:
    query = "SELECT producto_id, quien_nombre, despues_centavos FROM precio_cambios WHERE lote = :lote ORDER BY id"
    rows = await shop.base.read(lambda con: con.fetch_all(query, {"lote": lote}))
    return [tuple(row) for row in rows]


async def programado(quien: Visitor, lote: str) -> Any:
    """It in the list, or None."""
    found = (await quien.ok("GET", f"{PRECIOS}/programados"))["programados"]
    return next((each for each in found if each["lote"] == lote), None)


async def test_what_is_scheduled_is_kept_once_and_moves_nothing_yet(
    shop: ShopApp, encargada: Visitor, duena: Visitor
) -> None:
    a, clave, desde = await shop.producto("Yerba de mañana", 100_00), una_clave(), iso(now() + DIA)
    asked = pedida(a, monto=10, clave=clave, desde=desde)

    first, again = await asyncio.gather(*(who.ok("POST", PRECIOS, asked) for who in (encargada, duena)))
    others = [
        await encargada.ask("POST", PRECIOS, {**asked, **more})
        for more in ({"monto": 11}, {"desde": None}, {"desde": iso(now() + 2 * DIA)})
    ]

    assert first == again
    assert (first["lote"], first["desde"], first["cantidad"]) == (clave, desde, 1)
    assert [each.status_code for each in others] == [422, 422, 422]
    assert await costs(encargada, a) == [100]
    seen = await programado(duena, clave)
    assert (seen["estado"], seen["que"], seen["productos"]) == ("programado", "+ $\xa010", first["productos"])


async def test_its_moment_moves_the_prices_once_and_the_answer_stays_the_same(
    shop: ShopApp, encargada: Visitor, duena: Visitor
) -> None:
    a, b = await shop.producto("Té de mañana", 100_00), await shop.producto("Café de mañana", 200_00)
    asked = pedida(a, b, porcentaje=10, clave=una_clave(), desde=iso(now() + DIA))
    done = await encargada.ok("POST", PRECIOS, asked)
    clienta = await shop.customer()
    await clienta.add(a)

    for _ in range(2):
        await llegar(shop, done["lote"])
        await shop.base.do(aplicar_programado, done["lote"])

    assert await costs(encargada, a, b) == [110, 220]
    assert [row[1:] for row in await historia(shop, done["lote"])] == [
        ("Elena Encargada", 110_00),
        ("Elena Encargada", 220_00),
    ]
    assert (await duena.ok("POST", PRECIOS, asked)) == done
    [aviso] = (await clienta.ok("GET", "/api/carrito"))["avisos"]
    assert (aviso["que"], aviso["antes"], aviso["ahora"]) == ("cambio_precio", 100, 110)
    lines = (await duena.ok("GET", "/api/admin/auditoria?que=precios"))["asientos"][:2]
    assert [(each["campo"], each["quien"]["nombre"]) for each in lines] == [
        ("alta", "Elena Encargada"),
        ("programado", "Elena Encargada"),
    ]
    assert (lines[0]["a"]["porcentaje"], lines[0]["a"]["sin_tocar"]) == (10, None)
    assert lines[0]["de"]["precios"][0] == {"nombre": "Té de mañana", "precio": 100}
    assert lines[0]["a"]["precios"][1] == {"nombre": "Café de mañana", "precio": 220}
    assert await programado(duena, done["lote"]) is None


async def test_what_somebody_touched_meanwhile_is_left_alone_and_named_until_it_is_read(
    shop: ShopApp, encargada: Visitor, duena: Visitor
) -> None:
    still, moved, gone = [await shop.producto(f"{each} de hoy", 100_00) for each in ("Sal", "Ajo", "Ají")]
    off = await shop.producto("Fuera de temporada", 100_00, activo=False)
    done = await programar(encargada, still, moved, gone, off)
    await duena.ok("PATCH", f"/api/admin/productos/{moved}", {"version": 1, "precio": 105})
    await duena.ok("PATCH", f"/api/admin/productos/{gone}", {"version": 1, "activo": False})

    await llegar(shop, done["lote"])

    assert await costs(encargada, still, moved, gone, off) == [110, 105, 100, 110]
    seen = await programado(duena, done["lote"])
    assert (seen["estado"], seen["por_ver"]) == ("aplicado", 2)
    assert seen["sin_tocar"] == [
        {"id": moved, "nombre": "Ajo de hoy", "codigo": "otro_precio"},
        {"id": gone, "nombre": "Ají de hoy", "codigo": "no_se_vende"},
    ]
    read = [await encargada.ok("POST", f"{PRECIOS}/{done['lote']}/visto") for _ in range(2)]
    assert [each["por_ver"] for each in read] == [0, 0]
    assert await programado(duena, done["lote"]) is None


async def test_it_is_taken_back_like_any_other_with_the_offer_that_it_dropped(
    shop: ShopApp, encargada: Visitor, duena: Visitor
) -> None:
    a, b = await shop.producto("Anís", 100_00), await shop.producto("Hinojo", 100_00)
    done = await programar(encargada, a, b, monto=-20)
    said = {"version": 1, "oferta": {"precio": 85, "hasta": "2030-01-31"}}
    offered = await duena.ok("PATCH", f"/api/admin/productos/{a}", said)
    early = await duena.ask("POST", f"{PRECIOS}/{done['lote']}/deshacer")
    assert (early.status_code, early.data_["codigo"]) == (409, "no_se_aplico")
    await llegar(shop, done["lote"])
    dropped = await precio(encargada, a)

    undone = await encargada.ok("POST", f"{PRECIOS}/{done['lote']}/deshacer")

    assert (dropped["precio"], dropped["oferta"]) == (80, None)
    assert undone["resultados"] == [{"id": a, "ok": True}, {"id": b, "ok": True}]
    back = await precio(encargada, a)
    assert (back["precio"], back["oferta"]) == (100, offered["oferta"])


async def test_of_two_for_one_product_the_second_says_so_and_leaves_it_alone(
    shop: ShopApp, encargada: Visitor, duena: Visitor
) -> None:
    a = await shop.producto("Dos veces", 100_00)
    desde = iso(now() + DIA)
    first = await programar(encargada, a, desde=desde)

    seen = await duena.ok("POST", PRECIOS, pedida(a, monto=5, vista_previa=True))
    second = await programar(duena, a, monto=5)
    await llegar(shop, first["lote"], second["lote"])

    [aviso] = seen["avisos"]
    assert (aviso["que"], aviso["producto_id"]) == ("programado", a)
    assert aviso["detalle"] == f"Ya hay un cambio programado para el {local(now() + DIA):%d/%m/%Y %H:%M}."
    assert await costs(encargada, a) == [110]
    assert [each["codigo"] for each in (await programado(duena, second["lote"]))["sin_tocar"]] == ["otro_precio"]


async def test_what_is_cancelled_in_time_never_comes(shop: ShopApp, encargada: Visitor, duena: Visitor) -> None:
    a = await shop.producto("Cancelada", 100_00)
    done = await programar(encargada, a)

    first = await duena.ok("POST", f"{PRECIOS}/{done['lote']}/cancelar")
    again = await encargada.ok("POST", f"{PRECIOS}/{done['lote']}/cancelar")
    await llegar(shop, done["lote"])

    assert first == again
    assert (first["estado"], first["cancelado_por"]) == ("cancelado", "Silvia Dueña")
    assert await costs(encargada, a) == [100]
    lines = (await duena.ok("GET", "/api/admin/auditoria?que=precios"))["asientos"]
    mine = [each["campo"] for each in lines if each["cual"]["nombre"] == done["lote"]]
    assert mine == ["cancelado", "programado"]


async def test_of_cancelling_and_the_moment_one_comes_first_and_both_say_the_same(
    shop: ShopApp, encargada: Visitor, duena: Visitor
) -> None:
    for n in range(6):
        a = await shop.producto(f"Carrera {n}", 100_00)
        done = await programar(encargada, a)

        async with asyncio.TaskGroup() as both:
            acts = {"come": lambda lote=done["lote"]: llegar(shop, lote),
                    "cancel": lambda lote=done["lote"]: duena.ask("POST", f"{PRECIOS}/{lote}/cancelar")}  # fmt: skip
            tasks = {name: both.create_task(acts[name]()) for name in sorted(acts, reverse=bool(n % 2))}
        answer = tasks["cancel"].result()

        if answer.status_code == 200:
            assert (answer.data_["estado"], await costs(encargada, a)) == ("cancelado", [100])
        else:
            assert (answer.status_code, answer.data_["codigo"]) == (409, "ya_se_aplico")
            assert await costs(encargada, a) == [110]


async def test_late_it_cannot_be_cancelled_any_more(shop: ShopApp, encargada: Visitor) -> None:
    a = await shop.producto("Tarde", 100_00)
    done = await programar(encargada, a)
    await llegar(shop, done["lote"])

    late = await encargada.ask("POST", f"{PRECIOS}/{done['lote']}/cancelar")
    nobody = [await encargada.ask("POST", f"{PRECIOS}/nunca/{what}") for what in ("cancelar", "visto")]

    assert (late.status_code, late.data_["codigo"]) == (409, "ya_se_aplico")
    assert "deshacerlo" in late.data_["detail"]
    assert [each.status_code for each in nobody] == [404, 404]


async def test_a_date_is_its_midnight_here_and_one_that_has_passed_is_now(shop: ShopApp, encargada: Visitor) -> None:
    a, b = await shop.producto("De madrugada", 100_00), await shop.producto("De ayer", 100_00)
    manana = dia_de(now() + DIA)

    later = await programar(encargada, a, desde=manana.isoformat())
    passed = await programar(encargada, b, desde=dia_de(now()).isoformat(), clave="de-hoy")
    again = await programar(encargada, b, desde=dia_de(now()).isoformat(), clave="de-hoy")

    assert later["desde"] == f"{manana}T03:00:00.000Z"
    assert passed == again
    assert await costs(encargada, a, b) == [100, 110]
    assert await programado(encargada, "de-hoy") is None


@pytest.mark.parametrize(
    "desde", ["mañana", "2026-13-01", "2030-01-01T10:00", 5, "", "9999-01-01", "in a year and a day"]
)
@pytest.mark.parametrize("more", [{}, {"vista_previa": True}], ids=["done", "seen"])
async def test_no_moment_is_named(shop: ShopApp, encargada: Visitor, desde: Any, more: dict[str, Any]) -> None:
    a = await shop.producto("Nunca", 100_00)
    said = iso(now() + 366 * DIA) if desde == "in a year and a day" else desde

    answer = await encargada.ask("POST", PRECIOS, pedida(a, monto=1, clave=una_clave(), desde=said, **more))

    assert answer.status_code == 400
    assert [each["campo"] for each in answer.data_["errores"]] == ["desde"]


async def test_a_slip_wants_its_second_word_when_it_is_scheduled(shop: ShopApp, encargada: Visitor) -> None:
    a = await shop.producto("Al doble", 100_00)
    asked = pedida(a, porcentaje=100, clave=una_clave(), desde=iso(now() + DIA))

    refused = await encargada.ask("POST", PRECIOS, asked)
    forced = await encargada.ok("POST", PRECIOS, {**asked, "forzar": True})
    await llegar(shop, forced["lote"])

    assert (refused.status_code, refused.data_["codigo"]) == (409, "cambio_grande")
    assert await costs(encargada, a) == [200]
