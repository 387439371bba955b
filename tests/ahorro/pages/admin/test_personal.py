"""Inviting who works in the shop, as an admin without scripts."""

import re
from collections.abc import Callable

from tests.ahorro.cast import un_correo
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader


async def test_somebody_is_invited_comes_in_and_is_shut_out(person: Reader, another: Callable[[], Reader]) -> None:
    nadia, email = another(), un_correo("nadia")
    await come_in(person, "admin@ahorro.test")
    await person.go("/admin/personal")

    await person.press("Invitar", nombre="Nadia Nueva", email=email, rol="encargado")

    assert person.sees("Enlace para Nadia Nueva") and person.sees("Sirve una sola vez")
    link = re.search(r"/invitacion\?token=[\w-]+", person.html)
    assert link
    await nadia.go(link[0])
    await nadia.press("Guardar y entrar", nueva="una frase larga", repetida="otra frase larga")
    assert nadia.status == 400 and nadia.sees("no son iguales")
    await nadia.press("Guardar y entrar", nueva="una frase larga", repetida="una frase larga")
    assert nadia.url == "/admin"
    await nadia.go("/admin/personal")
    assert nadia.status == 403
    await nadia.go(link[0])
    assert nadia.status == 410 and nadia.sees("Este enlace venció o no existe")


async def test_what_is_wrong_with_an_invitation_is_said_beside_its_field(person: Reader) -> None:
    await come_in(person, "admin@ahorro.test")
    await person.go("/admin/personal")

    await person.press("Invitar", nombre="", email="nada", rol="encargado")

    assert person.status == 400 and person.sees("Falta corregir 2 datos")
    await person.press("Invitar", nombre="Clara", email="clara@ahorro.test", rol="encargado")
    assert person.status == 409 and person.sees("Ya hay una cuenta con ese correo")
