"""A connection that became a websocket: Hypercorn's own `WSStream`, without a task to read for it."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from hypercorn.protocol.events import Body, Data, EndBody, Event, Request, Response, StreamClosed
from hypercorn.protocol.ws_stream import WSStream

from belgrano.server.http1.answer import Answer
from belgrano.server.http1.heads import Head

STREAM = 1
_WSStream: Any = WSStream
MOST_MESSAGES = 10  # that wait for the app; then the client waits


class Upgraded:
    """Hands what comes to the stream, and what the stream says to the line."""

    def __init__(self, line: Any, head: Head) -> None:
        self._line = line
        self._answer = Answer(line.write, line.worker.stamp, "GET", "1.1", keeps=False)
        self._messages: asyncio.Queue[Any] = asyncio.Queue()
        self._reading = False
        self.task: asyncio.Task[None] | None = None
        worker = line.worker
        # It is given this in place of Hypercorn's group of tasks; of that it asks `spawn_app` alone.
        self._stream = _WSStream(
            line.app, line.config, worker.context, self, False, line.client, line.server, self._said, STREAM
        )
        self._handle(
            Request(
                stream_id=STREAM,
                headers=head.headers,
                http_version=head.version,
                method=head.method,
                raw_path=head.target,
                state=worker.state,
            )
        )

    @property
    def is_full(self) -> bool:
        """Whether the app is behind with what the client says."""
        return self._messages.qsize() > MOST_MESSAGES

    @property
    def transport(self) -> Any:
        """What it is spoken over."""
        return self._line.transport

    def take(self, data: bytes) -> None:
        """Bytes came."""
        self._handle(Data(stream_id=STREAM, data=data))

    def leave(self) -> None:
        """The client is gone."""
        self._handle(StreamClosed(stream_id=STREAM))
        # The stream says nothing where it has refused a frame that came before the app had accepted.
        self._messages.put_nowait({"type": "websocket.disconnect", "code": 1006})

    async def spawn_app(self, app: Any, config: Any, scope: Any, send: Any) -> Any:
        """What the stream asks of Hypercorn's group of tasks: have the app speak, and a way to tell it what came."""
        self.task = self._line.loop.create_task(self._speak(scope))
        return self._messages.put

    async def _speak(self, scope: Any) -> None:
        try:
            await self._line.app(scope, self._receive, self._stream.app_send)
        except Exception:
            await self._line.config.log.exception("Error in ASGI Framework")
        finally:
            await self._stream.app_send(None)

    async def _receive(self) -> Any:
        message = await self._messages.get()
        self._line.listen()
        return message

    def _handle(self, event: Event) -> None:
        """Have the stream handle it, now: nothing that it awaits here ever waits."""
        self._reading = True
        handling: Coroutine[Any, Any, None] = self._stream.handle(event)
        try:
            handling.send(None)
        except StopIteration:
            return
        finally:
            self._reading = False
        handling.close()
        raise RuntimeError("Hypercorn's stream waited for something")

    async def _said(self, event: Event) -> None:
        """Send what the stream says. While it reads nobody waits for the client: `Line.listen` has it wait for us."""
        line = self._line
        if isinstance(event, Data):
            line.write(event.data)
        elif isinstance(event, Response):
            if event.status_code == 101:
                lines = b"".join(b"%b: %b\r\n" % each for each in event.headers)
                line.write(b"HTTP/1.1 101 \r\n%b%b\r\n" % (lines, line.worker.stamp()))
            else:
                self._answer.start(event.status_code, event.headers)
        elif isinstance(event, Body):
            self._answer.body(event.data, more=True)
        elif isinstance(event, EndBody):
            self._answer.body(b"", more=False)
            line.close()
        elif isinstance(event, StreamClosed):
            await self._stream.handle(event)
            line.linger()
        if not self._reading:
            await line.drain()
