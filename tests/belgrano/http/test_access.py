"""Who may call what, and what they are told otherwise."""

import pytest
from quart import Quart

from belgrano.http.access import access_of, check_routes
from tests.belgrano.little import KEY


async def entered(app: Quart, person: int):  # type: ignore[no-untyped-def]
    client = app.test_client()
    await client.post(f"/api/enter/{person}")
    return client


@pytest.mark.parametrize(
    ("path", "anonymous", "rider", "chief"),
    [("/api/me", 401, 200, 200), ("/api/chief", 401, 403, 200), ("/board", 303, 403, 200), ("/healthz", 200, 200, 200)],
)
async def test_each_role_gets_its_routes(little: Quart, path: str, anonymous: int, rider: int, chief: int) -> None:
    assert (await little.test_client().get(path)).status_code == anonymous
    assert (await (await entered(little, 2)).get(path)).status_code == rider
    assert (await (await entered(little, 1)).get(path)).status_code == chief


async def test_a_program_is_told_in_problem_json_that_it_is_unknown(little: Quart) -> None:
    response = await little.test_client().get("/api/me")

    assert response.content_type == "application/problem+json"
    problem = await response.get_json()
    assert (problem["codigo"], problem["error"]) == ("sin_sesion", problem["detail"])


async def test_a_person_is_led_to_the_login_and_back_to_where_they_were(little: Quart) -> None:
    response = await little.test_client().get("/board?vista=hoy")

    assert response.headers["Location"] == "/login?volver=/board%3Fvista%3Dhoy"


async def test_a_person_without_the_role_sees_a_page_that_says_so(little: Quart) -> None:
    response = await (await entered(little, 2)).get("/board")

    assert response.status_code == 403
    assert response.content_type == "text/html; charset=utf-8"
    assert "permiso" in await response.get_data(as_text=True)


@pytest.mark.parametrize(("key", "status"), [(None, 401), ("wrong", 401), (KEY, 200)])
async def test_a_route_for_programs_wants_the_key(little: Quart, key: str | None, status: int) -> None:
    headers = {"X-API-Key": key} if key else {}

    response = await little.test_client().post("/api/intake", json={}, headers=headers)

    assert response.status_code == status


async def test_the_chief_has_no_way_into_a_route_for_programs(little: Quart) -> None:
    assert (await (await entered(little, 1)).post("/api/intake", json={})).status_code == 401


async def test_a_route_for_both_knows_who_came(little: Quart) -> None:
    by_key = await little.test_client().post("/api/either", headers={"X-API-Key": KEY})
    by_chief = await (await entered(little, 1)).post("/api/either")
    by_rider = await (await entered(little, 2)).post("/api/either")

    assert (await by_key.get_json())["by"] == "key"
    assert (await by_chief.get_json())["by"] == "jefa@belgrano.test"
    assert by_rider.status_code == 403


async def test_head_and_options_open_nothing_that_get_does_not(little: Quart) -> None:
    assert (await little.test_client().head("/api/chief")).status_code == 401
    told = await little.test_client().options("/api/chief")
    assert await told.get_data() == b""
    assert "Set-Cookie" not in told.headers


async def test_an_app_with_a_silent_route_does_not_start(little: Quart) -> None:
    @little.get("/forgotten")
    async def forgotten() -> str:
        return "secrets"

    with pytest.raises(RuntimeError, match="/forgotten"):
        check_routes(little)
    with pytest.raises(Exception, match="forgotten"):
        await little.startup()
    assert (await little.test_client().get("/forgotten")).status_code == 403


async def test_an_app_whose_routes_all_speak_starts(little: Quart) -> None:
    check_routes(little)

    assert access_of(little, "static") is not None


@pytest.mark.parametrize("path", ["/api/nothing", "/nothing"])
async def test_what_does_not_exist_is_a_404_for_everybody(little: Quart, path: str) -> None:
    assert (await little.test_client().get(path)).status_code == 404
    assert (await (await entered(little, 1)).get(path)).status_code == 404
