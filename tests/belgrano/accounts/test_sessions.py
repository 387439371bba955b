"""Sessions: the table decides, the cookie only carries."""

from typing import Any

import pytest
from quart import Quart
from werkzeug.datastructures import Headers

from belgrano.accounts.sessions import (
    SessionEnded,
    delete_old_sessions,
    end_all_sessions,
    end_session,
    end_sessions_of,
    hash_token,
    open_session,
    select_ended_after,
    select_newest_end,
    select_open,
    touch_sessions,
)
from belgrano.database.base import Base
from belgrano.database.work import Connection, Work
from tests.belgrano.little import HOUR, age_session, dismiss, make_little, make_sessions
from tests.lag import MOST_S, cpu

CHIEF, RIDER = 1, 2


def cookie_of(app: Quart, response: Any) -> str:
    header: str = response.headers["Set-Cookie"]
    name, _, rest = header.partition("=")
    assert name == app.extensions["sessions"].cookie_name
    return rest.partition(";")[0]


async def enter(app: Quart, person: int, cookie: str | None = None) -> str:
    headers = {"Cookie": f"little={cookie}"} if cookie else {}
    response = await app.test_client(use_cookies=False).post(f"/api/enter/{person}", headers=headers)
    return cookie_of(app, response)


async def who(app: Quart, cookie: str, name: str = "little") -> Any:
    response = await app.test_client(use_cookies=False).get("/api/me", headers={"Cookie": f"{name}={cookie}"})
    return (await response.get_json())["email"] if response.status_code == 200 else response.status_code


async def seen_at(con: Connection, token_hash: str) -> int:
    row = await con.fetch_one("SELECT seen_at FROM sessions WHERE token_hash = :h", {"h": token_hash})
    assert row is not None
    return int(row["seen_at"])


async def count_rows(con: Connection) -> int:
    return int(await con.fetch_val("SELECT COUNT(*) FROM sessions"))


async def test_a_session_survives_another_process(people: Base) -> None:
    cookie = await enter(make_little(people), CHIEF)

    assert await who(make_little(people), cookie) == "jefa@belgrano.test"


async def test_the_database_keeps_no_token(people: Base) -> None:
    token = await people.do(open_session, CHIEF)

    async def stored(con: Connection) -> list[str]:
        return [row["token_hash"] for row in await con.fetch_all("SELECT token_hash FROM sessions")]

    assert await people.read(stored) == [hash_token(token)]
    assert len(token) >= 43


async def test_a_copied_cookie_is_dead_after_leaving(people: Base) -> None:
    app = make_little(people)
    copied = await enter(app, CHIEF)

    response = await app.test_client(use_cookies=False).post("/api/leave", headers={"Cookie": f"little={copied}"})

    assert "Max-Age=0" in response.headers["Set-Cookie"]
    assert await who(app, copied) == 401
    assert [type(each) for each in people.told] == [SessionEnded]  # type: ignore[attr-defined]


async def test_logging_in_again_makes_a_new_token_and_ends_the_old_one(people: Base) -> None:
    app = make_little(people)
    old = await enter(app, CHIEF)

    new = await enter(app, RIDER, old)

    assert new != old
    assert await who(app, old) == 401
    assert await who(app, new) == "rita@belgrano.test"


async def test_a_planted_cookie_is_not_taken_over_at_login(people: Base) -> None:
    app = make_little(people)

    cookie = await enter(app, CHIEF, "planted-by-somebody")

    assert cookie != "planted-by-somebody"
    assert await who(app, cookie) == "jefa@belgrano.test"


async def test_somebody_dismissed_is_out_with_the_next_request(people: Base) -> None:
    app = make_little(people)
    cookie = await enter(app, RIDER)

    await people.do(dismiss, RIDER)

    assert await who(app, cookie) == 401


async def test_a_session_ends_after_its_roles_idle_time(people: Base) -> None:
    sessions = make_sessions(None, people)
    token = await people.do(open_session, RIDER)

    await people.do(age_session, hash_token(token), 14 * HOUR - 1000)
    assert await find(sessions, token) is not None

    await people.do(age_session, hash_token(token), 14 * HOUR + 1000)
    assert await find(sessions, token) is None


async def test_use_is_noted_at_most_once_a_minute(people: Base) -> None:
    sessions = make_sessions(None, people)
    token = await people.do(open_session, RIDER)
    first = await people.read(seen_at, hash_token(token))

    await find(sessions, token)
    assert await people.read(seen_at, hash_token(token)) == first

    await people.do(age_session, hash_token(token), 61_000)
    await find(sessions, token)
    assert await people.read(seen_at, hash_token(token)) >= first


async def test_an_open_socket_counts_as_use(people: Base) -> None:
    token = await people.do(open_session, RIDER)
    await people.do(age_session, hash_token(token), HOUR)
    before = await people.read(seen_at, hash_token(token))

    await people.do(touch_sessions, [hash_token(token)])

    assert await people.read(seen_at, hash_token(token)) > before


async def test_using_an_ended_session_does_not_revive_it(people: Base) -> None:
    sessions = make_sessions(None, people)
    token = await people.do(open_session, RIDER)
    await people.do(end_session, hash_token(token))

    await people.do(touch_sessions, [hash_token(token)])

    assert await find(sessions, token) is None


async def test_ending_a_persons_sessions_keeps_the_one_at_hand_and_tells_each(people: Base) -> None:
    sessions = make_sessions(None, people)
    here, there, elsewhere = [await people.do(open_session, RIDER) for _ in range(3)]
    other = await people.do(open_session, CHIEF)

    await people.do(end_sessions_of, RIDER, hash_token(here))

    told = {each.token_hash for each in people.told}  # type: ignore[attr-defined]
    assert told == {hash_token(there), hash_token(elsewhere)}
    assert [await find(sessions, each) is not None for each in (here, there, elsewhere, other)] == [
        True,
        False,
        False,
        True,
    ]


async def test_ending_a_session_twice_is_told_once(people: Base) -> None:
    token = await people.do(open_session, RIDER)

    await people.do(end_session, hash_token(token))
    await people.do(end_session, hash_token(token))

    assert len(people.told) == 1  # type: ignore[attr-defined]


async def test_all_sessions_end_together(people: Base) -> None:
    tokens = [await people.do(open_session, each) for each in (CHIEF, RIDER)]

    await people.do(end_all_sessions)

    sessions = make_sessions(None, people)
    assert [await find(sessions, each) for each in tokens] == [None, None]


@pytest.mark.parametrize("minutes", [0, 2, -2, -1440], ids=lambda minutes: f"{minutes} min")
async def test_another_process_finds_what_ended_whatever_the_clocks_say(people: Base, minutes: int) -> None:
    first, second = [await people.do(open_session, RIDER) for _ in range(2)]
    await people.do(_end_at, first, 0)
    known = await people.read(select_newest_end)

    await people.do(_end_at, second, minutes)

    ended = await people.read(select_ended_after, known)
    assert [token_hash for token_hash, _ in ended] == [hash_token(second)]
    assert await people.read(select_ended_after, ended[0][1]) == []
    assert await people.read(select_newest_end) == ended[0][1]


async def _end_at(work: Work, token: str, minutes: int) -> None:
    work.ahora += minutes * 60_000
    await end_session(work, hash_token(token))


async def test_which_of_many_sessions_are_open_is_one_question(people: Base) -> None:
    tokens = [await people.do(open_session, RIDER) for _ in range(3)]
    await people.do(end_session, hash_token(tokens[1]))

    hashes = [hash_token(token) for token in tokens]

    assert await people.read(select_open, [*hashes, "unknown"]) == {hashes[0], hashes[2]}


async def test_old_sessions_are_forgotten_and_open_ones_kept(people: Base) -> None:
    old, new = await people.do(open_session, RIDER), await people.do(open_session, RIDER)
    await people.do(age_session, hash_token(old), 100 * HOUR)

    await people.do(delete_old_sessions, HOUR)

    assert await people.read(count_rows) == 1
    assert await find(make_sessions(None, people), new) is not None


@pytest.mark.parametrize("cookie", ["", "x", "a.b", "a.b.c", "é", "%00", '"quoted"', "a" * 4000, "eyJhIjoxfQ.x"])
async def test_a_cookie_that_is_none_of_ours_is_ignored(people: Base, cookie: str) -> None:
    assert await who(make_little(people), cookie) == 401


async def test_a_cookie_of_the_other_app_is_ignored_even_with_the_same_secret(people: Base) -> None:
    token = await people.do(open_session, CHIEF)
    foreign = make_sessions(None, people, "shop")
    cookie = foreign._carrier.dump_token(token)

    assert await who(make_little(people), cookie) == 401
    assert await who(make_little(people), cookie, "shop") == 401


async def test_an_altered_cookie_is_ignored(people: Base) -> None:
    app = make_little(people)
    cookie = await enter(app, CHIEF)

    for place in (0, len(cookie) // 2, -2):
        changed = list(cookie)
        changed[place] = "A" if changed[place] != "A" else "B"
        assert await who(app, "".join(changed)) == 401


async def test_production_cookies_are_host_bound_and_secure(people: Base) -> None:
    app = make_little(people, production=True)

    response = await app.test_client(use_cookies=False).post("/api/enter/1")

    header = response.headers["Set-Cookie"]
    assert header.startswith("__Host-little=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in header
    assert "Domain" not in header


async def test_development_cookies_are_http_only_and_same_site(people: Base) -> None:
    response = await make_little(people).test_client(use_cookies=False).post("/api/enter/1")

    header = response.headers["Set-Cookie"]
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Secure" not in header


async def test_a_handshake_is_known_by_its_cookie(people: Base) -> None:
    sessions = make_sessions(None, people)
    token = await people.do(open_session, RIDER)
    cookie = sessions._carrier.dump_token(token)

    # HTTP/2 may send a cookie header in pieces.
    scope = {"headers": [(b"cookie", b"other=1"), (b"cookie", f"little={cookie}".encode())]}

    session = await sessions.from_scope(scope)
    assert session is not None
    assert session.user.email == "rita@belgrano.test"
    assert await sessions.from_scope({"headers": []}) is None
    assert await sessions.from_scope({"headers": [(b"cookie", b"little=[bad;\xff")]}) is None


def test_no_cookie_costs_a_handshake_more_than_reading_it_once(little_base: Base) -> None:
    sessions = make_sessions(None, little_base)
    quoted = 'x="' + '\\"' * 15_000 + '"'
    for cookie in (quoted, 'x="' + "\\101" * 7_500, "a=1;" * 8_000, 'little="' * 4_000, "=" * 31_000):
        scope = {"headers": [(b"cookie", cookie.encode())]}
        assert cpu(sessions.token_from_scope, scope) <= MOST_S, cookie[:20]


async def test_a_handshake_reads_a_cookie_as_a_request_does(little: Quart) -> None:
    sessions = little.extensions["sessions"]
    tokens = {text: sessions._carrier.dump_token(text) for text in ("one", "two")}
    good, other = tokens["one"], tokens["two"]
    for raw in (
        f"little={good}", f" little = {good} ", f'little="{good}"', f"little={good}; little={other}",
        f"little; little={good}", f"bad;;little={good}", f"x=é; little={good}", f"Little={good}", "little=", "little",
    ):  # fmt: skip
        headers = Headers([("Cookie", raw)])
        async with little.test_request_context("/", headers=headers):
            by_request = sessions._carrier.load_user().auth_id
        assert sessions.token_from_scope({"headers": [(b"cookie", raw.encode("latin-1"))]}) == by_request, raw


async def test_a_guest_has_a_session_without_a_user(people: Base) -> None:
    sessions = make_sessions(None, people)
    token = await people.do(open_session, None)

    session = await find(sessions, token)

    assert session is not None
    assert session.user is None


async def find(sessions: Any, token: str) -> Any:
    cookie = sessions._carrier.dump_token(token)
    return await sessions.from_scope({"headers": [(b"cookie", f"{sessions.cookie_name}={cookie}".encode())]})
