"""Errors as answers."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import structlog
from quart import Quart

from belgrano.http.problems import Problem


async def test_a_domain_error_is_answered_by_the_apps_table(little: Quart) -> None:
    response = await little.test_client().get("/api/fail/old")

    assert response.status_code == 409
    assert await response.get_json() == {
        "type": "urn:belgrano:version_vieja",
        "title": "Cambió mientras tanto",
        "status": 409,
        "detail": "Cambió mientras la mirabas.",
        "codigo": "version_vieja",
        "error": "Cambió mientras la mirabas.",
        "version": 7,
    }


async def test_a_problem_brings_its_own_words_and_more(little: Quart) -> None:
    response = await little.test_client().get("/api/fail/said")

    body = await response.get_json()
    assert (response.status_code, body["codigo"], body["clave"]) == (422, "otra_cosa", "x")


async def test_a_database_that_is_away_is_a_503_with_when_to_try_again(little: Quart) -> None:
    for path in ("/api/fail/away", "/fail/away"):
        response = await little.test_client().get(path)

        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) >= 1


async def test_a_bug_is_a_500_that_tells_nothing(little: Quart) -> None:
    with structlog.testing.capture_logs() as logged:
        for path in ("/api/fail/bug", "/fail/bug"):
            response = await little.test_client().get(path)

            text = await response.get_data(as_text=True)
            assert response.status_code == 500
            assert "Falsa" not in text
            assert "ZeroDivision" not in text

    assert [each["event"] for each in logged] == ["bug", "bug"]


@pytest.mark.parametrize(
    ("method", "path", "status", "codigo"),
    [
        ("GET", "/api/nothing", 404, "no_existe"),
        ("PUT", "/api/fail/old", 405, "metodo_no_permitido"),
        ("GET", "/api/enter/x", 404, "no_existe"),
    ],
)
async def test_the_routers_own_errors_are_problems_too(
    little: Quart, method: str, path: str, status: int, codigo: str
) -> None:
    response = await little.test_client().open(path, method=method)

    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert (await response.get_json())["codigo"] == codigo


async def test_a_405_says_what_is_allowed(little: Quart) -> None:
    response = await little.test_client().delete("/api/chief")

    assert "GET" in response.headers["Allow"]


async def test_people_get_a_page_in_spanish(little: Quart) -> None:
    response = await little.test_client().get("/nothing", headers={"Accept": "text/html"})

    text = await response.get_data(as_text=True)
    assert response.content_type == "text/html; charset=utf-8"
    assert 'lang="es' in text
    assert "No existe" in text


async def test_an_error_page_that_fails_itself_falls_back_to_a_plain_one(little: Quart, tmp_path: Path) -> None:
    (tmp_path / "error.html").write_text("{{ 1 / 0 }}")
    little.template_folder = str(tmp_path)

    with structlog.testing.capture_logs():
        response = await little.test_client().get("/nothing")

    assert response.status_code == 404
    assert "No existe" in await response.get_data(as_text=True)


async def test_a_page_shows_what_was_typed_as_text(little: Quart) -> None:
    @little.get("/typed")
    async def typed() -> str:
        raise Problem(400, "x", "<script>alert(1)</script>")

    typed.__dict__.update(little.view_functions["login"].__dict__)
    text = await (await little.test_client().get("/typed")).get_data(as_text=True)

    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


async def test_who_asks_for_json_gets_it_outside_api_too(little: Quart) -> None:
    response = await little.test_client().get("/nothing", headers={"Accept": "application/json"})

    assert response.content_type == "application/problem+json"


async def test_too_big_a_form_is_a_413(little: Quart) -> None:
    response = await little.test_client().post(
        "/api/intake", data=b"x" * 70_000, headers={"X-API-Key": "the-key-of-the-shop", "Content-Type": "text/plain"}
    )

    assert response.status_code in {413, 415}


def test_a_problem_writes_money_as_a_number() -> None:
    problem = Problem(409, "x", "ñ", total=Decimal("10.10"))

    assert json.loads(problem.body())["total"] == 10.1
    assert "ñ".encode() in problem.body()
