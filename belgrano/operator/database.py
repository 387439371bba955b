"""The commands on an app's database that are the same for both. Each opens its own, and the app may be running."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from belgrano.database.base import Base
from belgrano.database.copies import Copying
from belgrano.database.migrations import is_current
from belgrano.database.work import Work
from belgrano.outbox.outgoing import retry_outgoing, select_outgoing
from belgrano.settings import Settings


def opened(settings: Settings) -> Base:
    """An app's database; `async with` opens it for one command."""
    return Base(
        settings.database,
        app=settings.app,
        migrations=settings.migrations,
        tell=lambda events: None,
        before_migrating=copying(settings).before_migrating,
    )


def copying(settings: Settings) -> Copying:
    """What makes an app's copies."""
    return Copying(settings.database, settings.app, settings.migrations, settings.copies)


@asynccontextmanager
async def maybe_opened(settings: Settings, *, make: bool) -> AsyncIterator[Base | None]:
    """An app's database; without `make` it is neither made nor migrated: None where it is not there, or older.

    Ends the program (78) where it is not this app's.
    """
    if not make and not await asyncio.to_thread(is_current, settings.database, settings.app, settings.migrations):
        yield None
        return
    async with opened(settings) as base:
        yield base


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
