"""Whose phones are connected: told to the database in small groups, so that a thousand phones at once are ten acts.

An open socket keeps its repartidor online, seen, and its session in use.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

import structlog

from belgrano.base import Base, Unavailable
from belgrano.sessions import Session, touch_sessions
from ticketera.actions.turnos import conectar, desconectar, registrar_senal, renovar_linea

GROUP = 250  # at a second; the guard lets 5,000 sockets in, and a line holds 45 s
RENEW_S = 20.0
TOUCH_S = 600.0
SEEN_S = 15.0
TICK_S = 1.0
GATHER_S = 0.05
log = structlog.get_logger(__name__)


@dataclass
class _Open:
    """One open socket."""

    session: Session
    touched: float


@dataclass
class Presence:
    """The open sockets of this process and the repartidores behind them."""

    base: Base
    _open: dict[str, _Open] = field(default_factory=dict)
    _sockets: Counter[int] = field(default_factory=Counter)
    _renewed: dict[int, float] = field(default_factory=dict)
    _seen: dict[int, float] = field(default_factory=dict)
    _signals: dict[int, None] = field(default_factory=dict)
    _changed: dict[int, None] = field(default_factory=dict)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def enter(self, sid: str, session: Session) -> None:
        """A socket opened."""
        self._open[sid] = _Open(session, time.monotonic())
        if session.user.rol == "repartidor":
            self._sockets[session.user.id] += 1
            if self._sockets[session.user.id] == 1:
                self._note(session.user.id)

    def leave(self, sid: str) -> None:
        """A socket closed."""
        gone = self._open.pop(sid, None)
        if gone is not None and gone.session.user.rol == "repartidor":
            self._sockets[gone.session.user.id] -= 1
            if self._sockets[gone.session.user.id] == 0:
                del self._sockets[gone.session.user.id]
                self._note(gone.session.user.id)

    def seen(self, user_id: int) -> None:
        """A request of this repartidor came; written down now and then only."""
        now = time.monotonic()
        if now - self._seen.get(user_id, -SEEN_S) >= SEEN_S:
            self._seen[user_id] = now
            self._signals[user_id] = None
            self._wake.set()

    def _note(self, user_id: int) -> None:
        self._changed[user_id] = None
        self._wake.set()

    async def run(self) -> None:
        """Write what changed and renew what lasts, for ever."""
        while True:
            try:
                async with asyncio.timeout(TICK_S):
                    await self._wake.wait()
                await asyncio.sleep(GATHER_S)
            except TimeoutError:
                pass
            self._wake.clear()
            try:
                await self._write(time.monotonic())
            except Unavailable:
                log.warning("presence_not_written")
            except Exception:
                log.exception("presence_failed")

    async def _write(self, now: float) -> None:
        changed = [self._changed.popitem()[0] for _ in range(min(GROUP, len(self._changed)))]
        late = [user for user in self._sockets if now - self._renewed.get(user, now) >= RENEW_S][:GROUP]
        come = [user for user in changed if user in self._sockets]
        gone = [user for user in changed if user not in self._sockets]
        try:
            await asyncio.gather(*(self.base.do(conectar, user) for user in come))
            await asyncio.gather(*(self.base.do(desconectar, user) for user in gone))
            if late:
                await self.base.do(renovar_linea, late)
        except Unavailable:
            self._changed |= dict.fromkeys(changed)
            raise
        self._renewed |= dict.fromkeys(come + late, now)
        for user in gone:
            self._renewed.pop(user, None)
        if self._changed:
            self._wake.set()
        signals, self._signals = list(self._signals), {}
        await asyncio.gather(*(self.base.do(registrar_senal, user) for user in signals if user not in self._sockets))
        stale = [each for each in self._open.values() if now - each.touched >= TOUCH_S][:GROUP]
        if stale:
            await self.base.do(touch_sessions, [each.session.token_hash for each in stale])
            for each in stale:
                each.touched = now
