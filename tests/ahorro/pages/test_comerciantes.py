"""A comerciante is one for dispatch when an admin agreed; a CUIT is one that somebody can have, with one account."""

import asyncio
import json
from typing import Any

import pytest

from tests.ahorro.cast import PASSWORD, ShopApp, Visitor, un_correo
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader

PESOS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
NUEVA = "una frase larga"


def a_cuit(number: int, prefix: str = "30") -> str:
    """A CUIT with its check digit; the next number where that one has none."""
    digits = f"{prefix}{number:08}"
    check = (11 - sum(int(d) * w for d, w in zip(digits, PESOS, strict=True)) % 11) % 11
    return f"{digits}{check}" if check < 10 else a_cuit(number + 1, prefix)


def form(email: str, cuit: str) -> dict[str, str]:
    return {
        "nombre": "Marta Paz", "email": email, "password": NUEVA, "cuenta": "comerciante", "tipo": "Almacén",
        "negocio_nombre": "Kiosco Paz", "cuit": cuit, "negocio_direccion": "Cuba 1234",
        "negocio_telefono": "11 4444-3333",
    }  # fmt: skip


async def register(shop: ShopApp, cuit: str) -> Reader:
    person = Reader(shop.app.test_client())
    await person.go("/registro", "POST", form=form(un_correo("comercio"), cuit))
    return person


async def kind(shop: ShopApp, client: Any) -> str:
    """How Ticketera is told about somebody who buys now."""
    visitor = Visitor(client)
    numero = (await visitor.buy(await shop.producto()))["numero"]

    async def body(con: Any) -> str:
        return str(await con.fetch_val("SELECT body FROM outgoing WHERE key = :key", {"key": numero}))

    return str(json.loads(await shop.base.read(body))["tipo_cliente"])


async def test_a_comerciante_is_one_for_dispatch_once_an_admin_agreed(shop: ShopApp) -> None:
    cuit = a_cuit(71234000)
    marta = await register(shop, cuit)
    assert await kind(shop, marta.client) == "cliente"
    await marta.go("/cuenta")
    assert marta.sees("Estamos revisando los datos de tu comercio") and marta.sees("Paquetes automáticos")
    admin = Reader(shop.app.test_client())
    await come_in(admin, (await shop.customer("admin")).email, PASSWORD)

    await admin.follow("Trastienda")
    await admin.follow("Comerciantes")
    assert admin.sees("Kiosco Paz") and admin.sees(cuit)
    await admin.press("Aprobar Kiosco Paz")

    assert admin.sees("Quedó aprobado") and not any("aprobar" in b.words for f in admin.page.forms for b in f.buttons)
    assert await kind(shop, marta.client) == "comerciante"
    await marta.go("/cuenta")
    assert not marta.sees("Estamos revisando")


async def test_who_an_operator_made_a_comerciante_is_one_at_once(shop: ShopApp) -> None:
    assert await kind(shop, (await shop.customer("comerciante")).client) == "comerciante"
    assert await kind(shop, (await shop.customer("cliente")).client) == "cliente"


async def test_the_demos_comerciante_is_approved(demo_shop: ShopApp) -> None:
    person = Reader(demo_shop.app.test_client())
    await come_in(person, "marta@ahorro.test")

    assert await kind(demo_shop, person.client) == "comerciante"


async def test_nobody_but_an_admin_approves(shop: ShopApp) -> None:
    for rol in ("cliente", "comerciante"):
        answer = await (await shop.customer(rol)).ask("POST", "/admin/comerciantes/1")
        assert answer.status_code == 403
    admin = await shop.customer("admin")
    for nobody in (999_999, 2**63, admin.id):
        assert (await admin.ask("POST", f"/admin/comerciantes/{nobody}")).status_code == 303


async def test_a_cuit_has_one_account_also_for_many_at_once(shop: ShopApp) -> None:
    cuit = a_cuit(70500000)
    written = f"{cuit[:2]}-{cuit[2:10]}-{cuit[10]}"

    people = await asyncio.gather(*(register(shop, c) for c in (cuit, written, cuit, written)))
    late = await register(shop, written)

    assert sorted(p.status for p in people) == [200, 409, 409, 409]
    assert late.status == 409 and late.sees("Ya hay una cuenta con ese CUIT")
    fields = next(f.fields for f in late.page.forms if f.action == "/registro")
    assert fields["negocio_nombre"] == "Kiosco Paz"


@pytest.mark.parametrize("cuit", ["20-00000000-1", "30-00000000-7", "00-00000000-0", "12-34567890-3", "99-12345678-1"])
async def test_a_cuit_that_nobody_can_have_is_refused(shop: ShopApp, cuit: str) -> None:
    person = await register(shop, cuit)

    assert person.status == 400 and person.sees("El CUIT no es un CUIT válido")
