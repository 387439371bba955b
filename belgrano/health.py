"""Health: `/healthz` says that the process lives, `/health` whether it can work."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from quart import Quart
from quart.typing import ResponseReturnValue

from belgrano.access import anyone
from belgrano.base import Base
from belgrano.work import Connection

LIMIT_S = 1.0


def project_version() -> str:
    """The installed version."""
    try:
        return version("belgrano")
    except PackageNotFoundError:
        return "0"


def register_health(
    app: Quart, base: Base, *, service: str, extra: Callable[[], Awaitable[dict[str, Any]]] | None = None
) -> None:
    """Register both routes; `extra` adds to /health, and may say `"status": "degraded"`, still 200."""

    @app.get("/healthz")
    @anyone
    async def healthz() -> ResponseReturnValue:
        return "ok", 200, {"Content-Type": "text/plain; charset=utf-8"}

    @app.get("/health")
    @anyone
    async def health() -> ResponseReturnValue:
        answer = {"status": "healthy", "service": service, "database": "connected", "version": project_version()}
        try:
            async with asyncio.timeout(LIMIT_S):
                await base.read(_ping)
                if extra is not None:
                    answer |= await extra()
        except Exception:  # Whatever it is: this process cannot work now, and says so.
            answer |= {"status": "unhealthy", "database": "disconnected"}
            return answer, 503, {"Retry-After": "1"}
        return answer, 200


async def _ping(con: Connection) -> None:
    await con.fetch_val("SELECT 1")
