"""What an admin's board remembers is that admin's own, small and checked."""

import pytest

from tests.people import Crew, Json
from tests.ticketera.routes.asserts import refused


async def test_each_admin_has_their_own_and_changes_only_what_they_send(crew: Crew) -> None:
    other = await crew.hire("usuarios", "otra-preferente@belgrano.test", "Otra", crew.admins)
    one = crew.admin
    assert await one.ok("GET", "/api/preferencias") == {"fijadas": [], "densidad": "comoda", "tema": "automatico"}

    assert (await one.ok("PATCH", "/api/preferencias", {"fijadas": [3, 1]}))["fijadas"] == [3, 1]
    await one.ok("PATCH", "/api/preferencias", {"densidad": "compacta"})

    assert await one.ok("GET", "/api/preferencias") == {"fijadas": [3, 1], "densidad": "compacta", "tema": "automatico"}
    assert await other.ok("GET", "/api/preferencias") == {"fijadas": [], "densidad": "comoda", "tema": "automatico"}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"fijadas": [1, 1]}, "fijadas"),
        ({"fijadas": list(range(1, 60))}, "fijadas"),
        ({"fijadas": ["uno"]}, "fijadas"),
        ({"fijadas": None}, "fijadas"),
        ({"densidad": "enorme"}, "densidad"),
        ({"tema": "gris"}, "tema"),
        ({"usuario_id": 1}, "usuario_id"),
    ],
)
async def test_what_is_no_preference_is_refused_by_name(crew: Crew, data: Json, field: str) -> None:
    refused(await crew.admin.patch("/api/preferencias", data), 400, campos=[field])


async def test_the_theme_is_chosen_on_any_page_and_every_page_of_theirs_follows(crew: Crew) -> None:
    other = await crew.hire("usuarios", "de-noche@belgrano.test", "Nadia", crew.admins)
    night, by_system = '<link rel="stylesheet" href="/static/dist/oscuro-', 'media="(prefers-color-scheme: dark)"'

    for tema in ("oscuro", "claro", "automatico"):
        chosen = await other("POST", "/tema", data={"tema": tema}, headers={"Referer": "http://here/historial?q=1"})
        assert (chosen.status_code, chosen.headers["location"]) == (303, "/historial?q=1")
        assert (await other.ok("GET", "/api/preferencias"))["tema"] == tema

        for path in ("/tablero", "/historial", "/mapa"):
            page = (await other.get(path)).text
            assert (night in page) == (tema != "claro"), path
            assert (by_system in page) == (tema == "automatico"), path

    refused = await other("POST", "/tema", data={"tema": "gris"})
    assert refused.status_code == 400
    assert by_system in (await crew.admin.get("/historial")).text


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://here/repartidores/1/invitacion", "/repartidores/1"),  # made by a form: it cannot be opened again
        ("http://here/conflictos/7?q=1", "/conflictos"),
        ("http://here//other.test/", "/"),
        ("http://here/nothing-of-ours", "/tablero"),
        ("http://[", "/tablero"),
        ("", "/tablero"),
    ],
)
async def test_the_theme_leads_back_to_a_page_that_can_be_opened(crew: Crew, referer: str, back: str) -> None:
    chosen = await crew.admin("POST", "/tema", data={"tema": "oscuro"}, headers={"Referer": referer})

    assert (chosen.status_code, chosen.headers["location"]) == (303, back)
