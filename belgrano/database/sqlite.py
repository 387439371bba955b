"""SQLite behind `databases`: one thread that writes, a few that read, each owning its connection.

All acts that wait share one COMMIT, a savepoint each, and are answered after it. Only one writer's connection
writes and checkpoints (two that do may damage the file: https://sqlite.org/wal.html#walresetbug).
"""

import asyncio
import contextlib
import fcntl
import logging
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from databases.interfaces import DatabaseBackend

from belgrano.database.acts import WAITING, Acts, Job
from belgrano.database.sqlite_file import DAMAGE, SQLiteConnection, lock_file, primary_code, sqlite_path, understood
from belgrano.database.work import Connection, Unavailable, Work, finish

log = logging.getLogger(__name__)

GROUP = 256  # acts that share a COMMIT
READERS = 3
CHECKPOINT_EVERY = 5.0  # seconds; when nothing waits


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
        self.path, self.app, self.fatal = sqlite_path(str(database_url)), app, fatal
        self.acts = Acts(tell, lambda group: self.writes.put(group), GROUP, self._rest)
        self.reading = 0
        self.threads: list[threading.Thread] = []
        self.locks: list[int | None] = []
        self.keeper = False  # whether this process checkpoints
        self.checkpointed = 0.0
        self.written = False

    async def connect(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.writes: queue.SimpleQueue[list[Job] | None] = queue.SimpleQueue()
        self.reads: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        lock = await asyncio.to_thread(lock_file, self.path, "-lock", fcntl.LOCK_SH, 60.0)
        if lock is None:
            raise Unavailable(f"{self.path} is being migrated or restored")
        self.locks.append(lock)
        self.acts.open()
        try:
            for name, work in [("write", self._write), *((f"read{n}", self._read) for n in range(READERS))]:
                ready = self.loop.create_future()
                thread = threading.Thread(target=work, args=(ready,), name=f"{self.app}-{name}", daemon=True)
                thread.start()
                self.threads.append(thread)
                await ready  # the writer first: it turns WAL on
        except BaseException:
            await self.disconnect()
            raise
        log.info("SQLite %s: %s", sqlite3.sqlite_version, self.path)

    async def disconnect(self) -> None:
        await self.acts.close()
        self.writes.put(None)
        for _ in range(READERS):
            self.reads.put(None)
        for thread in reversed(self.threads):  # the writer last: it leaves no WAL behind
            await asyncio.to_thread(thread.join)
        for lock in self.locks:
            if lock is not None:
                os.close(lock)
        self.threads.clear()
        self.locks.clear()
        self.keeper = False

    def connection(self) -> NoReturn:
        """Connections belong to threads here: `Base.do` and `Base.read` hand them out."""
        raise RuntimeError("use Base.do and Base.read")

    async def do(self, act: Callable[..., Any], args: Any, kw: Any) -> Any:
        """Run the act in a transaction of its own; its result once that is on disk and told."""
        return await self.acts.add(act, args, kw)

    async def read(self, query: Callable[..., Any], args: Any, kw: Any) -> Any:
        """Run the query on one snapshot."""
        if self.acts.closed:
            raise Unavailable("the database is closed")
        if self.reading >= WAITING:
            raise Unavailable("too many reads are waiting")
        self.reading += 1
        job = Job(query, args, kw, self.loop.create_future())
        self.reads.put(job)
        return await job.done

    def _read_done(self, job: Job) -> None:
        self.reading -= 1
        job.answer()

    def _rest(self) -> bool:
        """Nothing waits: now and then a good moment for a checkpoint, which a COMMIT would have to wait for."""
        if not self.written or time.monotonic() - self.checkpointed < CHECKPOINT_EVERY:
            return False
        self.writes.put([])
        return True

    # --- in the writer's thread

    def _write(self, ready: "asyncio.Future[None]") -> None:
        driver = self._open(ready)
        if driver is None:
            return
        con = Connection(driver)
        try:
            while (group := self.writes.get()) is not None:
                if not group:
                    self._checkpoint(driver)
                    self.loop.call_soon_threadsafe(self.acts.next)
                elif self._commit(group, con, driver):
                    self.written = True
                    self.loop.call_soon_threadsafe(self.acts.settle, group)
        except BaseException as error:  # without its writer the process would only seem to live
            self._die(error)
        driver.raw.close()

    def _commit(self, group: list[Job], con: Connection, driver: SQLiteConnection) -> bool:
        """Run a group of acts under one COMMIT. False when nobody may be answered any more."""
        raw = driver.raw
        committing = False
        try:
            raw.execute("BEGIN IMMEDIATE")
            for job in group:
                self._act(job, con, driver)
            committing = True
            raw.execute("COMMIT")
        except sqlite3.Error as error:
            if committing and primary_code(error) in DAMAGE:
                self._die(error)
                return False
            if raw.in_transaction:
                raw.execute("ROLLBACK")
            for job in group:  # also who failed by itself: it may have seen what is now gone
                job.error = Unavailable(str(error))
        return True

    def _act(self, job: Job, con: Connection, driver: SQLiteConnection) -> None:
        raw = driver.raw
        driver.failure = None
        raw.execute("SAVEPOINT act")
        try:
            work = Work(con)
            job.value = job.context.run(finish, job.act, work, *job.args, **job.kw)
            if driver.failure is not None:
                raise driver.failure
            job.events = work.events
        except BaseException as error:
            if not raw.in_transaction:  # SQLite itself has undone the whole group: the disk is full
                raise sqlite3.OperationalError(str(error)) from error
            raw.execute("ROLLBACK TO act")
            job.error = error
        raw.execute("RELEASE act")

    def _checkpoint(self, driver: SQLiteConnection) -> None:
        """Copy what the WAL holds into the database file, if this is the process that does."""
        self.checkpointed, self.written = time.monotonic(), False
        if not self.keeper:
            lock = lock_file(self.path, "-checkpoint", fcntl.LOCK_EX)
            if lock is None:
                return
            self.locks.append(lock)
            self.keeper = True
            driver.raw.execute("PRAGMA wal_autocheckpoint=4000")  # in pages, for days without a quiet moment
        try:
            driver.raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        except sqlite3.Error as error:
            if primary_code(error) in DAMAGE:
                self._die(error)
            else:
                log.warning("checkpoint put off: %s", error)

    def _die(self, error: BaseException) -> None:
        self.acts.closed = True
        self.fatal(error)  # a second sync may lie, so what is on disk cannot be known here

    # --- in the readers' threads

    def _read(self, ready: "asyncio.Future[None]") -> None:
        driver = self._open(ready, "query_only=ON")
        if driver is None:
            return
        con = Connection(driver)
        while job := self.reads.get():
            driver.failure = None
            try:
                driver.raw.execute("BEGIN")
                job.value = job.context.run(finish, job.act, con, *job.args, **job.kw)
            except sqlite3.Error as error:
                job.error = understood(error)
            except BaseException as error:
                job.error = error
            with contextlib.suppress(sqlite3.Error):
                driver.raw.execute("ROLLBACK")
            self.loop.call_soon_threadsafe(self._read_done, job)
        driver.raw.close()

    def _open(self, ready: "asyncio.Future[None]", *pragmas: str) -> SQLiteConnection | None:
        try:
            driver = SQLiteConnection(self.path, *pragmas)
        except sqlite3.Error as error:
            self.loop.call_soon_threadsafe(ready.set_exception, Unavailable(f"{self.path}: {error}"))
            return None
        if not pragmas:
            self._checkpoint(driver)
        self.loop.call_soon_threadsafe(ready.set_result, None)
        return driver
