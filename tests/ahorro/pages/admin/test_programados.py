"""Prices for tonight on a page: in plain words, cancelled in time, what was left alone told until it is read."""

import pytest

from ahorro.loops import aplicar_los_que_tocan
from belgrano.database.work import Work
from belgrano.words.times import DIA, HORA, comienzo_del_dia, local, now
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.admin.test_precios import form_with_preview, price_of, product
from tests.ahorro.pages.reader import Reader


@pytest.fixture
async def owner(demo_shop: ShopApp) -> Reader:
    return Reader((await demo_shop.customer("encargado", "Elena Encargada")).client)


@pytest.fixture
async def boss(demo_shop: ShopApp) -> Reader:
    return Reader((await demo_shop.customer("admin", "Silvia Dueña")).client)


async def schedule(person: Reader, nombre: str, **typed: str) -> None:
    await person.go("/admin/precios")
    await person.press(
        "Ver cómo queda", **{"con_estas_palabras": nombre, "por_ciento": "4", "cuando": "noche", **typed}
    )


async def come(shop: ShopApp) -> None:
    """Tonight is here."""

    async def now_it_is(work: Work) -> None:
        values = {"desde": work.ahora - HORA}
        await work.con.execute("UPDATE precio_programados SET desde = :desde WHERE estado = 'programado'", values)

    await shop.base.do(now_it_is)
    await aplicar_los_que_tocan(shop.base)


async def test_tonight_is_said_seen_kept_once_and_comes_true(owner: Reader, demo_shop: ShopApp) -> None:
    producto_id, nombre = await product(demo_shop)

    await schedule(owner, nombre)
    assert owner.sees("4. Así queda esta noche a las 00:00") and owner.sees(f"{nombre} $ 1.000,00 $ 1.040,00")
    form = form_with_preview(owner)
    assert form["momento"] == f"{local(comienzo_del_dia(now() + DIA)):%Y-%m-%dT%H:%M}"
    await owner.press("Programar 1 producto")
    await owner.go("/admin/precios", "POST", form=form)

    assert owner.sees("Listo: 1 precio cambia esta noche a las 00:00")
    assert owner.sees("1 producto: + 4 %. Lo programó Elena Encargada")
    assert await price_of(demo_shop, producto_id) == 100000
    await come(demo_shop)
    assert await price_of(demo_shop, producto_id) == 104000
    await owner.go(owner.url)
    assert owner.sees("Listo: cambiamos 1 precio") and not owner.sees("Programados")
    await owner.press("Deshacer")
    assert await price_of(demo_shop, producto_id) == 100000


async def test_of_two_who_cancel_both_read_who_did(owner: Reader, boss: Reader, demo_shop: ShopApp) -> None:
    producto_id, nombre = await product(demo_shop)
    await schedule(owner, nombre)
    await owner.press("Programar")
    await boss.go("/admin/precios")

    await boss.press("Cancelar")
    await owner.press("Cancelar")

    for person in (owner, boss):
        assert person.sees("Cancelado: no cambia ningún precio. Lo canceló Silvia Dueña") and person.status == 200
    await come(demo_shop)
    assert await price_of(demo_shop, producto_id) == 100000


async def test_who_cancels_too_late_is_told_and_can_take_it_back(owner: Reader, demo_shop: ShopApp) -> None:
    producto_id, nombre = await product(demo_shop)
    await schedule(owner, nombre)
    await owner.press("Programar")
    await come(demo_shop)

    await owner.press("Cancelar")

    assert owner.sees("Ese cambio ya se aplicó, no se puede cancelar")
    await owner.press("Deshacer")
    assert await price_of(demo_shop, producto_id) == 100000


async def test_what_was_left_alone_is_told_on_the_first_page_until_somebody_has_read_it(
    owner: Reader, boss: Reader, demo_shop: ShopApp
) -> None:
    producto_id, nombre = await product(demo_shop)
    armador = Reader((await demo_shop.customer("armador")).client)
    await schedule(owner, nombre)
    await owner.press("Programar")
    await boss.go(f"/admin/productos/{producto_id}")
    await boss.press("Guardar", precio="1111")
    await come(demo_shop)

    for person in (boss, armador):
        await person.go("/admin")
    assert boss.sees("1 producto no se tocó en un cambio programado") and not armador.sees("no se tocó")
    await boss.follow("1 producto no se tocó")
    assert boss.sees(f"{nombre} : tenía otro precio que cuando se programó")
    await boss.press("Entendido")

    await boss.go("/admin")
    assert not boss.sees("no se tocó") and await price_of(demo_shop, producto_id) == 111100


async def test_another_who_schedules_the_same_is_warned_also_between_looking_and_doing(
    owner: Reader, boss: Reader, demo_shop: ShopApp
) -> None:
    _, nombre = await product(demo_shop)
    otro = {"cuando": "otro", "momento": f"{local(now() + 3 * DIA):%Y-%m-%dT18:30}"}
    for person in (owner, boss):
        await schedule(person, nombre, **otro)
    await owner.press("Programar 1 producto")

    await boss.press("Programar")

    assert boss.status == 409 and boss.sees("Algún precio cambió desde que lo miraste, o se programó otro")
    said = f"Ya hay un cambio programado para el {local(now() + 3 * DIA):%d/%m/%Y} 18:30, con 1 de estos. {nombre}"
    assert boss.sees(said)
    await boss.press("Programar")
    assert boss.status == 200 and boss.sees("Listo: 1 precio cambia")


@pytest.mark.parametrize("momento", ["", "mañana", "2026-12-02T00:00-03:00", "0000-00-00T00:00"])
async def test_no_day_and_hour_is_said_beside_its_field(owner: Reader, demo_shop: ShopApp, momento: str) -> None:
    _, nombre = await product(demo_shop)

    await schedule(owner, nombre, cuando="otro", momento=momento)

    assert owner.status == 400 and owner.sees("Elegí el día y la hora.")


async def test_years_ahead_is_a_slip_and_what_has_passed_is_now(owner: Reader, demo_shop: ShopApp) -> None:
    producto_id, nombre = await product(demo_shop)

    await schedule(owner, nombre, cuando="otro", momento=f"{local(now()).year + 2}-01-01T00:00")
    assert owner.status == 400 and owner.sees("El momento puede ser hasta un año más adelante")
    await schedule(owner, nombre, cuando="otro", momento="2020-01-01T00:00")
    assert owner.sees("Ese momento ya pasó: si lo aplicás, cambian ahora.")
    await owner.press("Aplicar a 1 producto")

    assert await price_of(demo_shop, producto_id) == 104000


async def test_a_moment_without_its_choice_is_now(owner: Reader, demo_shop: ShopApp) -> None:
    _, nombre = await product(demo_shop)

    await schedule(owner, nombre, cuando="", momento="2027-01-01T00:00")

    assert owner.sees("Aplicar a 1 producto") and not owner.sees("Programar 1")


async def test_a_choice_of_no_page_of_ours_is_not_now(owner: Reader, demo_shop: ShopApp) -> None:
    producto_id, nombre = await product(demo_shop)
    await schedule(owner, nombre)

    await owner.go("/admin/precios", "POST", form=form_with_preview(owner) | {"cuando": "nunca"})

    assert (
        owner.status == 400 and owner.sees("Elegí cuándo cambian") and await price_of(demo_shop, producto_id) == 100000
    )


async def test_who_opens_the_product_reads_what_it_will_cost(owner: Reader, boss: Reader, demo_shop: ShopApp) -> None:
    producto_id, nombre = await product(demo_shop)
    await schedule(owner, nombre)
    await owner.press("Programar")

    await boss.go(f"/admin/productos/{producto_id}")
    assert boss.sees("Pasa a $ 1.040,00 esta noche a las 00:00: lo programó Elena Encargada")
    await boss.press("Guardar", precio="1111")
    await boss.go(f"/admin/productos/{producto_id}")

    assert not boss.sees("Pasa a $ 1.040,00")
