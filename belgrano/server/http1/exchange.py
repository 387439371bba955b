"""One request and its answer, as ASGI has them."""

import asyncio
from collections import deque
from typing import Any
from urllib.parse import unquote

from belgrano.server.http1.answer import Answer, Unfit
from belgrano.server.http1.heads import Head

ENOUGH = 64 * 1024  # bytes of a body that nobody has asked for yet: more of it has to wait with the client


class Exchange:
    """A request under way: its body comes in by `take`, its answer goes out by `send`."""

    def __init__(self, line: Any, head: Head, answer: Answer) -> None:
        self.line, self.head, self.answer = line, head, answer
        self.whole = False  # all of the body is here
        self.gone = False  # the client is
        self._pieces: list[bytes] = []
        self._waiting = 0  # bytes in them
        self._told = False  # that all of it is here
        self._refused = False
        self._askers: deque[asyncio.Future[None]] = deque()

    @property
    def is_full(self) -> bool:
        """Whether no more of the body should be read for now."""
        return self._waiting > ENOUGH

    def take(self, piece: bytes) -> None:
        """A piece of the body came."""
        self._pieces.append(piece)
        self._waiting += len(piece)
        self._wake()

    def end_of_body(self) -> None:
        """All of the body came."""
        self.whole = True
        self._wake()

    def leave(self) -> None:
        """The client is gone, or as good as."""
        self.gone = True
        self._wake()

    def refuse(self, status: int) -> None:
        """What came as its body is none."""
        self._refused = True
        if not self.answer.begun:
            self.answer.fail(status)
        self.leave()

    def scope(self) -> dict[str, Any]:
        """The request as an app gets it."""
        head, line = self.head, self.line
        path, _, query = head.target.partition(b"?")
        return {
            "type": "http",
            "http_version": head.version,
            "asgi": {"spec_version": "2.1", "version": "3.0"},
            "method": head.method,
            "scheme": "http",
            "path": unquote(path.decode("ascii")) if b"%" in path else path.decode("ascii"),
            "raw_path": path,
            "query_string": query,
            "root_path": line.config.root_path,
            "headers": head.headers,
            "client": line.client,
            "server": line.server,
            "state": line.worker.state.copy(),
            "extensions": {},
        }

    async def run(self, app: Any) -> None:
        """Have the app answer; whatever it does, there is an answer or the connection ends."""
        try:
            await app(self.scope(), self.receive, self.send)
        except Exception:
            await self.line.config.log.exception("Error in ASGI Framework")
        finally:
            if not self.answer.ended:
                if self.answer.begun or self.gone:
                    self.answer.keeps = False
                else:
                    self.answer.fail(500)
            self.line.done(self)

    async def receive(self) -> dict[str, Any]:
        """The next message for the app: a piece of the body, its end, or that the client left."""
        while True:
            if not self._told and (self._pieces or self.whole):
                self._told = self.whole
                body = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
                self._pieces, self._waiting = [], 0
                if not self.whole:
                    self.line.listen()
                return {"type": "http.request", "body": body, "more_body": not self._told}
            if self.gone or self.answer.ended:
                return {"type": "http.disconnect"}
            asked = asyncio.get_running_loop().create_future()
            self._askers.append(asked)
            try:
                await asked
            finally:
                self._askers.remove(asked)

    async def send(self, message: dict[str, Any]) -> None:
        """Take a part of the answer, and wait while the client takes no more."""
        if self._refused:
            return  # and answered
        kind = message["type"]
        if kind == "http.response.start":
            self.answer.start(int(message["status"]), message.get("headers") or ())
        elif kind == "http.response.body":
            self.answer.body(bytes(message.get("body", b"")), bool(message.get("more_body")))
            if self.answer.ended:
                self._wake()
        else:
            raise Unfit(f"{kind} is no part of an answer")
        await self.line.drain()

    def _wake(self) -> None:
        for asked in self._askers:
            if not asked.done():
                asked.set_result(None)
