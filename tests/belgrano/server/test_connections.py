"""No wait without a deadline, no count without a cap: bodies, requests and connections of strangers."""

import asyncio
import contextlib
import os
import socket
import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from quart import Quart, request

from belgrano.http.access import anyone
from belgrano.http.json_input import read_json
from belgrano.http.pages import new_app
from belgrano.http.problems import register_problems
from belgrano.server import connections, guard, sockets
from belgrano.server.connections import Connections
from belgrano.server.guard import Guard
from tests.belgrano.server.test_guard import ROOT, Served, by_launcher, served  # noqa: F401
from tests.people import until
from tests.servers import free_port


class Door:
    """A guard around an app that waits until it is let go; requests are sent without a server."""

    def __init__(self, **options: Any) -> None:
        self.go = asyncio.Event()
        self.inside = 0
        self.guard = Guard(self.app, **options)

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        kind = b"text/event-stream" if scope["path"] == "/stream" else b"text/plain"
        if kind == b"text/event-stream":
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        self.inside += 1
        await self.go.wait()
        self.inside -= 1
        if kind != b"text/event-stream":
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        await send({"type": "http.response.body", "body": b""})

    async def ask(
        self, address: str = "10.0.0.1", path: str = "/", headers: tuple[Any, ...] = (), method: str = "GET"
    ) -> int:
        sent: list[dict[str, Any]] = []

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": method, "path": path, "headers": list(headers), "scheme": "http",
            "client": (address, 1), "query_string": b"",
        }  # fmt: skip
        await self.guard(scope, asyncio.Event().wait, send)
        return int(sent[0]["status"])

    async def crowd(self, **how: Any) -> list[asyncio.Task[int]]:
        tasks = [asyncio.create_task(self.ask(**how)) for _ in range(guard.REQUESTS_PER_ADDRESS)]
        await asyncio.sleep(0)
        return tasks


async def test_one_address_has_only_so_many_requests_under_way_and_nobody_else_feels_it() -> None:
    door = Door()
    crowd = await door.crowd()

    assert await door.ask() == 429
    assert await asyncio.wait_for(_let_go(door, address="10.0.0.2"), 10) == 200
    assert {await each for each in crowd} == {200}
    assert await door.ask() == 200


async def test_of_one_address_a_few_are_worked_on_at_once_and_nobody_else_waits_for_the_others() -> None:
    door = Door()
    crowd = await door.crowd()
    other = asyncio.create_task(door.ask(address="10.0.0.2"))

    await until(lambda: door.inside == guard.AT_ONCE + 1)
    await asyncio.sleep(0.05)
    assert door.inside == guard.AT_ONCE + 1
    crowd[0].cancel()  # whoever leaves lets the next one in
    crowd[-1].cancel()  # and whoever waits is not waited for
    door.go.set()
    assert await asyncio.wait_for(other, 10) == 200
    assert {await each for each in crowd[1:-1]} == {200}
    assert await asyncio.wait_for(door.ask(), 10) == 200


async def test_who_is_slow_to_send_has_no_turn_yet_and_a_stream_has_it_no_more() -> None:
    door = Door()
    slow = [asyncio.create_task(door.ask(method="POST")) for _ in range(3 * guard.AT_ONCE)]
    slow += [asyncio.create_task(door.ask(path="/stream")) for _ in range(3 * guard.AT_ONCE)]

    await until(lambda: door.inside == 6 * guard.AT_ONCE)
    quick = asyncio.create_task(door.ask())
    await until(lambda: door.inside == 6 * guard.AT_ONCE + 1)
    door.go.set()
    assert await asyncio.wait_for(quick, 10) == 200
    for each in slow:
        each.cancel()


async def test_whoever_asks_whether_it_lives_is_answered_in_the_crowd() -> None:
    door = Door()
    crowd = await door.crowd()

    assert await asyncio.wait_for(_let_go(door, path="/healthz"), 10) == 200
    await asyncio.gather(*crowd)


async def test_behind_a_proxy_the_true_client_is_counted() -> None:
    door = Door(hops=1)
    crowd = await door.crowd(headers=((b"x-forwarded-for", b"203.0.113.1"),))

    assert await door.ask(headers=((b"x-forwarded-for", b"203.0.113.1"),)) == 429
    assert await _let_go(door, headers=((b"x-forwarded-for", b"203.0.113.2"),)) == 200
    await asyncio.gather(*crowd)


async def test_a_household_of_ipv6_is_one_address() -> None:
    door = Door()
    tasks = [
        asyncio.create_task(door.ask(address=f"2001:db8::{n:x}")) for n in range(1, guard.REQUESTS_PER_ADDRESS + 1)
    ]
    await asyncio.sleep(0)

    assert await door.ask(address="2001:db8::ffff:1") == 429
    assert await _let_go(door, address="2001:db8:0:1::1") == 200
    await asyncio.gather(*tasks)


async def test_streams_and_load_tests_are_no_crowd() -> None:
    streaming, unlimited = Door(), Door(limits=False)
    crowd = await streaming.crowd(path="/stream") + await unlimited.crowd()

    assert await _let_go(streaming) == 200
    assert await _let_go(unlimited) == 200
    await asyncio.gather(*crowd)


async def _let_go(door: Door, **how: Any) -> int:
    asked = asyncio.create_task(door.ask(**how))
    await asyncio.sleep(0)
    door.go.set()
    return await asked


def test_connections_have_a_limit_and_no_address_takes_more_than_half() -> None:
    many = Connections(files=10 + connections.OWN_FILES)
    for _ in range(3):  # who has left counts no more
        with _several(many, "10.0.0.1", 6) as taken:
            assert taken == [True] * 5 + [False]
    with _several(many, "10.0.0.1", 5):
        with many.one_of("10.0.0.1") as more:
            assert not more
        with _several(many, "10.0.0.2", 6) as others:
            assert others == [True] * 5 + [False]
            with many.one_of("10.0.0.3") as nobody:
                assert not nobody
        with many.one_of("10.0.0.3") as somebody:
            assert somebody


def test_behind_a_proxy_connections_are_limited_only_as_a_whole() -> None:
    many = Connections(files=10 + connections.OWN_FILES, per_address=False)
    with _several(many, "10.0.0.1", 11) as taken:
        assert taken == [True] * 10 + [False]


class _several:
    """So many connections of one address; which of them were let in."""

    def __init__(self, many: Connections, address: str, count: int) -> None:
        self.open = [many.one_of(address) for _ in range(count)]

    def __enter__(self) -> list[bool]:
        return [each.__enter__() for each in self.open]

    def __exit__(self, *_: Any) -> None:
        for each in self.open:
            each.__exit__(None, None, None)


# What reads a body, in every way there is.
READERS: dict[str, Callable[[], Any]] = {
    "json": lambda: read_json(request),  # type: ignore[arg-type]
    "form": lambda: request.form,
    "bytes": lambda: request.body,
    "data": lambda: request.get_data(),
}
KINDS = {"json": "application/json", "form": "application/x-www-form-urlencoded"}


def reading() -> Quart:
    app = new_app(__name__)
    register_problems(app)

    @app.post("/<how>")
    @anyone
    async def take(how: str) -> str:
        await READERS[how]()
        return "taken"

    return app


async def send_body(app: Any, path: str, pieces: AsyncIterator[bytes]) -> tuple[int, float]:
    """Send a request whose body comes in pieces, straight to a guard; the status, and how long it took."""
    sent: list[dict[str, Any]] = []
    whole = asyncio.Event()

    async def receive() -> dict[str, Any]:
        try:
            return {"type": "http.request", "body": await anext(pieces), "more_body": True}
        except StopAsyncIteration:
            if whole.is_set():
                await asyncio.Event().wait()  # nothing more comes
            whole.set()
            return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
        "headers": [(b"content-type", KINDS.get(path[1:], "text/plain").encode()), (b"host", b"localhost")],
        "scheme": "http", "client": ("10.0.0.1", 1), "http_version": "1.1", "extensions": {}, "root_path": "",
    }  # fmt: skip
    began = asyncio.get_running_loop().time()
    await app(scope, receive, send)
    return int(sent[0]["status"]), asyncio.get_running_loop().time() - began


async def dripping(first: bytes = b"") -> AsyncIterator[bytes]:
    yield first
    while True:
        await asyncio.sleep(0.05)
        yield b" "


@pytest.mark.parametrize("reader", READERS)
async def test_a_body_that_drips_is_given_up_whoever_reads_it(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "BODY_S", 0.4)

    status, took = await asyncio.wait_for(send_body(Guard(reading()), f"/{reader}", dripping(b"{")), 20)

    assert status == 408
    assert 0.4 <= took < 10


async def test_a_large_body_over_a_slow_line_earns_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sockets, "BODY_S", 0.4)
    monkeypatch.setattr(sockets, "ORDINARY", 1_000)
    app = reading()
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000

    async def slow() -> AsyncIterator[bytes]:
        for _ in range(8):
            await asyncio.sleep(0.1)
            yield b"x" * 100_000  # a hundred times faster than the slowest line

    assert (await send_body(Guard(app), "/data", slow()))[0] == 200


PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"
TO_H2C = (
    b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
    b"HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
)


async def test_http_2_is_not_spoken(served: Served) -> None:  # noqa: F811
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(PREFACE)
    refused = await asyncio.wait_for(reader.read(), 30)
    writer.close()

    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(TO_H2C)
    ordinary = await asyncio.wait_for(reader.readuntil(b"ok"), 30)
    writer.close()

    assert refused.startswith(b"HTTP/1.1 400 ")
    assert ordinary.startswith(b"HTTP/1.1 200 ")
    assert (await served.http.get("/healthz")).text == "ok"
    assert "Traceback" not in served.log.read_text()


async def test_a_process_has_all_the_files_it_may_have(served: Served) -> None:  # noqa: F811
    pid = (await served.http.get("/count")).json()["pid"]
    limits = next(line for line in _read(f"/proc/{pid}/limits").splitlines() if line.startswith("Max open files"))
    soft, hard = limits.split()[3:5]
    assert soft == hard


def _read(path: str) -> str:
    with open(path) as file:
        return file.read()


async def test_more_connections_than_there_may_be_are_closed_at_once(tmp_path: Path) -> None:
    """Each address has its own share: what one takes is missing to nobody else."""
    port, files = free_port(), connections.OWN_FILES + 60
    command = ["sh", "-c", f'ulimit -n {files}; exec "$@"', "sh", *by_launcher(port)]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env=os.environ | {"PORT": ""})
    taken: list[socket.socket] = []
    try:
        assert await until(lambda: asyncio.to_thread(_lives, port, "127.0.0.9"), 120), (tmp_path / "log").read_text()
        taken = [_connect(port, "127.0.0.1") for _ in range(50)]  # idle ones are cut after eight seconds
        assert not await asyncio.to_thread(_lives, port, "127.0.0.1")
        assert await asyncio.to_thread(_lives, port, "127.0.0.9")
        assert await until(lambda: asyncio.to_thread(_lives, port, "127.0.0.1"), 60)
        assert "Traceback" not in (tmp_path / "log").read_text()
    finally:
        for each in taken:
            each.close()
        process.kill()
        process.wait()


def _lives(port: int, address: str) -> bool:
    """Whether the process answers somebody who calls from this address."""
    try:
        with contextlib.closing(_connect(port, address)) as asked:
            asked.settimeout(30)
            asked.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            return asked.recv(12) == b"HTTP/1.1 200"
    except OSError:
        return False


def _connect(port: int, address: str) -> socket.socket:
    made = socket.socket()
    made.bind((address, 0))
    made.connect(("127.0.0.1", port))
    return made
