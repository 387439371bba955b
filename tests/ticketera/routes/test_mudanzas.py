"""Moves over HTTP: contract, section 4. What a move does is CORE of `tests/ticketera/actions`; here it is asked for."""

import asyncio
from typing import Any

import pytest

from tests.people import Crew, Json, Person, body, get_ticket, move, new_clave
from tests.ticketera.routes.asserts import refused


async def tickets_of(crew: Crew, holder: Person, count: int) -> list[Json]:
    return [
        await get_ticket(crew.admin, (await crew.shop.post_ticket(repartidor_id=holder.id))["ticket_id"])
        for _ in range(count)
    ]


async def order_of(holder: Person) -> list[int]:
    return [t["id"] for t in (await holder.ok("GET", "/api/mis-tickets"))["tickets"]]


async def test_a_move_keeps_the_order_given_and_stands_in_front_of_its_anchor(
    crew: Crew, rita: Person, raul: Person
) -> None:
    a, b, c = await tickets_of(crew, rita, 3)
    (x,) = await tickets_of(crew, raul, 1)

    answer = await move(crew.admin, [c, a], raul.id, before=x["id"], clave="6F9619FF-8B86-D011-B42D-00CF4FC964FF")

    told = body(answer)
    assert answer.status_code == 200
    assert [(r["id"], r["ok"], r["version"]) for r in told["resultados"]] == [(c["id"], True, 2), (a["id"], True, 2)]
    assert await order_of(raul) == [c["id"], a["id"], x["id"]]
    assert await order_of(rita) == [b["id"]]


async def test_the_same_clave_gives_the_same_answer_and_other_content_a_422(
    crew: Crew, rita: Person, raul: Person
) -> None:
    (a,) = await tickets_of(crew, rita, 1)
    clave = new_clave()

    first, again = await asyncio.gather(*(move(crew.admins[n], [a], raul.id, clave=clave) for n in range(2)))

    assert first.status_code == again.status_code == 200
    assert body(first) == body(again)
    refused(await move(crew.admin, [a], None, clave=clave), 422, "clave_con_otro_contenido")
    assert (await get_ticket(crew.admin, a["id"]))["version"] == 2


async def test_of_two_admins_one_wins_and_the_other_hears_who(crew: Crew, rita: Person, raul: Person) -> None:
    (a,) = await tickets_of(crew, rita, 1)

    answers = await asyncio.gather(move(crew.admins[0], [a], raul.id), move(crew.admins[1], [a], None))

    winner, loser = sorted(answers, key=lambda r: r.status_code)
    assert winner.status_code == 200
    (result,) = refused(loser, 409)["resultados"]
    who = crew.admins[answers.index(winner)].me
    assert (result["ok"], result["codigo"], result["por"]) == (
        False,
        "version_vieja",
        {"id": who["id"], "nombre": who["nombre"]},
    )
    assert result["ticket"]["version"] == 2


async def test_a_move_half_of_which_is_stale_says_so_ticket_by_ticket(crew: Crew, rita: Person, raul: Person) -> None:
    a, b = await tickets_of(crew, rita, 2)
    await move(crew.admin, [a], raul.id)

    answer = await move(crew.admin, [a, b, {"id": 999_999_999, "version": 1}], None)

    assert answer.status_code == 200
    assert [(r["ok"], r.get("codigo")) for r in body(answer)["resultados"]] == [
        (False, "version_vieja"), (True, None), (False, "no_existe"),
    ]  # fmt: skip


async def test_undoing_a_move_puts_back_what_nobody_touched(crew: Crew, rita: Person, raul: Person) -> None:
    a, b, c = await tickets_of(crew, rita, 3)
    clave = new_clave()
    await move(crew.admin, [a, b], raul.id, clave=clave)
    await crew.admin.ok("PATCH", f"/api/tickets/{b['id']}", {"version": 2, "indicaciones": "tocado"})

    undone = await crew.admins[1].post(f"/api/mudanzas/{clave}/deshacer")
    again = await crew.admin.post(f"/api/mudanzas/{clave.upper()}/deshacer", {})

    assert undone.status_code == again.status_code == 200
    assert body(undone) == body(again)
    assert [r["ok"] for r in body(undone)["resultados"]] == [True, False]
    assert await order_of(rita) == [c["id"], a["id"]]  # what followed it has not come back: last
    for unknown in (new_clave(), "x", "%00", "1" * 400, new_clave()[:-1] + "%0a"):
        refused(await crew.admin.post(f"/api/mudanzas/{unknown}/deshacer"), 404)


@pytest.mark.parametrize(
    ("changes", "campo"),
    [
        ({"clave": None}, "clave"), ({"clave": "x"}, "clave"), ({"clave": 1}, "clave"), ({"tickets": []}, "tickets"),
        ({"tickets": None}, "tickets"), ({"tickets": [{"id": 1}]}, "tickets"), ({"tickets": [1]}, "tickets"),
        ({"tickets": [{"id": "1", "version": 1}]}, "tickets"), ({"tickets": [{"id": 1, "version": 1}] * 2}, "tickets"),
        ({"tickets": {}}, "tickets"), ({"tickets": [{"id": n, "version": 1} for n in range(1, 502)]}, "tickets"),
        ({"repartidor_id": "1"}, "repartidor_id"), ({"repartidor_id": 999_999}, "repartidor_id"),
        ({"repartidor_id": 0}, "repartidor_id"), ({"antes_de": "1"}, "antes_de"), ({"antes_de": 7}, "antes_de"),
        ({"forzar": 1}, "forzar"), ({"forzar": "true"}, "forzar"),
    ],
)  # fmt: skip
async def test_a_wrong_field_of_a_move_is_named(crew: Crew, changes: Json, campo: str) -> None:
    data: dict[str, Any] = {"clave": new_clave(), "tickets": [{"id": 7, "version": 1}], "repartidor_id": None}

    refused(await crew.admin.post("/api/mudanzas", {**data, **changes}), 400, campos=[campo])


async def test_where_to_must_be_said(crew: Crew) -> None:
    data = {"clave": new_clave(), "tickets": [{"id": 7, "version": 1}]}

    refused(await crew.admin.post("/api/mudanzas", data), 400, campos=["repartidor_id"])


async def test_nobody_but_an_admin_moves(crew: Crew, rita: Person) -> None:
    (a,) = await tickets_of(crew, rita, 1)

    refused(await move(rita, [a], None), 403)
    refused(await move(crew.shop, [a], None), 401)
    refused(await rita.post(f"/api/mudanzas/{new_clave()}/deshacer"), 403)
