"""Seeded nonsense: whatever ours takes for a request h11 takes for the same one, and all of the body with it."""

import random

import h11
import pytest

from belgrano.server.http1.chunks import Chunks
from belgrano.server.http1.heads import Refused, is_hopeless, read_head

HEADS = [
    b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST /api/tickets HTTP/1.1\r\nHost: a.b:80\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n",
    b"PUT /x?a=%20 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    b"GET http://a/ HTTP/1.0\r\nAccept: */*\r\nConnection: close\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n",
]
FRAGMENTS = [
    b"\r\n", b"\n", b"\r", b" ", b"\t", b"\0", b":", b"\x0b", b"\x0c", b"\x85", b"\xa0", b"\xc3\xb1", b" folded\r\n",
    b"Content-Length: 3\r\n", b"Content-Length: 5, 5\r\n", b"Content-Length: +3\r\n", b"Content-Length: 0x3\r\n",
    b"Content-Length: " + b"9" * 22 + b"\r\n", b"Content-Length: -1\r\n", b"Content-Length:\r\n",
    b"Content-Length:\t3\t\r\n", b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip, chunked\r\n",
    b"transfer-encoding : chunked\r\n", b"Transfer-Encoding: xchunked\r\n", b"Transfer-Encoding:\x0bchunked\r\n",
    b"X: \x80\xff\r\n", b"X:\r\n", b"X: a\x01b\r\n", b"X: a\x7fb\r\n", b"Host: b\r\n", b"(X): 1\r\n", b"X Y: 1\r\n",
    b": 1\r\n", b"HTTP/1.0", b"HTTP/2.0", b"HTTP/0.9", b"HTTP/1.2", b"get", b"FOO", b"PRI", b"#f", b"//", b"\\", b'"',
    b"Connection: close\r\n", b"Connection: Upgrade\r\nUpgrade: websocket\r\n", b"Expect: 100-continue\r\n",
]  # fmt: skip
BODIES = [
    b"0\r\n\r\n", b"3\r\nabc\r\n0\r\n\r\n", b"A;x=1\r\n0123456789\r\n00\r\nX: y\r\n\r\n",
    b"1\r\na\r\n1\r\nb\r\n0\r\nX-A: 1\r\nX-B:\r\n\r\n",
]  # fmt: skip
IN_BODIES = [
    b"\r\n", b"\n", b"\r", b" ", b"0", b"0x", b"-", b"+", b";", b";\x00", b"f", b"0\r\n\r\n", b"1\r\n", b"\t",
    b"f" * 16, b" a: b\r\n", b"X : y\r\n", b"GET / HTTP/1.1\r\n",
]  # fmt: skip


def mangled(dice: random.Random, seeds: list[bytes], fragments: list[bytes]) -> bytes:
    """One of the seeds, with up to three things wrong."""
    raw = bytearray(dice.choice(seeds))
    for _ in range(dice.choice([0, 1, 1, 1, 2, 3])):
        at = dice.randrange(len(raw) + 1)
        match dice.randrange(3):
            case 0:
                raw[at:at] = dice.choice(fragments)
            case 1:
                del raw[at : at + dice.randrange(1, 4)]
            case _ if at < len(raw):
                raw[at] = dice.randrange(256)
    return bytes(raw)


def by_h11(raw: bytes) -> tuple[object, ...] | None:
    """Method, target, version, headers and the body's length (None: chunks) as h11 has them; None: refused."""
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(raw)
    try:
        event = connection.next_event()
    except h11.RemoteProtocolError:
        return None
    assert isinstance(event, h11.Request)
    fields = dict(event.headers)
    length = None if b"transfer-encoding" in fields else int(fields.get(b"content-length", 0))
    return event.method, event.target, event.http_version, list(event.headers), length


@pytest.mark.parametrize("seed", range(4))
def test_what_ours_takes_for_a_head_h11_takes_for_the_same(seed: int) -> None:
    dice, taken, stricter = random.Random(seed), 0, 0
    for _ in range(4_000):
        raw = mangled(dice, HEADS, FRAGMENTS)
        end = raw.find(b"\r\n\r\n") + 4
        if end < 4:
            continue
        theirs = by_h11(raw[:end])
        try:
            head = read_head(raw[:end])
        except Refused:
            stricter += theirs is not None
            continue
        # h11 writes an encoding in small letters.
        headers = [(n, v.lower() if n == b"transfer-encoding" else v) for n, v in head.headers]
        ours = (head.method.encode(), head.target, head.version.encode(), headers, head.length)
        assert ours == theirs, raw
        assert not is_hopeless(bytearray(raw[:end])), raw
        taken += 1

    assert taken > 1_000
    assert stricter < taken / 2  # what it is stricter about has tests by name


def whole_body(raw: bytes, cuts: list[int]) -> tuple[bytes, bytes] | None:
    """A body in chunks and what comes behind it, as ours reads it in pieces; None: refused or not whole."""
    chunks, buffer, body = Chunks(), bytearray(), b""
    for begin, end in zip([0, *cuts], [*cuts, len(raw)], strict=True):
        buffer += raw[begin:end]
        try:
            body += b"".join(chunks.take(buffer))
        except Refused:
            return None
    return (body, bytes(buffer)) if chunks.ended else None


def body_by_h11(raw: bytes) -> tuple[bytes, bytes] | None:
    connection = h11.Connection(h11.SERVER)
    connection.receive_data(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + raw)
    body = b""
    try:
        connection.next_event()
        while True:
            event = connection.next_event()
            if isinstance(event, h11.EndOfMessage):
                return body, connection.trailing_data[0]
            if not isinstance(event, h11.Data):
                return None
            body += bytes(event.data)
    except h11.RemoteProtocolError:
        return None


@pytest.mark.parametrize("seed", range(4))
def test_a_body_in_chunks_is_the_same_to_ours_however_it_is_cut_and_to_h11(seed: int) -> None:
    dice, taken, stricter = random.Random(seed), 0, 0
    for _ in range(4_000):
        raw = mangled(dice, BODIES, IN_BODIES) + dice.choice([b"", b"GET / HTTP/1.1\r\n"])
        ours = whole_body(raw, [])
        cuts = sorted(dice.randrange(len(raw) + 1) for _ in range(dice.randrange(4)))

        assert whole_body(raw, cuts) == ours, raw
        if ours is None:
            stricter += body_by_h11(raw) is not None
        else:
            assert ours == body_by_h11(raw), raw
            taken += 1

    assert taken > 1_000
    assert stricter < taken / 2
