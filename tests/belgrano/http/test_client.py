"""What goes wrong between us and the other side is httpx's error; what is a fault of our own stays one."""

import socket
from collections.abc import AsyncIterator

import httpx
import pytest

from belgrano.http.client import address_of_peer, new_client


class Gone:
    """A connection whose other side has left, as asyncio describes it."""

    def get_extra_info(self, _info: str) -> None:
        return None


class Closed:
    """The same on uvloop, whose closed connections have no socket."""

    def get_extra_info(self, _info: str) -> object:
        nothing = None
        return nothing.getpeername()  # type: ignore[attr-defined]


async def test_an_attribute_that_our_own_code_lacks_is_no_broken_connection() -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b"{"
        nothing = None
        yield nothing.getvalue()  # type: ignore[attr-defined]

    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with new_client(url, timeout=httpx.Timeout(2.0), at_once=1) as client:
            with pytest.raises(AttributeError, match="getvalue"):
                await client.post("/", content=body())


@pytest.mark.parametrize("connection", [Gone(), Closed()])
def test_of_a_connection_that_is_gone_no_address_is_believed(connection: object) -> None:
    answer = httpx.Response(200, extensions={"network_stream": connection})

    with pytest.raises(httpx.ConnectError):
        address_of_peer(answer)
