"""The commands on an app's database that are the same for both. Each opens its own, and the app may be running."""

from collections.abc import Callable, Coroutine
from typing import Any

from belgrano.database.base import Base
from belgrano.database.work import Work
from belgrano.outbox.outgoing import retry_outgoing, select_outgoing
from belgrano.settings import Settings


def opened(settings: Settings) -> Base:
    """An app's database; `async with` opens it for one command."""
    return Base(settings.database, app=settings.app, migrations=settings.migrations, tell=lambda events: None)


async def init_db(settings: Settings) -> None:
    """Make and migrate the database."""
    async with opened(settings):
        pass


async def nueva_epoca(settings: Settings, renew: Callable[[Work], Coroutine[Any, Any, object]]) -> None:
    """Do what a restored database needs; `renew` is the app's `EPOCA_NUEVA`."""
    async with opened(settings) as base:
        await base.do(renew)


async def outbox_list(settings: Settings) -> list[dict[str, Any]]:
    """What was set aside, then what waits."""
    async with opened(settings) as base:
        rows = [*await base.read(select_outgoing), *await base.read(select_outgoing, state="pendiente")]
    return [dict(row) for row in rows]


async def outbox_retry(settings: Settings, desde: int | None) -> int:
    """Send again what was set aside, and with `desde` (ms UTC) everything since then; how many."""
    async with opened(settings) as base:
        return await base.do(retry_outgoing, desde)
