"""What one stranger can hold of what is everybody's: connections and waits have an end."""

from __future__ import annotations

import asyncio
import contextlib
import resource
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.people import Person
from tests.quick_passwords import VARIABLE
from tests.servers import Servers

IN_TIME = 40.0  # fifteen seconds, on a machine that is busy with other things
MANY = 1_100  # more than most systems give a process that does not ask
JSON = "Content-Type: application/json\r\n"
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
BODIES = {
    ("ahorro", "/api/sesion", JSON),
    ("ahorro", "/api/clientes", JSON),
    ("ahorro", "/api/carrito/items", JSON),
    ("ahorro", "/api/recuperacion", JSON),
    ("ahorro", "/api/recuperacion/password", JSON),
    ("ahorro", "/api/webhooks/ticketera", JSON),
    ("ahorro", "/login", FORM),
    ("ahorro", "/carrito/agregar", FORM),
    ("ahorro", "/nada", JSON),
    ("ticketera", "/api/sesion", JSON),
    ("ticketera", "/login", FORM),
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def town() -> AsyncIterator[Servers]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Servers(**{VARIABLE: ""}) as servers:
        servers.ahorro.forked = servers.ticketera.forked = False  # they inherit this process' limits
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(1_024, hard), hard))  # as a service is started
        try:
            await asyncio.to_thread(servers.start)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        yield servers
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for app in ("ahorro", "ticketera"):
            assert "Traceback" not in servers[app].text(), servers[app].tail(60)


async def drip(port: int, path: str, kind: str, head: str, piece: bytes) -> tuple[bytes, float]:
    """A request whose body comes bit by bit; how its answer begins, and after how long it was over."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.monotonic()
    writer.write(f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{kind}{head}\r\n".encode())

    async def on() -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(1)

    dripping = asyncio.create_task(on())
    answer = b""
    try:
        with contextlib.suppress(ConnectionError):
            answer = await asyncio.wait_for(reader.read(), IN_TIME + 20)
    finally:
        dripping.cancel()
        writer.close()
    return answer[:12], time.monotonic() - began


async def test_no_body_may_drip_for_ever(town: Servers) -> None:
    ways = {
        "announced": ("Content-Length: 5000\r\n", b" "),
        "in chunks": ("Transfer-Encoding: chunked\r\n", b"1\r\n \r\n"),
        "in a chunk's extension": ("Transfer-Encoding: chunked\r\n", b"1;x="),
    }
    asked = [
        (app, path, how, asyncio.create_task(drip(town[app].port, path, kind, head, piece)))
        for app, path, kind in BODIES
        for how, (head, piece) in ways.items()
    ]
    wrong = []
    for app, path, how, task in asked:
        answer, took = await task
        if took > IN_TIME or (answer and not answer.startswith(b"HTTP/1.1 4")):
            wrong.append(f"{app} {path} {how}: {answer!r} after {took:.0f} s")
    assert not wrong, "\n".join(wrong)


async def test_a_thousand_open_requests_of_one_client_are_felt_by_nobody_else(town: Servers) -> None:
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < MANY + 300:
        pytest.skip("this process may not have so many files open")
    port = town.ahorro.port
    head = f"POST /api/sesion HTTP/1.1\r\nHost: localhost\r\n{JSON}Content-Length: 5000\r\n\r\n ".encode()
    lines = []
    for _ in range(MANY):
        lines.append(await asyncio.open_connection("127.0.0.1", port))
        lines[-1][1].write(head)
    other = Person(town.ahorro.url)
    try:
        assert [(await other.get("/healthz")).status_code for _ in range(20)] == [200] * 20
        assert (await other.get("/login")).status_code == 200
        assert await asyncio.to_thread(town.ahorro.answers)  # from where they all come, too
    finally:
        for _, writer in lines:
            writer.close()
        await other.close()
