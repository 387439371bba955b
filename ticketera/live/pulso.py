"""The pulso: tells each listener its newest number now and then, so that a novedad that was lost is noticed.

It comes three seconds after a novedad and about every half minute of quiet, one question to the database for many
rooms.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from belgrano.database.work import Unavailable
from ticketera.live.eco import TABLERO
from ticketera.live.rooms import Rooms

AFTER_NOVEDAD_S = 3.0
IDLE_S = 28.0
SLICE = 50  # rooms at once: a thousand pulsos in one turn of the loop would hold up a ticket

# What the newest numbers are: the epoca, and the seq of each listener asked for (0 is the tablero).
Positions = Callable[[list[int]], Awaitable[tuple[str, dict[int, int]]]]


def room_of(oyente: int) -> str:
    """The room of a listener: 0 is the tablero, anything else a repartidor's id."""
    return f"repartidor:{oyente}" if oyente else TABLERO


def listener_of(room: str) -> int:
    """The listener whose room this is."""
    return int(room.partition(":")[2] or 0)


@dataclass
class _Beat:
    """When a room's listeners next hear a pulso."""

    due: float
    after_novedad: bool = False


@dataclass
class Pulso:
    """The pulsos of the rooms of this process.

    `say(room, text)` tells a room, or one socket by its sid.
    """

    rooms: Rooms
    positions: Positions
    say: Callable[[str, str], None]
    watch_all: bool = False  # several processes: a novedad of another one may have been lost on its way here
    _beats: dict[str, _Beat] = field(default_factory=dict)
    _last: dict[int, int] = field(default_factory=dict)  # by listener: the newest number that was told
    _epoca: str = ""
    _newcomers: list[tuple[str, int]] = field(default_factory=list)
    _greeting: asyncio.Task[None] | None = None

    def after(self, oyente: int, seq: int) -> None:
        """A listener was told this number; its pulso comes soon."""
        self._last[oyente] = seq
        self._expect(room_of(oyente))

    def welcome(self, sid: str, oyente: int) -> None:
        """The pulso of a socket that has just joined its room; a thousand at once share their looks at the database."""
        self._newcomers.append((sid, oyente))
        if self._greeting is None or self._greeting.done():
            self._greeting = asyncio.create_task(self._greet())

    async def beat(self, now: float) -> None:
        """Send the pulsos that are due, by a monotonic clock."""
        here = self.rooms.rooms_here()
        self._beats = {room: self._beats.get(room) or _Beat(now + _idle()) for room in here}
        due = [room for room in here if self.watch_all or self._beats[room].due <= now]
        for start in range(0, len(due), SLICE):
            await self._beat_some(due[start : start + SLICE], now)

    async def _beat_some(self, rooms: list[str], now: float) -> None:
        epoca, seqs = await self.positions([listener_of(room) for room in rooms])
        self._in_epoca(epoca)
        for room in rooms:
            oyente = listener_of(room)
            seq = seqs.get(oyente, 0)
            if room in self._beats and self._beats[room].due <= now:
                self._say(room, epoca, seq)
                self._beats[room] = _Beat(now + _idle())
            # Not yet told: what was pushed while the database was asked, or what another process pushed.
            if self._last.get(oyente, seq) != seq:
                self._expect(room)
            self._last[oyente] = max(self._last.get(oyente, seq), seq)

    async def _greet(self) -> None:
        while self._newcomers:
            newcomers, self._newcomers = self._newcomers, []
            try:
                epoca, seqs = await self.positions(list({oyente for _, oyente in newcomers}))
            except Unavailable:
                return  # they pull on every connect, and the next pulso is not far
            self._in_epoca(epoca)
            for sid, oyente in newcomers:
                self._say(sid, epoca, seqs.get(oyente, 0))
                self._last.setdefault(oyente, seqs.get(oyente, 0))

    def _say(self, room: str, epoca: str, seq: int) -> None:
        self.say(room, json.dumps({"epoca": epoca, "seq": seq}))

    def _expect(self, room: str) -> None:
        beat = self._beats.setdefault(room, _Beat(0.0))
        if not beat.after_novedad:
            beat.due, beat.after_novedad = time.monotonic() + AFTER_NOVEDAD_S, True

    def _in_epoca(self, epoca: str) -> None:
        """What was told in another epoca says nothing about this one."""
        if epoca != self._epoca:
            self._epoca, self._last = epoca, {}


def _idle() -> float:
    """Seconds of quiet until a pulso: never the same for all, or a thousand phones would be due at one moment."""
    return IDLE_S * random.uniform(0.7, 1.0)  # noqa: S311
