"""Headers on every answer, and requests from other sites."""

import re

import pytest
import structlog
from quart import Quart

from belgrano.database.base import Base
from belgrano.http import security
from belgrano.http.security import CSP, is_same_origin
from belgrano.seldom import Seldom
from tests.belgrano.little import make_little

HERE = "http://localhost"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/healthz"),
        ("GET", "/api/me"),
        ("GET", "/board"),
        ("GET", "/nothing"),
        ("GET", "/api/fail/bug"),
        ("GET", "/fail/away"),
        ("DELETE", "/api/chief"),
        ("OPTIONS", "/api/chief"),
        ("POST", "/api/intake"),
        ("GET", "/static/nothing.js"),
        ("GET", "/static/../../etc/passwd"),
    ],
)
async def test_every_answer_carries_the_headers(little: Quart, method: str, path: str) -> None:
    response = await little.test_client().open(path, method=method)

    assert response.headers["Content-Security-Policy"] == CSP
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in response.headers["Cache-Control"]
    assert "Server" not in response.headers


def test_the_policy_has_no_exceptions() -> None:
    assert "unsafe" not in CSP
    assert "*" not in CSP
    assert "http" not in CSP
    assert CSP.startswith("default-src 'none'")
    assert "require-trusted-types-for 'script'" in CSP
    assert "frame-ancestors 'none'" in CSP


async def test_only_production_promises_https(little_base: Base, little: Quart) -> None:
    plain = await little.test_client().get("/healthz")
    secure = await make_little(little_base, production=True).test_client().get("/healthz")

    assert "Strict-Transport-Security" not in plain.headers
    age = re.match(r"max-age=(\d+)", secure.headers["Strict-Transport-Security"])
    assert age is not None
    assert int(age[1]) >= 31_536_000
    assert "includeSubDomains" not in secure.headers["Strict-Transport-Security"], "whose are the others?"


async def test_a_form_that_is_refused_for_its_origin_is_logged_once_a_minute(
    little: Quart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(security, "_refused", Seldom())
    elsewhere = {"origin": "https://otra.test", "cookie": "little.sesion=x"}

    with structlog.testing.capture_logs() as logged:
        for _ in range(5):
            assert (await little.test_client().post("/api/enter/1", headers=elsewhere)).status_code == 403

    (line,) = (each for each in logged if each["event"] == "form_refused")
    assert (line["origin"], line["own"]) == ("https://otra.test", HERE)


CROSS = [
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "https://localhost"},
    {"Origin": "http://localhost:81"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://evil.example/http://localhost"},
    {"Origin": "http://localhost@evil.example"},
    {"Origin": "nonsense"},
    {"Origin": "http://localhost:port"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
    {"Origin": "http://evil.example", "X-Forwarded-Host": "evil.example"},
    {"Origin": "http://evil.example", "Forwarded": "host=evil.example"},
]


@pytest.mark.parametrize("headers", CROSS, ids=str)
async def test_a_change_from_another_site_is_refused_and_changes_nothing(
    little: Quart, headers: dict[str, str]
) -> None:
    client = little.test_client()
    await client.post("/api/enter/1")

    response = await client.post("/api/leave", headers=headers)

    assert response.status_code == 403
    assert (await response.get_json())["codigo"] == "otro_origen"
    assert (await client.get("/api/me")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": HERE},
        {"Origin": "http://LOCALHOST:80"},
        {"Sec-Fetch-Site": "same-origin", "Origin": HERE},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
async def test_a_change_from_our_own_pages_or_from_a_program_goes_through(
    little: Quart, headers: dict[str, str]
) -> None:
    client = little.test_client()
    await client.post("/api/enter/1")

    assert (await client.post("/api/leave", headers=headers)).status_code == 204


@pytest.mark.parametrize("headers", CROSS, ids=str)
async def test_nobody_is_logged_in_by_somebody_elses_page(little: Quart, headers: dict[str, str]) -> None:
    response = await little.test_client().post("/api/enter/1", headers=headers)

    assert response.status_code == 403
    assert "Set-Cookie" not in response.headers


async def test_reading_and_the_key_need_no_origin(little: Quart) -> None:
    client = little.test_client()
    await client.post("/api/enter/1")

    assert (await client.get("/api/me", headers=CROSS[0])).status_code == 200
    key = {"X-API-Key": "the-key-of-the-shop"} | CROSS[0]
    assert (await little.test_client().post("/api/intake", json={}, headers=key)).status_code == 200


async def test_behind_a_proxy_the_own_origin_is_the_public_one(little_base: Base) -> None:
    app = make_little(little_base, public_url="https://tienda.example")
    client = app.test_client()
    await client.post("/api/enter/1")

    assert (await client.post("/api/leave", headers={"Origin": HERE})).status_code == 403
    assert (await client.post("/api/leave", headers={"Origin": "https://tienda.example"})).status_code == 204


@pytest.mark.parametrize(
    ("scheme", "host", "origin", "same"),
    [
        ("ws", b"a.example:5001", b"http://a.example:5001", True),
        ("wss", b"a.example", b"https://a.example", True),
        ("ws", b"a.example", b"https://a.example", False),
        ("ws", b"a.example", b"http://b.example", False),
        ("ws", b"[::1]:5001", b"http://[::1]:5001", True),
        ("ws", b"", b"http://a.example", False),
    ],
)
def test_a_handshake_is_judged_by_the_same_rule(scheme: str, host: bytes, origin: bytes, same: bool) -> None:
    scope = {"scheme": scheme, "headers": [(b"host", host), (b"origin", origin)]}

    assert is_same_origin(scope) is same
