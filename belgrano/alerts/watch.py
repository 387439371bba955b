"""Watches over an app from within: sees what is wrong every few seconds, keeps it, and tells people once.

Everything is one act a turn: the process's life is lengthened, incidents open and close, and their alerts are queued
in the same commit; sending them is a loop of its own for each way. Processes that share a database share its rows.
While the database itself is away a process judges alone and tells from memory, at most once; the rows take over when
it stores again.
"""

import asyncio
import logging
import os
import socket
import time
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from belgrano.alerts.message import compose, title
from belgrano.alerts.senses import Sense
from belgrano.alerts.ways import NotSent, Way, ways_of
from belgrano.database import incidents
from belgrano.database.base import Base
from belgrano.database.incidents import Incident, Turned
from belgrano.database.loops import Survived, every
from belgrano.database.work import Unavailable, Work
from belgrano.outbox import alerts
from belgrano.outbox.alerts import Message
from belgrano.outbox.outgoing import select_oldest
from belgrano.settings import Settings
from belgrano.words.ages import hace
from belgrano.words.times import MINUTO, now

TURN_S = 5.0
LIMIT_S = 8.0  # for the one act of a turn; longer than an act may wait for its place
FORGET_S = 24 * 60 * 60.0
OLD_MS = 5 * MINUTO  # of what waits to leave
# How long a cause has to be there, in s, before it is an incident; what is not named is one at once.
HOLD_S = {"sin_base": 8.0, "cola_vieja": 8.0, "otra_app": 60.0}
QUEUES = {"ahorro": "Hay pedidos que esperan llegar a Ticketera", "ticketera": "Hay avisos que esperan ir a la tienda"}
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Owed:
    """An alert that is told from memory."""

    way: str
    message: Message
    tries: int = 0
    again: float = 0.0  # of the monotonic clock
    flying: bool = False


class Watch:
    """One process's. `open` is what is wrong just now, for the pages of admins; `since` is when it was last looked."""

    def __init__(self, base: Base, settings: Settings, senses: Mapping[str, Sense]) -> None:
        self.open: tuple[Incident, ...] = ()
        self.looked_at = 0  # ms UTC; 0: not yet
        self._base, self._app, self._senses = base, settings.app, senses
        self._who = (socket.gethostname(), os.getpid())
        self._ways: Sequence[Way] = ways_of(settings)
        self._due = {way.name: asyncio.Event() for way in self._ways}
        self._since: dict[str, float] = {}  # when each cause was first seen, by the monotonic clock
        self._away_since = 0  # ms UTC
        self._owed: list[Owed] = []
        self._life = 0

    async def start(self) -> None:
        """Begin this process's life, once the database is open."""
        self._life = await self._base.do(incidents.begin_life, *self._who, self._base.alone)
        if self._base.alone:
            await self._base.do(alerts.release_alerts)
        self.open = await self._base.read(incidents.select_open)

    def loops(self) -> Sequence[Coroutine[Any, Any, None]]:
        """What goes on until the process ends."""
        return (
            every(TURN_S, self.turn, "watch"),
            every(FORGET_S, partial(self._base.do, incidents.forget), "old incidents"),
            *(self._deliver(way) for way in self._ways),
        )

    async def close(self) -> None:
        """End this process's life as it should end."""
        with suppress(Unavailable):
            await self._base.do(incidents.end_life, self._life)

    def said(self) -> list[dict[str, object]]:
        """What is open, as a page says it."""
        return [
            {"titulo": title(self._app, each.incidente), "detalle": each.detalle, "desde": each.desde}
            for each in self.open
        ]

    async def turn(self) -> None:
        """Look, keep, and wake whoever sends."""
        if not self._life:  # the database has been away since this process began
            self._cannot_store()
            return
        seen = await asyncio.to_thread(self._see)
        owed = [each for each in self._owed if not each.flying]
        try:
            async with asyncio.timeout(LIMIT_S):
                self._base.check_file()
                turned, due, at = await self._base.do(self._keep, seen, self._away_since, owed)
        except Exception as error:  # Whatever it is: nothing can be stored now.
            if not isinstance(error, Unavailable | TimeoutError):
                log.error("watch: a turn failed", exc_info=error)
            self._cannot_store()
            return
        self._since.pop("sin_base", None)
        self._away_since = 0
        self._owed = [each for each in self._owed if each not in owed]
        self.open, self.looked_at = turned.open, at
        for way in due & self._due.keys():
            self._due[way].set()

    def _see(self) -> dict[str, str]:
        seen: dict[str, str] = {}
        for incidente, sense in self._senses.items():
            with Survived(f"sense of {incidente}"):
                if (detalle := sense()) and self._lasts(incidente):
                    seen[incidente] = detalle
                elif not detalle:
                    self._since.pop(incidente, None)
        return seen

    def _lasts(self, incidente: str) -> bool:
        """Whether a cause that is there now has been there long enough."""
        since = self._since.setdefault(incidente, time.monotonic())
        known = any(each.incidente == incidente for each in self.open)  # a new process does not begin to count anew
        return known or time.monotonic() - since >= HOLD_S.get(incidente, 0.0)

    async def _keep(
        self, work: Work, seen: Mapping[str, str], away_since: int, owed: Sequence[Owed]
    ) -> tuple[Turned, set[str], int]:
        """The act of a turn; what it found, the ways that have something to send, and when it was."""
        self._life = await incidents.go_on(work, self._life, *self._who)
        turned = await incidents.turn(work, {**seen, **await self._old(work)}, away_since or None)
        for each in owed:
            await alerts.insert_alert(work, each.way, each.message)
        for fin, told in ((False, turned.begun), (True, turned.over)):
            for incident in told:
                message = compose(self._app, incident, work.ahora, fin=fin)
                for way in self._ways:
                    await alerts.insert_alert(work, way.name, message)
        return turned, await alerts.select_due(work), work.ahora

    async def _old(self, work: Work) -> dict[str, str]:
        """Whether what waits to leave has waited too long."""
        oldest = await select_oldest(work.con)
        if oldest is None or work.ahora - oldest <= OLD_MS:
            self._since.pop("cola_vieja", None)
        elif self._lasts("cola_vieja"):
            return {"cola_vieja": f"{QUEUES[self._app]}; el más viejo, {hace(oldest, work.ahora)}."}
        return {}

    def _cannot_store(self) -> None:
        """Judge alone: tell from memory, once, unless the rows knew of it already."""
        if not self._away_since:
            self._since["sin_base"] = time.monotonic()
            self._away_since = now()
        if any(each.incidente == "sin_base" for each in self.open) or not self._lasts("sin_base"):
            return
        incident = Incident("sin_base", "La base de datos no guarda lo que se le da.", self._away_since)
        self.open = (*self.open, incident)
        message = compose(self._app, incident, now())
        self._owed += [Owed(way.name, message) for way in self._ways]
        for due in self._due.values():
            due.set()

    async def _deliver(self, way: Way) -> None:
        """Send what one way has to, whenever there is something, for ever."""
        due = self._due[way.name]
        while True:
            await due.wait()
            due.clear()
            with Survived(f"alerts by {way.name}"):
                await self._send_all(way)

    async def _send_all(self, way: Way) -> None:
        for owed in [each for each in self._owed if each.way == way.name]:
            await self._send_owed(way, owed)
        while (waiting := await self._base.do(alerts.claim_alert, way.name)) is not None:
            if await _sent(way, waiting.message):
                await self._base.do(alerts.delete_alert, waiting.id)
            else:
                await self._base.do(alerts.postpone_alert, waiting)

    async def _send_owed(self, way: Way, owed: Owed) -> None:
        if time.monotonic() < owed.again or owed not in self._owed:
            return
        owed.flying = True
        if await _sent(way, owed.message):
            self._owed.remove(owed)
        else:
            owed.again = time.monotonic() + alerts.wait_after(owed.tries) / 1000
            owed.tries += 1
            asyncio.get_running_loop().call_later(alerts.wait_after(owed.tries) / 1000, self._due[way.name].set)
        owed.flying = False


async def _sent(way: Way, message: Message) -> bool:
    try:
        await way.send(message)
    except NotSent as error:
        log.warning("an alert could not leave by %s: %s", way.name, error)
        return False
    return True
