"""The head of a request, read strictly: what two readers could understand differently is refused."""

import re
from dataclasses import dataclass

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

MOST_DIGITS = 18  # of a length: a number that fits everywhere

_FIRST_LINE = re.compile(rb"[A-Z-]+ [\x21-\x7e]+ HTTP/1\.[01]\r\n")  # the parser takes blanks by the dozen
_BARE_LF = re.compile(rb"(?<!\r)\n")
_BARE_CR = re.compile(rb"\r(?=[^\n])")


class Refused(Exception):
    """What came is no request; `status` is what there is to say to it."""

    def __init__(self, status: int = 400) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class Head:
    """A request's head. `length` is its body's, None where that comes in chunks; header names in small letters."""

    method: str
    target: bytes
    version: str
    headers: list[tuple[bytes, bytes]]
    length: int | None = 0
    keeps: bool = True  # whether the client takes another answer on this connection
    upgrade: bool = False  # to a websocket
    waits: bool = False  # for a word before it sends the body


class _Heard:
    """What the parser calls."""

    def __init__(self) -> None:
        self.target = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.begun = 0
        self.whole = False

    def on_message_begin(self) -> None:
        self.begun += 1

    def on_url(self, part: bytes) -> None:
        self.target += part

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value.strip(b" \t")))

    def on_headers_complete(self) -> None:
        self.whole = True


def read_head(raw: bytes) -> Head:
    """The head that `raw` is, from its first letter to the empty line. Raises Refused."""
    if not _FIRST_LINE.match(raw):
        raise Refused
    heard = _Heard()
    parser = HttpRequestParser(heard)
    try:
        parser.feed_data(raw)
    except HttpParserUpgrade:
        pass  # to what, is for us to say; a CONNECT names no target of ours
    except HttpParserError:
        raise Refused from None
    method = parser.get_method().decode("ascii")
    if not heard.whole or heard.begun != 1 or method == "CONNECT":
        raise Refused
    return _understood(Head(method, heard.target, parser.get_http_version(), heard.headers))


def is_hopeless(begun: bytearray, looked: int = 0) -> bool:
    """Whether no head can begin like this, however it goes on: then nobody waits for its end.

    So far as it was `looked` at before it was fine.
    """
    since = max(0, looked - 1)
    return not 0x41 <= begun[0] <= 0x5A or bool(_BARE_LF.search(begun, since) or _BARE_CR.search(begun, since))


def _understood(head: Head) -> Head:
    """The head with what its headers say of the connection and of the body."""
    hosts, length, encoded, connection, upgrade = 0, None, False, b"", b""
    for name, value in head.headers:
        if name == b"host":
            hosts += 1
        elif name == b"content-length":
            if length is not None or not value.isdigit() or len(value) > MOST_DIGITS:
                raise Refused
            length = int(value)
        elif name == b"transfer-encoding":
            if encoded:
                raise Refused
            if value.lower() != b"chunked":
                raise Refused(501)
            encoded = True
        elif name == b"connection":
            connection += b"," + value.lower()
        elif name == b"upgrade":
            upgrade = value.lower()
        elif name == b"expect":
            head.waits = value.lower() == b"100-continue"
    modern = head.version == "1.1"
    if hosts > 1 or (modern and not hosts) or (encoded and (length is not None or not modern)):
        raise Refused
    head.length = None if encoded else length or 0
    head.waits = head.waits and modern and head.length != 0
    tokens = [token.strip() for token in connection.split(b",")] if connection else ()
    head.keeps = modern and b"close" not in tokens
    head.upgrade = upgrade == b"websocket" and head.method == "GET" and b"upgrade" in tokens
    return head
