"""The paquetes of all comerciantes in the back office: what leaves next, and what cannot leave and why."""

from datetime import timedelta

import pytest

from ahorro.actions.paquetes import crear_paquete, pausar_paquete
from tests.ahorro.actions.test_paquetes import datos, hoy, marta, run
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader
from tests.ahorro.routes.test_lo_visto import change


@pytest.fixture
async def owner(shop: ShopApp) -> Reader:
    return Reader((await shop.customer("encargado", "Elena Encargada")).client)


async def test_who_asked_for_what_when_and_for_how_much_is_read_and_what_is_paused_is_not(
    shop: ShopApp, owner: Reader
) -> None:
    quien, arroz = await marta(shop), await shop.producto("Arroz", 100_000)
    manana = hoy() + timedelta(days=1)
    await shop.base.do(crear_paquete, quien.id, datos((arroz, 3), nombre="Arroz de siempre", proxima_el=manana))
    paused = await shop.base.do(crear_paquete, quien.id, datos((arroz, 1), nombre="En pausa", proxima_el=manana))
    await shop.base.do(pausar_paquete, quien.id, paused)

    await owner.go("/admin")
    await owner.follow("Paquetes")

    assert owner.sees("Arroz de siempre") and owner.sees("Marta Sosa") and owner.sees("$ 3.000,00")
    assert not owner.sees("En pausa")


async def test_one_that_could_not_leave_waits_for_a_person_and_says_why(shop: ShopApp, owner: Reader) -> None:
    quien, sal = await marta(shop), await shop.producto("Sal", 100_000)
    await shop.base.do(crear_paquete, quien.id, datos((sal, 1), nombre="Con sal"))
    await change(shop, sal, precio_centavos=900_000)
    await run(shop)

    await owner.go("/admin")
    await owner.follow("1 paquete que no pudo salir")

    assert owner.sees("No salió") and owner.sees("Sal pasó de $ 1.000,00 a $ 9.000,00")


async def test_who_packs_keeps_out(shop: ShopApp) -> None:
    assert (await (await shop.customer("armador")).ask("GET", "/admin/paquetes")).status_code == 403
