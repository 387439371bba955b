"""Health: `/healthz` says that the process lives, `/health` whether it can work."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Literal, NotRequired

from quart import Quart
from quart.typing import ResponseReturnValue
from typing_extensions import TypedDict

from belgrano.database.base import Base
from belgrano.database.work import Connection, Work
from belgrano.http.access import anyone
from belgrano.http.answers import answers, sends

LIMIT_S = 1.0


class Queue(TypedDict):
    """A stored queue: what waits, what was set aside, and how old the oldest that waits is."""

    pendientes: int
    apartados: int
    mas_viejo_s: int


class Health(TypedDict):
    """Whether an app can work; `motivos` says why it cannot, or not all of it."""

    status: Literal["healthy", "degraded", "unhealthy"]
    service: str
    database: Literal["connected", "disconnected"]
    version: str
    motivos: NotRequired[list[str]]


def project_version() -> str:
    """The installed version."""
    try:
        return version("belgrano")
    except PackageNotFoundError:
        return "0"


class Pulse:
    """Whether the database stores what it is given: it is written to, at most once a second, whoever asks."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._good_until = 0.0

    async def __call__(self) -> None:
        """Raises what the database does, and Unavailable where its file is gone or its disk is full."""
        if time.monotonic() < self._good_until:
            return
        self._base.check_file()
        await self._base.do(touch)
        self._good_until = time.monotonic() + 1


def register_health(
    app: Quart,
    base: Base,
    *,
    service: str,
    shape: Any = Health,
    extra: Callable[[], Awaitable[dict[str, Any]]] | None = None,
) -> None:
    """Register both routes; `extra` adds to /health what `shape` has more, and may say "degraded", still 200."""

    pulse = Pulse(base)

    @app.get("/healthz")
    @anyone
    @sends("text/plain")
    async def healthz() -> ResponseReturnValue:
        return "ok", 200, {"Content-Type": "text/plain; charset=utf-8"}

    @app.get("/health")
    @anyone
    @answers(shape, 200, 503)
    async def health() -> ResponseReturnValue:
        answer = {"status": "healthy", "service": service, "database": "connected", "version": project_version()}
        try:
            async with asyncio.timeout(LIMIT_S):
                await pulse()
                await base.read(_ping)
                if extra is not None:
                    answer |= await extra()
        except Exception:  # Whatever it is: this process cannot work now, and says so.
            answer |= {"status": "unhealthy", "database": "disconnected"}
            return answer, 503, {"Retry-After": "1"}
        return answer, 200


async def touch(work: Work) -> None:
    """Write the row that says nothing."""
    await work.con.execute("UPDATE running SET ms = ms WHERE id = 1")


async def _ping(con: Connection) -> None:
    await con.fetch_val("SELECT 1")
