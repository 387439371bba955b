"""What a phone says over its socket: recibido, visto, ubicacion. Contract, section 5."""

import re
from typing import Any

import pytest

from tests.people import Crew, Person, get_ticket, set_turno, until
from tests.phone import Board, Phone
from tests.wire import Wire


async def said(phone: Phone | Wire, name: str, argument: Any) -> Any:
    wire = phone.wire if isinstance(phone, Phone) else phone
    assert wire is not None
    (answer,) = await wire.call(name, argument)
    return answer


async def measured(person: Person) -> float:
    """How many tickets were measured on their way to a phone."""
    text = (await person.get("/metrics")).text
    return float(re.findall(r"^ticketera_to_phone_seconds_count\{[^}]*\} (\S+)$", text, re.MULTILINE)[0])


async def test_the_way_to_the_phone_is_measured_once_a_ticket(crew: Crew, rita: Person) -> None:
    before = await measured(rita)
    phone = await Phone(rita).connect()
    for _ in range(2):
        ticket = (await crew.shop.post_ticket(repartidor_id=rita.id))["ticket_id"]
        assert await phone.knows(ticket)

    for _ in range(2):
        await said(phone, "recibido", {"epoca": phone.epoca, "seq": phone.seq})
        await said(phone, "visto", {"ticket_id": ticket})

    assert await measured(rita) == before + 2
    await phone.end()


async def test_recibido_and_visto_set_their_times_and_tell_the_tablero(crew: Crew, rita: Person) -> None:
    phone, board = await Phone(rita).connect(), await Board(crew.admin).connect()
    ticket = await crew.shop.post_ticket(repartidor_id=rita.id)
    assert await phone.knows(ticket["ticket_id"])

    assert await said(phone, "recibido", {"epoca": phone.epoca, "seq": phone.seq}) == {"ok": True}
    assert await said(phone, "visto", {"ticket_id": ticket["ticket_id"]}) == {"ok": True}

    now = await get_ticket(crew.admin, ticket["ticket_id"])
    assert now["recibido_en"]
    assert now["visto_en"]
    assert now["version"] == 1
    assert board.wire is not None
    heard = board.wire
    assert await until(lambda: len(heard.events("acuse")) == 2)
    assert heard.events("acuse")[-1] == {
        "ticket_id": now["id"], "recibido_en": now["recibido_en"], "visto_en": now["visto_en"],
    }  # fmt: skip
    assert phone.wire is not None
    assert phone.wire.events("acuse") == phone.wire.events("presencia") == []
    await phone.end()
    await board.end()


async def test_nobody_sets_them_for_somebody_else(crew: Crew, rita: Person, raul: Person) -> None:
    ticket = await crew.shop.post_ticket(repartidor_id=rita.id)
    other, admin = await Wire(raul.url, raul.cookie).open(), await Wire(crew.admin.url, crew.admin.cookie).open()

    for wire in (other, admin):
        await wire.call("visto", {"ticket_id": ticket["ticket_id"]})
        await wire.call("recibido", {"seq": 0})
        await wire.call("recibido", {"seq": 1})
    refusal = await said(admin, "visto", {"ticket_id": ticket["ticket_id"]})

    assert refusal == {"ok": False, "codigo": "prohibido"}
    now = await get_ticket(crew.admin, ticket["ticket_id"])
    assert (now["recibido_en"], now["visto_en"]) == (None, None)
    await other.close()
    await admin.close()


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("recibido", None), ("recibido", {}), ("recibido", {"seq": -1}), ("recibido", {"seq": "1"}),
        ("recibido", {"seq": True}), ("recibido", {"seq": 1.5}), ("recibido", {"seq": 2**63}), ("recibido", [1]),
        ("recibido", {"epoca": 5, "seq": 1}),
        ("visto", None), ("visto", {"ticket_id": None}), ("visto", {"ticket_id": "1"}), ("visto", {"ticket_id": 2**64}),
        ("ubicacion", {}), ("ubicacion", {"lat": 91, "lng": 0}), ("ubicacion", {"lat": 0, "lng": 181}),
        ("ubicacion", {"lat": "1", "lng": 1}), ("ubicacion", {"lat": 1, "lng": 1, "precision_m": -1}),
        ("ubicacion", {"lat": 1, "lng": 1, "en": "ayer"}), ("ubicacion", {"lat": True, "lng": 1}),
        ("ubicacion", {"lat": float("nan"), "lng": 1}), ("ubicacion", {"lat": 1, "lng": float("inf")}),
    ],
)  # fmt: skip
async def test_what_is_malformed_is_acknowledged_as_wrong_and_does_nothing(
    rita: Person, name: str, argument: Any
) -> None:
    wire = await Wire(rita.url, rita.cookie).open()

    assert await said(wire, name, argument) == {"ok": False, "codigo": "datos_invalidos"}

    assert wire.live
    await wire.close()


async def test_where_a_repartidor_is_counts_in_turno_only(crew: Crew, rita: Person) -> None:
    wire, board = await Wire(rita.url, rita.cookie).open(), await Wire(crew.admin.url, crew.admin.cookie).open()
    here = {"lat": -34.6137, "lng": -58.3816, "precision_m": 12.5, "en": "2026-01-31T12:00:00.000Z"}

    async def known() -> Any:
        rows = (await crew.admin.ok("GET", "/api/repartidores"))["repartidores"]
        return next(r for r in rows if r["id"] == rita.id)["ubicacion"]

    assert await said(wire, "ubicacion", here) == {"ok": False, "codigo": "fuera_de_turno"}
    assert await known() is None
    await set_turno(rita)
    await wire.emit("ubicacion", here)

    assert await until(lambda: any((p["ubicacion"] or {}).get("lat") for p in board.events("presencia")))
    told = await known()
    assert (float(told["lat"]), float(told["lng"]), float(told["precision_m"])) == (-34.6137, -58.3816, 12.5)
    assert await said(wire, "ubicacion", {"lat": 1, "lng": 2}) == {"ok": True}
    await set_turno(rita, abierto=False)
    await wire.close()
    await board.close()


async def test_a_ticket_that_changes_hands_is_unread_again(crew: Crew, rita: Person, raul: Person) -> None:
    phone = await Phone(rita).connect()
    ticket = await crew.shop.post_ticket(repartidor_id=rita.id)
    assert await phone.knows(ticket["ticket_id"])
    await phone.confirm()
    moved = {"clave": "6f9619ff-8b86-d011-b42d-0000000000aa", "tickets": [{"id": ticket["ticket_id"], "version": 1}]}

    await crew.admin.ok("POST", "/api/mudanzas", {**moved, "repartidor_id": raul.id})

    now = await get_ticket(crew.admin, ticket["ticket_id"])
    assert (now["repartidor_id"], now["recibido_en"], now["visto_en"]) == (raul.id, None, None)
    await phone.end()
