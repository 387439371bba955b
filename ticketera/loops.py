"""What happens by itself: waiting tickets given out in time, turnos closed, old rows forgotten, ended sessions cut."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any

import structlog

from belgrano.accounts.sessions import select_ended_after, select_newest_end, select_open
from belgrano.database.base import Base, Unavailable
from ticketera.actions.limpieza import olvidar, podar
from ticketera.actions.turnos import barrer
from ticketera.actions.ubicacion import anotar, ubicar
from ticketera.outlets.geocodificador import Away, Geocodificador
from ticketera.store.configuracion import select_configuracion

SWEEP_S = 2.0
PRUNE_S = 600.0
ENDED_S = 0.5
READ_AGAIN_S = 30.0
SOME = 250
LOCATE_S = 1.1  # a little more than the second between two questions
LOCATE_OFF_S = 3.0
LOCATE_AT_MOST_S = 300.0
Loop = Callable[[], Coroutine[Any, Any, None]]
log = structlog.get_logger(__name__)


def loops(
    base: Base, cut: Callable[[str], None], here: Callable[[], Sequence[str]], geocodificador: Geocodificador
) -> Sequence[Loop]:
    """The loops of one process; `cut` ends the sockets of a session by its token hash, `here` are all that have any."""
    return (
        partial(locate, base, geocodificador),
        partial(every, SWEEP_S, partial(base.do, barrer)),
        partial(every, PRUNE_S, partial(prune, base)),
        partial(cut_ended, base, cut),
        partial(every, READ_AGAIN_S, partial(read_again, base, cut, here)),
    )


async def every(seconds: float, run: Callable[[], Awaitable[object]]) -> None:
    """Run again and again, for ever; a failure is logged and the next turn tries anew."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await run()
        except Unavailable:
            log.warning("loop_without_database")
        except Exception:
            log.exception("loop_failed")


async def locate(base: Base, geocodificador: Geocodificador) -> None:
    """Find out where tickets are, one question at a time, for ever, where a geocoder is configured.

    A service that is away is asked more and more rarely.
    """
    wait, misses = LOCATE_S, 0
    while True:
        await asyncio.sleep(wait)
        wait = LOCATE_S
        try:
            if not (await base.read(select_configuracion)).geocodificador:
                wait, misses = LOCATE_OFF_S, 0
                continue
            asked = await base.do(ubicar)
            if asked is not None:
                await base.do(anotar, asked.texto, await geocodificador.buscar(asked.plantilla, asked.texto))
                misses = 0
        except Away as away:
            misses += 1
            wait = away.seconds or min(LOCATE_AT_MOST_S, LOCATE_S * 2**misses)
            log.warning("geocoder_away", why=str(away), again_s=wait)
        except Unavailable:
            log.warning("loop_without_database")
        except Exception:
            log.exception("loop_failed")


async def prune(base: Base) -> None:
    """Forget what is old: novedades after 7 days, remembered answers and reports after 30, sessions after 60."""
    for act in (podar, olvidar):
        more = True
        while more:
            more = await base.do(act)
            await asyncio.sleep(0.1)  # a piece at a time, so that intake passes in between


async def cut_ended(base: Base, cut: Callable[[str], None]) -> None:
    """Cut the sockets of sessions that another process, or an operator's command, ended: each end has its number."""
    newest = await base.read(select_newest_end)

    async def look() -> None:
        nonlocal newest
        for token_hash, number in await base.read(select_ended_after, newest):
            cut(token_hash)
            newest = number

    await every(ENDED_S, look)


async def read_again(base: Base, cut: Callable[[str], None], here: Callable[[], Sequence[str]]) -> None:
    """Cut the sockets whose session is not open any more, whatever ended it."""
    hashes = here()
    for start in range(0, len(hashes), SOME):
        some = hashes[start : start + SOME]
        for token_hash in set(some) - await base.read(select_open, some):
            cut(token_hash)
