"""The database of an app, the same on SQLite and PostgreSQL: acts one after the other, reads beside them.

base = Base(url, app="ahorro", migrations=Path("ahorro/store/migrations"), tell=outlets.tell)
await base.open()
ticket = await base.do(recibir_ticket, nuevo)      # on disk and told when it returns
tablero = await base.read(select_tablero)          # one snapshot
"""

import asyncio
import logging
import os
import shutil
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from databases.core import Database

from belgrano.database.migrations import migrate
from belgrano.database.sqlite_file import sqlite_path, users
from belgrano.database.work import Connection, Integrity, Unavailable, Work
from belgrano.seldom import Seldom

__all__ = ["Base", "Connection", "Integrity", "Unavailable", "Work"]

# Imported where an address asks for it: who has the one database needs no driver of the other.
Database.SUPPORTED_BACKENDS.update(
    sqlite="belgrano.database.sqlite:SQLiteBackend", postgresql="belgrano.database.postgres:PostgresBackend"
)

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)

EX_IOERR = 74  # sysexits.h
TRY_EVERY_S = 2.0  # of a database that was not there at the start
LEAST_ROOM = 256 * 1024  # bytes: some orders


_away = Seldom()


def note_away(what: str, error: BaseException) -> None:
    """Log that the database is away: whoever meets it, a line a minute. That it stores again says `acts`."""
    if (others := _away.take()) is not None:
        said = " ".join(str(error).split())
        log.warning("%s: the database is away: %s; trying again (%d more since the last line)", what, said, others)


def exit_at_once(error: BaseException) -> None:
    """End the process: after an I/O error at COMMIT nobody may be answered; the supervisor starts a new one."""
    log.critical("I/O error at COMMIT; the process ends so that nothing unsure is acknowledged", exc_info=error)
    logging.shutdown()
    os._exit(EX_IOERR)


class Base:
    """One app's database. `url` is `sqlite:///file.db` or `postgresql://…`; there, `app` is also the schema's name.

    `tell` gets the events of each act on the loop after its commit, in the order of commits. A broken `tell` is
    logged and undoes nothing. `fatal` is called in the writer's thread after an I/O error at COMMIT, `before_migrating`
    by `open` where the database that is there is of an older version.
    """

    def __init__(
        self,
        url: str,
        *,
        app: str,
        migrations: Path,
        tell: Callable[[Sequence[object]], None],
        fatal: Callable[[BaseException], None] = exit_at_once,
        before_migrating: Callable[[], None] = lambda: None,
    ) -> None:
        self._before_migrating = before_migrating
        self.url, self.app, self.migrations = url, app, migrations
        self.alone = url.startswith("sqlite")  # no other process of this app writes
        self._database = Database(url, app=app, tell=tell, fatal=fatal)
        self._backend: Any = self._database._backend
        self._file = 0  # the inode of a SQLite file
        self._coming: asyncio.Task[None] | None = None  # while it was not there yet

    async def open(self) -> None:
        """Create and migrate the database, then connect. Raises Unavailable when it cannot be reached."""
        await asyncio.to_thread(migrate, self.url, self.app, self.migrations, self._before_migrating)
        await self._database.connect()
        self._file = self._inode()

    async def begin(self, then: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Open the database and do `then`; where it is away, return, and do both as soon as it is there.

        Until then the app answers, and whoever asks the database is told Unavailable.
        """
        try:
            await self._begin(then)
        except Unavailable as error:
            note_away("start", error)
            self._coming = asyncio.create_task(self._wait_for(then), name="database")

    async def _begin(self, then: Callable[[], Coroutine[Any, Any, None]]) -> None:
        await self.open()
        if self.alone and (others := users(sqlite_path(self.url)) - {os.getpid()}):
            log.warning("process %d has %s open, too: with SQLite it should be one", min(others), self.url)
        try:
            await then()
        except Unavailable:
            await self._database.disconnect()
            raise

    async def _wait_for(self, then: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while True:
            await asyncio.sleep(TRY_EVERY_S)
            try:
                await self._begin(then)
            except Unavailable as error:
                note_away("start", error)
            else:
                log.warning("the database is there")
                return

    def check_file(self) -> None:
        """Raise Unavailable where SQLite's file is no longer the one that was opened, or its disk has no room left.

        A full disk shows late: what is written again takes no new room, what an order brings does.
        """
        if not self.alone:
            return
        if self._inode() != self._file:
            raise Unavailable(f"{self.app}: the database file is no longer the one that was opened")
        if shutil.disk_usage(sqlite_path(self.url).parent).free < LEAST_ROOM:
            raise Unavailable(f"{self.app}: the disk is full")

    def _inode(self) -> int:
        try:
            return sqlite_path(self.url).stat().st_ino if self.alone else 0
        except OSError:
            return -1

    async def close(self) -> None:
        """Let the acts that wait finish, then disconnect."""
        if self._coming is not None:
            self._coming.cancel()
            await asyncio.gather(self._coming, return_exceptions=True)
        await self._database.disconnect()

    async def __aenter__(self) -> Self:
        """Open it for as long as one command needs it."""
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def do(self, act: Callable[Concatenate[Work, P], Coroutine[Any, Any, T]], *args: P.args, **kw: P.kwargs) -> T:
        """Run `act(work, …)` in one transaction and return its result once that is on disk and told.

        Acts run one after the other, whoever calls. A caller that is cancelled stops nothing half way.
        Whatever the act raises is raised here and leaves no trace. Raises Unavailable when the database cannot.
        """
        result: T = await self._backend.do(act, args, kw)
        return result

    async def read(
        self, query: Callable[Concatenate[Connection, P], Coroutine[Any, Any, T]], *args: P.args, **kw: P.kwargs
    ) -> T:
        """Run `query(con, …)` on one consistent snapshot, which holds every act that has returned. Read only."""
        result: T = await self._backend.read(query, args, kw)
        return result
