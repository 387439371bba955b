"""A peer that is killed just as a relay connects is away, and no fault of ours: on uvloop, as the apps are served."""

import asyncio
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from anyio._backends._asyncio import StreamProtocol

from ahorro.outlets.ticketera import Ticketera
from ahorro.outlets.vecina import Vecina
from belgrano.outbox.outgoing import Outgoing, Verdict
from ticketera.outlets.reportes import Reportes

uvloop = pytest.importorskip("uvloop")
RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends RST
SECRET = "whsec_c2VjcmV0IGZvciBhIHRlc3Q="


@contextmanager
def a_peer_that_is_killed_as_we_connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Its address. The reset is on this machine before the loop has gone on from the connection's being made."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def connection_made(self: StreamProtocol, transport: asyncio.Transport) -> None:
            made(self, transport)
            theirs, _ = listening.accept()
            theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            theirs.close()
            time.sleep(0.01)

        made = StreamProtocol.connection_made
        monkeypatch.setattr(StreamProtocol, "connection_made", connection_made)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.parametrize("outlet", [lambda url: Ticketera(url, "key"), lambda url: Reportes(url, SECRET)])
def test_a_relay_waits_for_a_peer_that_resets_the_connection_as_it_opens(
    outlet: Callable[[str], Ticketera | Reportes], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def send(url: str) -> Verdict:
        out = outlet(url)
        try:
            return await out.send(Outgoing(1, "PED-1", "PED-1", "{}", None, 0, 0))
        finally:
            await out.close()

    with a_peer_that_is_killed_as_we_connect(monkeypatch) as url:
        verdict: Verdict = uvloop.run(send(url))

    assert (verdict.kind, verdict.own) == ("retry", False)
    assert verdict.reason.endswith("no responde: cortó la conexión")


def test_a_neighbour_that_resets_the_connection_as_it_opens_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask(url: str) -> bool:
        vecina = Vecina(url)
        try:
            return await vecina.esta()
        finally:
            await vecina.close()

    with a_peer_that_is_killed_as_we_connect(monkeypatch) as url:
        assert not uvloop.run(ask(url))
