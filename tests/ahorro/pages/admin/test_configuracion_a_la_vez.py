"""Each part of the settings, kept stale, twice, at once and by the wrong person, on both databases."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from tests.ahorro.cast import ShopApp, Visitor
from tests.ahorro.pages.reader import Reader

HERE = "/admin/configuracion"
API = "/api/admin/configuracion"


@dataclass(frozen=True)
class Parte:
    """A part of the form, a field of it with values that can be kept, and what the setting is afterwards."""

    clave: str
    campo: str
    valores: tuple[str, str, str, str]
    ajuste: str
    otros: tuple[tuple[str, str], ...] = ()

    def con(self, n: int) -> dict[str, str]:
        return {**dict(self.otros), self.campo: self.valores[n]}


PARTES = (
    Parte("identidad", "domicilio", ("Moldes 1", "Moldes 2", "Moldes 3", "Moldes 4"), "domicilio"),
    Parte("cobros", "alias", ("UNA.TIENDA", "DOS.TIENDAS", "TRES.TIENDAS", "CUATRO.TIENDAS"), "alias"),
    Parte("envio", "costo", ("100", "200", "300", "400"), "envio"),
    Parte("zonas", "zona_barrios_1", ("Núñez", "Flores", "Palermo", "Devoto"), "zonas", (("zona_nombre_1", "Cerca"),)),
    Parte("franjas", "cupo", ("7", "8", "9", "10"), "franjas"),
    Parte("textos", "terminos", ("Uno.", "Dos.", "Tres.", "Cuatro."), "terminos"),
)
each_part = pytest.mark.parametrize("parte", PARTES, ids=[parte.clave for parte in PARTES])


@pytest.fixture(scope="module")
async def duena(shop: ShopApp) -> Visitor:
    return await shop.customer("admin", "Silvia Dueña")


async def opened(duena: Visitor, parte: Parte) -> Reader:
    """The part on a screen, as it is now."""
    person = Reader(duena.client)
    await person.go(f"{HERE}/{parte.clave}")
    return person


def another(parte: Parte, fields: dict[str, str]) -> dict[str, str]:
    """What would change the part."""
    return next(parte.con(n) for n in range(4) if fields.get(parte.campo) != parte.valores[n])


async def said(duena: Visitor) -> Any:
    return await duena.ok("GET", API)


@each_part
async def test_who_saves_second_sees_what_the_first_said_and_may_press_again(duena: Visitor, parte: Parte) -> None:
    first, second = await opened(duena, parte), await opened(duena, parte)
    await first.press("Guardar", **parte.con(0))
    assert first.sees("Guardamos los cambios"), first.page.text
    kept = await said(duena)

    await second.press("Guardar", **parte.con(1))

    assert second.status == 409 and second.sees("Alguien guardó otros cambios")
    ahora = "Ahora las zonas son: Cerca ({})" if parte.clave == "zonas" else "Ahora dice: {}"
    assert second.sees(ahora.format(parte.valores[0]))
    assert await said(duena) == kept
    await second.press("Guardar")
    assert second.sees("Guardamos los cambios")
    assert (await said(duena))[parte.ajuste] != kept[parte.ajuste]


@each_part
async def test_the_same_form_sent_twice_is_kept_once(duena: Visitor, parte: Parte) -> None:
    form = (await opened(duena, parte)).page.forms[-1].fields | parte.con(2)
    first = await duena.client.post(f"{HERE}/{parte.clave}", form=form)
    kept = await said(duena)

    again = await duena.client.post(f"{HERE}/{parte.clave}", form=form)

    assert (first.status_code, again.status_code) == (303, 303)
    assert await said(duena) == kept


@each_part
async def test_of_three_at_once_one_is_kept_and_the_others_are_told(duena: Visitor, parte: Parte) -> None:
    await (await opened(duena, parte)).press("Guardar", **parte.con(3))
    form = (await opened(duena, parte)).page.forms[-1].fields
    before = await said(duena)

    answers = await asyncio.gather(
        *(duena.client.post(f"{HERE}/{parte.clave}", form=form | parte.con(n)) for n in range(3))
    )

    assert sorted(a.status_code for a in answers) == [303, 409, 409]
    assert (await said(duena))["version"] == before["version"] + 1


async def test_two_who_change_different_parts_at_once_are_both_heard(duena: Visitor) -> None:
    forms = [(parte, (await opened(duena, parte)).page.forms[-1].fields) for parte in PARTES]
    before = await said(duena)

    answers = await asyncio.gather(
        *(duena.client.post(f"{HERE}/{parte.clave}", form=fields | another(parte, fields)) for parte, fields in forms)
    )

    assert [a.status_code for a in answers] == [303] * len(PARTES)
    after = await said(duena)
    assert after["version"] == before["version"] + len(PARTES)
    assert all(after[parte.ajuste] != before[parte.ajuste] for parte in PARTES)


@each_part
async def test_nobody_but_the_owner_opens_or_keeps_it(shop: ShopApp, duena: Visitor, parte: Parte) -> None:
    encargada = await shop.customer("encargado")
    form = (await opened(duena, parte)).page.forms[-1].fields | parte.con(1)
    before = await said(duena)

    answers = [
        await encargada.client.get(f"{HERE}/{parte.clave}"),
        await encargada.client.post(f"{HERE}/{parte.clave}", form=form),
        await shop.visitor().client.post(f"{HERE}/{parte.clave}", form=form),
    ]

    assert answers[0].status_code == answers[1].status_code == 403 and answers[2].status_code in {303, 401}
    assert await said(duena) == before


@each_part
@pytest.mark.parametrize("visto", ["", "1", "ñandú"])
async def test_a_form_that_saw_nothing_of_ours_keeps_nothing(duena: Visitor, parte: Parte, visto: str) -> None:
    page = await opened(duena, parte)
    fields = page.page.forms[-1].fields
    before = await said(duena)

    answer = await duena.client.post(f"{HERE}/{parte.clave}", form=fields | another(parte, fields) | {"visto": visto})

    assert answer.status_code == 409
    assert await said(duena) == before
