"""Every cell of the matrix is a request that is really sent; a route or an event without a row fails."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.access import EVENTS, KEY, MATRIX, PUBLIC, Row
from tests.answers import Published
from tests.everyone import Everyone, Route, fresh, gather, routes
from tests.people import Person, body, get_ticket
from tests.servers import PUSH, Servers
from tests.wire import Refused, Wire
from ticketera.live import engine

OUTSIDE = ("anonymous", "ended", "foreign", "wrong_key", "key")
NOWHERE = {
    "number": 999_999,
    "numero": "PED-20200101-ZZZZZZZZ",
    "paquete_id": 999_999,
    "marca": "0" * 16,
    "foto_id": "f1",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def everyone() -> AsyncIterator[Everyone]:
    with Servers(BELGRANO_LIMITS="off", **PUSH) as town:
        everyone = await gather(town)
        yield everyone
        await everyone.close()


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    town = Servers(**PUSH)
    try:
        found = set(routes(town))
    finally:
        town.close()
    assert found - set(MATRIX) == set(), "routes without a row"
    assert {r for r in set(MATRIX) - found if r[2] != "/openapi.json"} == set(), "rows without a route"


def test_every_socket_event_has_a_row() -> None:
    assert set(engine.EVENTS) == set(EVENTS)  # the server hears nothing else


async def send(person: Person, method: str, path: str, row: Row) -> httpx.Response:
    json_route = path.startswith("/api/")
    accept = {"Accept": "application/json" if json_route else "text/html"}
    if method == "GET":
        request = person.client.build_request(method, path, params=row.data, headers=accept)
        answer = await person.client.send(request, stream=True)
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            await answer.aclose()  # it never ends
        else:
            await answer.aread()
        return answer
    if json_route:
        return await person(method, path, json=row.data if row.data is not None else {}, headers=accept)
    return await person(method, path, data=row.data or {}, headers=accept)


def kept_out(answer: httpx.Response, path: str, name: str, row: Row) -> str:
    """What is wrong with a refusal; empty when it is one as it should be."""
    if row.allowed <= KEY:  # no session helps here
        good = answer.status_code == 401
    elif name in OUTSIDE and not path.startswith("/api/"):
        good = answer.status_code == 303 and answer.headers["location"].startswith("/login")
    else:
        good = answer.status_code == (401 if name in OUTSIDE else 403)
        good = good and (not path.startswith("/api/") or bool(body(answer).get("codigo")))
    return "" if good else f"{answer.status_code} {answer.headers.get('location', '')} instead of a refusal"


def let_in(answer: httpx.Response, public: bool) -> str:
    """What is wrong with an answer to somebody who may; empty when it got past the door."""
    to_login = answer.status_code == 303 and answer.headers["location"].startswith("/login?")
    bad = (401, 403) if not public else (403,)
    if answer.status_code >= 500 or answer.status_code in (*bad, 404, 405) or (to_login and not public):
        return f"{answer.status_code} {answer.text[:200]}"
    return ""


async def test_every_cell_answers_as_its_row_says(everyone: Everyone) -> None:
    """And in the form that the app publishes."""
    wrong, sent = [], 0
    published = {app: await Published.of(everyone[app]["anonymous"]) for app in ("ahorro", "ticketera")}
    present = set(routes(everyone.town))
    for (app, method, rule), row in MATRIX.items():
        if (app, method, rule) not in present:
            continue
        path = everyone.place(app, rule)
        for name in everyone[app]:
            person = await fresh(everyone, app, name) if row.ends_session else everyone[app][name]
            theirs = replace(row, data=row.key_data) if name in KEY and row.key_data else row
            answer = await send(person, method, path, theirs)
            sent += 1
            if row.ends_session and person is not everyone[app][name]:
                await person.close()
            if name not in row.allowed:
                fault = kept_out(answer, path, name, row)
            elif row.owned and name not in ("owner", "admin", "key"):
                fault = "" if answer.status_code == 404 else f"somebody else's: {answer.status_code}"
            elif row.owned and app == "ahorro" and name == "admin":
                fault = "" if answer.status_code == 404 else f"a pedido is its customer's: {answer.status_code}"
            else:
                fault = let_in(answer, row.allowed == PUBLIC)
            fault = fault or published[app].wrong_with(answer)
            if fault:
                wrong.append(f"{app} {method} {path} by {name}: {fault}")
    assert not wrong, f"{len(wrong)} of {sent} cells\n" + "\n".join(wrong)
    assert sent > 700, f"only {sent} cells"


@pytest.mark.parametrize("route", [r for r, row in MATRIX.items() if row.owned], ids=" ".join)
async def test_somebody_elses_thing_looks_like_one_that_does_not_exist(everyone: Everyone, route: Route) -> None:
    app, method, rule = route
    row = MATRIX[route]
    nowhere = re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(NOWHERE[m[1]]), rule)

    theirs = await send(everyone[app]["stranger"], method, everyone.place(app, rule), row)
    missing = await send(everyone[app]["stranger"], method, nowhere, row)

    assert theirs.status_code == missing.status_code == 404
    assert _bare(theirs) == _bare(missing)


def _bare(answer: httpx.Response) -> str:
    """The answer without what is different in every answer."""
    return re.sub(r'nonce="[^"]*"|[?&]volver=[^"]*', "", answer.text.replace(str(answer.url.path), "<path>"))


@pytest.mark.parametrize("name", ["anonymous", "ended", "foreign"])
async def test_a_socket_is_for_sessions_of_ticketera_only(everyone: Everyone, name: str) -> None:
    cookie = everyone.ticketera[name].client.headers.get("Cookie")
    with pytest.raises(Refused):
        await Wire(everyone.town.ticketera.url, cookie).open()


@pytest.mark.parametrize("origin", ["http://malo.test", "null", "http://127.0.0.1.malo.test"])
async def test_a_socket_of_another_origin_is_refused(everyone: Everyone, origin: str) -> None:
    with pytest.raises(Refused) as refused:
        await Wire(everyone.town.ticketera.url, everyone.ticketera["admin"].cookie, origin=origin).open()
    assert refused.value.status == 403


@pytest.mark.parametrize("name", ["owner", "stranger", "admin"])
async def test_an_event_changes_something_for_its_own_ticket_only(everyone: Everyone, name: str) -> None:
    admin, ticket = everyone.ticketera["admin"], everyone.things["ticket"]
    wire = await Wire(everyone.town.ticketera.url, everyone.ticketera[name].cookie).open()
    before = await get_ticket(admin, ticket)

    arguments: dict[str, Any] = {
        "visto": {"ticket_id": ticket},
        "recibido": {"seq": 1},
        "ubicacion": {"lat": -34.6, "lng": -58.4, "precision_m": 10, "en": "2026-01-01T00:00:00.000Z"},
        "mirando": {"ticket_id": ticket, "mueve": False},
        "telefono": {"telefono": "0123456789abcdef", "responde": False},
    }
    assert set(arguments) == set(EVENTS)
    for event, argument in arguments.items():
        await wire.call(event, argument)
        await asyncio.sleep(0.05)
    after = await get_ticket(admin, ticket)

    if name == "owner":
        assert after["visto_en"]
        assert after["recibido_en"]
    elif name == "stranger":
        assert (after["visto_en"], after["recibido_en"]) == (before["visto_en"], before["recibido_en"])
    assert wire.live
    await wire.close()


@pytest.mark.parametrize("app", ["ahorro", "ticketera"])
@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://malo.test"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site", "Origin": ""}],
    ids=["other", "null", "fetch-metadata"],
)
async def test_a_change_from_another_origin_is_refused(everyone: Everyone, app: str, headers: dict[str, str]) -> None:
    person, wrong = everyone[app]["admin"], []
    sent = {k: v for k, v in headers.items() if v}
    for (of, method, rule), row in MATRIX.items():
        if of != app or method == "GET" or (of, method, rule) == ("ahorro", "POST", "/api/webhooks/ticketera"):
            continue
        request = person.client.build_request(method, everyone.place(app, rule), headers=sent, json=row.data or {})
        if "Origin" not in sent:
            del request.headers["Origin"]
        answer = await person.client.send(request)
        if answer.status_code != 403:
            wrong.append(f"{method} {rule}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
