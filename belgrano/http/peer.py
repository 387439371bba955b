"""Who is really calling: the true peer, behind a counted number of proxies.

Nothing a client writes is believed but what a trusted hop appended. A request that carries any forwarding
header is never "loopback", whoever is the peer.
"""

import ipaddress
import re
from collections.abc import Iterable, MutableMapping
from functools import lru_cache
from typing import Any

import structlog

from belgrano.seldom import Seldom

FORWARDED = "belgrano.forwarded"
ROUTE = "belgrano.route"  # in a request's scope: its rule, once the router has found one

# Labels of at most 63 characters: the router encodes what it gets as a name, and fails with a longer one.
_HOST = re.compile(r"(?:(?:[\w-]{1,63}\.)*[\w-]{1,63}\.?|\[[0-9a-fA-F:.]+\])(?::[0-9]{1,5})?", re.ASCII)
_FORWARDING = frozenset({b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-host", b"x-real-ip", b"forwarded"})

Scope = MutableMapping[str, Any]
_distrusted = Seldom(float("inf"))


def settle_peer(scope: Scope, hops: int) -> None:
    """Put the true client, scheme and host into an ASGI scope, believing `hops` proxies."""
    headers = scope["headers"]
    forwarded = any(name in _FORWARDING or name.startswith(b"x-forwarded-") for name, _ in headers)
    scope[FORWARDED] = forwarded
    if forwarded and hops == 0 and _distrusted.take() is not None:
        said = "BELGRANO_TRUSTED_PROXIES es 0: si hay un proxy delante, todos los clientes son una sola dirección."
        structlog.get_logger("belgrano.http.peer").warning("proxy_not_trusted", motivo=said)
    if forwarded and hops > 0:
        if address := _trusted(headers, b"x-forwarded-for", hops):
            scope["client"] = (_host_of(address), 0)
        proto = _trusted(headers, b"x-forwarded-proto", hops)
        if proto in {"http", "https"}:
            socket = scope["type"] == "websocket"
            scope["scheme"] = {"http": "ws", "https": "wss"}[proto] if socket else proto
        if host := _trusted(headers, b"x-forwarded-host", hops):
            kept = [(name, value) for name, value in headers if name != b"host"]
            scope["headers"] = [*kept, (b"host", host.encode("latin-1"))]


def names_a_host(scope: Scope) -> bool:
    """Whether the Host header, once settled, is one that a server can have; to say nothing is fine."""
    host = header(scope, b"host")
    return not host or (len(host) < 300 and _HOST.fullmatch(host) is not None)


def address_of(scope: Scope) -> str:
    """The true peer's address, as text."""
    client = scope.get("client")
    return str(client[0]) if client else ""


@lru_cache(4096)
def household(address: str) -> str:
    """Whom an address stands for: itself, or in IPv6 its /64, of which one client may have all."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)


def is_loopback(scope: Scope) -> bool:
    """Whether the caller sits on this very machine, with no proxy in between."""
    if scope.get(FORWARDED, True):
        return False
    try:
        address = ipaddress.ip_address(address_of(scope).partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def is_at_this_machine(scope: Scope) -> bool:
    """Whether somebody at this very machine asks for it under a name of its own.

    Another site may have its name lead here (DNS rebinding): then the browser is this machine's, and the Host is not.
    """
    host = (header(scope, b"host") or "").lower()
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    try:
        own = ipaddress.ip_address(name).is_loopback
    except ValueError:
        own = name.rstrip(".") == "localhost"
    return own and is_loopback(scope)


def header(scope: Scope, name: bytes) -> str | None:
    """One header's value; of several the first."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value.decode("latin-1"))
    return None


def _trusted(headers: Iterable[tuple[bytes, bytes]], name: bytes, hops: int) -> str | None:
    """What the outermost trusted proxy wrote: the `hops`-th value from the right."""
    values = [part.strip() for key, value in headers if key == name for part in value.decode("latin-1").split(",")]
    return values[-hops] if len(values) >= hops else None


def _host_of(address: str) -> str:
    """An address without the port that some proxies add."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address
