"""Health, metrics and logs: what operators see, and what they never do."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from prometheus_client.parser import text_string_to_metric_families
from quart import Quart

from belgrano.database.base import Base
from belgrano.http.access import anyone, register_access
from belgrano.http.health import register_health
from belgrano.http.metrics import register_metrics
from belgrano.http.pages import new_app
from belgrano.http.problems import register_problems
from belgrano.server.guard import Guard
from belgrano.server.logs import hide_private, note_request, set_up_logs
from tests.belgrano.little import MIGRATIONS, make_little
from tests.lag import MOST_S, cpu


async def test_a_healthy_app_says_so(little: Quart) -> None:
    response = await little.test_client().get("/health")

    body = await response.get_json()
    assert response.status_code == 200
    assert {"status": "healthy", "service": "little", "database": "connected"}.items() <= body.items()
    assert body["version"]
    assert await (await little.test_client().get("/healthz")).get_data() == b"ok"


class Hanging:
    """A database that never answers; a real one that hangs is in tests/faults."""

    def check_file(self) -> None:
        pass

    async def read(self, *asked: Any) -> None:
        await asyncio.sleep(30)

    do = read


@pytest.mark.parametrize("broken", ["hanging", "closed"])
async def test_an_app_without_its_database_is_unhealthy_in_time_and_alive(
    broken: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    closed = Base(f"sqlite:///{tmp_path_factory.mktemp('x') / 'b.db'}", app="x", migrations=MIGRATIONS, tell=print)
    app = make_little(Hanging() if broken == "hanging" else closed)  # type: ignore[arg-type]
    start = time.monotonic()

    response = await app.test_client().get("/health")

    assert time.monotonic() - start < 15
    assert response.status_code == 503
    assert (await response.get_json())["status"] == "unhealthy"
    assert (await app.test_client().get("/healthz")).status_code == 200


async def test_an_app_whose_database_was_taken_away_is_unhealthy(tmp_path: Path) -> None:
    path = tmp_path / "base.db"
    async with Base(f"sqlite:///{path}", app="prueba", migrations=MIGRATIONS, tell=print) as base:
        app = make_little(base)
        assert (await app.test_client().get("/health")).status_code == 200

        path.rename(tmp_path / "elsewhere.db")
        await asyncio.sleep(1.05)

        assert (await app.test_client().get("/health")).status_code == 503
        (tmp_path / "elsewhere.db").rename(path)
        assert (await app.test_client().get("/health")).status_code == 200


async def test_however_often_it_is_asked_it_writes_once_a_second(little_base: Base) -> None:
    app = make_little(little_base)
    kept = little_base.do
    acts: list[object] = []

    async def counted(act: Any, *args: Any, **kw: Any) -> Any:
        acts.append(act)
        return await kept(act, *args, **kw)

    little_base.do = counted  # type: ignore[method-assign]
    for _ in range(20):
        assert (await app.test_client().get("/health")).status_code == 200
    assert len(acts) == 1


async def test_the_other_app_being_away_is_degraded_and_still_200(little_base: Base) -> None:
    app = new_app(__name__)

    async def extra() -> dict[str, Any]:
        return {"status": "degraded", "outbox": {"pendientes": 3}}

    register_health(app, little_base, service="x", extra=extra)

    response = await app.test_client().get("/health")

    assert response.status_code == 200
    assert (await response.get_json())["status"] == "degraded"
    assert (await response.get_json())["outbox"] == {"pendientes": 3}


def served(token: str = "", address: str = "127.0.0.1") -> Any:
    """A guarded app, asked as from this address."""
    app = new_app(__name__)
    register_problems(app)
    register_access(app, None)  # type: ignore[arg-type]
    register_metrics(app, token)

    @app.get("/slow")
    @anyone
    async def slow() -> str:
        await asyncio.sleep(1.05)
        return "late"

    @app.get("/bug")
    @anyone
    async def bug() -> str:
        raise ZeroDivisionError("rita@belgrano.test")

    guard = Guard(app)

    async def ask(path: str, headers: list[tuple[bytes, bytes]] | None = None) -> tuple[int, bytes]:
        sent: list[dict[str, Any]] = []
        got = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> dict[str, Any]:
            for message in got:
                return message
            await asyncio.sleep(60)
            return {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": "GET", "path": path.partition("?")[0], "raw_path": path.encode(),
            "query_string": path.partition("?")[2].encode(), "headers": [(b"host", b"x"), *(headers or [])],
            "client": (address, 1), "scheme": "http", "http_version": "1.1", "root_path": "", "server": ("x", 80),
            "extensions": {},
        }  # fmt: skip
        await guard(scope, receive, send)
        body = b"".join(each.get("body", b"") for each in sent if each["type"] == "http.response.body")
        return sent[0]["status"], body

    return ask


async def test_metrics_are_for_this_machine_alone() -> None:
    status, body = await served()("/metrics")
    assert status == 200
    assert {each.name for each in text_string_to_metric_families(body.decode())} >= {"belgrano_requests"}

    assert (await served(address="10.0.0.1")("/metrics"))[0] == 403
    assert (await served()("/metrics", [(b"x-forwarded-for", b"127.0.0.1")]))[0] == 403


@pytest.mark.parametrize(
    ("token", "shown", "status"),
    [("t" * 20, "Bearer " + "t" * 20, 200), ("t" * 20, "Bearer x", 403), ("t" * 20, "", 403), ("", "Bearer ", 403)],
)
async def test_elsewhere_metrics_want_the_token(token: str, shown: str, status: int) -> None:
    ask = served(token, "10.0.0.1")

    assert (await ask("/metrics", [(b"authorization", shown.encode())]))[0] == status


async def test_slow_and_failed_requests_are_logged_with_their_id_and_without_their_query() -> None:
    ask = served()

    with structlog.testing.capture_logs() as logged:
        await ask("/slow?email=rita@belgrano.test")
        await ask("/bug?email=rita@belgrano.test")
        await ask("/nothing")

    events = {each["event"]: each for each in logged}
    assert events["request_slow"]["path"] == "/slow"
    assert events["request_slow"]["ms"] >= 1000
    assert events["request_failed"]["status"] == 500
    assert len(logged) == 3  # the two and the bug itself
    assert "rita" not in json.dumps([each for each in logged if each["event"] != "bug"])


@pytest.fixture
def written(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """What a program with our logs writes; the test run's own logging comes back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield lambda: capsys.readouterr().err
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def test_production_logs_are_json_lines_with_service_and_request(written: Callable[[], str]) -> None:
    set_up_logs("shop", production=True)
    structlog.contextvars.bind_contextvars(request_id="abc")

    structlog.get_logger("test").info("something", count=3)
    logging.getLogger("library").warning("a library says %s", "so")

    first, second = [json.loads(line) for line in written().splitlines()]
    assert {
        "event": "something",
        "count": 3,
        "service": "shop",
        "request_id": "abc",
        "level": "info",
    }.items() <= first.items()
    assert second["event"] == "a library says so"


@pytest.mark.parametrize("production", [True, False])
def test_no_secret_and_no_personal_data_is_ever_written(written: Callable[[], str], production: bool) -> None:
    set_up_logs("shop", production=production)
    log = structlog.get_logger("test")
    canary = "CANARY-7391"

    for key in ("password", "X_API_Key", "api_key", "Cookie", "Authorization", "email", "cliente_telefono", "token"):
        log.info("said", **{key: canary})
        log.info("deep", order={"lines": [{key: canary}]})
    typed = canary
    try:
        raise ValueError(f"boom, {len(typed)} letters: Key (email)=(rita@belgrano.test) exists")
    except ValueError:
        log.exception("failed")

    text = written()
    assert canary not in text
    assert "rita@" not in text
    assert "boom" in text


def test_a_line_of_input_stays_one_line_of_log(written: Callable[[], str]) -> None:
    set_up_logs("shop", production=True)

    structlog.get_logger("test").info("typed", what='a\nb\r\n{"event": "forged"}\x1b[31m')

    assert len(written().splitlines()) == 1


@pytest.mark.parametrize("path", ["/" + "." * 30_000, "/" + "a-" * 15_000, "/" + "x@" * 15_000, "/x" * 15_000])
@pytest.mark.parametrize("production", [True, False])
def test_a_slow_request_with_a_long_path_is_a_short_line_that_costs_little(
    written: Callable[[], str], production: bool, path: str
) -> None:
    set_up_logs("shop", production=production)

    assert cpu(note_request, {"method": "G" * 9000, "path": path}, 500, 9.0) <= MOST_S

    lines = written().splitlines()
    assert len(lines) == 3
    assert all(len(line) < 600 for line in lines)


def test_what_somebody_sent_makes_no_long_line_wherever_it_stands(written: Callable[[], str]) -> None:
    set_up_logs("shop", production=True)

    assert cpu(logging.getLogger("library").warning, "cannot read %s", "." * 30_000) <= MOST_S
    structlog.get_logger("test").info("said", what=["y" * 30_000], deep={"z": "z" * 30_000})

    assert max(map(len, written().splitlines())) < 5_000


def test_a_secret_in_a_path_is_cut_away_with_what_is_too_long(written: Callable[[], str]) -> None:
    set_up_logs("shop", production=True)
    secret = "S3cr3t" * 8

    for before in ("/seguir/x/", "/" + "x/" * 80, "/" + "x/" * 190):
        note_request({"method": "GET", "path": before + secret}, 500, 9.0)

    assert "S3cr3t" not in written()


def test_the_event_itself_is_kept() -> None:
    assert hide_private(None, "info", {"event": "token refused", "n": 1}) == {"event": "token refused", "n": 1}
