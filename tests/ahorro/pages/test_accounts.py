"""Registering, coming in and out, recovering a password, and changing one's data, as a person without scripts."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest

from ahorro.domain.correo import Mensaje
from belgrano.http.peer import FORWARDED
from tests.ahorro.cast import ShopApp, un_correo
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader

NUEVA = "otra frase bien larga"
AT_THIS_MACHINE = {"client": ("127.0.0.1", 4711), FORWARDED: False}


async def the_mail_to(shop: ShopApp, email: str) -> Mensaje:
    """The newest mail to this address in the development mailbox, when it has come."""
    async with asyncio.timeout(60):
        while True:
            found = [m for m in shop.house.buzon() if m.para == email]
            if found:
                return found[0]
            await asyncio.sleep(0.02)


async def test_a_new_customer_is_in_and_keeps_the_cart(person: Reader) -> None:
    await person.go("/productos/papa-kg")
    await person.press("Agregar al carrito", cantidad="2")
    await person.follow("Finalizar la compra")
    await person.follow("Creá una")

    await person.press("Crear mi cuenta", nombre="Ñata Gómez", correo=un_correo(), contraseña="una frase larga")

    assert person.url == "/checkout" and person.sees("Papa negra") and person.sees("Ñata")


async def test_a_comerciante_registers_with_the_business(person: Reader) -> None:
    await person.go("/registro")
    await person.follow("Registrate como comerciante")
    typed = {
        "nombre": "Marta Paz",
        "email": un_correo("marta"),
        "password": "una frase larga",
        "negocio_nombre": "Kiosco Paz",
        "negocio_direccion": "Cuba 1234",
        "negocio_telefono": "11 4444-3333",
    }

    await person.press("Crear mi cuenta", cuit="30-71234567-9", **typed)
    assert person.status == 400 and person.sees("El CUIT no es un CUIT válido")
    await person.press("Crear mi cuenta", cuit="30-71234567-1", **typed)

    await person.go("/cuenta")
    assert person.sees("Kiosco Paz") and person.sees("30712345671") and person.sees("Paquetes automáticos")


async def test_what_is_wrong_in_a_registration_is_said_beside_its_field(person: Reader) -> None:
    await person.go("/registro")

    await person.press("Crear mi cuenta", nombre="", correo="nada", contraseña="corta")

    assert person.status == 400 and person.sees("Falta corregir 3 datos")
    assert person.sees("El correo no parece una dirección") and person.sees("La contraseña tiene que tener al menos 8")
    await person.press("Crear mi cuenta", nombre="Clara", correo="CLARA@ahorro.test", contraseña="una frase larga")
    assert person.status == 409 and person.sees("Ya hay una cuenta con ese correo")


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(person: Reader) -> None:
    await come_in(person, "clara@ahorro.test", "no-es-esta")
    known = person.status, re.sub("clara", "", person.page.text)
    await come_in(person, "nadie@ahorro.test", "no-es-esta")

    assert known == (401, re.sub("nadie", "", person.page.text)) and person.sees("no son correctos")


async def test_going_out_ends_the_session_for_a_copied_cookie_too(person: Reader) -> None:
    await come_in(person, "clara@ahorro.test")
    copy = next(c.value for c in person.client.cookie_jar if c.name == "ahorro")  # type: ignore[union-attr]
    await person.go("/cuenta")

    await person.press("Cerrar sesión")

    assert person.url.startswith("/?aviso") and person.sees("Cerraste tu sesión") and person.sees("Ingresar")
    response = await person.client.get("/cuenta", headers={"Cookie": f"ahorro={copy}"})
    assert response.status_code == 303


async def test_recovery_by_mail_works_once_and_ends_other_sessions(
    demo_shop: ShopApp, person: Reader, another: Callable[[], Reader]
) -> None:
    email = un_correo("olvido")
    await demo_shop.sign_up(email)
    other = another()
    await come_in(other, email, "una-clave-bien-larga")

    await person.go("/login")
    await person.follow("Olvidé mi contraseña")
    await person.press("Mandame el enlace", correo=email.upper())
    assert person.sees("Si ese correo tiene cuenta")
    link = re.search(r"https?://\S+", (await the_mail_to(demo_shop, email)).texto)
    assert link is not None
    await person.go("/desarrollo/correo", scope_base=AT_THIS_MACHINE)
    await person.follow(link[0])
    assert person.sees("Elegí una contraseña nueva")

    await person.press("Guardar la contraseña", nueva=NUEVA, repetida="no es igual")
    assert person.status == 400 and person.sees("no son iguales")
    await person.press("Guardar la contraseña", nueva="corta", repetida="corta")
    assert person.status == 400 and person.sees("al menos 8")
    await person.press("Guardar la contraseña", nueva=NUEVA, repetida=NUEVA)
    assert person.url.startswith("/login") and person.sees("Ya podés entrar")
    await come_in(person, email, NUEVA)
    assert person.url == "/"

    await other.go("/cuenta")
    assert other.url.startswith("/login")
    await other.go(link[0][link[0].index("/nueva-contrasena") :])
    assert other.status == 410 and other.sees("ya se usó o venció")


async def test_recovery_says_the_same_for_an_address_without_account(demo_shop: ShopApp, person: Reader) -> None:
    await person.go("/recuperar")
    await person.press("Mandame el enlace", correo="nadie@ahorro.test")
    unknown = person.status, person.page.text
    await person.go("/recuperar")
    await person.press("Mandame el enlace", correo="julian@ahorro.test")

    assert unknown == (person.status, person.page.text)
    await the_mail_to(demo_shop, "julian@ahorro.test")
    assert not [m for m in demo_shop.house.buzon() if m.para == "nadie@ahorro.test"]


async def test_a_made_up_recovery_link_opens_nothing(person: Reader) -> None:
    for token in ("x" * 43, "", "ñ\x00"):
        await person.go("/nueva-contrasena", query_string={"token": token})
        assert person.status == 410

        await person.go("/nueva-contrasena", "POST", form={"token": token, "nueva": NUEVA, "repetida": NUEVA})
        assert person.status == 410


async def test_a_customer_changes_name_address_and_password(
    demo_shop: ShopApp, person: Reader, another: Callable[[], Reader]
) -> None:
    email = un_correo("cambia")
    await demo_shop.sign_up(email)
    elsewhere = another()
    await come_in(elsewhere, email, "una-clave-bien-larga")
    await come_in(person, email, "una-clave-bien-larga")
    await person.go("/cuenta")

    await person.press("Guardar mis datos", nombre="Ana <i>López</i>", direccion="Cuba 1")
    assert person.sees("Guardamos los cambios") and "<i>" not in person.html
    await person.press("Cambiar la contraseña", actual="no es", nueva=NUEVA)
    assert person.status == 400 and person.sees("La contraseña actual no es")
    await person.press("Cambiar la contraseña", actual="una-clave-bien-larga", nueva=NUEVA)

    assert person.url.startswith("/cuenta") and person.sees("cambiamos tu contraseña")
    await elsewhere.go("/cuenta")
    assert elsewhere.url.startswith("/login")


@pytest.mark.parametrize("path", ["/salir", "/carrito/agregar", "/cuenta", "/checkout"])
async def test_a_form_of_another_site_does_nothing_with_our_cookie(person: Reader, path: str) -> None:
    await come_in(person, "clara@ahorro.test")

    response = await person.client.post(path, form={"producto_id": "1"}, headers={"Origin": "https://otro.test"})

    assert response.status_code == 403
    await person.go("/cuenta")
    assert person.url == "/cuenta"


async def test_anyone_may_withdraw_and_the_admin_answers(person: Reader, another: Callable[[], Reader]) -> None:
    await come_in(person, "clara@ahorro.test")
    await person.go("/pedidos")
    numero = next(words for words, _ in person.page.links if words.startswith("ped-")).upper()
    guest = another()
    await guest.go("/")
    await guest.follow("Botón de arrepentimiento")

    await guest.press("Arrepentirme", numero="", correo="no")
    assert guest.status == 400 and guest.sees("Falta corregir 2 datos")
    await guest.press("Arrepentirme", numero=numero, correo="clara@ahorro.test", contarnos="Me equivoqué <b>")
    codigo = re.search(r"ARR-[0-9A-Z]{8}", guest.html)
    assert codigo is not None
    await guest.go("/arrepentimiento")
    await guest.press("Arrepentirme", numero=numero, correo="otra@ahorro.test")

    admin = another()
    await come_in(admin, "admin@ahorro.test")
    await admin.follow("Trastienda")
    await admin.follow("Arrepentimientos")
    assert admin.sees(codigo[0]) and admin.sees("Me equivoqué <b>") and "Me equivoqué <b>" not in admin.html
    assert admin.sees("No coincide con ninguna compra")
    await admin.press(f"Ya contesté {codigo[0]}")
    assert admin.sees("Quedó como atendido")


@pytest.mark.parametrize(
    "asked",
    [
        {"scope_base": {"client": ("192.168.0.7", 4711), FORWARDED: False}},
        {"scope_base": {"client": ("192.168.0.7", 4711), FORWARDED: False}, "headers": {"Host": "127.0.0.1:5000"}},
        {"scope_base": {"client": ("127.0.0.1", 4711), FORWARDED: True}},
        {"scope_base": AT_THIS_MACHINE, "headers": {"Host": "otra.example"}},  # a name of theirs that leads here
    ],
)
async def test_the_mails_of_development_are_shown_to_this_machine_alone(
    demo_shop: ShopApp, asked: dict[str, Any]
) -> None:
    email = un_correo("jefa")
    await demo_shop.sign_up(email, "admin")
    client = demo_shop.app.test_client()
    form = await client.post("/recuperar", form={"email": email}, **asked)
    await the_mail_to(demo_shop, email)

    theirs = await client.get("/desarrollo/correo", **asked)
    ours = await client.get("/desarrollo/correo", scope_base=AT_THIS_MACHINE)

    assert theirs.status_code == 404
    assert email not in await theirs.get_data(as_text=True)
    assert "/desarrollo/correo" not in await form.get_data(as_text=True)
    assert email in await ours.get_data(as_text=True)
