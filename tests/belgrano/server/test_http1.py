"""HTTP/1.1 as it is served, by ours and by Hypercorn's own alike; where ours is stricter it says so."""

import asyncio
from collections.abc import AsyncIterator

import hypercorn.protocol
import pytest

from belgrano.server.connections import teach_hypercorn
from tests.belgrano.server.wire import BIG, PIECES, Server, serving
from tests.people import until

WAYS = {"ours": True, "hypercorn": False}
GET = b"GET /a%20b?x=1&y=%C3%B1 HTTP/1.1\r\nHost: shop.test\r\nX-Thing:  two words \r\n\r\n"
POST = b"POST /echo HTTP/1.1\r\nHost: shop.test\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = (
    b"POST /echo HTTP/1.1\r\nHost: shop.test\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"3\r\nabc\r\nA;ext=1\r\n0123456789\r\n0\r\nX-Trailer: t\r\n\r\n"
)


def get(path: str, version: str = "1.1", method: str = "GET", *lines: str) -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/{version}", "Host: shop.test", *lines, "", ""]).encode()


@pytest.fixture(params=list(WAYS))
async def served(request: pytest.FixtureRequest) -> AsyncIterator[Server]:
    async with serving(lean=WAYS[request.param]) as made:
        yield made


@pytest.fixture(params=list(WAYS))
def lean(request: pytest.FixtureRequest) -> bool:
    return WAYS[request.param]


async def test_a_request_reaches_the_app_as_it_was_sent(served: Server) -> None:
    told = (await served.ask(GET)).json()

    assert (told["method"], told["path"], told["query"], told["version"]) == ("GET", "/a b", "x=1&y=%C3%B1", "1.1")
    assert told["headers"] == [["host", "shop.test"], ["x-thing", "two words"]]
    assert (await served.ask(POST)).json()["body"] == "hello"
    assert (await served.ask(CHUNKED)).json()["body"] == "abc0123456789"


@pytest.mark.parametrize("raw", [GET, POST, CHUNKED])
async def test_a_request_that_is_cut_anywhere_is_the_same_request(served: Server, raw: bytes) -> None:
    whole = (await served.ask(raw)).json()

    client = await served.open()
    for cut in range(1, len(raw)):
        await client.send(raw[:cut], raw[cut:], pause=0.001)
        assert (await client.answer()).json() == whole


async def test_requests_in_one_packet_are_answered_in_their_order(served: Server) -> None:
    client = await served.open(GET + POST + CHUNKED + get("/pieces") + get("/nothing") + POST)

    assert (await client.answer()).json()["path"] == "/a b"
    assert (await client.answer()).json()["body"] == "hello"
    assert (await client.answer()).json()["body"] == "abc0123456789"
    assert (await client.answer()).body == b"one,two"
    assert (await client.answer()).status == 204
    assert (await client.answer()).json()["body"] == "hello"


async def test_thousands_of_requests_in_one_packet_are_each_answered_once(served: Server) -> None:
    client = await served.open()
    sending = asyncio.create_task(client.send(get("/nothing") * 3_000))

    for _ in range(3_000):
        assert (await client.answer()).status == 204
    await sending
    assert len(served.app.requests) == 3_000


async def test_an_answer_without_a_length_comes_in_chunks_and_its_head_waits_for_nothing(served: Server) -> None:
    got = await served.ask(get("/pieces"))
    client = await served.open(get("/head_first"))
    status, headers = await client.head()
    served.app.go.set()

    assert (got.body, got.headers["transfer-encoding"]) == (b"one,two", "chunked")
    assert (status, headers["transfer-encoding"]) == (200, "chunked")


async def test_who_waits_for_a_word_before_the_body_gets_it(served: Server) -> None:
    client = await served.open(get("/echo", "1.1", "POST", "Content-Length: 5", "Expect: 100-continue"))

    assert (await client.head())[0] == 100
    await client.send(b"hello")
    assert (await client.answer()).json()["body"] == "hello"


async def test_a_client_of_before_gets_one_answer_whose_end_is_the_connections(served: Server) -> None:
    echo = await served.open(get("/echo", "1.0", "GET", "Connection: keep-alive"))
    pieces = await served.open(get("/pieces", "1.0"))

    assert (await echo.answer()).json()["version"] == "1.0"
    assert await echo.rest() == b""
    got = await pieces.answer()
    assert got.body == b"one,two"
    assert "transfer-encoding" not in got.headers


@pytest.mark.parametrize(("path", "method"), [("/echo", "HEAD"), ("/pieces", "HEAD"), ("/nothing", "GET")])
async def test_an_answer_that_has_no_body_has_none(served: Server, path: str, method: str) -> None:
    client = await served.open(get(path, "1.1", method) + POST)

    assert (await client.answer("HEAD")).status in (200, 204)
    assert (await client.answer()).json()["body"] == "hello"


async def test_who_says_close_is_closed_and_so_is_who_has_had_enough(lean: bool) -> None:
    async with serving(lean=lean, keep_alive_max_requests=3) as served:
        polite = await served.open(get("/echo", "1.1", "GET", "Connection: close"))
        assert (await polite.answer()).headers["connection"] == "close"
        assert await polite.rest() == b""

        client = await served.open(GET * 4)
        said = [(await client.answer()).headers.get("connection") for _ in range(3)]
        assert said == [None, None, "close"]
        assert await client.rest() == b""


async def test_a_head_that_drips_and_a_client_that_is_silent_are_cut(lean: bool) -> None:
    async with serving(lean=lean, keep_alive_timeout=0.4) as served:
        silent, again = await served.open(), await served.open(GET)
        await again.answer()
        dripping = await served.open()

        async def drip() -> None:
            for byte in GET * 20:
                dripping.writer.write(bytes([byte]))
                await asyncio.sleep(0.02)

        dripper = asyncio.create_task(drip())
        for client in (silent, again, dripping):
            assert await client.rest(5) == b""
        dripper.cancel()
        assert served.app.requests == [("GET", "/a b")]


async def test_who_says_nothing_for_too_long_has_left_as_far_as_the_app_knows(lean: bool) -> None:
    async with serving(lean=lean, read_timeout=0.3) as served:
        body = await served.open(get("/echo", "1.1", "POST", "Content-Length: 5"), b"he")
        stream = await served.open(get("/until_left"))

        await body.rest(5)
        await stream.rest(5)
        assert sorted(served.app.ended) == ["/echo", "/until_left"]
        assert await served.empty()


@pytest.mark.parametrize("raw", [GET, POST, CHUNKED, get("/pieces"), get("/slow"), get("/until_left")])
async def test_a_client_that_hangs_up_at_any_byte_leaves_nothing_behind(lean: bool, raw: bytes) -> None:
    async with serving(lean=lean, keep_alive_timeout=1.0) as served:
        for cut in range(0, len(raw) + 1, 3):
            client = await served.open(raw[:cut])
            await asyncio.sleep(0.002)
            if cut % 2:
                client.writer.transport.abort()
            else:
                client.writer.close()
        served.app.go.set()

        assert await served.empty()
        assert (await served.ask(GET)).status == 200


async def test_the_app_hears_that_the_client_left(served: Server) -> None:
    client = await served.open(get("/until_left"))
    while not served.app.requests:
        await asyncio.sleep(0.01)

    client.writer.close()

    assert await until(lambda: served.app.ended == ["/until_left"])


async def test_an_answer_before_the_body_ends_the_connection(served: Server) -> None:
    client = await served.open(get("/early", "1.1", "POST", "Content-Length: 100000") + b"x" * 10)

    assert (await client.answer()).status == 413
    assert await client.rest() == b""


@pytest.mark.parametrize("path", ["/silent", "/breaks", "/injects"])
async def test_an_app_that_has_no_answer_is_a_500(served: Server, path: str) -> None:
    client = await served.open(get(path))

    got = await client.answer()

    assert got.status == 500
    assert "x-injected" not in got.headers
    assert await client.rest() == b""


@pytest.mark.parametrize("path", ["/breaks_half_way", "/announces/4", "/announces/9"])
async def test_an_answer_that_breaks_off_is_seen_to(served: Server, path: str) -> None:
    client = await served.open(get(path) + get("/smuggled"))

    said = await client.rest()

    assert not said.endswith(b"0\r\n\r\n")
    assert ("GET", "/smuggled") not in served.app.requests


async def test_a_client_that_does_not_read_has_the_app_wait(served: Server) -> None:
    client = await served.open(get("/flood"))
    client.reader._transport.pause_reading()  # type: ignore[attr-defined]
    sent = -1
    while sent != served.app.sent:
        sent = served.app.sent
        await asyncio.sleep(0.2)

    assert sent < 15_000_000  # what the system keeps, and no more
    client.reader._transport.resume_reading()  # type: ignore[attr-defined]
    assert len((await client.answer()).body) == PIECES * len(BIG)


async def test_an_app_that_does_not_read_has_the_client_wait(served: Server) -> None:
    client = await served.open(get("/slow", "1.1", "POST", "Content-Length: 100000000"))
    sent = 0

    async def pour() -> None:
        nonlocal sent
        while sent < 100_000_000:
            await client.send(b"x" * 50_000)
            sent += 50_000

    pouring = asyncio.create_task(pour())
    seen = -1
    while seen != sent:
        seen = sent
        await asyncio.sleep(0.2)

    assert seen < 20_000_000
    pouring.cancel()


async def test_at_the_end_who_waits_for_nothing_is_let_go_and_who_waits_gets_the_answer(served: Server) -> None:
    idle, waiting = await served.open(GET), await served.open(get("/slow"))
    await idle.answer()

    await served.context.terminated.set()

    assert await idle.rest(5) == b""
    served.app.go.set()
    assert (await waiting.answer()).body == b"slow"
    assert await waiting.rest(5) == b""


async def test_what_only_hypercorn_itself_can_do_it_does() -> None:
    async with serving(lean=True, server_names=["shop.test"]) as served:
        elsewhere = await served.ask(GET.replace(b"shop.test", b"other.test"))

        assert elsewhere.status == 404
        assert served.app.requests == []


def test_another_hypercorn_is_seen_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hypercorn.protocol, "H11Protocol", object)

    with pytest.raises(RuntimeError, match="pyproject"):
        teach_hypercorn()
