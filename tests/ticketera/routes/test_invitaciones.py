"""Inviting by link, and how somebody delivers, over HTTP; the pages without a script."""

import re

import httpx
import pytest

from tests.people import Crew, Person
from tests.servers import Servers
from tests.ticketera.routes.asserts import refused

NUEVA = "una frase nueva y larga"


async def link(crew: Crew, who: Person) -> str:
    told = await crew.admin.ok("POST", f"/api/repartidores/{who.id}/invitacion")
    return str(told["enlace"])


async def sends(person: Person, path: str, **fields: str) -> httpx.Response:
    return await person("POST", path, data=fields)


async def test_a_link_lets_its_person_in_once(town: Servers, crew: Crew, rita: Person) -> None:
    address = await link(crew, rita)
    assert address.startswith(f"{town.ticketera.url}/invitacion/")
    path = address.removeprefix(town.ticketera.url)
    phone = Person(town.ticketera.url)

    for _ in range(2):  # messengers look at links
        page = await phone.get(path)
        assert (page.status_code, rita.me["email"] in page.text) == (200, True)
    short = await sends(phone, path, password="corta")
    assert short.status_code == 400
    assert "al menos 8" in short.text
    done = await sends(phone, path, password=NUEVA)

    assert (done.status_code, done.headers["location"]) == (303, "/reparto")
    assert (await phone.ok("GET", "/api/sesion"))["usuario"]["id"] == rita.id
    refused(await rita.get("/api/sesion"), 401)
    for answer in (await phone.get(path), await sends(phone, path, password=NUEVA)):
        assert answer.status_code == 404
        assert "venció o no existe" in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert "noindex" in answer.headers["x-robots-tag"]
    assert (await rita.log_in(rita.me["email"], NUEVA)).status_code == 200
    await phone.close()


async def test_links_that_lead_nowhere_are_limited_and_told_alike(town: Servers) -> None:
    stranger = Person(town.ticketera.url)

    answers = [await stranger.get(f"/invitacion/{'x' * n}") for n in (1, 43, 300)]
    answers += [await stranger.get(f"/invitacion/{n}") for n in range(40)]

    assert {a.text for a in answers if a.status_code == 404} == {answers[0].text}
    assert [a.status_code for a in answers[:3]] == [404] * 3
    assert answers[-1].status_code == 429
    await stranger.close()


async def test_only_an_admin_invites_and_only_who_has_access(crew: Crew, rita: Person) -> None:
    path = f"/api/repartidores/{rita.id}/invitacion"
    refused(await rita.post(path), 403)
    refused(await crew.admin.post(f"/api/repartidores/{crew.admin.id}/invitacion"), 404)
    old = await link(crew, rita)
    await crew.admin.ok("PATCH", f"/api/repartidores/{rita.id}", {"activo": False})

    refused(await crew.admin.post(path), 409, "repartidor_inactivo")
    assert (await crew.admin.get(old)).status_code == 404


async def test_the_page_shows_link_and_code_once_and_a_new_one_ends_it(crew: Crew, rita: Person) -> None:
    path = f"/repartidores/{rita.id}/invitacion"
    first, second = await sends(crew.admin, path), await sends(crew.admin, path)

    links = [re.findall(r"readonly>(http[^<]+/invitacion/[\w-]{43})<", page.text)[0] for page in (first, second)]
    for page in (first, second):
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store"
        assert '<svg xmlns="http://www.w3.org/2000/svg"' in page.text
        assert not re.search(r"<svg.*\bstyle=.*</svg>", page.text, re.DOTALL)
    assert [(await crew.admin.get(each)).status_code for each in links] == [404, 200]
    assert "Ya hay uno que sirve hasta" in (await crew.admin.get(f"/repartidores/{rita.id}")).text


async def test_a_new_one_without_a_password_is_invited_at_once(crew: Crew) -> None:
    page = await sends(
        crew.admin, "/repartidores/nuevo", nombre="Nora Paz", email="nora@belgrano.test", password="", vehiculo="Bici",
        telefono="11 5555 1234", capacidad="3", zona="Boedo", negocio="",
    )  # fmt: skip

    assert page.status_code == 200
    assert "Enlace para Nora Paz" in page.text
    assert "https://wa.me/5491155551234?text=" in page.text
    people = (await crew.admin.ok("GET", "/api/repartidores"))["repartidores"]
    nora = next(each for each in people if each["nombre"] == "Nora Paz")
    assert (nora["vehiculo"], nora["capacidad"], nora["zona"], nora["negocio"]) == ("Bici", 3, "Boedo", "")


async def test_who_leaves_is_asked_about_their_tickets_and_an_heir_who_left_meanwhile_is_named(
    crew: Crew, rita: Person, raul: Person
) -> None:
    for _ in range(2):
        await crew.shop.post_ticket(repartidor_id=rita.id)
    page = (await crew.admin.get(f"/repartidores/{rita.id}")).text
    assert f"{rita.me['nombre']} tiene 2 tickets abiertos. ¿Qué hacemos?" in page
    assert f'<option value="{raul.id}">' in page
    await crew.admin.ok("PATCH", f"/api/repartidores/{raul.id}", {"activo": False})

    for heir in (str(raul.id), str(rita.id), "²", "x", "9" * 30):
        stale = await sends(crew.admin, f"/repartidores/{rita.id}/baja", tickets_a=heir)
        assert stale.status_code == 400, heir
        assert "dado de baja: elegí otra" in stale.text
    assert len((await rita.ok("GET", "/api/mis-tickets"))["tickets"]) == 2
    await rita.ok("POST", "/api/turno", {"abierto": True})
    ended = await sends(crew.admin, f"/repartidores/{rita.id}/turno")
    said = (await crew.admin("GET", ended.headers["location"])).text
    assert f"Terminaste el turno de {rita.me['nombre']}" in said
    held = len((await rita.ok("GET", "/api/mis-tickets"))["tickets"])  # a turno may bring some that waited
    assert f"Sus {held} tickets abiertos siguen siendo suyos" in said


async def test_how_somebody_delivers_is_checked(crew: Crew, rita: Person) -> None:
    path = f"/api/repartidores/{rita.id}"
    told = await crew.admin.ok("PATCH", path, {"vehiculo": "Moto", "capacidad": 5, "zona": "Boedo", "negocio": "Sol"})
    assert [told[c] for c in ("vehiculo", "capacidad", "zona", "negocio")] == ["Moto", 5, "Boedo", "Sol"]
    told = await crew.admin.ok("PATCH", path, {"vehiculo": None, "capacidad": None})
    assert [told[c] for c in ("vehiculo", "capacidad", "zona")] == ["", None, "Boedo"]

    for change in (
        {"vehiculo": "x" * 51}, {"zona": "x" * 501}, {"negocio": "x" * 121}, {"zona": 1}, {"capacidad": 0},
        {"capacidad": "5"}, {"capacidad": 1.5}, {"capacidad": True}, {"capacidad": 10**7}, {"fondo": -1},
        {"fondo": "5"}, {"fondo": 1.005},
    ):  # fmt: skip
        refused(await crew.admin.patch(path, change), 400, campos=list(change))


async def test_a_form_that_comes_back_keeps_what_was_typed_beside_what_is_wrong(crew: Crew, rita: Person) -> None:
    page = await sends(
        crew.admin, f"/repartidores/{rita.id}", nombre="Rita Q", email="rita", password="", telefono="",
        capacidad="mil", vehiculo="Moto & sidecar", zona="", negocio="",
    )  # fmt: skip

    assert page.status_code == 400
    for text in ('value="Rita Q"', 'value="rita"', 'value="mil"', "Moto &amp; sidecar", "tiene que ser un correo"):
        assert text in page.text
    assert page.text.count("aria-invalid") == 2


async def test_what_no_database_keeps_is_left_out_of_a_form(crew: Crew, rita: Person) -> None:
    page = await sends(
        crew.admin, f"/repartidores/{rita.id}", nombre="Ri\0ta", email=rita.me["email"], password="", telefono="1\0",
        capacidad="", vehiculo="\0", zona="a\0b", negocio="",
    )  # fmt: skip

    assert page.status_code == 303
    people = (await crew.admin.ok("GET", "/api/repartidores"))["repartidores"]
    kept = next(each for each in people if each["id"] == rita.id)
    assert [kept[campo] for campo in ("nombre", "telefono", "vehiculo", "zona")] == ["Rita", "1", "", "ab"]


@pytest.mark.parametrize("orden", ["nombre", "-nombre", "estado", "visto", "tickets", "-zona", "vehiculo", "<x>", "-"])
async def test_the_list_is_sorted_by_links_and_says_where_everybody_is(
    crew: Crew, rita: Person, raul: Person, orden: str
) -> None:
    await crew.admin.ok("PATCH", f"/api/repartidores/{rita.id}", {"nombre": "Aa Rita", "telefono": "11 5555 1234"})
    await crew.admin.ok("PATCH", f"/api/repartidores/{raul.id}", {"nombre": "Zz Raúl"})

    page = await crew.admin.get("/repartidores", orden=orden)

    assert page.status_code == 200
    names = re.findall(r"<strong>(\S+ \S+)</strong>", page.text)
    assert (names.index("Aa Rita") < names.index("Zz Raúl")) == (orden != "-nombre")
    assert 'href="tel:+541155551234"' in page.text
    assert "<x>" not in page.text
