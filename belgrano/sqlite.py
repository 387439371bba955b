"""SQLite behind `databases`: one thread that writes, a few that read, each owning its connection.

All acts that wait share one COMMIT, a savepoint each, and are answered after it. Only the writer's connection
writes and checkpoints (https://sqlite.org/wal.html#walresetbug needs two that do); the readers are `query_only`.
"""

import asyncio
import contextvars
import logging
import queue
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from databases.core import Database
from databases.interfaces import ConnectionBackend, DatabaseBackend

from belgrano.work import Connection, Integrity, Query, Unavailable, Work, finish

log = logging.getLogger(__name__)

WAITING = 1000  # acts; one more is refused with Unavailable
GROUP = 256  # acts that share a COMMIT
READERS = 3
PATIENCE = 2.0  # seconds an act waits in the queue, and again for another process' lock
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={int(PATIENCE * 1000)}",
    "cache_size=-16000",
    "temp_store=MEMORY",
)
AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
}
DAMAGE = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def sqlite_path(url: str) -> Path:
    """The file a `sqlite:///relative.db` or `sqlite:////absolute.db` address names."""
    return Path(url.removeprefix("sqlite:///"))


def open_connection(path: Path, *pragmas: str) -> sqlite3.Connection:
    """Open the database file for the calling thread, in autocommit: we say BEGIN ourselves."""
    raw = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    raw.row_factory = sqlite3.Row
    for pragma in (*PRAGMAS, *pragmas):
        raw.execute("PRAGMA " + pragma)
    return raw


def primary_code(error: sqlite3.Error) -> int:
    """The error without its extension: SQLITE_IOERR_FSYNC is SQLITE_IOERR."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


class SQLiteConnection(ConnectionBackend):
    """What `databases` asks of a connection; each call is finished before it returns. One thread only."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self.raw = raw
        self.failure: Exception | None = None  # of this act; what follows a failed statement is refused

    async def acquire(self) -> None:
        """Nothing to do: the thread keeps its connection."""

    async def release(self) -> None:
        """Nothing to do: the thread keeps its connection."""

    async def fetch_all(self, query: Any) -> list[Any]:
        try:
            return self._run(query).fetchall()
        except sqlite3.Error as error:
            self._fail(error)

    async def fetch_one(self, query: Any) -> Any:
        try:
            return self._run(query).fetchone()
        except sqlite3.Error as error:
            self._fail(error)

    async def execute(self, query: Any) -> int:
        try:
            return self._run(query).rowcount
        except sqlite3.Error as error:
            self._fail(error)

    async def execute_many(self, queries: list[Any]) -> None:
        for query in queries:
            await self.execute(query)

    def _run(self, query: Query) -> sqlite3.Cursor:
        if self.failure is not None:
            raise self.failure
        sql, values = query
        return self.raw.execute(sql, values or ())

    def _fail(self, error: sqlite3.Error) -> NoReturn:
        if isinstance(error, sqlite3.IntegrityError):
            self.failure = Integrity(str(error))
        elif primary_code(error) in AWAY:
            self.failure = Unavailable(str(error))
        else:
            self.failure = error
        raise self.failure from error

    @property
    def raw_connection(self) -> sqlite3.Connection:
        return self.raw


class Job:
    """An act or a query on its way through a thread, and what became of it."""

    __slots__ = ("act", "args", "context", "done", "error", "events", "kw", "since", "value")

    def __init__(self, act: Callable[..., Any], args: Any, kw: Any, done: "asyncio.Future[Any]") -> None:
        self.act, self.args, self.kw, self.done = act, args, kw, done
        self.context = contextvars.copy_context()  # for the logs
        self.since = time.monotonic()
        self.value: Any = None
        self.error: BaseException | None = None
        self.events: list[object] = []

    def answer(self) -> None:
        """Tell the caller, if it is still there."""
        if self.done.done():
            if self.error is not None and not isinstance(self.error, Unavailable):
                log.warning("an act failed after its caller had gone", exc_info=self.error)
        elif self.error is not None:
            self.done.set_exception(self.error)
        else:
            self.done.set_result(self.value)


class SQLiteBackend(DatabaseBackend):
    """The database file: `do` acts in the writer's thread, `read` in a reader's."""

    def __init__(
        self,
        database_url: Any,
        *,
        app: str,
        tell: Callable[[Sequence[object]], None],
        fatal: Callable[[BaseException], None],
    ) -> None:
        self.path, self.app, self.tell, self.fatal = sqlite_path(str(database_url)), app, tell, fatal
        self.waiting: deque[Job] = deque()
        self.busy = False
        self.closing = True
        self.reading = 0
        self.writes: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self.reads: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self.threads: list[threading.Thread] = []
        self.local = threading.local()
        self.idle = asyncio.Event()

    async def connect(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.idle.set()
        for name, work in [("write", self._write), *((f"read{n}", self._read) for n in range(READERS))]:
            ready = self.loop.create_future()
            thread = threading.Thread(target=work, args=(ready,), name=f"{self.app}-{name}", daemon=True)
            thread.start()
            self.threads.append(thread)
            await ready  # the writer first: it turns WAL on
        self.closing = False

    async def disconnect(self) -> None:
        self.closing = True
        await self.idle.wait()
        self.writes.put(None)
        for _ in range(READERS):
            self.reads.put(None)
        for thread in reversed(self.threads):  # the writer last: it leaves no WAL behind
            await asyncio.to_thread(thread.join)
        self.threads.clear()

    def connection(self) -> ConnectionBackend:
        """The connection of the thread that asks."""
        return SQLiteConnection(self.local.raw)

    # --- on the loop

    async def do(self, act: Callable[..., Any], args: Any, kw: Any) -> Any:
        """Run the act in a transaction of its own; its result once that is on disk and told."""
        if self.closing:
            raise Unavailable("the database is closed")
        if len(self.waiting) >= WAITING:
            raise Unavailable("too many acts are waiting")
        job = Job(act, args, kw, self.loop.create_future())
        self.waiting.append(job)
        if not self.busy:
            self.busy = True
            self.idle.clear()
            self.loop.call_soon(self._next)
        return await job.done

    async def read(self, query: Callable[..., Any], args: Any, kw: Any) -> Any:
        """Run the query on one snapshot."""
        if self.closing:
            raise Unavailable("the database is closed")
        if self.reading >= WAITING:
            raise Unavailable("too many reads are waiting")
        self.reading += 1
        job = Job(query, args, kw, self.loop.create_future())
        self.reads.put(job)
        return await job.done

    def _next(self) -> None:
        late = time.monotonic() - PATIENCE
        batch: list[Job] = []
        while self.waiting and len(batch) < GROUP:
            job = self.waiting.popleft()
            if job.since < late:
                job.error = Unavailable("the database is busy")
                job.answer()
            else:
                batch.append(job)
        if batch:
            self.writes.put(batch)
        else:
            self.busy = False
            self.idle.set()

    def _settle(self, batch: list[Job]) -> None:
        self._next()  # the next group starts before this one is told
        for job in batch:
            if job.error is None and job.events:
                try:
                    self.tell(job.events)
                except Exception:
                    log.exception("telling failed; the act stands")
            job.answer()

    def _settle_read(self, job: Job) -> None:
        self.reading -= 1
        job.answer()

    # --- in the writer's thread

    def _write(self, ready: "asyncio.Future[None]") -> None:
        if not self._open(ready):
            return
        con = Connection(None, self)  # type: ignore[arg-type]  # it is never released, so it needs no Database
        while batch := self.writes.get():
            if self._commit(batch, con):
                self.loop.call_soon_threadsafe(self._settle, batch)
        self.local.raw.close()

    def _commit(self, batch: list[Job], con: Connection) -> bool:
        """Run a group of acts under one COMMIT. False when nobody may be answered any more."""
        run = self.local.raw.execute
        step = "BEGIN IMMEDIATE"
        try:
            run(step)
            for job in batch:
                self._one(job, con)
            step = "COMMIT"
            run(step)
        except sqlite3.Error as error:
            if step == "COMMIT" and primary_code(error) in DAMAGE:
                self.closing = True
                self.fatal(error)  # a second sync may lie, so nothing of this group can be known here
                return False
            if self.local.raw.in_transaction:
                run("ROLLBACK")
            for job in batch:  # also who failed by itself: it may have seen what is now gone
                job.error = Unavailable(str(error))
        return True

    def _one(self, job: Job, con: Connection) -> None:
        raw = self.local.raw
        backend: SQLiteConnection = con._connection  # type: ignore[assignment]
        backend.failure = None
        raw.execute("SAVEPOINT act")
        try:
            work = Work(con)
            job.value = job.context.run(finish, job.act, work, *job.args, **job.kw)
            if backend.failure is not None:
                raise backend.failure
            job.events = work.events
        except BaseException as error:
            if not raw.in_transaction:  # SQLite has undone the whole group (a full disk)
                raise sqlite3.OperationalError(str(error)) from error
            raw.execute("ROLLBACK TO act")
            job.error = error
        raw.execute("RELEASE act")

    # --- in the readers' threads

    def _read(self, ready: "asyncio.Future[None]") -> None:
        if not self._open(ready, "query_only=ON"):
            return
        con = Connection(None, self)  # type: ignore[arg-type]
        backend: SQLiteConnection = con._connection  # type: ignore[assignment]
        run = self.local.raw.execute
        while job := self.reads.get():
            backend.failure = None
            try:
                run("BEGIN")
                job.value = job.context.run(finish, job.act, con, *job.args, **job.kw)
            except sqlite3.OperationalError as error:
                job.error = Unavailable(str(error)) if primary_code(error) in AWAY else error
            except BaseException as error:
                job.error = error
            if self.local.raw.in_transaction:
                run("ROLLBACK")
            self.loop.call_soon_threadsafe(self._settle_read, job)
        self.local.raw.close()

    def _open(self, ready: "asyncio.Future[None]", *pragmas: str) -> bool:
        try:
            self.local.raw = open_connection(self.path, *pragmas)
        except BaseException as error:
            self.loop.call_soon_threadsafe(ready.set_exception, Unavailable(f"{self.path}: {error}"))
            return False
        self.loop.call_soon_threadsafe(ready.set_result, None)
        return True


Database.SUPPORTED_BACKENDS["sqlite"] = f"{__name__}:SQLiteBackend"
