"""Nothing that a stranger sends holds the loop: no text, in no place, costs a step of it more than 50 ms of CPU.

Both apps are served in this process, each on a loop of asyncio's own whose steps are measured; everybody else would
wait for the longest of them. What is sent is the worst that text can be for whoever reads it, as long as it may be.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import websockets.sync.client as wsc
from hypercorn.asyncio import serve
from hypercorn.config import Config
from websockets.exceptions import ConnectionClosed

from belgrano.server.guard import Guard
from tests.access import MATRIX
from tests.everyone import PLACES, make_app
from tests.faults.bodies import ROUTES
from tests.lag import MOST_S, Steps, watched
from tests.quick_passwords import VARIABLE
from tests.servers import PASSWORD, Servers, free_port

BODY, HEAD = 64 * 1024 - 200, 30_000  # what the servers still read
# What is repeated until it is long enough, between what begins and what ends it.
TEXTS = {
    "open strings": ("[]" * 17 + '"', '\\"', ""),
    "quotes": ('x="', '\\"', ""),
    "closed quotes": ('x="', '\\"', '"'),
    "octal": ('x="', "\\101", '"'),
    "dots": ("/", ".", ""),
    "words": ("", "a-", ""),
    "addresses": ("", "x@", ""),
    "addresses with names": ("", "a.b@c.", ""),
    "brackets": ("", "[", ""),
    "objects": ("", '{"a":', ""),
    "digits": ("", "9", ""),
    "blanks": ("x", " ", ""),
    "lines": ("", "\n", ""),
    "commas": ("", ",a", ""),
    "semicolons": ("", ";a=", ""),
    "pairs": ("", "&a=1", ""),
    "percents": ("", "%41", ""),
    "slashes": ("", "/a", ""),
    "colons": ("", "1:", ""),
    "surrogates": ('["', "\\ud800", ""),
    "accents": ("a", "\u0315\u0316\u0301\u0327", ""),
    "dashes": ("", "--", ""),
    "weights": ("", "a;q=0.1,", ""),
    "escapes": ("", "\\", ""),
}
HEADERS = (
    "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Content-Type", "Cookie", "Forwarded", "Host",
    "If-Modified-Since", "If-None-Match", "If-Range", "Origin", "Range", "Referer", "Sec-Fetch-Site", "Transfer",
    "User-Agent", "X-API-Key", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Request-ID",
    "Webhook-Id", "Webhook-Signature", "Webhook-Timestamp", "Last-Event-ID",
)  # fmt: skip
FIELDS = ("email", "password", "q", "token", "nombre", "volver", "pendiente", "numero", "producto_id")


class Served:
    """One app on a thread of its own, and the steps of its loop."""

    def __init__(self, name: str, guard: Guard, steps: Steps) -> None:
        self.name, self.guard, self.steps = name, guard, steps
        self.port = free_port()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name=f"served-{name}", daemon=True)

    def start(self) -> None:
        self._thread.start()
        for _ in range(600):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=10).close()
                return
            threading.Event().wait(0.1)
        raise AssertionError(f"{self.name} is not up")

    def _run(self) -> None:
        config = Config()
        config.bind, config.h11_max_incomplete_size = [f"127.0.0.1:{self.port}"], 32_768
        config.loglevel = "CRITICAL"
        self.steps.of(self._thread)
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(serve(self.guard, config, shutdown_trigger=self._stop.wait))  # type: ignore[arg-type]

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(60)

    def send(self, head: str, body: bytes = b"") -> bytes:
        """A request, and the beginning of its answer; empty where there was none."""
        upgrade = "Upgrade: " in head
        raw = head.encode("utf-8", "replace") + b"\r\n"
        raw += b"\r\n" if upgrade else b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=60) as line:
            line.sendall(raw)
            answer = b""
            while piece := line.recv(65_536):
                answer = answer or piece[:12]
                if upgrade:
                    break  # refused, or open: it has been looked at
            return answer
        return b""

    def settle(self) -> None:
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0), self._loop).result(60)

    def longest(self, send: Any) -> float:
        """The longest step that this takes, the least of three tries where it is long."""
        least = 9.0
        for _ in range(3):
            self.steps.begin()
            send()
            self.settle()
            least = min(least, self.steps.longest)
            if least <= MOST_S:
                break
        return least


@pytest.fixture(scope="module")
def town() -> Iterator[dict[str, Served]]:
    servers = Servers(BELGRANO_LIMITS="off", **{VARIABLE: ""})
    servers.catalogue()
    servers.create_user("ticketera", "repartidor", "rita@belgrano.test", "Rita")
    with watched() as steps:
        apps = {"ahorro": Guard(make_app(servers, "ahorro"), limits=False)}
        apps["ticketera"] = make_app(servers, "ticketera").extensions["asgi"]
        served = {name: Served(name, app, steps.another()) for name, app in apps.items()}
        for each in served.values():
            each.start()
            for path in ("/", "/login", "/productos", "/registro", "/recuperar", "/openapi.json", "/nada"):
                each.send(f"GET {path} HTTP/1.1\r\nHost: localhost")  # templates are compiled once
        yield served
        for each in served.values():
            each.stop()
    servers.close()


def long(what: str, size: int) -> str:
    """A text of TEXTS, so long in bytes."""
    begin, unit, end = TEXTS[what]
    return begin + unit * ((size - len(begin) - len(end)) // len(unit.encode())) + end


ANYBODYS = sorted(
    route for route, row in MATRIX.items() if "anonymous" in row.allowed or route[2] == "/api/webhooks/ticketera"
)


@pytest.mark.parametrize("route", [r for r in ANYBODYS if r[1] != "GET"], ids=" ".join)
def test_no_body_holds_the_loop(town: dict[str, Served], route: tuple[str, str, str]) -> None:
    app, method, rule = route
    head = f"{method} {_path(app, rule)} HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
    names = list((ROUTES[route].needs | ROUTES[route].may) if route in ROUTES else FIELDS)[:4]
    slow = []
    for what in TEXTS:
        for kind, body in _bodies(what, names, rule):
            took = town[app].longest(lambda kind=kind, body=body: town[app].send(head + kind, body))
            if took > MOST_S:
                slow.append(f"{what} as {kind[:40]}: {took * 1000:.0f} ms")
    assert not slow, "\n".join(slow)


def _bodies(what: str, names: list[str], rule: str) -> Iterator[tuple[str, bytes]]:
    text = long(what, BODY)
    if rule.startswith("/api/"):
        yield "application/json", text.encode()
        yield "application/json", json.dumps({name: text[: BODY // 8] for name in names}, ensure_ascii=False).encode()
        return
    field = quote(text[: BODY // 4], safe=';,:@-./ []{}"\\&=' if what == "pairs" else "")[: BODY - 50]
    yield "application/x-www-form-urlencoded", "&".join(f"{name}={field[: BODY // 4]}" for name in names).encode()
    yield "application/x-www-form-urlencoded", text.encode()
    yield "multipart/form-data; boundary=xx", b"--xx\r\n" + text.encode()
    head = f'--xx\r\nContent-Disposition: form-data; name="{names[0]}"\r\n\r\n'
    yield "multipart/form-data; boundary=xx", head.encode() + text.encode()[: BODY - 100] + b"\r\n--xx--\r\n"


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("app", ["ahorro", "ticketera"])
def test_no_header_holds_the_loop(town: dict[str, Served], app: str, header: str) -> None:
    slow = []
    upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    upgrade += "Sec-WebSocket-Version: 13"
    for what in TEXTS:
        value = long(what, HEAD).replace("\n", "\t")
        for first in (
            "GET /login HTTP/1.1\r\nHost: localhost",
            "POST /api/sesion HTTP/1.1\r\nHost: localhost",
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n{upgrade}",
        ):
            head = f"{first.replace('Host: localhost', '') if header == 'Host' else first}\r\n{header}: {value}"
            head = head.replace("\r\n\r\n", "\r\n")
            took = town[app].longest(lambda head=head: town[app].send(head))
            if took > MOST_S:
                slow.append(f"{what} on {first[:20]}: {took * 1000:.0f} ms")
    assert not slow, "\n".join(slow)


@pytest.mark.parametrize("route", [r for r in ANYBODYS if r[1] == "GET"], ids=" ".join)
def test_no_address_holds_the_loop(town: dict[str, Served], route: tuple[str, str, str]) -> None:
    app, _, rule = route
    slow = []
    for what in TEXTS:
        text = long(what, HEAD)
        bare = quote(text, safe='/:@;,.-~&=[]{}"\\%' if what == "percents" else "/:@;,.-~")[:HEAD]
        queries = [f"?{name}={bare}" for name in ("q", "volver", "token", "aviso")] if what != "lines" else []
        for path in (*(f"{_path(app, rule)}{query}" for query in queries[:3]), f"{_path(app, rule)}/{bare}"):
            head = f"GET {path} HTTP/1.1\r\nHost: localhost"
            took = town[app].longest(lambda head=head: town[app].send(head))
            if took > MOST_S:
                slow.append(f"{what} in {path[:30]}: {took * 1000:.0f} ms")
    assert not slow, "\n".join(slow)


def _path(app: str, rule: str) -> str:
    """A rule with something in it that may not exist: what it says then is a stranger's, too."""
    if "<" not in rule:
        return rule
    return PLACES[app, rule].format_map(_Any())


class _Any(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "a/b" if key == "enlace" else "1"


FRAMES = (
    "{}", "4{}", "42{}", '42["{}"]', '42["visto",{}]', '42["visto",{{"ticket_id":"{}"}}]',
    '42["recibido",{{"seq":{}}}]', '42["ubicacion",{{"lat":1,"lng":1,"en":"{}"}}]',
    "42/{},", "420{}", "40{}", "41/{}", "43{}", "451-{}", "3{}", "1{}",
)  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES)
def test_no_frame_holds_the_loop(town: dict[str, Served], frame: str) -> None:
    """Strangers have no socket; a phone that went mad has."""
    served = town["ticketera"]
    cookie = _log_in(served)
    slow = []
    for what in TEXTS:
        text = frame.format(long(what, BODY - 60))
        took = served.longest(lambda text=text: _say(served, cookie, text))
        if took > MOST_S:
            slow.append(f"{what}: {took * 1000:.0f} ms")
    assert not slow, "\n".join(slow)


def _log_in(served: Served) -> str:
    body = json.dumps({"email": "rita@belgrano.test", "password": PASSWORD}).encode()
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as line:
        head = "POST /api/sesion HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        head += f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        line.sendall(head.encode() + body)
        answer = b""
        while piece := line.recv(65_536):
            answer += piece
    cookie = next(each for each in answer.decode().split("\r\n") if each.lower().startswith("set-cookie:"))
    return cookie.partition(":")[2].partition(";")[0].strip()


def _say(served: Served, cookie: str, text: str) -> None:
    """Say one thing, and wait until it was heard."""
    url = f"ws://127.0.0.1:{served.port}/socket.io/?EIO=4&transport=websocket"
    with (
        contextlib.suppress(ConnectionClosed, TimeoutError),
        wsc.connect(
            url, additional_headers={"Cookie": cookie}, compression=None, proxy=None, open_timeout=60, close_timeout=1
        ) as line,
    ):
        line.recv(60)
        line.send("40")
        line.recv(60)
        line.send(text)
        line.send('429["visto",{"ticket_id":1}]')
        while not str(line.recv(20)).startswith("439"):
            pass
