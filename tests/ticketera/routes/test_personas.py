"""Repartidores, admins, turnos and settings over HTTP: contract, section 4."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import asdict

import pytest

from tests.people import Crew, Json, Person, body, enter, get_ticket, until
from tests.servers import PASSWORD, Servers
from tests.ticketera.routes.asserts import refused
from tests.wire import Wire
from ticketera.domain.configuracion import COLUMNAS, Configuracion

REPARTIDOR = {"id", "nombre", "email", "activo", "en_turno", "en_linea", "tickets_abiertos"}


def new_person(**fields: object) -> Json:
    return {
        "nombre": "Persona Nueva",
        "email": f"{uuid.uuid4().hex[:10]}@belgrano.test",
        "password": PASSWORD,
        **fields,
    }


async def row(crew: Crew, person: Person) -> Json:
    rows = (await crew.admin.ok("GET", "/api/repartidores"))["repartidores"]
    return dict(next(r for r in rows if r["id"] == person.id))


@pytest.mark.parametrize("what", ["repartidores", "usuarios"])
async def test_a_new_person_can_come_in(town: Servers, crew: Crew, what: str) -> None:
    data = new_person(telefono="11 4444-5555")

    answer = await crew.admin.post(f"/api/{what}", data)

    told = body(answer)
    assert answer.status_code == 201
    assert (told["nombre"], told["email"], told["telefono"], told["activo"]) == (
        "Persona Nueva",
        data["email"],
        "11 4444-5555",
        True,
    )
    assert "password" not in str(told)
    rows = (await crew.admin.ok("GET", f"/api/{what}"))[what]
    assert next(r for r in rows if r["id"] == told["id"]) == told
    person = await enter(town.ticketera.url, data["email"])
    assert person.me["rol"] == ("repartidor" if what == "repartidores" else "admin")
    await person.close()
    refused(await crew.admin.post(f"/api/{what}", {**data, "email": data["email"].upper()}), 409, "email_en_uso")


@pytest.mark.parametrize("what", ["repartidores", "usuarios"])
@pytest.mark.parametrize(
    ("changes", "campo"),
    [
        ({"nombre": ""}, "nombre"), ({"nombre": " "}, "nombre"), ({"nombre": "x" * 121}, "nombre"),
        ({"nombre": None}, "nombre"), ({"email": ""}, "email"), ({"email": "x"}, "email"), ({"email": "a@b"}, "email"),
        ({"email": "a b@c.ar"}, "email"), ({"email": "x" * 119 + "@c.ar"}, "email"),
        ({"password": "corta"}, "password"),
        ({"password": "x" * 201}, "password"), ({"password": 12345678}, "password"), ({"telefono": 5}, "telefono"),
        ({"telefono": "1" * 51}, "telefono"),
    ],
)  # fmt: skip
async def test_a_wrong_field_of_a_person_is_named(
    crew: Crew, rita: Person, what: str, changes: Json, campo: str
) -> None:
    refused(await crew.admin.post(f"/api/{what}", new_person(**changes)), 400, campos=[campo])
    number = rita.id if what == "repartidores" else crew.admin.id
    refused(await crew.admin.patch(f"/api/{what}/{number}", changes), 400, campos=[campo])


async def test_a_repartidor_has_what_the_board_needs(crew: Crew, rita: Person) -> None:
    assert set(await row(crew, rita)) >= REPARTIDOR
    await crew.shop.post_ticket(repartidor_id=rita.id)
    assert (await row(crew, rita))["tickets_abiertos"] == 1


async def test_changes_of_a_repartidor(crew: Crew, rita: Person) -> None:
    path = f"/api/repartidores/{rita.id}"
    email = f"{uuid.uuid4().hex[:10]}@belgrano.test"

    told = await crew.admin.ok("PATCH", path, {"nombre": "Otro Nombre", "email": email, "telefono": "1"})

    assert (told["nombre"], told["email"], told["telefono"]) == ("Otro Nombre", email, "1")
    assert (await rita.ok("GET", "/api/sesion"))["usuario"]["nombre"] == "Otro Nombre"
    refused(await crew.admin.patch(path, {"email": crew.admin.me["email"]}), 409, "email_en_uso")
    told = refused(await crew.admin.patch(path, {"en_turno": True}), 400, campos=["en_turno"])
    assert "lo abre cada repartidor" in told["errores"][0]["detalle"]
    refused(await crew.admin.patch(path, {"en_turno": 0}), 400, campos=["en_turno"])
    refused(await crew.admin.patch(path, {"activo": "no"}), 400, campos=["activo"])
    refused(await crew.admin.patch("/api/repartidores/999999999", {"nombre": "x"}), 404)
    refused(await crew.admin.patch(f"/api/repartidores/{crew.admin.id}", {"nombre": "x"}), 404)
    refused(await crew.admin.patch(f"/api/usuarios/{rita.id}", {"nombre": "x"}), 404)


async def test_the_list_shows_who_is_in_turno_and_connected(crew: Crew, rita: Person) -> None:
    await rita.ok("POST", "/api/turno", {"abierto": True})
    await crew.admin.ok("PATCH", f"/api/repartidores/{rita.id}", {"telefono": "11 4444-0000"})

    page = await crew.admin.get("/repartidores")

    assert page.status_code == 200
    assert "Sin señal" in page.text
    assert "https://wa.me/5491144440000" in page.text


async def test_an_admin_closes_a_turno_and_tickets_stay(crew: Crew, rita: Person) -> None:
    await rita.ok("POST", "/api/turno", {"abierto": True})
    ticket = await crew.shop.post_ticket(repartidor_id=rita.id)

    assert (await crew.admin.ok("PATCH", f"/api/repartidores/{rita.id}", {"en_turno": False}))["en_turno"] is False

    assert (await rita.ok("GET", "/api/turno")) == {"abierto": False, "desde": None}
    assert (await get_ticket(rita, ticket["ticket_id"]))["repartidor_id"] == rita.id


async def test_who_leaves_loses_sessions_sockets_and_tickets_in_one_commit(crew: Crew, rita: Person) -> None:
    tickets = [await crew.shop.post_ticket(repartidor_id=rita.id) for _ in range(3)]
    wire = await Wire(rita.url, rita.cookie).open()
    board = await Wire(crew.admin.url, crew.admin.cookie).open()

    told = await crew.admin.ok("PATCH", f"/api/repartidores/{rita.id}", {"activo": False})

    assert (told["activo"], told["en_turno"], told["tickets_abiertos"]) == (False, False, 0)
    assert await wire.gone()
    refused(await rita.get("/api/sesion"), 401)
    refused(await rita.log_in(rita.me["email"]), 401)
    for ticket in tickets:
        now = await get_ticket(crew.admin, ticket["ticket_id"])
        assert (now["estado"], now["repartidor_id"]) == ("pendiente", None)
    assert await until(lambda: len([n for n in board.events() if n["tipo"] == "ticket.movido"]) == 3)
    await crew.admin.ok("PATCH", f"/api/repartidores/{rita.id}", {"activo": True})
    assert (await rita.log_in(rita.me["email"])).status_code == 200
    await board.close()


async def test_who_leaves_may_leave_the_tickets_to_somebody_over_the_cap_too(
    crew: Crew, rita: Person, raul: Person
) -> None:
    for _ in range(12):
        await crew.shop.post_ticket(repartidor_id=rita.id)
    path = f"/api/repartidores/{rita.id}"
    gone = await crew.admin.ok("POST", "/api/repartidores", new_person())
    await crew.admin.ok("PATCH", f"/api/repartidores/{gone['id']}", {"activo": False})

    for nobody in (gone["id"], rita.id, 999_999_999, "x"):
        refused(await crew.admin.patch(path, {"activo": False, "tickets_a": nobody}), 400, campos=["tickets_a"])
    assert (await row(crew, rita))["activo"] is True
    await crew.admin.ok("PATCH", path, {"activo": False, "tickets_a": raul.id})

    assert len((await raul.ok("GET", "/api/mis-tickets"))["tickets"]) == 12


async def test_a_new_password_by_the_admin_ends_the_sessions(crew: Crew, rita: Person) -> None:
    await crew.admin.ok("PATCH", f"/api/repartidores/{rita.id}", {"password": "una frase nueva"})

    refused(await rita.get("/api/sesion"), 401)
    assert (await rita.log_in(rita.me["email"], "una frase nueva")).status_code == 200


@pytest.fixture
async def own() -> AsyncIterator[Crew]:
    """A town of its own with one admin and one repartidor."""
    with Servers() as servers:
        servers.start("ticketera")
        crew = await Crew.gather(servers, repartidores=1, turno=False)
        yield crew
        await crew.close()


async def test_the_last_active_admin_stays_also_when_two_remove_each_other(own: Crew) -> None:
    refused(await own.admin.patch(f"/api/usuarios/{own.admin.id}", {"activo": False}), 409, "ultimo_admin")
    await own.hire("usuarios", "otra@belgrano.test", "Otra", own.admins)

    answers = await asyncio.gather(
        own.admins[0].patch(f"/api/usuarios/{own.admins[1].id}", {"activo": False}),
        own.admins[1].patch(f"/api/usuarios/{own.admins[0].id}", {"activo": False}),
    )

    assert sorted(a.status_code for a in answers) in ([200, 401], [200, 409])


async def test_the_settings_have_their_defaults_and_limits(own: Crew) -> None:
    rita = own.repartidores[0]
    settings = await own.admin.ok("GET", "/api/configuracion")
    assert settings == asdict(Configuracion())
    assert [settings[campo] for campo in COLUMNAS] == ["automatico", 10, 10, 10, 120]

    for change in (
        {"modo_asignacion": "sorteo"}, {"max_tickets_por_repartidor": 0}, {"max_tickets_por_repartidor": "10"},
        {"max_tickets_por_repartidor": 1.5}, {"minutos_respeto": -1}, {"minutos_respeto": None},
        {"minutos_sin_senal": 0}, {"minutos_sin_senal": True}, {"otro": 1}, {"minutos_respeto": 10**18},
        {"prueba_foto": "siempre"}, {"segundos_sin_ver": 9}, {"mapa_teselas": "javascript:1"}, {"orden_propio": "no"},
        {"central": "x" * 51}, {"minutos_antes": -1}, {"minutos_antes": 43_201},
    ):  # fmt: skip
        refused(await own.admin.patch("/api/configuracion", change), 400, campos=list(change))
    assert await own.admin.ok("GET", "/api/configuracion") == settings
    for change in (
        {"minutos_respeto": 0},
        {"minutos_antes": 60},
        {"prueba_foto": "obligatoria", "segundos_sin_ver": 90},
    ):
        settings |= change
        assert await own.admin.ok("PATCH", "/api/configuracion", change) == settings
    refused(await rita.get("/api/configuracion"), 403)
    refused(await rita.patch("/api/configuracion", {"minutos_respeto": 1}), 403)


async def test_a_turno_that_opens_brings_what_waits_in_its_own_commit(own: Crew) -> None:
    rita = own.repartidores[0]
    waiting = [await own.shop.post_ticket() for _ in range(3)]

    told = await rita.ok("POST", "/api/turno", {"abierto": True})

    assert told["abierto"] is True
    assert len(told["desde"]) == 24
    mine = (await rita.ok("GET", "/api/mis-tickets"))["tickets"]
    assert [t["id"] for t in mine] == [t["ticket_id"] for t in waiting]
    assert await rita.ok("POST", "/api/turno", {"abierto": True}) == told
    for wrong in ({}, {"abierto": "si"}, {"abierto": 1}, {"abierto": None}):
        refused(await rita.post("/api/turno", wrong), 400, campos=["abierto"])
    refused(await own.admin.get("/api/turno"), 403)
