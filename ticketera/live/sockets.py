"""Socket.IO in: who are you, which room. What a phone says goes to actions; nothing is emitted from here.

The handshake was checked before it was accepted (`door.py`), and left its session in the scope.
"""

import re
from typing import Any, Protocol

from belgrano.accounts.sessions import Session
from belgrano.database.base import Base, Unavailable
from ticketera.actions.novedades import registrar_recibido, registrar_visto
from ticketera.actions.turnos import registrar_ubicacion
from ticketera.domain.errors import DomainError
from ticketera.live.engine import Server
from ticketera.live.presence import Presence
from ticketera.routes.fields import MOST_ID, instante

SESSION, SOCKET = "ticketera.session", "ticketera.socket"  # where the door leaves them in a scope
TELEFONO = re.compile(r"[A-Za-z0-9._-]{1,64}")
BAD = {"ok": False, "codigo": "datos_invalidos"}


class Outlet(Protocol):
    """What tells phones and boards (`realtime.py`), as far as a socket that comes, looks and goes asks it."""

    def welcome(self, sid: str, oyente: int) -> None:
        """A socket has joined its room."""

    def mirando(self, sid: str, por: dict[str, Any], ticket_id: int | None, mueve: bool) -> None:
        """An admin looks at a ticket, has it in the hand, or neither any more (None)."""

    def no_mira(self, sid: str) -> None:
        """The socket is gone."""

    def telefono(self, repartidor_id: int, telefono: str, responde: bool) -> None:
        """A phone of a repartidor's says that it is one, or that it is another."""


class Sockets:
    """Hears phones and boards."""

    def __init__(self, server: Server, base: Base, presence: Presence, outlet: Outlet) -> None:
        self.server, self.base, self.presence, self.outlet = server, base, presence, outlet
        heard = (self.recibido, self.visto, self.ubicacion, self.mirando, self.telefono)
        for handler in (self.connect, self.disconnect, *heard):
            server.on(handler.__name__, handler)

    def _session(self, sid: str) -> Session:
        session: Session = self.server.scope_of(sid)[SESSION]
        return session

    async def connect(self, sid: str, *_: Any) -> None:
        """Put a socket into its room, then tell it the newest number: nothing can fall between."""
        session = self._session(sid)
        repartidor = session.user.rol == "repartidor"
        oyente = session.user.id if repartidor else 0
        await self.server.enter_room(sid, f"repartidor:{oyente}" if repartidor else "tablero")
        self.presence.enter(sid, session)
        self.server.forget_handshake(sid)
        self.outlet.welcome(sid, oyente)

    async def disconnect(self, sid: str, *_: Any) -> None:
        """The socket is gone."""
        self.presence.leave(sid)
        self.outlet.no_mira(sid)

    async def _apply(self, sid: str, act: Any, *args: Any) -> dict[str, Any]:
        user = self._session(sid).user
        if user.rol != "repartidor":
            return {"ok": False, "codigo": "prohibido"}
        try:
            if await self.base.do(act, user.id, *args) is False:
                return {"ok": False, "codigo": "fuera_de_turno"}
        except DomainError as error:
            return {"ok": False, "codigo": error.codigo}
        except Unavailable:
            return {"ok": False, "codigo": "no_disponible"}
        return {"ok": True}

    async def recibido(self, sid: str, data: Any = None) -> dict[str, Any]:
        """This phone has everything up to a number."""
        epoca, seq = _get(data, "epoca"), _get(data, "seq")
        if not _whole(seq) or not (epoca is None or isinstance(epoca, str)):
            return BAD
        return await self._apply(sid, registrar_recibido, epoca, seq)

    async def visto(self, sid: str, data: Any = None) -> dict[str, Any]:
        """A person opened a ticket."""
        ticket_id = _get(data, "ticket_id")
        return await self._apply(sid, registrar_visto, ticket_id) if _whole(ticket_id) else BAD

    async def ubicacion(self, sid: str, data: Any = None) -> dict[str, Any]:
        """Where the phone is."""
        lat, lng, precision = _get(data, "lat"), _get(data, "lng"), _get(data, "precision_m")
        if not (_between(lat, -90, 90) and _between(lng, -180, 180)) or not (
            precision is None or _between(precision, 0, 1e7)
        ):
            return BAD
        try:
            en = instante(_get(data, "en"))
        except ValueError:
            return BAD
        return await self._apply(sid, registrar_ubicacion, float(lat), float(lng), precision, en)

    async def mirando(self, sid: str, data: Any = None) -> dict[str, Any]:
        """Which ticket an admin looks at or drags."""
        user = self._session(sid).user
        if user.rol != "admin":
            return {"ok": False, "codigo": "prohibido"}
        ticket_id, mueve = _get(data, "ticket_id"), _get(data, "mueve")
        if not (ticket_id is None or _whole(ticket_id)) or not isinstance(mueve, bool):
            return BAD
        self.outlet.mirando(sid, {"id": user.id, "nombre": user.nombre}, ticket_id, mueve)
        return {"ok": True}

    async def telefono(self, sid: str, data: Any = None) -> dict[str, Any]:
        """A phone begins; whoever has this repartidor's day on another one is told, and answers."""
        user = self._session(sid).user
        if user.rol != "repartidor":
            return {"ok": False, "codigo": "prohibido"}
        telefono, responde = _get(data, "telefono"), _get(data, "responde")
        if not (isinstance(telefono, str) and TELEFONO.fullmatch(telefono)) or not isinstance(responde, bool):
            return BAD
        self.outlet.telefono(user.id, telefono, responde)
        return {"ok": True}


def _get(data: Any, name: str) -> Any:
    return data.get(name) if isinstance(data, dict) else None


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_ID


def _between(value: Any, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
