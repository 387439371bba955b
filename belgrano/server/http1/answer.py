"""An answer on its way to the wire: how its body is framed, and its head and body in one write."""

from collections.abc import Callable, Iterable


class Unfit(Exception):
    """What the app wants to answer is no HTTP."""


class Answer:
    """One answer, written by `write`.

    `stamp()` gives the lines that every answer has; `keeps` says whether another may follow on the connection, which
    the answer itself may rule out.
    """

    def __init__(
        self, write: Callable[[bytes], None], stamp: Callable[[], bytes], method: str, version: str, keeps: bool
    ) -> None:
        self._write, self._stamp = write, stamp
        self._bodyless = method == "HEAD"
        self._modern = version == "1.1"
        self.keeps = keeps
        self.begun = False  # something was written
        self.ended = False
        self._head: bytes | None = None  # that waits for the body
        self._chunked = False
        self._left: int | None = None  # of the length that was announced

    def start(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Take the head. One whose body is announced is kept until that comes, for it comes at once."""
        if self._head is not None or self.begun or not 200 <= status <= 999:
            raise Unfit("one head, of an answer")
        head = self._lines(status, headers)
        if self._left is None and not self._bodyless:
            self._put(head)
        else:
            self._head = head

    def body(self, data: bytes, more: bool) -> None:
        """Send a piece of the body."""
        if self.ended or (self._head is None and not self.begun):
            raise Unfit("a body of no answer")
        piece = self._framed(data, more)
        if self._head is not None:
            piece, self._head = self._head + piece, None
        if piece:
            self._put(piece)
        self.ended = not more

    def fail(self, status: int) -> None:
        """Answer with a status and nothing else, and say that the connection ends."""
        self._head = self._left = None
        self.keeps = False
        self.start(status, [(b"content-length", b"0")])
        self.body(b"", more=False)

    def _put(self, data: bytes) -> None:
        self.begun = True
        self._write(data)

    def _lines(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
        """The head, and with it how the body will be framed: as announced, in chunks, or by the connection's end."""
        lines = [b"HTTP/1.1 %d \r\n" % status]
        for name, value in headers:
            name = name.lower()
            if name == b"content-length":
                if not value.isdigit() or self._left is not None:
                    raise Unfit("a length is one number")
                self._left = int(value)
            elif name == b"connection":
                self.keeps = self.keeps and b"close" not in value.lower()
                continue
            elif name == b"transfer-encoding":
                continue
            lines.append(b"%b: %b\r\n" % (name, value))
        head = b"".join(lines)
        if head.count(b"\r") != len(lines) or head.count(b"\n") != len(lines) or b"\0" in head:
            raise Unfit("a line of the head has ends of its own")
        self._bodyless = self._bodyless or status in (204, 304)
        if self._left is None and not self._bodyless:
            self._chunked = self._modern
            self.keeps = self.keeps and self._modern
        framing = b"transfer-encoding: chunked\r\n" if self._chunked else b""
        if not self.keeps:
            framing += b"connection: close\r\n"
        return b"%b%b%b\r\n" % (head, framing, self._stamp())

    def _framed(self, data: bytes, more: bool) -> bytes:
        """A piece of the body as it goes out."""
        if self._bodyless:
            return b""
        if self._chunked:
            chunk = b"%x\r\n%b\r\n" % (len(data), data) if data else b""
            return chunk if more else chunk + b"0\r\n\r\n"
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0 or (self._left and not more):
                self.keeps = False
                raise Unfit("another length than was announced")
        return data
