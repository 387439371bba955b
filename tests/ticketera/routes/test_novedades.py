"""What a listener missed, over HTTP: contract, sections 4 and 5."""

import pytest

from tests.people import Crew, Person, body
from tests.phone import Board, Phone, unlike_contract
from tests.ticketera.routes.asserts import refused


async def test_what_is_pushed_and_what_is_pulled_are_the_same_objects(crew: Crew, rita: Person) -> None:
    phone, board = await Phone(rita).connect(), await Board(crew.admin).connect()
    since, board_since = phone.seq, board.seq
    ticket = await crew.shop.post_ticket(repartidor_id=rita.id, total=10.1)
    await crew.admin.ok("PATCH", f"/api/tickets/{ticket['ticket_id']}", {"version": 1, "indicaciones": "x"})
    assert await phone.knows(ticket["ticket_id"])
    await board.knows(ticket["ticket_id"])

    pulled = await rita.ok("GET", "/api/novedades", epoca=phone.epoca, desde=since)
    board_pulled = await crew.admin.ok("GET", "/api/novedades", epoca=board.epoca, desde=board_since)

    assert pulled["novedades"][:2] == phone.applied[:2]
    assert [n for n in board_pulled["novedades"] if n["ticket_id"] == ticket["ticket_id"]] == [
        n for n in board.applied if n["ticket_id"] == ticket["ticket_id"]
    ]
    assert not [unlike_contract(n) for n in pulled["novedades"] + board_pulled["novedades"] if unlike_contract(n)]
    assert set(pulled) == {"epoca", "seq", "novedades"}
    assert set(board_pulled) == {"epoca", "seq", "novedades", "repartidores", "acuses"}
    await phone.end()
    await board.end()


async def test_without_a_place_to_go_on_from_the_answer_is_the_whole(crew: Crew, rita: Person) -> None:
    ticket = await crew.shop.post_ticket(repartidor_id=rita.id)
    mine = await rita.ok("GET", "/api/mis-tickets")

    queries = (
        "",
        "?desde=0",
        f"?epoca=otra&desde={mine['seq']}",
        f"?epoca={mine['epoca']}&desde={mine['seq'] + 1}",
        f"?epoca={mine['epoca']}&desde={'9' * 40}",
        "?epoca=%ff&desde=0",
    )
    for query in queries:
        told = body(await rita("GET", f"/api/novedades{query}"))
        assert told == {**mine, "completo": True}, query
        assert [t["id"] for t in told["tickets"]] == [ticket["ticket_id"]]
    whole = body(await crew.admin("GET", "/api/novedades"))
    counted = {"cuentas", "dia", "hechos"}
    assert {"completo", "tickets", "repartidores", "acuses", "epoca", "seq", *counted} == set(whole)


@pytest.mark.parametrize("desde", ["x", "-1", "1.5", "1e3", "%00", "٣", " 1"])
async def test_a_place_that_is_no_number_is_named(crew: Crew, rita: Person, desde: str) -> None:
    refused(await rita("GET", f"/api/novedades?epoca=x&desde={desde}"), 400, campos=["desde"])
    refused(await crew.admin("GET", f"/api/novedades?epoca=x&desde={desde}"), 400, campos=["desde"])


async def test_the_tablero_is_one_snapshot_with_its_number(crew: Crew, rita: Person) -> None:
    ticket = await crew.shop.post_ticket(repartidor_id=rita.id)

    told = await crew.admin.ok("GET", "/api/tablero")

    assert set(told) == {"epoca", "seq", "repartidores", "tickets", "cuentas", "dia", "hechos"}
    assert ticket["ticket_id"] in [t["id"] for t in told["tickets"]]
    assert rita.id in [r["id"] for r in told["repartidores"]]
    assert all("cliente_email" not in t for t in told["tickets"])


async def test_whose_is_what(crew: Crew, rita: Person) -> None:
    refused(await rita.get("/api/tablero"), 403)
    refused(await crew.admin.get("/api/mis-tickets"), 403)
    refused(await crew.shop.get("/api/tablero"), 401)
    refused(await crew.shop.get("/api/novedades"), 401)
    refused(await rita.get("/api/tickets"), 403)
    refused(await rita.get("/api/repartidores"), 403)
    refused(await rita.get("/api/usuarios"), 403)
