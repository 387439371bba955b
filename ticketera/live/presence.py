"""Whose phones are connected: told to the database in small groups, so that a thousand phones at once are ten acts.

An open socket keeps its repartidor online, seen, and its session in use. Each process beats: who watches another's
beat stay where it is, for long enough by its own monotonic clock, takes that process for dead, and its lines go.
"""

import asyncio
import secrets
import time
from collections import Counter
from dataclasses import dataclass, field

from belgrano.accounts.sessions import Session, touch_sessions
from belgrano.database.base import Base, Unavailable
from belgrano.database.loops import at_news
from ticketera.actions.turnos import conectar, desconectar, enterrar, latir, registrar_senal
from ticketera.store.lineas import select_procesos

GROUP = 250  # at a second; the guard lets 5,000 sockets in
BEAT_S = 10.0
DEAD_S = 40.0
TOUCH_S = 600.0
SEEN_S = 15.0
TICK_S = 1.0
GATHER_S = 0.05


@dataclass
class _Open:
    """One open socket."""

    session: Session
    touched: float


@dataclass
class Presence:
    """The open sockets of this process and the repartidores behind them."""

    base: Base
    proceso: str = field(default_factory=lambda: secrets.token_hex(8))
    _beaten: float = float("-inf")
    _others: dict[str, tuple[int, float]] = field(default_factory=dict)  # the newest beat of each, and since when
    _open: dict[str, _Open] = field(default_factory=dict)
    _sockets: Counter[int] = field(default_factory=Counter)
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

    def sessions(self) -> list[str]:
        """The token hashes of the sessions that have sockets here."""
        return list({each.session.token_hash for each in self._open.values()})

    def _note(self, user_id: int) -> None:
        self._changed[user_id] = None
        self._wake.set()

    async def run(self) -> None:
        """Write what changed and renew what lasts, for ever."""
        await at_news(self._wake, TICK_S, self._turn, "presence")

    async def _turn(self) -> None:
        await asyncio.sleep(GATHER_S)
        self._wake.clear()
        now = time.monotonic()
        if now - self._beaten >= BEAT_S:
            await self._beat(now)
        await self._write(now)

    async def _beat(self, now: float) -> None:
        if not await self.base.do(latir, self.proceso):
            self._changed |= dict.fromkeys(self._sockets)
        self._beaten = now
        known = await self.base.read(select_procesos)
        self._others = {
            each: self._others[each] if self._others.get(each, (None, 0.0))[0] == latido else (latido, now)
            for each, latido in known.items()
            if each != self.proceso
        }
        for each, (latido, since) in self._others.items():
            if now - since >= DEAD_S:
                await self.base.do(enterrar, each, latido)

    async def _write(self, now: float) -> None:
        changed = [self._changed.popitem()[0] for _ in range(min(GROUP, len(self._changed)))]
        come = [user for user in changed if user in self._sockets]
        gone = [user for user in changed if user not in self._sockets]
        try:
            await asyncio.gather(*(self.base.do(conectar, self.proceso, user) for user in come))
            await asyncio.gather(*(self.base.do(desconectar, self.proceso, user) for user in gone))
        except Unavailable:
            self._changed |= dict.fromkeys(changed)
            raise
        if self._changed:
            self._wake.set()
        signals, self._signals = list(self._signals), {}
        await asyncio.gather(*(self.base.do(registrar_senal, user) for user in signals if user not in self._sockets))
        stale = [each for each in self._open.values() if now - each.touched >= TOUCH_S][:GROUP]
        if stale:
            await self.base.do(touch_sessions, [each.session.token_hash for each in stale])
            for each in stale:
                each.touched = now
