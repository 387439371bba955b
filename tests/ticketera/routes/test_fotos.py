"""Photos and signatures over HTTP: who may send and see them, what is taken, once each; and the PIN."""

import asyncio
import uuid

import httpx
import pytest

from tests.people import Crew, Json, Person, act, body, move
from tests.pictures import jpeg, signature
from tests.servers import Servers
from tests.ticketera.routes.asserts import refused
from tests.ticketera.routes.test_tickets import a_ticket
from ticketera.domain.prueba import pin_de


async def send(
    who: Person,
    ticket: Json,
    foto_id: str | None = None,
    data: bytes = b"",
    *,
    tipo: str = "",
    kind: str = "image/jpeg",
) -> httpx.Response:
    path = f"/api/tickets/{ticket['id']}/fotos/{foto_id or uuid.uuid4()}{tipo and '?tipo=' + tipo}"
    return await who("PUT", path, content=data or jpeg(), headers={"Content-Type": kind})


async def test_a_photo_is_kept_once_and_seen_by_admins_and_whoever_took_it(
    crew: Crew, rita: Person, raul: Person
) -> None:
    ticket = await a_ticket(crew, rita)
    photo = jpeg(2000, 1500)

    first = await send(rita, ticket, "f1", photo)
    again = await asyncio.gather(*(send(rita, ticket, "f1", photo) for _ in range(3)))
    signed = await send(rita, ticket, "s1", signature(), tipo="firma", kind="image/png")

    assert [a.status_code for a in (first, *again, signed)] == [201, 200, 200, 200, 201]
    assert {a.text for a in (first, *again)} == {first.text}
    listed = (await rita.ok("GET", f"/api/tickets/{ticket['id']}/fotos"))["fotos"]
    assert [(f["foto_id"], f["tipo"], f["repartidor"]["id"]) for f in listed] == [
        ("f1", "foto", rita.id), ("s1", "firma", rita.id),
    ]  # fmt: skip
    for who in (rita, crew.admin):
        shown = await who.get(f"/api/tickets/{ticket['id']}/fotos/f1")
        assert (shown.status_code, shown.headers["content-type"], len(shown.content) <= 250_000) == (
            200, "image/jpeg", True,
        )  # fmt: skip
        assert shown.headers["cache-control"] == "private, no-store"
        assert shown.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert shown.headers["x-content-type-options"] == "nosniff"
    drawn = await crew.admin.get(f"/api/tickets/{ticket['id']}/fotos/s1")
    assert drawn.headers["content-type"] == "image/png"
    missing = refused(await raul.get("/api/tickets/999999999/fotos"), 404)
    assert refused(await raul.get(f"/api/tickets/{ticket['id']}/fotos"), 404) == missing
    refused(await raul.get(f"/api/tickets/{ticket['id']}/fotos/f1"), 404)
    refused(await send(raul, ticket, "x1"), 404)
    refused(await send(crew.admin, ticket), 403)


async def test_a_name_is_a_tickets_own(crew: Crew, rita: Person) -> None:
    first, second = await a_ticket(crew, rita), await a_ticket(crew, rita)

    assert [(await send(rita, ticket, "f1")).status_code for ticket in (first, second, first)] == [201, 201, 200]


async def test_the_same_name_at_once_from_two_hands_is_one_photo(crew: Crew, rita: Person, raul: Person) -> None:
    ticket = await a_ticket(crew, rita)
    await move(crew.admin, [ticket], raul.id)

    answers = await asyncio.gather(*(send(who, ticket, "f1") for who in (rita, raul, rita, raul)))

    assert sorted(a.status_code for a in answers) in ([200, 201, 422, 422],)
    assert len((await crew.admin.ok("GET", f"/api/tickets/{ticket['id']}/fotos"))["fotos"]) == 1


async def test_a_photo_comes_also_after_the_ticket_left_or_was_closed(crew: Crew, rita: Person, raul: Person) -> None:
    ticket = await a_ticket(crew, rita)
    await move(crew.admin, [ticket], raul.id)
    await act(rita, ticket["id"], "entregar", prueba={"fotos": ["f1"]})
    await act(raul, ticket["id"], "entregar", prueba={"fotos": ["f2"]})

    assert (await send(rita, ticket, "f1")).status_code == 201
    assert (await send(raul, ticket, "f2")).status_code == 201
    seen = [(await who.ok("GET", f"/api/tickets/{ticket['id']}/fotos"))["fotos"] for who in (rita, raul, crew.admin)]
    assert [[f["foto_id"] for f in each] for each in seen] == [["f1"], ["f2"], ["f1", "f2"]]


async def test_six_at_most_also_when_they_come_at_once(crew: Crew, rita: Person) -> None:
    ticket = await a_ticket(crew, rita)

    answers = await asyncio.gather(*(send(rita, ticket, f"f{n}") for n in range(9)))

    assert sorted(a.status_code for a in answers) == [201] * 6 + [409] * 3
    assert body(await send(rita, ticket, "f9"))["codigo"] == "demasiadas_fotos"


async def test_whoever_had_it_before_takes_up_nobodys_place(crew: Crew, rita: Person, raul: Person) -> None:
    ticket = await a_ticket(crew, rita)
    await move(crew.admin, [ticket], raul.id)
    for n in range(6):
        assert (await send(rita, ticket, f"f{n}")).status_code == 201

    assert (await send(raul, ticket, "proof")).status_code == 201
    assert (await send(rita, ticket, "f7")).status_code == 409


async def test_what_is_no_photo_is_refused_plainly(crew: Crew, rita: Person) -> None:
    ticket = await a_ticket(crew, rita)

    refused(await send(rita, ticket, data=b"hola"), 400)
    refused(await send(rita, ticket, data=jpeg()[:200]), 400)
    refused(await send(rita, ticket, kind="text/html"), 415)
    refused(await send(rita, ticket, kind="application/json"), 415)
    refused(await send(rita, ticket, tipo="video"), 400)
    refused(await send(rita, ticket, "con espacio"), 400)
    refused(await send(rita, ticket, "x" * 65), 400)
    refused(await send(rita, ticket, data=bytes(600_001)), 413)

    async def without_end() -> object:
        for _ in range(100):
            yield bytes(10_000)

    path = f"/api/tickets/{ticket['id']}/fotos/larga"
    refused(await rita("PUT", path, content=without_end(), headers={"Content-Type": "image/jpeg"}), 413)
    empty = await rita("PUT", path, content=b"", headers={"Content-Type": "image/jpeg"})
    assert "vacía" in refused(empty, 400)["detail"]
    assert (await rita.ok("GET", f"/api/tickets/{ticket['id']}/fotos"))["fotos"] == []


@pytest.mark.parametrize(
    "prueba",
    [
        "foto", [], {"receptor": "el perro"}, {"receptor_nombre": "x" * 121}, {"pin": 1234}, {"pin": "1" * 21},
        {"fotos": ["../x"]}, {"fotos": ["f"] * 7}, {"firma": ""}, {"sin_codigo": "sí"},
        {"intentos": [{"medio": "grito", "en": "x"}]}, {"intentos": [{"medio": "llamada", "en": "x"}] * 21},
    ],
)  # fmt: skip
async def test_a_proof_out_of_its_bounds_is_named(crew: Crew, rita: Person, prueba: object) -> None:
    ticket = await a_ticket(crew, rita)

    answer = refused(await act(rita, ticket["id"], "entregar", prueba=prueba), 400)

    assert [each["campo"] for each in answer["errores"]] == ["prueba"]
    assert (await crew.admin.ok("GET", f"/api/tickets/{ticket['id']}"))["estado"] == "asignado"


async def test_what_a_proof_does_not_know_is_ignored(crew: Crew, rita: Person) -> None:
    ticket = await a_ticket(crew, rita)

    done = body(await act(rita, ticket["id"], "entregar", prueba={"receptor": "titular", "otra": 1}))

    assert done["prueba"]["receptor"] == "titular"


async def test_the_pin_is_guessed_five_times_and_acts_are_no_way_around(
    crew: Crew, town: Servers, rita: Person, raul: Person
) -> None:
    ticket = await a_ticket(crew, rita)
    pin = pin_de(town.webhook_secret, ticket["numero"])
    wrong = f"{(int(pin) + 1) % 10_000:04d}"
    path = f"/api/tickets/{ticket['id']}/pin"

    assert await rita.ok("POST", path, {"pin": wrong}) == {"correcto": False, "quedan": 4}
    assert await rita.ok("POST", path, {"pin": pin}) == {"correcto": True, "quedan": 3}
    refused(await raul.post(path, {"pin": pin}), 404)
    refused(await rita.post(path, {"pin": 12}), 400)
    for quedan in (4, 3, 2, 1, 0):
        assert await rita.ok("POST", path, {"pin": wrong}) == {"correcto": False, "quedan": quedan}
    late = await rita.post(path, {"pin": pin})
    assert int(late.headers["retry-after"]) > 60
    refused(late, 429)
    done = body(await act(rita, ticket["id"], "entregar", prueba={"pin": pin}))
    assert (done["estado"], done["prueba"]["pin"]) == ("entregado", "incorrecto")
    assert pin not in str(done["prueba"])
