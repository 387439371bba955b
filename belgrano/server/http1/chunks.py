"""The body of a request that comes in chunks."""

import re

from belgrano.server.http1.heads import Refused


class Chunks:
    """A body that comes in chunks (RFC 9112, 7.1); trailers are read and dropped."""

    LINE = 4_096
    AT_ONCE = 2_000  # lines, before others have their turn

    _SIZE = re.compile(rb"([0-9A-Fa-f]{1,15})(?:;[\t\x20-\x7e]*)?\r\n")
    _TRAILER = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*\r\n")

    def __init__(self) -> None:
        self._left = 0  # of this chunk, its line's end with it
        self._trailers = self._trailed = 0
        self.ended = False
        self.hungry = True  # nothing can be taken before more comes

    def take(self, raw: bytearray) -> list[bytes]:
        """The pieces of the body at the beginning of `raw`, which are taken out of it. Raises Refused."""
        pieces: list[bytes] = []
        for _ in range(self.AT_ONCE):
            if self.ended or not raw or not (self._data(raw, pieces) if self._left else self._line(raw)):
                self.hungry = True
                return pieces
        self.hungry = False
        return pieces

    def _data(self, raw: bytearray, pieces: list[bytes]) -> bool:
        """Take what there is of this chunk; False where more has to come first."""
        if self._left > 2:
            piece = bytes(raw[: self._left - 2])
            del raw[: len(piece)]
            self._left -= len(piece)
            pieces.append(piece)
            return True
        if len(raw) < 2:
            return False
        if raw[:2] != b"\r\n":
            raise Refused
        del raw[:2]
        self._left = 0
        return True

    def _line(self, raw: bytearray) -> bool:
        """Take a chunk's size or a trailer; False where its end has to come first."""
        end = raw.find(b"\n", 0, self.LINE) + 1
        if not end:
            if len(raw) >= self.LINE:
                raise Refused
            return False
        line = bytes(raw[:end])
        del raw[:end]
        if not self._trailers:
            size = self._SIZE.fullmatch(line)
            if size is None:
                raise Refused
            self._left = int(size[1], 16) + 2
            if self._left == 2:
                self._left, self._trailers = 0, 1
        elif line == b"\r\n":
            self.ended = True
        else:
            self._trailed += end
            if self._trailed > self.LINE or not self._TRAILER.fullmatch(line):
                raise Refused
        return True
