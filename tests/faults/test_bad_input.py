"""Anything malformed is a clear 4xx in Spanish that names the field, and no input of any kind makes a 5xx.

BELGRANO_FUZZ lengthens the fuzz, BELGRANO_SEED repeats it.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from urllib.parse import quote

import httpx
import pytest
import pytest_asyncio

from tests.access import MATRIX
from tests.everyone import Everyone, Route, gather, routes
from tests.faults.bodies import BODILESS, JSON, NASTY, ROUTES, WHOLE, fuzzed, wrong_fields
from tests.people import Person, body, ticket_data, until
from tests.servers import PUSH, Servers
from tests.wire import Wire

FUZZ = int(os.environ.get("BELGRANO_FUZZ", "1500"))
SEED = int(os.environ["BELGRANO_SEED"])
QUERIES = {
    "/api/tickets": ("estado", "repartidor_id", "q", "limite", "cursor"),
    "/api/novedades": ("epoca", "desde"),
    "/api/productos": ("q", "categoria", "negocio", "limite", "cursor", "orden"),
    "/api/pedidos": ("limite", "cursor"),
    "/productos": ("q", "categoria", "negocio", "orden", "pagina", "cursor"),
    "/historial": ("estado", "repartidor_id", "q", "cursor", "desde", "hasta"),
    "/login": ("volver",),
}
# What intake takes and no page may stumble over, as members of an order.
ODD = (
    '"productos": ["Pan"], "franja_desde": "0001-01-01T00:00:00+14:00", "franja_hasta": "2026-01-01T00:00:00Z"',
    '"productos": ["Pan"], "franja_desde": "0001-01-01T00:00:00Z", "franja_hasta": "9999-12-31T23:59:59-12:00"',
    '"productos": [{"nombre": "Pan", "cantidad": 1e400}], "cliente_lat": -90, "cliente_lng": 180',
    '"productos": [{"nombre": "Pan", "cantidad": 1e-400, "precio": 1e400}], "cliente_piso": "\u202e"',
)
WORDS = (
    "",
    "0",
    "-1",
    "1.5",
    "x",
    "9" * 30,
    "%00",
    "%ff",
    "%ed%a0%80",
    "%F0%9F%A7%89",
    "x" * 3000,
    "null",
    "[]",
    "a,b",
)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def everyone() -> AsyncIterator[Everyone]:
    with Servers(BELGRANO_LIMITS="off", **PUSH) as town:
        everyone = await gather(town)
        yield everyone
        await everyone.close()
        for app in ("ahorro", "ticketera"):
            assert "Traceback" not in town[app].text(), town[app].tail(60)


def badly_said(answer: httpx.Response) -> str:
    """What is wrong with an error answer of a JSON route; empty when it is a problem as the contract wants it."""
    if answer.status_code < 400:
        return ""
    problem = body(answer)
    missing = [k for k in ("type", "title", "status", "detail", "codigo", "error") if k not in problem]
    if not answer.headers.get("content-type", "").startswith("application/problem+json") or missing:
        return f"{answer.status_code} is no problem+json: lacks {missing}"
    if problem["status"] != answer.status_code or problem["error"] != problem["detail"]:
        return f"status {problem['status']} in a {answer.status_code}, or error is not detail"
    return "" if answer.status_code < 500 else f"{answer.status_code}"


def test_the_corpus_knows_every_json_route() -> None:
    town = Servers(**PUSH)
    try:
        found = {r for r in routes(town) if r[2].startswith("/api/") and r[1] in ("POST", "PUT", "PATCH")}
    finally:
        town.close()
    assert found == set(ROUTES) | BODILESS


async def send(everyone: Everyone, route: Route, data: bytes, content_type: str | None = JSON) -> httpx.Response:
    app, method, rule = route
    headers = {"Content-Type": content_type} if content_type else {}
    person = everyone[app][ROUTES[route].caller]
    return await person(method, everyone.place(app, rule), content=data, headers=headers)


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
async def test_what_is_not_json_is_refused_as_what_it_is(everyone: Everyone, route: Route) -> None:
    wrong = []
    for what, data, content_type, status in WHOLE:
        answer = await send(everyone, route, data, content_type)
        fault = badly_said(answer) or ("" if answer.status_code == status else f"{answer.status_code}, not {status}")
        if fault:
            wrong.append(f"{what}: {fault}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
async def test_a_wrong_field_is_named(everyone: Everyone, route: Route) -> None:
    wrong = []
    for name, data in wrong_fields(ROUTES[route]):
        answer = await send(everyone, route, json.dumps(data).encode())
        errores = body(answer).get("errores", [])
        named = [e["campo"] for e in errores if e["campo"].split(".")[0].split("[")[0] == name]
        fault = badly_said(answer)
        if answer.status_code != 400 or not named:
            fault = fault or f"{answer.status_code}, names {[e['campo'] for e in errores]}"
        if len({e["campo"] for e in errores}) != len(errores):
            fault = fault or "a field is named twice"
        if fault:
            wrong.append(f"{name} = {data.get(name, 'missing')!r}: {fault}")
    assert not wrong, "\n".join(wrong)


async def test_a_seeded_fuzz_finds_no_5xx(everyone: Everyone, capsys: pytest.CaptureFixture[str]) -> None:
    rng, counts, wrong = random.Random(SEED), Counter[int](), []
    for n in range(FUZZ):
        route = rng.choice(list(ROUTES))
        data = fuzzed(ROUTES[route], rng)
        answer = await send(everyone, route, data)
        counts[answer.status_code] += 1
        if fault := badly_said(answer):
            wrong.append(f"#{n} {' '.join(route)} {data[:300]!r}: {fault}")
    with capsys.disabled():
        print(f"\nfuzz: seed {SEED}, {FUZZ} bodies: {dict(sorted(counts.items()))}")
    assert not wrong, f"seed {SEED}\n" + "\n".join(wrong)


async def test_no_query_and_no_path_makes_a_5xx(everyone: Everyone) -> None:
    wrong = []

    async def get(person: Person, path: str) -> None:
        answer = await person.client.get(httpx.URL(person.url + path))
        fault = badly_said(answer) if path.startswith("/api/") else ""
        if answer.status_code >= 500 or fault:
            wrong.append(f"{path[:120]}: {answer.status_code} {fault}")

    for app in ("ahorro", "ticketera"):
        for path, names in QUERIES.items():
            if (app, "GET", path) in MATRIX:
                for name in names:
                    for word in WORDS:
                        await get(everyone[app]["admin"], f"{path}?{name}={word}")
        for of, method, rule in MATRIX:
            if of == app and method == "GET" and "<" in rule and "static" not in rule:
                before = rule.partition("<")[0]
                for word in ("0", "-1", "9" * 30, "x", "%00", "%ff", "..%2f..", quote("🧉")):
                    await get(everyone[app]["admin"], before + word)
    assert not wrong, "\n".join(wrong)


async def test_no_ticket_that_was_taken_in_takes_a_page_with_it(everyone: Everyone) -> None:
    callers, wrong = everyone.ticketera, []
    for extreme in ODD:
        order = ticket_data(repartidor_id=callers["owner"].id)
        del order["productos"]
        data = json.dumps(order)[:-1] + f", {extreme}}}"
        answer = await callers["key"]("POST", "/api/tickets", content=data, headers={"Content-Type": JSON})
        if answer.status_code != 201:
            wrong.append(f"{extreme}: {answer.status_code}")
            continue
        number = answer.json()["ticket_id"]
        for path in (f"/tickets/{number}/imprimir", f"/api/tickets/{number}", f"/api/tickets/{number}/sugerencias"):
            answer = await callers["admin"].get(path)
            if answer.status_code != 200:
                wrong.append(f"{path} of {extreme}: {answer.status_code}")
    for app, method, rule in MATRIX:
        if (app, method) == ("ticketera", "GET"):
            for name in ("admin", "owner"):
                answer = await callers[name].get(everyone.place(app, rule))
                if answer.status_code >= 500:
                    wrong.append(f"{rule}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


async def test_no_form_makes_a_5xx(everyone: Everyone) -> None:
    wrong, rng = [], random.Random(SEED)
    names = sorted(
        {n for good in ROUTES.values() for n in good.body} | {"volver", "cantidad", "accion", "activo", "csrf"}
    )
    for (app, method, rule), row in MATRIX.items():
        if method != "POST" or rule.startswith("/api/") or row.ends_session or rule == "/comercio/paquetes/nuevo":
            continue
        path = everyone.place(app, rule)
        caller = "comerciante" if "/comercio/" in rule else "admin"
        forms: list[dict[str, object]] = [
            {"data": {}},
            {"content": b"\xff=%ff&a=%00&=&&&", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
            {"content": b"{}", "headers": {"Content-Type": JSON}},
            {"content": b"--x\r\n", "headers": {"Content-Type": "multipart/form-data; boundary=x"}},
            {"data": {"a": "x" * 100_000}},
            *({"data": {n: str(rng.choice(NASTY)) for n in names}} for _ in range(3)),
        ]
        for form in forms:
            answer = await everyone[app][caller](method, path, **form)
            if answer.status_code >= 500:
                wrong.append(f"{app} {path} {str(form)[:80]}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


async def test_nonsense_on_a_socket_harms_nobody(everyone: Everyone) -> None:
    ticketera = everyone.ticketera
    good = await Wire(everyone.town.ticketera.url, ticketera["owner"].cookie).open()
    frames: list[str | bytes] = [
        "", "9", "4", "42", "42{", "42[]", "42[1]", '42["connect",{}]', '42["novedad",{}]', '43[]', '4299999999999[]',
        '42["visto"]', '42["visto",null]', '42["visto",{"ticket_id":"x"}]', '42["visto",{"ticket_id":1e99}]',
        '42["recibido",{"seq":-1}]', '42["recibido",{"seq":true}]', '42["recibido",{"epoca":[],"seq":1}]',
        '42["ubicacion",{"lat":"x"}]', '42["ubicacion",{"lat":NaN,"lng":0}]', "451-[]", b"\x00\xff", "42" + "[" * 3000,
        '42["visto",' + "9" * 5000 + "]", "x" * 70_000,
    ]  # fmt: skip
    for frame in frames:
        bad = await Wire(everyone.town.ticketera.url, ticketera["stranger"].cookie).open()
        await bad.send_raw(frame)
        await bad.gone(0.1)
        await bad.close()
    answer = await ticketera["key"].post("/api/tickets", ticket_data(repartidor_id=ticketera["owner"].id))
    assert answer.status_code == 201, answer.text
    assert await good.call("visto", {"ticket_id": body(answer)["ticket_id"]}) is not None
    assert await until(good.events)
    await good.close()
