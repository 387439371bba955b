"""What browsers hear: novedades, acuses, presencias and the pulso. The only module that emits.

`tell` runs on the loop with what a committed act left behind, act by act in the order of their commits, and never
waits. What is pushed here is also in the database: a push that is lost is noticed by the pulso and pulled, and what has
no number is compared once a second with what was said (`eco.py`), where other processes may have changed it.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog
from prometheus_client import Histogram

from belgrano.database.loops import every
from belgrano.database.work import Unavailable
from ticketera.domain.events import Acuse, Ajustes, Novedad, Ofertas, Presencia
from ticketera.live.eco import TABLERO, Eco, SinNumero
from ticketera.live.rooms import Rooms
from ticketera.wire.novedad import acuse_json, novedad
from ticketera.wire.repartidor import repartidor_json
from ticketera.wire.text import encode

AFTER_NOVEDAD_S = 3.0
IDLE_S = 28.0
TICK_S = 0.5
SLICE = 50  # rooms at once: a thousand pulsos in one turn of the loop would hold up a ticket
LOOK_S = 1.0
PRESENCIA_S = 0.5
MIRANDO_S = 0.2
log = structlog.get_logger(__name__)
TO_PHONE = Histogram(
    "ticketera_to_phone_seconds",
    "From the moment a ticket is given to a repartidor until the phone says that it has it.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
)

# What the newest numbers are: the epoca, and the seq of each listener asked for (0 is the tablero).
Positions = Callable[[list[int]], Awaitable[tuple[str, dict[int, int]]]]
Unnumbered = Callable[[], Awaitable[SinNumero]]


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
    unnumbered: Unnumbered | None = None
    _eco: Eco = field(default_factory=Eco)
    _beats: dict[str, _Beat] = field(default_factory=dict)
    _last: dict[int, int] = field(default_factory=dict)
    _epoca: str = ""
    _presencias: dict[int, str | None] = field(default_factory=dict)  # what each waits to say, None: nothing new
    _looks: dict[str, str | None] = field(default_factory=dict)  # what each admin's socket waits to say, None: nothing
    _lookers: dict[str, dict[str, Any]] = field(default_factory=dict)  # by socket: who looks at a ticket now
    _newcomers: list[tuple[str, int]] = field(default_factory=list)
    _greeting: asyncio.Task[None] | None = None
    _looked: float = 0.0

    def __post_init__(self) -> None:
        self.rooms.heard = self.heard

    def tell(self, events: Sequence[object]) -> None:
        """Push what one committed act left, a presencia after the change that it counts. Never waits, never raises."""
        for event in sorted(events, key=lambda event: isinstance(event, Presencia)):
            try:
                self._push(event)
            except Exception:
                log.exception("push_failed", event_type=type(event).__name__)

    def _push(self, event: object) -> None:
        if isinstance(event, Novedad):
            room = room_of(event.oyente)
            text = novedad(event.oyente, event.seq, event.tipo, event.epoca, event.cambio)
            self.rooms.push(room, "novedad", text)
            self._last[event.oyente] = event.seq
            self._expect(room)
        elif isinstance(event, Acuse):
            self._say("acuse", encode(acuse_json(event.ticket_id, event.recibido_en, event.visto_en)))
            if event.tardo_ms is not None:
                TO_PHONE.observe(max(0, event.tardo_ms) / 1000)
        elif isinstance(event, Ofertas):
            for repartidor_id in event.repartidor_ids:
                self.rooms.push(room_of(repartidor_id), "ofertas", "{}")
        elif isinstance(event, Ajustes):
            self.rooms.push(TABLERO, "configuracion", "{}")
        elif isinstance(event, Presencia):
            repartidor_id, text = event.repartidor.id, encode(repartidor_json(event.repartidor))
            if repartidor_id in self._presencias:
                self._presencias[repartidor_id] = text
            else:
                self._say_presencia(repartidor_id, text)

    def _say_presencia(self, repartidor_id: int, cuerpo: str | None) -> None:
        """Send a presencia at once, and for a while only the newest of those that follow."""
        if cuerpo is None:
            del self._presencias[repartidor_id]
            return
        self._say("presencia", cuerpo)
        self._presencias[repartidor_id] = None
        asyncio.get_running_loop().call_later(
            PRESENCIA_S, lambda: self._say_presencia(repartidor_id, self._presencias[repartidor_id])
        )

    def _say(self, event: str, cuerpo: str) -> None:
        self.rooms.push(TABLERO, event, cuerpo)
        if self.watch_all:
            self._eco.note(event, cuerpo)

    def heard(self, room: str, event: str, cuerpo: str) -> None:
        """Another process has pushed this into a room, and the sockets here have it."""
        if room != TABLERO:
            return
        self._eco.note(event, cuerpo)
        if event == "presencia":
            repartidor_id = json.loads(cuerpo)["id"]
            if self._presencias.get(repartidor_id) is not None:
                self._presencias[repartidor_id] = None  # which of the two is newer the next look tells

    async def _look_around(self) -> None:
        """Tell the rooms here what another process changed and its word did not bring."""
        if self.unnumbered is None:
            return
        self._eco.begin()
        for event, number, cuerpo in self._eco.missing(await self.unnumbered()):
            room = room_of(number) if event == "ofertas" else TABLERO
            if event == "presencia" and self._presencias.get(number) is not None:
                self._presencias[number] = None  # what waits to be said is older
            self.rooms.push_here(room, event, cuerpo)

    def mirando(self, sid: str, por: dict[str, Any], ticket_id: int | None, mueve: bool) -> None:
        """Tell the tablero which ticket an admin looks at, or has in the hand (None: none any more).

        Not numbered and not kept: at most five a second from one socket, always the newest.
        """
        if ticket_id is None:
            self._lookers.pop(sid, None)
            if any(other["id"] == por["id"] for other in self._lookers.values()):
                if sid in self._looks:
                    self._looks[sid] = None
                return  # their other tab is at a ticket
        else:
            self._lookers[sid] = por
        cuerpo = json.dumps({"por": por, "ticket_id": ticket_id, "mueve": mueve}, ensure_ascii=False)
        if sid in self._looks:
            self._looks[sid] = cuerpo
        else:
            self._say_mirando(sid, cuerpo)

    def telefono(self, repartidor_id: int, telefono: str, responde: bool) -> None:
        """Tell a repartidor's phones of one of them. Not numbered and not kept: a phone that was away asks."""
        cuerpo = json.dumps({"telefono": telefono, "responde": responde})
        self.rooms.push(room_of(repartidor_id), "telefono", cuerpo)

    def no_mira(self, sid: str) -> None:
        """Forget the socket of an admin, and tell the others if it was at a ticket."""
        por = self._lookers.get(sid)
        if por is not None:
            self.mirando(sid, por, None, False)

    def _say_mirando(self, sid: str, cuerpo: str | None) -> None:
        if cuerpo is None:
            del self._looks[sid]
            return
        self.rooms.push(TABLERO, "mirando", cuerpo)
        self._looks[sid] = None
        asyncio.get_running_loop().call_later(MIRANDO_S, lambda: self._say_mirando(sid, self._looks[sid]))

    def _expect(self, room: str) -> None:
        beat = self._beats.setdefault(room, _Beat(0.0))
        if not beat.after_novedad:
            beat.due, beat.after_novedad = time.monotonic() + AFTER_NOVEDAD_S, True

    def pulso(self, room: str, epoca: str, seq: int) -> None:
        """Tell a room, or one socket by its sid, the listener's newest number."""
        self.rooms.push_here(room, "pulso", json.dumps({"epoca": epoca, "seq": seq}))

    def welcome(self, sid: str, oyente: int) -> None:
        """The pulso of a socket that has just joined its room; a thousand at once share their looks at the database."""
        self._newcomers.append((sid, oyente))
        if self._greeting is None or self._greeting.done():
            self._greeting = asyncio.create_task(self._greet())

    async def _greet(self) -> None:
        while self._newcomers:
            newcomers, self._newcomers = self._newcomers, []
            try:
                epoca, seqs = await self.positions(list({oyente for _, oyente in newcomers}))
            except Unavailable:
                return  # they pull on every connect, and the next pulso is not far
            self._in_epoca(epoca)
            for sid, oyente in newcomers:
                self.pulso(sid, epoca, seqs.get(oyente, 0))
                self._last.setdefault(oyente, seqs.get(oyente, 0))

    async def beat(self) -> None:
        """Send the pulsos that are due, for ever."""
        await every(TICK_S, self._turn, "pulso")

    async def _turn(self) -> None:
        await self._beat_once(time.monotonic())
        if time.monotonic() - self._looked >= LOOK_S:
            self._looked = time.monotonic()
            await self._look_around()

    async def _beat_once(self, now: float) -> None:
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
                self.pulso(room, epoca, seq)
                self._beats[room] = _Beat(now + _idle())
            # Not yet told: what was pushed while the database was asked, or what another process pushed.
            if self._last.get(oyente, seq) != seq:
                self._expect(room)
            self._last[oyente] = max(self._last.get(oyente, seq), seq)

    def _in_epoca(self, epoca: str) -> None:
        """What was told in another epoca says nothing about this one."""
        if epoca != self._epoca:
            self._epoca, self._last = epoca, {}


def _idle() -> float:
    """Seconds of quiet until a pulso: never the same for all, or a thousand phones would be due at one moment."""
    return IDLE_S * random.uniform(0.7, 1.0)  # noqa: S311
