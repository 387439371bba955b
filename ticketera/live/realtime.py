"""What browsers hear: novedades, acuses, presencias and the pulso. Nothing else emits.

`tell` runs on the loop with what a committed act left behind, act by act in the order of their commits, and never
waits. What is pushed here is also in the database: a push that is lost is noticed by the pulso (`pulso.py`) and
pulled, and what has no number is compared once a second with what was said (`eco.py`), where other processes may have
changed it.
"""

import json
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog
from prometheus_client import Histogram

from belgrano.database.loops import every
from ticketera.domain.events import Acuse, Ajustes, Novedad, Ofertas, Presencia
from ticketera.domain.usuario import Usuario
from ticketera.live.eco import TABLERO, Eco, SinNumero
from ticketera.live.pulso import Positions, Pulso, room_of
from ticketera.live.rooms import Rooms
from ticketera.live.seldom import Seldom
from ticketera.wire.novedad import acuse_json, novedad
from ticketera.wire.repartidor import repartidor_json
from ticketera.wire.text import encode

TICK_S = 0.5
LOOK_S = 1.0
PRESENCIA_S = 0.5
MIRANDO_S = 0.2
log = structlog.get_logger(__name__)
TO_PHONE = Histogram(
    "ticketera_to_phone_seconds",
    "From the moment a ticket is given to a repartidor until the phone says that it has it.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
)

Unnumbered = Callable[[], Awaitable[SinNumero]]


class Realtime:
    """Pushes to rooms.

    With `watch_all` several processes serve, and a push of another one may be lost on its way here; `unnumbered` reads
    what has no number, to notice that.
    """

    def __init__(
        self, rooms: Rooms, positions: Positions, *, watch_all: bool = False, unnumbered: Unnumbered | None = None
    ) -> None:
        self.rooms, self.watch_all, self.unnumbered = rooms, watch_all, unnumbered
        rooms.heard = self.heard
        self._pulso = Pulso(rooms, positions, lambda room, cuerpo: rooms.push_here(room, "pulso", cuerpo), watch_all)
        self._eco = Eco()
        self._presencias: Seldom[int, Usuario] = Seldom(PRESENCIA_S, self._say_presencia)
        self._miradas: Seldom[str, str] = Seldom(MIRANDO_S, lambda cuerpo: rooms.push(TABLERO, "mirando", cuerpo))
        self._lookers: dict[str, dict[str, Any]] = {}  # by socket: who looks at a ticket now
        self._looked = 0.0

    def tell(self, events: Sequence[object]) -> None:
        """Push what one committed act left, a presencia after the change that it counts. Never waits, never raises."""
        for event in sorted(events, key=lambda event: isinstance(event, Presencia)):
            try:
                self._push(event)
            except Exception:
                log.exception("push_failed", event_type=type(event).__name__)

    def _push(self, event: object) -> None:
        if isinstance(event, Novedad):
            text = novedad(event.oyente, event.seq, event.tipo, event.epoca, event.cambio)
            self.rooms.push(room_of(event.oyente), "novedad", text)
            self._pulso.after(event.oyente, event.seq)
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
            self._presencias.tell(event.repartidor.id, event.repartidor)

    def _say_presencia(self, repartidor: Usuario) -> None:
        self._say("presencia", encode(repartidor_json(repartidor)))

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
            self._presencias.forget(json.loads(cuerpo)["id"])  # which of the two is newer the next look tells

    def mirando(self, sid: str, por: dict[str, Any], ticket_id: int | None, mueve: bool) -> None:
        """Tell the tablero which ticket an admin looks at, or has in the hand (None: none any more).

        Not numbered and not kept: at most five a second from one socket, always the newest.
        """
        if ticket_id is None:
            self._lookers.pop(sid, None)
            if any(other["id"] == por["id"] for other in self._lookers.values()):
                self._miradas.forget(sid)
                return  # their other tab is at a ticket
        else:
            self._lookers[sid] = por
        said = {"por": por, "ticket_id": ticket_id, "mueve": mueve}
        self._miradas.tell(sid, json.dumps(said, ensure_ascii=False))

    def no_mira(self, sid: str) -> None:
        """Forget the socket of an admin, and tell the others if it was at a ticket."""
        por = self._lookers.get(sid)
        if por is not None:
            self.mirando(sid, por, None, False)

    def telefono(self, repartidor_id: int, telefono: str, responde: bool) -> None:
        """Tell a repartidor's phones of one of them. Not numbered and not kept: a phone that was away asks."""
        cuerpo = json.dumps({"telefono": telefono, "responde": responde})
        self.rooms.push(room_of(repartidor_id), "telefono", cuerpo)

    def welcome(self, sid: str, oyente: int) -> None:
        """Tell a socket that has just joined its room the newest number of its listener."""
        self._pulso.welcome(sid, oyente)

    async def beat(self) -> None:
        """Send the pulsos that are due and look around, for ever."""
        await every(TICK_S, self._turn, "pulso")

    async def _turn(self) -> None:
        await self._pulso.beat(time.monotonic())
        if time.monotonic() - self._looked >= LOOK_S:
            self._looked = time.monotonic()
            await self._look_around()

    async def _look_around(self) -> None:
        """Tell the rooms here what another process changed and its word did not bring."""
        if self.unnumbered is None:
            return
        self._eco.begin()
        for event, number, cuerpo in self._eco.missing(await self.unnumbered()):
            room = room_of(number) if event == "ofertas" else TABLERO
            if event == "presencia":
                self._presencias.forget(number)
            self.rooms.push_here(room, event, cuerpo)
