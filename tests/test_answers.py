"""Whatever a program asks, it is answered as /openapi.json says: real answers of both apps, in all their forms.

Here are the rich ones; every route by every caller is held to the same in the access matrix.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from jsonschema import Draft202012Validator

from belgrano.http.openapi import PUBLIC
from tests import day
from tests.answers import Published
from tests.everyone import routes
from tests.people import Crew, Customer, Person, closing, until
from tests.servers import PUSH, Servers
from tests.wire import Wire

APPS = ("ahorro", "ticketera")
# What nobody can ask for: the database does not answer.
NOT_PLAYED = {("GET", "/health", "503")}
PUSHED = {"novedad": "Novedad", "presencia": "Repartidor", "acuse": "Acuse"}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def published() -> AsyncIterator[dict[str, Published]]:
    """What both apps publish, after a day with everything in it."""
    with Servers(BELGRANO_LIMITS="off", **PUSH) as town:
        await asyncio.to_thread(town.catalogue)
        for role in ("cliente", "comerciante", "admin"):
            await asyncio.to_thread(town.create_user, "ahorro", role, f"{role}@belgrano.test", f"Ahorro {role}")
        await asyncio.to_thread(town.start)
        crew, url = await Crew.gather(town, repartidores=3, turno=False), town.ahorro.url
        async with closing(
            Customer(url), Customer(url), Person(url), *crew.admins, *crew.repartidores, crew.shop
        ) as everybody:
            guest, clara, boss, *staff = everybody
            by_app = {"ahorro": await Published.of(guest), "ticketera": await Published.of(crew.admin)}
            by_app["ahorro"].watch(guest, clara, boss)
            by_app["ticketera"].watch(*staff)
            board = await Wire(town.ticketera.url, crew.admin.cookie).open()
            await day.dispatch(crew)
            await until(lambda: set(PUSHED) <= {name for _, name, _ in board.heard})
            by_app["ticketera"].pushed = board.heard
            await board.close()
            await day.shop(crew, guest, clara, boss)
        yield by_app


@pytest.mark.parametrize("app", APPS)
async def test_every_answer_is_as_published(published: dict[str, Published], app: str) -> None:
    assert not published[app].faults, "\n".join(dict.fromkeys(published[app].faults))


@pytest.mark.parametrize("app", APPS)
async def test_every_published_answer_is_really_given(published: dict[str, Published], app: str) -> None:
    assert published[app].promised - published[app].seen - NOT_PLAYED == set()


@pytest.mark.parametrize("event", PUSHED)
async def test_what_is_pushed_to_the_board_has_the_published_shapes(
    published: dict[str, Published], event: str
) -> None:
    said = [argument for _, name, argument in published["ticketera"].pushed if name == event]
    assert said
    assert not "\n".join(filter(None, (published["ticketera"].named(PUSHED[event], each) for each in said)))


@pytest.mark.parametrize("app", APPS)
async def test_what_is_published_are_schemas_that_lead_somewhere(published: dict[str, Published], app: str) -> None:
    schemas = published[app].schemas
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    named = {each.rpartition("/")[2] for each in _refs([published[app].paths, schemas])}
    assert named == set(schemas)


async def test_every_route_for_programs_says_what_it_answers(published: dict[str, Published]) -> None:
    town = Servers(**PUSH)
    try:
        found = {(app, method, rule) for app, method, rule in routes(town) if rule.startswith(PUBLIC)}
    finally:
        town.close()
    said = {(app, method, path) for app in APPS for method, path, status in published[app].promised if status < "300"}
    assert {(app, method, _braced(rule)) for app, method, rule in found} == said


async def test_a_key_that_nobody_documented_and_one_left_out_are_faults(published: dict[str, Published]) -> None:
    ticketera = published["ticketera"]

    def told(answer: Any, status: int = 200, path: str = "/api/turno") -> str:
        kind = "application/json" if status < 400 else "application/problem+json"
        request = httpx.Request("GET", f"http://ticketera.test{path}")
        headers = {"Content-Type": kind}
        return ticketera.wrong_with(httpx.Response(status, json=answer, headers=headers, request=request))

    turno = {"abierto": True, "desde": "2026-11-30T12:00:00.000Z"}
    assert told(turno) == ""
    assert "'nuevo' was unexpected" in told({**turno, "nuevo": 1})
    assert "'desde' is a required property" in told({"abierto": True})
    assert "2026-11-30" in told({**turno, "desde": "2026-11-30"})
    assert "not documented" in told(turno, 201)
    assert "'codigo' is a required property" in told({"error": "no"}, 404)
    assert "were unexpected" in told({"tickets": [], "epoca": "e", "seq": 1, **turno}, path="/api/mis-tickets")


def _refs(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(_refs, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    own = {schema["$ref"]} if isinstance(schema.get("$ref"), str) else set()
    return own.union(*map(_refs, schema.values()))


def _braced(rule: str) -> str:
    """`/api/tickets/<int:number>` as OpenAPI writes it."""
    return "/".join(
        "{" + part.strip("<>").rpartition(":")[2] + "}" if part.startswith("<") else part for part in rule.split("/")
    )
