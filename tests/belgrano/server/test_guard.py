"""The guard, around real Hypercorn processes: cutting sockets, and ending in time whatever clients do."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
import websockets

from belgrano.server.guard import Guard
from tests.people import until
from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[3]
UPGRADE = (
    "GET /socket.io/?EIO=4&transport=websocket&key={key} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    "Sec-WebSocket-Version: 13\r\n\r\n"
)
LAUNCH = """
import sys
from belgrano.operator import launcher
sys.modules["sockets_app.asgi"] = __import__("tests.belgrano.sockets_app", fromlist=["app"])
launcher.address = lambda app, alone: ("127.0.0.1", int(sys.argv[1]))
launcher._open_database = lambda app: None  # it has none
launcher.TITLES["sockets_app"] = "sockets"
sys.exit(launcher.run_one("sockets_app"))
"""


# Seconds, for a machine that is busy with other things; by itself it waits for open connections for ever.
AT_ONCE, IN_TIME = 15, 30


class Served:
    """One process, and what tests do to it."""

    def __init__(self, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
        self.port, self.process, self.log = port, process, log
        self.http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60)

    async def connect(self, key: str = "phone") -> websockets.ClientConnection:
        uri = f"ws://127.0.0.1:{self.port}/socket.io/?EIO=4&transport=websocket&key={key}"
        phone = await websockets.connect(uri, max_size=None)
        await phone.recv()
        await phone.send("40")
        await phone.recv()
        return phone

    async def connect_deaf(self, key: str = "deaf", *, flood: bool = False) -> socket.socket:
        """A client that upgrades, joins, and never reads or answers again."""
        raw = socket.socket()
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        raw.connect(("127.0.0.1", self.port))
        raw.sendall(UPGRADE.format(key=key, port=self.port).encode())
        assert raw.recv(12).startswith(b"HTTP/1.1 101")
        raw.sendall(frame("40"))
        if flood:
            raw.sendall(frame('42["flood",1]'))
        raw.setblocking(False)
        await asyncio.sleep(0.3)
        return raw

    async def sockets(self) -> int:
        return int((await self.http.get("/count")).json()["sockets"])

    async def end(self, how: signal.Signals = signal.SIGTERM) -> float:
        """Ask it to end; the seconds it took."""
        start = time.monotonic()
        self.process.send_signal(how)
        while self.process.poll() is None:
            assert time.monotonic() - start < 60, "it does not end"
            await asyncio.sleep(0.02)
        return time.monotonic() - start


def frame(text: str) -> bytes:
    """A masked websocket text frame (the mask is zero)."""
    body = text.encode()
    assert len(body) < 126
    return bytes([0x81, 0x80 | len(body)]) + b"\0\0\0\0" + body


def by_hypercorn(port: int, worker: str) -> list[str]:
    config = ["-c", "hypercorn.toml", "-k", worker, "--bind", f"127.0.0.1:{port}"]
    return [sys.executable, "-m", "hypercorn", *config, "tests.belgrano.sockets_app:app"]


def by_launcher(port: int) -> list[str]:
    return [sys.executable, "-c", LAUNCH, str(port)]


# By itself Hypercorn waits for open connections, since Python 3.12.1 for ever (its issue 308).
WAYS: dict[str, Callable[[int], list[str]]] = {
    "belgrano": by_launcher,
    "hypercorn-uvloop": lambda port: by_hypercorn(port, "uvloop"),
    "hypercorn-asyncio": lambda port: by_hypercorn(port, "asyncio"),
    "hypercorn-http": by_launcher,  # with Hypercorn's own HTTP/1.1
}
OWN = {"hypercorn-http": {"BELGRANO_HTTP": "hypercorn"}}


@pytest.fixture(params=list(WAYS))
async def served(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Served]:
    port = free_port()
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            WAYS[request.param](port), cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
            env=os.environ | {"PORT": ""} | OWN.get(request.param, {}),
        )  # fmt: skip
    made = Served(port, process, log)
    for _ in range(2000):
        with contextlib.suppress(httpx.HTTPError):
            if (await made.http.get("/healthz")).status_code == 200:
                break
        assert process.poll() is None, log.read_text()
        await asyncio.sleep(0.05)
    yield made
    await made.http.aclose()
    if process.poll() is None:
        process.kill()
    process.wait()


async def test_at_the_end_sockets_hear_1012_first_and_the_process_is_gone_at_once(served: Served) -> None:
    phone = await served.connect()

    took = await served.end()

    with pytest.raises(websockets.ConnectionClosed):
        while True:
            await asyncio.wait_for(phone.recv(), 30)
    assert phone.close_code == 1012
    assert took < AT_ONCE
    assert served.process.returncode == 0
    assert "salida forzada" not in served.log.read_text()
    assert "Traceback" not in served.log.read_text()


@pytest.mark.parametrize("flood", [False, True])
async def test_clients_that_never_read_do_not_hold_up_the_end(served: Served, flood: bool) -> None:
    deaf = [await served.connect_deaf(flood=flood) for _ in range(3)]

    took = await served.end()

    assert took < IN_TIME
    assert served.process.returncode == 0
    for each in deaf:
        each.close()


async def test_a_request_under_way_is_finished_while_it_ends(served: Served) -> None:
    phone = await served.connect()
    slow = asyncio.create_task(served.http.get("/slow", params={"s": 0.7}))
    await asyncio.sleep(0.2)

    took = await served.end()

    assert (await slow).text == "finished"
    assert took < AT_ONCE
    await phone.close()


async def test_a_page_that_streams_does_not_hold_up_the_end(served: Served) -> None:
    async with served.http.stream("GET", "/stream") as stream:
        lines = stream.aiter_lines()
        assert await anext(lines) == "data: x"

        took = await served.end()

        with contextlib.suppress(httpx.HTTPError):
            assert [line async for line in lines if line not in {"", "data: x"}] == []
    assert took < AT_ONCE
    assert "Traceback" not in served.log.read_text()
    assert "salida forzada" not in served.log.read_text()


async def test_ctrl_c_ends_it_as_well(served: Served) -> None:
    await served.connect()

    assert await served.end(signal.SIGINT) < AT_ONCE


async def test_a_cut_key_loses_its_sockets_at_once_and_nobody_else(served: Served) -> None:
    one, two, other = await served.connect("a"), await served.connect("a"), await served.connect("b")

    start = time.monotonic()
    await served.http.post("/cut/a")

    for each in (one, two):
        with pytest.raises(websockets.ConnectionClosed):
            await asyncio.wait_for(each.recv(), 30)
        assert each.close_code == 4401
    assert time.monotonic() - start < 18
    await other.send('42["nothing"]')
    assert await until(lambda: holds(served, 1))


async def test_a_client_that_ignores_the_close_is_cut_all_the_same(served: Served) -> None:
    deaf = await served.connect_deaf("bad")

    await served.http.post("/cut/bad")

    assert await ended(deaf, 10.0)  # without a cut its silence would be noticed after twenty seconds
    assert await until(lambda: holds(served, 0))


async def test_a_client_that_stopped_reading_is_cut_within_a_second(served: Served) -> None:
    deaf = await served.connect_deaf("bad", flood=True)
    await asyncio.sleep(1)

    await served.http.post("/cut/bad")

    assert await until(lambda: holds(served, 0), 4)  # by itself it would take five seconds
    deaf.close()


async def test_a_client_that_stopped_reading_is_dropped_by_itself(served: Served) -> None:
    deaf = await served.connect_deaf("bad", flood=True)

    assert await until(lambda: holds(served, 0), 18, 0.1)  # silence alone: after twenty
    deaf.close()


async def test_one_key_holds_a_bounded_number_of_sockets(served: Served) -> None:
    phones = [await served.connect("same") for _ in range(23)]

    assert await until(lambda: holds(served, 20))
    assert await until(lambda: [each.close_code for each in phones[:3]] == [4401] * 3)


@pytest.mark.parametrize("begun", [False, True])
async def test_a_handshake_left_unanswered_is_refused_and_no_error_of_ours(begun: bool) -> None:
    sent: list[dict[str, object]] = []

    async def mute(scope: object, receive: object, send: Callable[[dict[str, object]], Awaitable[None]]) -> None:
        """As Quart ends when the client leaves half way, maybe in the middle of a refusal."""
        if begun:
            await send({"type": "websocket.http.response.start", "status": 404, "headers": []})

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {"type": "websocket", "scheme": "ws", "path": "/", "headers": [], "client": ("127.0.0.1", 1)}
    await Guard(mute)(scope, asyncio.Event().wait, send)

    assert sent[-1]["type"] == "websocket.close"


async def test_a_client_that_drips_its_headers_is_cut(served: Served) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    start = time.monotonic()

    for letter in "GET /healthz HTTP/1.1\r\n" + "X: y\r\n" * 10:
        writer.write(letter.encode())
        await asyncio.sleep(0.25)
        if reader.at_eof() or writer.is_closing():
            break
        with contextlib.suppress(TimeoutError):
            assert await asyncio.wait_for(reader.read(1), 0.01) == b""
            break

    assert time.monotonic() - start < 10
    writer.close()


async def test_a_socket_where_nobody_serves_one_is_a_404(served: Served) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(f"ws://127.0.0.1:{served.port}/elsewhere")

    assert refused.value.response.status_code == 404
    assert refused.value.response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Traceback" not in served.log.read_text()


async def test_every_answer_has_an_id_and_the_headers(served: Served) -> None:
    response = await served.http.get("/healthz")
    refused = await served.http.get("/socket.io/?EIO=4&transport=polling")

    for each in (response, refused):
        assert each.headers["X-Content-Type-Options"] == "nosniff"
        assert len(each.headers["X-Request-ID"]) == 16
        assert "server" not in each.headers
    assert refused.status_code == 400


async def holds(served: Served, sockets: int) -> bool:
    return await served.sockets() == sockets


async def test_a_host_that_no_server_can_have_is_a_400_and_no_error_of_ours(served: Served) -> None:
    hosts = ["a" * 64, "a..b", "x" * 9000, ".", "<b>", "ñ.example", "a b", "[::1", "x:99999999"]
    answers = [await served.http.get("/count", headers=[(b"Host", host.encode())]) for host in hosts]

    assert [each.status_code for each in answers] == [400] * len(hosts)
    assert {each.json()["codigo"] for each in answers} == {"host_invalido"}
    assert all(each.headers["X-Content-Type-Options"] == "nosniff" for each in answers)
    for host in ("localhost", "a_b.example.:5001", "[::1]:5001", "10.0.0.1:80", ""):
        assert (await served.http.get("/count", headers={"Host": host})).status_code == 200, host
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(
            f"ws://{'a' * 64}:{served.port}/elsewhere", sock=socket.create_connection(("127.0.0.1", served.port))
        )
    assert refused.value.response.status_code in (400, 403)
    assert "Traceback" not in served.log.read_text()


async def ended(raw: socket.socket, limit: float) -> bool:
    """Whether the server closes this connection in time, whatever it sent before."""
    loop = asyncio.get_running_loop()
    with contextlib.suppress(TimeoutError, ConnectionError):
        async with asyncio.timeout(limit):
            while await loop.sock_recv(raw, 65536):
                pass
            return True
    return False
