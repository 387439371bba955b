"""How the apps ask others over HTTP: no proxy from the environment, and every failure is httpx's."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import httpx


class _Transport(httpx.AsyncBaseTransport):
    """httpx's transport; a connection that breaks as it opens raises ConnectError, whatever the loop makes of it.

    It is made for the first request: to read the authorities takes 40 ms, which a start has not got.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._made: httpx.AsyncHTTPTransport | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._made is None:
            limits = httpx.Limits(max_connections=self._at_once)
            self._made = httpx.AsyncHTTPTransport(trust_env=False, verify=_trusted(), limits=limits)
        with _broken_is_connect_error():
            return await self._made.handle_async_request(request)

    async def aclose(self) -> None:
        if self._made is not None:
            await self._made.aclose()


@cache
def _trusted() -> ssl.SSLContext:
    """Whom we believe; SSL_CERT_FILE names authorities of the operator's own."""
    return httpx.create_ssl_context()


def new_client(
    url: str = "", *, timeout: httpx.Timeout, at_once: int, headers: dict[str, str] | None = None
) -> httpx.AsyncClient:
    """A client for addresses below `url`, with at most `at_once` connections. It follows no redirect.

    What goes wrong between us and the other side is an `httpx.HTTPError`.
    """
    return httpx.AsyncClient(
        base_url=url,
        headers=headers,
        timeout=timeout,
        transport=_Transport(at_once),
        trust_env=False,
        follow_redirects=False,
    )


def address_of_peer(response: httpx.Response) -> str:
    """The address that an answer comes from, while its body is still to be read. Raises `httpx.ConnectError`."""
    with _broken_is_connect_error():
        where: tuple[str, int] | None = response.extensions["network_stream"].get_extra_info("server_addr")
    if where is None:
        raise httpx.ConnectError("the connection is closed")
    return where[0]


@contextmanager
def _broken_is_connect_error() -> Iterator[None]:
    """Raise `httpx.ConnectError` for what httpcore lets through when the peer resets a connection as it opens.

    Before the first byte httpcore looks at the connection, and anyio then asks the socket who its peer is. A socket
    that is gone answers with an OSError; uvloop has closed the connection by then and gives None instead of a socket.
    """
    try:
        yield
    except OSError as error:
        raise httpx.ConnectError(str(error)) from error
    except AttributeError as error:
        if error.obj is None and error.name == "getpeername":
            raise httpx.ConnectError("the connection was reset as it opened") from error
        raise
