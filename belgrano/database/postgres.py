"""PostgreSQL behind `databases[asyncpg]`: the same acts and the same SQL text, awaited.

Acts of all processes are serial, as on SQLite: each transaction begins by taking an advisory lock of the app.
What waits shares one COMMIT, a savepoint each. Tables live in a schema of the app's name.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import asyncpg  # type: ignore[import-untyped]
from databases.backends.postgres import PostgresBackend as StockBackend

from belgrano.database.acts import PATIENCE, Acts, Job
from belgrano.database.migrations import lock_number
from belgrano.database.postgres_wire import ERRORS, Lost, PostgresConnection, understood
from belgrano.database.work import Connection, Unavailable, Work, guard

T = TypeVar("T")

GROUP = 64  # acts that share a COMMIT
READERS = 5  # connections at most, beside the writer's
STATEMENT_LIMIT = 3.0  # seconds; a server that says nothing for longer counts as away
TRIES = 3  # of a group whose connection broke, or that lost a deadlock, before its COMMIT was sent


class PostgresBackend(StockBackend):
    """The server: `do` acts on one connection, `read` on the others."""

    def __init__(
        self,
        database_url: Any,
        *,
        app: str,
        tell: Callable[[Sequence[object]], None],
        fatal: Callable[[BaseException], None],
    ) -> None:
        super().__init__(database_url)
        self.app = app
        self.address = {
            "dsn": str(self._database_url),
            "timeout": PATIENCE,
            "command_timeout": STATEMENT_LIMIT,
            "statement_cache_size": 256,
            "server_settings": {
                "search_path": app,
                "application_name": f"belgrano-{app}",
                "lock_timeout": str(int(PATIENCE * 1000)),
                "idle_in_transaction_session_timeout": "10000",
                "jit": "off",
            },
        }
        self.begin = f"BEGIN; SELECT pg_advisory_xact_lock({lock_number(app)}); SAVEPOINT act"
        self.acts = Acts(tell, self._start, GROUP)
        self._pool: Any = None
        self.writer: Any = None
        self.running: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        try:
            self._pool = await asyncpg.create_pool(min_size=0, max_size=READERS, reset=_no_reset, **self.address)
        except ERRORS as error:
            raise Unavailable(str(error) or repr(error)) from error
        self.acts.open()

    async def disconnect(self) -> None:
        await self.acts.close()
        self._drop_writer()
        try:
            await asyncio.wait_for(self._pool.close(), PATIENCE)
        except TimeoutError:
            self._pool.terminate()
        self._pool = None

    async def do(self, act: Callable[..., Any], args: Any, kw: Any) -> Any:
        """Run the act in a transaction of its own; its result once that is on disk and told."""
        return await self.acts.add(act, args, kw)

    async def read(self, query: Callable[..., Any], args: Any, kw: Any) -> Any:
        """Run the query on one snapshot, once more when the connection turns out to be dead."""
        if self.acts.closed:
            raise Unavailable("the database is closed")
        try:
            return await self._read(query, args, kw)
        except Lost:
            return await self._read(query, args, kw)

    async def _read(self, query: Callable[..., Any], args: Any, kw: Any) -> Any:
        try:
            raw = await self._pool.acquire(timeout=PATIENCE)
        except ERRORS as error:
            raise understood(error) from error
        driver = PostgresConnection(raw)
        try:
            await driver.execute(("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", None))
            try:
                return await guard(query(Connection(driver), *args, **kw), lambda: driver.talking)
            finally:
                if not isinstance(driver.failure, Unavailable):
                    driver.failure = None
                    await driver.execute(("ROLLBACK", None))
        finally:
            with contextlib.suppress(asyncpg.InterfaceError):
                if isinstance(driver.failure, Unavailable) or raw.is_in_transaction():
                    raw.terminate()
            await self._pool.release(raw)

    # --- one group of acts, in a task of its own

    def _start(self, group: list[Job]) -> None:
        self.running = asyncio.create_task(self._run(group), name=f"{self.app}-write")

    async def _run(self, group: list[Job]) -> None:
        error: BaseException | None = None
        for _ in range(TRIES):
            error = await self._try(group)
            if not isinstance(error, Lost):
                break
        if error is not None:
            for job in group:
                job.error = error
        self.acts.settle(group)

    async def _try(self, group: list[Job]) -> BaseException | None:
        """Run a group under one COMMIT. What broke it, if something did; Lost when it may be tried once more."""
        committing = False
        try:
            if self.writer is None:
                self.writer = await self._connect()
            driver = PostgresConnection(self.writer)
            await driver.execute((self.begin, None))
            await self._acts(group, driver)
            committing = True
            await driver.execute(("COMMIT", None))
        except BaseException as error:
            self._drop_writer()
            found = understood(error) if isinstance(error, Exception) else error
            return Unavailable(str(found)) if committing and isinstance(found, Lost) else found
        return None

    async def _acts(self, group: list[Job], driver: PostgresConnection) -> None:
        """Run the acts of a group. Raises what breaks the whole group; what one act raises is kept for its caller."""
        con = Connection(driver)
        for n, job in enumerate(group, 1):
            job.error, job.events = None, []
            work = Work(con)
            try:
                act = guard(job.act(work, *job.args, **job.kw), lambda: driver.talking)
                job.value = await asyncio.create_task(_await(act), context=job.context)
                if driver.failure is not None:
                    raise driver.failure
                job.events = work.events
            except BaseException as error:
                if isinstance(driver.failure, Unavailable):
                    raise driver.failure from error
                job.error = error
            if job.error is not None:
                driver.failure = None
                await driver.execute(("ROLLBACK TO act", None))
            elif n < len(group):
                await driver.execute(("RELEASE act; SAVEPOINT act", None))

    async def _connect(self) -> Any:
        try:
            return await asyncpg.connect(**self.address)
        except ERRORS as error:  # whatever it is, nobody can store now
            found = understood(error)
            raise (found if isinstance(found, Unavailable) else Unavailable(str(error))) from error

    def _drop_writer(self) -> None:
        """Give up a connection in an unknown state. The server rolls back what it was doing."""
        if self.writer is not None:
            self.writer.terminate()
            self.writer = None


async def _await(awaitable: Awaitable[T]) -> T:
    return await awaitable


async def _no_reset(raw: Any) -> None:
    """Reset nothing: no setting of a session is ever changed, and asyncpg itself rolls back an open transaction."""
