"""What browsers hear: novedades, acuses, presencias and the pulso. The only module that emits.

`tell` runs on the loop with what a committed act left behind, act by act in the order of their commits, and never
waits. What is pushed here is also in the database: a push that is lost is noticed by the pulso and pulled.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import structlog

from ticketera.domain.events import Acuse, Novedad, Presencia
from ticketera.outlets.rooms import Rooms

TABLERO = "tablero"
AFTER_NOVEDAD_S = 3.0
IDLE_S = 28.0
TICK_S = 1.0
GATHER_S = 0.05
log = structlog.get_logger(__name__)

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
class Realtime:
    """Pushes to rooms, and the pulso that tells a listener its newest number."""

    rooms: Rooms
    positions: Positions
    watch_all: bool = False  # several processes: a novedad of another one may have been lost on its way here
    _beats: dict[str, _Beat] = field(default_factory=dict)
    _last: dict[int, int] = field(default_factory=dict)
    _presencias: dict[int, str] = field(default_factory=dict)

    def tell(self, events: Sequence[object]) -> None:
        """Push what one committed act left. Never waits, never raises."""
        for event in events:
            try:
                self._push(event)
            except Exception:
                log.exception("push_failed", event_type=type(event).__name__)

    def _push(self, event: object) -> None:
        if isinstance(event, Novedad):
            room = room_of(event.oyente)
            self.rooms.push(room, "novedad", event.cuerpo)
            self._last[event.oyente] = event.seq
            self._expect(room)
        elif isinstance(event, Acuse):
            self.rooms.push(TABLERO, "acuse", event.cuerpo)
        elif isinstance(event, Presencia):
            if not self._presencias:
                asyncio.get_running_loop().call_later(GATHER_S, self._flush)
            self._presencias[event.repartidor_id] = event.cuerpo

    def _flush(self) -> None:
        """Send the newest presencia of each repartidor: a burst of tickets is one change of who carries how many."""
        told, self._presencias = self._presencias, {}
        for cuerpo in told.values():
            self.rooms.push(TABLERO, "presencia", cuerpo)

    def _expect(self, room: str) -> None:
        beat = self._beats.setdefault(room, _Beat(0.0))
        if not beat.after_novedad:
            beat.due, beat.after_novedad = time.monotonic() + AFTER_NOVEDAD_S, True

    def pulso(self, room: str, epoca: str, seq: int) -> None:
        """Tell a room, or one socket by its sid, the listener's newest number."""
        self.rooms.push_here(room, "pulso", json.dumps({"epoca": epoca, "seq": seq}))

    async def welcome(self, sid: str, oyente: int) -> None:
        """The pulso of a socket that has just joined its room."""
        epoca, seqs = await self.positions([oyente])
        self.pulso(sid, epoca, seqs.get(oyente, 0))

    async def beat(self) -> None:
        """Send the pulsos that are due, for ever."""
        while True:
            await asyncio.sleep(TICK_S)
            try:
                await self._beat_once(time.monotonic())
            except Exception:
                log.exception("pulso_failed")

    async def _beat_once(self, now: float) -> None:
        here = self.rooms.rooms_here()
        self._beats = {room: self._beats.get(room) or _Beat(now + IDLE_S) for room in here}
        due = [room for room in here if self.watch_all or self._beats[room].due <= now]
        if not due:
            return
        epoca, seqs = await self.positions([listener_of(room) for room in due])
        for room in due:
            seq, beat = seqs.get(listener_of(room), 0), self._beats[room]
            if self.watch_all and seq > self._last.get(listener_of(room), seq):
                self._expect(room)
            self._last[listener_of(room)] = seq
            if beat.due <= now:
                self.pulso(room, epoca, seq)
                self._beats[room] = _Beat(now + IDLE_S)
