"""Who is really calling."""

from typing import Any

import pytest
import structlog

from belgrano.http import peer
from belgrano.http.peer import address_of, header, is_at_this_machine, is_loopback, settle_peer
from belgrano.seldom import Seldom


def scope(client: str, kind: str = "http", **headers: str) -> dict[str, Any]:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": kind,
        "scheme": "ws" if kind == "websocket" else "http",
        "client": (client, 1234),
        "headers": [(b"host", b"own.example"), *named],
    }


def settled(hops: int, *args: Any, **kw: Any) -> dict[str, Any]:
    made = scope(*args, **kw)
    settle_peer(made, hops)
    return made


@pytest.mark.parametrize(
    ("hops", "forwarded", "address"),
    [
        (0, "9.9.9.9", "10.0.0.1"),
        (1, "9.9.9.9", "9.9.9.9"),
        (1, "1.1.1.1, 9.9.9.9", "9.9.9.9"),
        (2, "1.1.1.1, 9.9.9.9, 10.0.0.2", "9.9.9.9"),
        (2, "9.9.9.9", "10.0.0.1"),
        (1, "9.9.9.9:4711", "9.9.9.9"),
        (1, "[2001:db8::1]:4711", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_what_trusted_hops_appended_is_believed(hops: int, forwarded: str, address: str) -> None:
    assert address_of(settled(hops, "10.0.0.1", x_forwarded_for=forwarded)) == address


def test_scheme_and_host_come_from_trusted_hops_alone() -> None:
    told = {"x_forwarded_proto": "https", "x_forwarded_host": "shop.example"}

    alone = settled(0, "10.0.0.1", **told)
    behind = settled(1, "10.0.0.1", **told)
    socket = settled(1, "10.0.0.1", "websocket", **told)

    assert (alone["scheme"], header(alone, b"host")) == ("http", "own.example")
    assert (behind["scheme"], header(behind, b"host")) == ("https", "shop.example")
    assert socket["scheme"] == "wss"


def test_a_scheme_nobody_knows_is_not_taken() -> None:
    assert settled(1, "10.0.0.1", x_forwarded_proto="gopher")["scheme"] == "http"


@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_loopback(client: str) -> None:
    assert is_loopback(settled(0, client))


@pytest.mark.parametrize("client", ["10.0.0.1", "192.168.0.5", "::2", "", "localhost", "::ffff:10.0.0.1"])
def test_another_machine_is_not(client: str) -> None:
    assert not is_loopback(settled(0, client))


@pytest.mark.parametrize(
    "name",
    ["x_forwarded_for", "x_forwarded_host", "x_forwarded_proto", "x_real_ip", "forwarded", "x_forwarded_anything"],
)
@pytest.mark.parametrize("hops", [0, 1])
def test_a_request_that_passed_a_proxy_is_never_loopback(name: str, hops: int) -> None:
    assert not is_loopback(settled(hops, "127.0.0.1", **{name: "127.0.0.1"}))


def test_a_request_that_nobody_looked_at_is_not_loopback() -> None:
    assert not is_loopback(scope("127.0.0.1"))


@pytest.mark.parametrize(
    ("client", "host", "here"),
    [
        *(("127.0.0.1", host, True) for host in ("127.0.0.1:5000", "localhost:5000", "LOCALHOST", "127.8.8.8")),
        *(("::1", host, True) for host in ("[::1]:5000", "localhost")),
        *(("127.0.0.1", host, False) for host in ("evil.example", "evil.example:5000", "192.168.0.5:5000", "")),
        *(("127.0.0.1", host, False) for host in ("localhost.evil.example", "127.0.0.1.evil.example", "0.0.0.0:5000")),
        *(("192.168.0.7", host, False) for host in ("localhost:5000", "127.0.0.1:5000", "192.168.0.5:5000")),
    ],
)
def test_only_who_asks_at_this_machine_under_a_name_of_its_own_is_at_it(client: str, host: str, here: bool) -> None:
    asked = scope(client)
    asked["headers"] = [(b"host", host.encode())]
    settle_peer(asked, 0)

    assert is_at_this_machine(asked) is here


def test_a_proxy_that_is_not_believed_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "_distrusted", Seldom(float("inf")))

    with structlog.testing.capture_logs() as logged:
        for hops in (0, 0, 1):
            settled(hops, "10.0.0.1", x_forwarded_for="203.0.113.9")

    assert [each["event"] for each in logged] == ["proxy_not_trusted"]
