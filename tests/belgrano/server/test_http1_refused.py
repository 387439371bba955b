"""What is no request, or more than one to who reads it otherwise, reaches nobody."""

from collections.abc import AsyncIterator

import pytest

from tests.belgrano.server.test_http1 import GET, WAYS, get
from tests.belgrano.server.wire import Server, serving


@pytest.fixture(params=list(WAYS))
async def served(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    async with serving(lean=WAYS[request.param]) as made:
        yield made


async def test_a_head_that_is_too_large_is_refused(served: Server) -> None:
    client = await served.open()
    with_end = get("/echo", "1.1", "GET", *(f"X-{n}: {'x' * 900}" for n in range(45)))

    await client.send(*(with_end[at : at + 9_000] for at in range(0, 36_000, 9_000)))

    assert (await client.answer()).status == 431
    assert served.app.requests == []


MALFORMED = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc", b"GET\r\n\r\n", b"GET /\r\n\r\n", b"GET / HTTP/2.0\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", b"GET / FTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nX\x00: b\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n",
    b"GET  / HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /\xc3\xb1 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: five\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello", b"\r\n" + GET,
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
]  # fmt: skip


@pytest.mark.parametrize("raw", MALFORMED)
async def test_what_is_no_request_is_a_400_and_reaches_nobody(served: Server, raw: bytes) -> None:
    client = await served.open(raw + GET)

    assert (await client.answer()).status == 400
    assert await client.rest() == b""
    assert served.app.requests == []


POSTED = b"POST /echo HTTP/1.1\r\nHost: a\r\n"
SECOND = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
TWO_READINGS = {
    "CL.TE": POSTED + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX" + SECOND,
    "TE.CL": POSTED + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n" + SECOND,
    "TE.TE": POSTED + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + SECOND,
    "TE twice": POSTED + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND,
    "TE, other": POSTED + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + SECOND,
    "TE, odd": POSTED + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SECOND,
    "TE, blank": POSTED + b"Transfer-Encoding:\x0bchunked\r\n\r\n0\r\n\r\n" + SECOND,
    "CL twice": POSTED + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" + SECOND,
    "CL list": POSTED + b"Content-Length: 5, 5\r\n\r\nhello" + SECOND,
    "CL hidden": POSTED + b"Content-Length: 0\r\nX: a\nContent-Length: 40\r\n\r\n" + SECOND,
    "bare LF": b"POST /echo HTTP/1.1\nHost: a\nContent-Length: 40\n\n" + SECOND,
    "bare CR": POSTED + b"X: a\rTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n" + SECOND,
    "fold": POSTED + b"X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n" + SECOND,
    "folded TE": POSTED + b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 40\r\n\r\n" + SECOND,
    "TE in 1.0": b"POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SECOND,
    "CONNECT": b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n" + SECOND,
}


@pytest.mark.parametrize("name", list(TWO_READINGS))
async def test_what_a_proxy_may_read_otherwise_is_refused_by_ours(name: str) -> None:
    """h11 takes some of these, each in one way: then it is the proxy that must not take them in another."""
    async with serving(lean=True) as served:
        client = await served.open(TWO_READINGS[name])

        assert (await client.answer()).status in (400, 501)
        assert await client.rest() == b""
        assert served.app.requests == []


BROKEN_CHUNKS = [
    b"xyz\r\nabc\r\n", b"3\r\nabcd\r\n", b"3 \n", b"-1\r\n", b"3\nabc\n", b"0x3\r\nabc\r\n", b"\r\n",
    b"3\r\nabc0\r\n\r\n", b"f" * 30 + b"\r\n", b"3;" + b"e" * 70_000,
]  # fmt: skip


@pytest.mark.parametrize("chunks", BROKEN_CHUNKS)
async def test_chunks_that_are_none_end_the_connection_and_the_app_hears_no_end_of_the_body(
    served: Server, chunks: bytes
) -> None:
    client = await served.open(
        get("/echo", "1.1", "POST", "Transfer-Encoding: chunked") + b"2\r\nok\r\n", chunks + SECOND
    )

    assert (await client.answer()).status in (400, 431)
    assert await client.rest() == b""
    assert ("GET", "/smuggled") not in served.app.requests
