"""Coming in and going out: contract, section 3."""

import asyncio
import time
from http.cookies import SimpleCookie

import pytest

from tests.people import Crew, Person, body
from tests.servers import PASSWORD, Servers
from tests.ticketera.routes.asserts import refused


async def test_who_comes_in_is_told_who_they_are(crew: Crew, rita: Person) -> None:
    me = {"usuario": {"id": rita.id, "nombre": rita.me["nombre"], "email": rita.me["email"], "rol": "repartidor"}}

    assert await rita.ok("GET", "/api/sesion") == me
    assert body(await rita.log_in(rita.me["email"].upper())) == me
    assert (await crew.admin.ok("GET", "/api/sesion"))["usuario"]["rol"] == "admin"


async def test_the_cookie_is_kept_from_scripts_and_other_sites(crew: Crew) -> None:
    answer = await crew.admin.log_in(crew.admin.me["email"])

    (morsel,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert morsel["httponly"]
    assert morsel["samesite"] in ("Lax", "Strict")
    assert morsel["path"] == "/"
    assert not morsel["domain"]


async def test_unknown_and_known_addresses_are_refused_alike(town: Servers, rita: Person) -> None:
    stranger = Person(town.ticketera.url)

    known = await stranger.log_in(rita.me["email"], "no es esta frase")
    unknown = await stranger.log_in("nadie@belgrano.test", "no es esta frase")

    assert refused(known, 401, "credenciales_invalidas") == refused(unknown, 401, "credenciales_invalidas")
    assert "set-cookie" not in known.headers
    await stranger.close()


async def test_unknown_and_known_addresses_take_the_same_time(town: Servers, rita: Person) -> None:
    stranger = Person(town.ticketera.url)
    took: dict[str, list[float]] = {rita.me["email"]: [], "nadie@belgrano.test": []}

    for _ in range(10):
        for email, times in took.items():
            began = time.perf_counter()
            await stranger.log_in(email, "no es esta frase")
            times.append(time.perf_counter() - began)

    known, unknown = (min(times) for times in took.values())
    assert 1 / 3 < known / unknown < 3
    await stranger.close()


async def test_the_eleventh_wrong_try_is_stopped_and_the_owner_elsewhere_is_not(town: Servers, rita: Person) -> None:
    guesser, owner = Person(town.ticketera.url), Person(town.ticketera.url)

    tries = [(await guesser.log_in(rita.me["email"], f"frase {n}")).status_code for n in range(10)]
    stopped = await guesser.log_in(rita.me["email"])

    assert tries == [401] * 10
    refused(stopped, 429)
    assert 1 <= int(stopped.headers["retry-after"]) <= 900
    assert (await rita.get("/api/sesion")).status_code == 200
    assert (await owner.log_in(rita.me["email"])).status_code == 200
    await guesser.close()
    await owner.close()


async def test_thirty_tries_a_minute_from_one_address_are_enough(town: Servers) -> None:
    guesser = Person(town.ticketera.url)

    tries = [(await guesser.log_in(f"nadie{n}@belgrano.test", "x" * 10)).status_code for n in range(31)]

    assert tries == [401] * 30 + [429]
    await guesser.close()


async def test_a_logout_ends_the_session_on_the_server(town: Servers, rita: Person) -> None:
    copied = Person(town.ticketera.url, headers={"Cookie": rita.cookie})
    assert (await copied.get("/api/sesion")).status_code == 200

    assert (await rita.delete("/api/sesion")).status_code == 204

    for path in ("/api/sesion", "/api/mis-tickets", "/api/novedades", "/api/turno"):
        refused(await copied.get(path), 401)
        refused(await rita.get(path), 401)
    refused(await rita.delete("/api/sesion"), 401)
    await copied.close()


async def test_a_new_login_ends_the_old_session_of_that_browser(town: Servers, rita: Person) -> None:
    planted = Person(town.ticketera.url, headers={"Cookie": rita.cookie})

    await rita.log_in(rita.me["email"])

    refused(await planted.get("/api/sesion"), 401)
    await planted.close()


async def test_after_a_new_password_a_copy_of_this_phones_own_cookie_is_dead_too(town: Servers, rita: Person) -> None:
    copied = Person(town.ticketera.url, headers={"Cookie": rita.cookie})

    await rita.ok("POST", "/api/sesion/password", {"actual": PASSWORD, "nueva": "una frase nueva"})

    refused(await copied.get("/api/sesion"), 401)
    assert (await rita.get("/api/sesion")).status_code == 200
    answer = await rita("POST", "/cuenta", data={"actual": "una frase nueva", "nueva": "otra frase nueva"})
    assert answer.headers["location"] == "/cuenta?dicho=password"
    assert (await rita.get("/api/sesion")).status_code == 200
    await copied.close()


async def test_ones_own_password(town: Servers, rita: Person) -> None:
    elsewhere = Person(town.ticketera.url)
    await elsewhere.log_in(rita.me["email"])

    refused(
        await rita.post("/api/sesion/password", {"actual": "otra", "nueva": "una frase nueva"}), 400, campos=["actual"]
    )
    refused(await rita.post("/api/sesion/password", {"actual": PASSWORD, "nueva": "corta"}), 400, campos=["nueva"])
    refused(await rita.post("/api/sesion/password", {}), 400, campos=["actual", "nueva"])
    await rita.ok("POST", "/api/sesion/password", {"actual": PASSWORD, "nueva": "una frase nueva"})

    assert (await rita.get("/api/sesion")).status_code == 200
    refused(await elsewhere.get("/api/sesion"), 401)
    refused(await elsewhere.log_in(rita.me["email"]), 401)
    assert (await elsewhere.log_in(rita.me["email"], "una frase nueva")).status_code == 200
    await elsewhere.close()


@pytest.mark.parametrize(
    "data", [{}, {"email": "a@b.test"}, {"email": 1, "password": True}, {"email": "", "password": ""}, [], 5, "x"]
)
async def test_a_login_without_its_fields_is_a_400(town: Servers, data: object) -> None:
    stranger = Person(town.ticketera.url)
    refused(await stranger("POST", "/api/sesion", json=data), 400)
    await stranger.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://otra.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_site_changes_nothing_with_our_cookie(crew: Crew, rita: Person, headers: dict[str, str]) -> None:
    for method, path, data in (
        ("DELETE", "/api/sesion", None),
        ("POST", "/api/sesion/password", {"actual": PASSWORD, "nueva": "una frase nueva"}),
        ("POST", "/api/turno", {"abierto": True}),
        ("POST", "/api/sesion", {"email": rita.me["email"], "password": PASSWORD}),
    ):
        refused(await rita(method, path, json=data, headers=headers), 403, "otro_origen")
    refused(await crew.admin("PATCH", "/api/configuracion", json={"minutos_respeto": 1}, headers=headers), 403)

    assert (await rita.ok("GET", "/api/turno"))["abierto"] is False
    assert (await rita.get("/api/sesion")).status_code == 200


async def test_sessions_outlive_a_restart_and_a_kill(crew: Crew) -> None:
    with Servers() as own:
        own.start("ticketera")
        people = await Crew.gather(own, repartidores=1, turno=True)
        rita = people.repartidores[0]
        before = await rita.ok("GET", "/api/turno")

        await asyncio.to_thread(own.ticketera.stop)
        await asyncio.to_thread(own.ticketera.start)
        assert await rita.ok("GET", "/api/turno") == before
        own.ticketera.kill()
        await asyncio.to_thread(own.ticketera.start)

        assert before["abierto"] is True
        assert await rita.ok("GET", "/api/turno") == before
        await people.close()
