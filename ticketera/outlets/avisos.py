"""Notices to phones whose screen is off: a ticket's id, through the browser's push service. A hint and nothing more.

What is told is in the database and is pulled when the phone wakes; so what does not fit the queue, or does not go out
at the second try, is dropped. A phone that is awake says within moments that it has the ticket, and is left alone;
whether a socket is open would say less: that of a phone that fell asleep stays open for a while.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

import httpx
import structlog

from belgrano.http.client import new_client
from belgrano.http.webpush import Keys, Vapid, encrypt
from ticketera.domain.avisos import Suscripcion
from ticketera.domain.events import Novedad
from ticketera.domain.novedades import ASIGNADO

WAIT_S = 3.0
WAITING = 1_000
TRIES = 2
AGAIN_S = 1.0
TTL_S = 300  # later the phone has been looked at, or the ticket moved
TIMEOUT = httpx.Timeout(5.0, connect=3.0)
PATIENCE_S = 6.0  # for a whole answer: one that comes drop by drop is never silent
AT_ONCE = 8  # tickets; a service that hangs holds up those of its own browsers
GONE = frozenset({404, 410})
log = structlog.get_logger(__name__)


class Avisos:
    """Posts to push services, some tickets at once.

    `find(repartidor_id, ticket_id)` says where to post, if that phone does not have the ticket; `forget(endpoint)` is
    told of browsers that are gone.
    """

    def __init__(
        self,
        vapid: Vapid,
        find: Callable[[int, int], Awaitable[list[Suscripcion]]],
        forget: Callable[[str], Awaitable[None]],
    ) -> None:
        self._vapid, self._find, self._forget = vapid, find, forget
        self._waiting: asyncio.Queue[tuple[float, int, int]] = asyncio.Queue(WAITING)
        self._client = new_client(timeout=TIMEOUT, at_once=100)

    def tell(self, events: Sequence[object]) -> None:
        """Note who was given a ticket. Never waits."""
        for event in events:
            if isinstance(event, Novedad) and event.tipo == ASIGNADO and not self._waiting.full():
                self._waiting.put_nowait((time.monotonic() + WAIT_S, event.oyente, event.cambio["ticket_id"]))

    async def run(self) -> None:
        """Post what waits, for ever."""
        await asyncio.gather(*(self._work() for _ in range(AT_ONCE)))

    async def _work(self) -> None:
        while True:
            due, repartidor_id, ticket_id = await self._waiting.get()
            await asyncio.sleep(due - time.monotonic())
            try:
                found = await self._find(repartidor_id, ticket_id)
                await asyncio.gather(*(self._send(each, ticket_id) for each in found))
            except Exception as error:
                log.warning("aviso_failed", error=type(error).__name__)

    async def _send(self, to: Suscripcion, ticket_id: int) -> None:
        """Post one message; a browser that is gone is forgotten."""
        service = urlsplit(to.endpoint).hostname
        for left in reversed(range(TRIES)):
            try:
                status = await self._post(to, ticket_id)
            except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError, UnicodeError) as error:
                why = type(error).__name__
            else:
                if status < 300:
                    return
                if status in GONE:
                    return await self._forget(to.endpoint)
                why = str(status)
                if status < 500 and status != 429:
                    break
            if left:
                await asyncio.sleep(AGAIN_S)
        log.warning("aviso_not_taken", push_service=service, why=why)

    async def _post(self, to: Suscripcion, ticket_id: int) -> int:
        headers = {
            "authorization": self._vapid.authorization(to.endpoint, time.time()),
            "content-type": "application/octet-stream",
            "content-encoding": "aes128gcm",
            "ttl": str(TTL_S),
            "urgency": "high",
            "topic": f"ticket-{ticket_id}",  # a newer one takes the place of one that still waits
        }
        content = encrypt(json.dumps({"ticket_id": ticket_id}).encode(), Keys(to.p256dh, to.auth))
        # Streamed, so that a service's long answer is not read.
        async with (
            asyncio.timeout(PATIENCE_S),
            self._client.stream("POST", to.endpoint, headers=headers, content=content) as response,
        ):
            return response.status_code

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
