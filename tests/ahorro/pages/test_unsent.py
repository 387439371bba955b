"""A form that came after its session had ended is not lost, and comes out for nobody else. Both apps do it alike."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

import pytest

from ahorro.demo.people import PASSWORD
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader

FORM = {"calle": "Zapiola", "altura": "1830", "notas": "Timbre <4> & «perro»"}


async def ended(shop: ShopApp, person: Reader, email: str) -> None:
    """Somebody comes in, and their sessions end behind their back."""
    await come_in(person, email)
    await shop.base.do(_end_all)


async def _end_all(work: Any) -> None:
    await work.con.execute("UPDATE sessions SET ended_at = 1 WHERE user_id IS NOT NULL AND ended_at IS NULL", {})


async def test_what_was_typed_comes_back_after_the_login_and_arrives(demo_shop: ShopApp, person: Reader) -> None:
    await come_in(person, "clara@ahorro.test")
    await person.go("/cuenta")
    await demo_shop.base.do(_end_all)

    await person.press("Guardar mis datos", nombre="Clara «B» & Cía")
    assert person.status == 401 and person.sees("Tu sesión terminó") and "set-cookie" not in person.html
    await person.press("Ingresar", correo="clara@ahorro.test", contraseña="no es esta")
    assert person.status == 401
    await person.press("Ingresar", correo="clara@ahorro.test", contraseña=PASSWORD)
    assert person.status == 200 and person.sees("falta mandarlo")
    await person.press("Mandarlo ahora")

    assert person.url.startswith("/cuenta") and person.sees("Guardamos los cambios")
    form = next(f for f in person.page.forms if f.action == "/cuenta")
    assert form.fields["nombre"] == "Clara «B» & Cía"
    await person.press("Guardar mis datos", nombre="Clara Benítez")


async def test_nobody_else_who_comes_in_there_gets_to_see_it(demo_shop: ShopApp, person: Reader) -> None:
    await ended(demo_shop, person, "clara@ahorro.test")
    await person.go("/checkout", "POST", form=FORM)
    assert person.status == 401

    await person.press("Ingresar", correo="julian@ahorro.test", contraseña=PASSWORD)

    assert person.url == "/" and "Zapiola" not in person.html


@pytest.mark.parametrize(
    "form",
    [{}, {"calle": " "}, {"actual": "x", "nueva": "y"}, {"calle": "x", "password": "y"}, {"notas": token_hex(20_000)}],
    ids=["nothing", "blank", "passwords", "a password", "too much"],
)
async def test_what_must_not_travel_does_not(demo_shop: ShopApp, person: Reader, form: dict[str, str]) -> None:
    await ended(demo_shop, person, "clara@ahorro.test")

    await person.go("/checkout", "POST", form=form)

    assert person.url.startswith("/login?volver=") and "pendiente" not in person.html


async def test_a_form_that_was_nobodys_waits_for_nobody(demo_shop: ShopApp, person: Reader) -> None:
    await person.go("/checkout", "POST", form=FORM)

    assert person.url.startswith("/login?volver=") and "pendiente" not in person.html


@pytest.mark.parametrize("spoil", [lambda text: text[:-2], lambda text: "x" + text, lambda text: "{}", lambda _: "ñ\0"])
async def test_a_text_that_is_not_ours_is_let_fall(
    demo_shop: ShopApp, person: Reader, spoil: Callable[[str], str]
) -> None:
    await ended(demo_shop, person, "clara@ahorro.test")
    await person.go("/checkout", "POST", form=FORM)

    form = next(f for f in person.page.forms if f.action == "/login")
    told = {**form.fields, "email": "clara@ahorro.test", "password": PASSWORD}
    await person.go("/login", "POST", form={**told, "pendiente": spoil(told["pendiente"])})

    assert person.status == 200 and person.url == "/"


async def test_another_sites_form_is_kept_by_nobody(demo_shop: ShopApp, person: Reader) -> None:
    response = await person.client.post("/checkout", form=FORM, headers={"Origin": "https://otro.test"})

    assert response.status_code == 403 and "Zapiola" not in await response.get_data(as_text=True)


async def test_a_program_without_a_session_hears_a_401_as_ever(demo_shop: ShopApp) -> None:
    answer = await demo_shop.visitor().ask("POST", "/api/pedidos", {"direccion": "Zapiola 1830"})

    assert answer.status_code == 401 and answer.data_["codigo"] == "sin_sesion"
