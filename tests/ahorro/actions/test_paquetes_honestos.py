"""A paquete orders nothing that its comerciante would not have: dearer lines wait, what is missing is said."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ahorro.actions.paquetes import cambiar_paquete, crear_paquete, procesar_paquete
from ahorro.app import create_app
from ahorro.domain.cuenta import Usuario
from ahorro.domain.errors import PaqueteVacio, ProductoNoExiste, SinStock
from ahorro.domain.paquete import Paquete, siguiente
from ahorro.loops import correr_paquetes
from ahorro.outlets.correo import read_folder
from ahorro.store.paquetes import select_paquete
from ahorro.store.pedidos import select_pedido
from tests.ahorro.actions.test_paquetes import _atrasar, _pedidos, datos, hoy, marta, run
from tests.ahorro.cast import ShopApp
from tests.ahorro.conftest import some_settings
from tests.ahorro.routes.test_lo_visto import change


async def kept(shop: ShopApp, quien: Usuario, paquete_id: int) -> Paquete:
    paquete = await shop.base.read(select_paquete, quien.id, paquete_id)
    assert paquete is not None
    return paquete


async def lines(shop: ShopApp, quien: Usuario, numero: str | None) -> list[tuple[str, int]]:
    pedido = await shop.base.read(select_pedido, quien.id, numero or "")
    assert pedido is not None
    return [(r.nombre, r.cantidad) for r in pedido.items]


async def test_a_price_that_jumped_is_not_ordered_and_is_asked_again_the_next_day(shop: ShopApp) -> None:
    quien = await marta(shop)
    harina, aceite = await shop.producto("Harina", 1980000), await shop.producto("Aceite", 100000)
    begun = hoy() - timedelta(days=3)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((harina, 2), (aceite, 1), frecuencia="mensual"))
    await shop.base.do(_atrasar, paquete_id, begun)
    await change(shop, harina, precio_centavos=19800000)

    await run(shop)

    paquete = await kept(shop, quien, paquete_id)
    assert await shop.base.read(_pedidos, quien.id) == []
    assert paquete.proxima_el == hoy() + timedelta(days=1) and paquete.espera
    assert paquete.aviso == (
        "Harina pasó de $\u00a019.800,00 a $\u00a0198.000,00. "
        "No lo pedimos sin preguntarte: pedilo vos o cambiá el paquete."
    )
    await change(shop, harina, precio_centavos=2000000)
    await shop.base.do(_next_day, paquete_id)
    await run(shop)
    paquete = await kept(shop, quien, paquete_id)
    assert len(await shop.base.read(_pedidos, quien.id)) == 1
    assert (paquete.aviso or "").startswith("Salió por $\u00a041.000,00; cuando lo viste daba $\u00a040.600,00. Harina")
    assert not paquete.espera
    assert paquete.proxima_el == _month_after(begun)  # the rhythm is the one that it was begun with


async def _next_day(work: Any, paquete_id: int) -> None:
    """Its next try is due."""
    await work.con.execute(
        "UPDATE paquetes SET proxima_el = :hoy WHERE id = :id", {"hoy": hoy().isoformat(), "id": paquete_id}
    )


def _month_after(day: date) -> date:
    """The next date after today of a mensual that was made today and begun on this day."""
    while day <= hoy():
        day = siguiente(day, "mensual", hoy().day)
    return day


@pytest.mark.parametrize(("price", "goes"), [(110000, True), (110001, False), (50000, True)])
async def test_up_to_a_tenth_more_is_ordered_and_cheaper_always(shop: ShopApp, price: int, goes: bool) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100000)
    await shop.base.do(crear_paquete, quien.id, datos((arroz, 1)))
    await change(shop, arroz, precio_centavos=price)

    await run(shop)

    assert len(await shop.base.read(_pedidos, quien.id)) == int(goes)


async def test_many_small_steps_do_not_add_up_unseen(shop: ShopApp) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100000)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((arroz, 1)))
    await change(shop, arroz, precio_centavos=109000)
    await shop.base.do(_yesterdays, paquete_id)
    await run(shop)
    await shop.base.do(_yesterdays, paquete_id)
    await change(shop, arroz, precio_centavos=118000)
    await shop.base.do(_next_day, paquete_id)

    await run(shop)

    assert "pasó de $\u00a01.000,00 a $\u00a01.180,00" in ((await kept(shop, quien, paquete_id)).aviso or "")


async def _yesterdays(work: Any, paquete_id: int) -> None:
    """The pedido that it made was yesterday's."""
    await work.con.execute(
        "UPDATE pedidos SET numero = numero || '-AYER', clave = clave || '-AYER' WHERE paquete_id = :id",
        {"id": paquete_id},
    )


async def test_what_is_missing_is_left_out_and_said_and_the_rest_goes(shop: ShopApp) -> None:
    quien = await marta(shop)
    harina, aceite = await shop.producto("Harina", 100000), await shop.producto("Aceite", 100000)
    yerba, sal = await shop.producto("Yerba", 100000, stock=5), await shop.producto("Sal", 100000, stock=0)
    paquete_id = await shop.base.do(
        crear_paquete, quien.id, datos((harina, 2), (aceite, 3), (yerba, 6), (sal, 1), frecuencia="mensual")
    )
    await change(shop, aceite, activo=False)

    await run(shop)

    paquete = await kept(shop, quien, paquete_id)
    assert await lines(shop, quien, paquete.ultimo_numero) == [("Harina", 2)]
    assert paquete.aviso == "Salió sin Aceite (ya no se vende), Sal (sin stock), Yerba (quedan 5)."
    assert paquete.proxima_el > hoy() + timedelta(days=20) and not paquete.espera
    assert [(r.nombre, r.cantidad) for r in paquete.items] == [("Aceite", 3), ("Harina", 2), ("Sal", 1), ("Yerba", 6)]


async def test_with_nothing_to_be_had_it_is_tried_again_the_next_day_and_keeps_its_rhythm(shop: ShopApp) -> None:
    quien, yerba = await marta(shop), await shop.producto("Yerba", 100000, stock=0)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((yerba, 1), frecuencia="mensual"))

    await run(shop)
    paquete = await kept(shop, quien, paquete_id)
    assert (paquete.aviso, paquete.proxima_el) == ("No quedan más unidades de Yerba.", hoy() + timedelta(days=1))
    with pytest.raises(SinStock):
        await shop.base.do(procesar_paquete, quien, paquete_id)
    await change(shop, yerba, stock=9)
    await shop.base.do(_next_day, paquete_id)
    await run(shop)

    paquete = await kept(shop, quien, paquete_id)
    assert (paquete.aviso, paquete.proxima_el) == (None, _month_after(hoy()))


async def test_saving_it_keeps_what_is_off_sale_for_now_and_takes_in_nothing_else_of_the_kind(shop: ShopApp) -> None:
    quien = await marta(shop)
    harina, aceite, otro = [await shop.producto(n, 100000) for n in ("Harina", "Aceite", "Otro")]
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((harina, 2), (aceite, 3)))
    await change(shop, aceite, activo=False)
    await change(shop, otro, activo=False)

    await shop.base.do(cambiar_paquete, quien.id, paquete_id, datos((harina, 5), (aceite, 4)))
    with pytest.raises(ProductoNoExiste):
        await shop.base.do(cambiar_paquete, quien.id, paquete_id, datos((harina, 5), (otro, 1)))

    assert [(r.nombre, r.cantidad, r.se_vende) for r in (await kept(shop, quien, paquete_id)).items] == [
        ("Aceite", 4, False), ("Harina", 5, True),
    ]  # fmt: skip
    await change(shop, aceite, activo=True)
    await run(shop)
    assert await lines(shop, quien, (await kept(shop, quien, paquete_id)).ultimo_numero) == [
        ("Aceite", 4),
        ("Harina", 5),
    ]


async def test_saving_it_is_having_seen_its_prices(shop: ShopApp) -> None:
    quien, harina = await marta(shop), await shop.producto("Harina", 100000)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((harina, 2)))
    await change(shop, harina, precio_centavos=900000)
    await run(shop)
    assert (await kept(shop, quien, paquete_id)).espera

    await shop.base.do(cambiar_paquete, quien.id, paquete_id, datos((harina, 1)))
    await run(shop)

    assert len(await shop.base.read(_pedidos, quien.id)) == 1


async def test_saving_it_at_the_same_date_keeps_its_day_of_the_month(shop: ShopApp) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100000)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((arroz, 1), frecuencia="mensual"))
    february = date(hoy().year + 1, 2, 28)
    await shop.base.do(_at, paquete_id, february, 31)

    await shop.base.do(
        cambiar_paquete, quien.id, paquete_id, datos((arroz, 2), frecuencia="mensual", proxima_el=february)
    )

    assert (await kept(shop, quien, paquete_id)).dia == 31


async def _at(work: Any, paquete_id: int, day: date, dia: int) -> None:
    await work.con.execute(
        "UPDATE paquetes SET proxima_el = :day, dia = :dia WHERE id = :id",
        {"day": day.isoformat(), "dia": dia, "id": paquete_id},
    )


async def test_a_paquete_of_nothing_sold_stays_empty(shop: ShopApp) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100000)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((arroz, 1)))
    await change(shop, arroz, activo=False)

    with pytest.raises(PaqueteVacio):
        await shop.base.do(procesar_paquete, quien, paquete_id)


@pytest.fixture
async def mailing(tmp_path: Path) -> AsyncIterator[tuple[ShopApp, Path]]:
    """A shop that writes its mail into a folder."""
    app = create_app(some_settings(f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "correo"))
    async with app.test_app():
        yield ShopApp(app), tmp_path / "correo"


async def test_its_comerciante_is_told_by_mail_once_for_each_thing(mailing: tuple[ShopApp, Path]) -> None:
    shop, folder = mailing
    quien, harina = await marta(shop), await shop.producto("Harina", 100000)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((harina, 1)))
    await change(shop, harina, precio_centavos=500000)

    await correr_paquetes(shop.base, "https://tienda.test")
    await shop.base.do(_next_day, paquete_id)
    await correr_paquetes(shop.base, "https://tienda.test")
    await change(shop, harina, precio_centavos=100000, stock=0)
    await shop.base.do(_next_day, paquete_id)
    await correr_paquetes(shop.base, "https://tienda.test")

    async with asyncio.timeout(60):
        while len(mails := read_folder(folder)) < 2:
            await asyncio.sleep(0.02)
    assert len(mails) == 2 and {m.para for m in mails} == {quien.email}
    assert {m.asunto for m in mails} == {"Tu paquete «Reposición» no salió"}
    assert "Harina pasó de" in mails[1].texto and "No quedan más unidades de Harina" in mails[0].texto
    assert f"https://tienda.test/comercio/paquetes/{paquete_id}" in mails[0].texto
