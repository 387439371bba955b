"""What happens by itself: waiting tickets given out in time, turnos closed, old rows forgotten, ended sessions cut."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

import structlog

from belgrano.accounts.ended import cut_ended
from belgrano.accounts.sessions import select_open
from belgrano.database.base import Base
from belgrano.database.loops import Survived, every, in_pieces
from ticketera.actions.direcciones import anotar, ubicar
from ticketera.actions.limpieza import olvidar, podar
from ticketera.actions.turnos import barrer
from ticketera.outlets.geocodificador import Away, Geocodificador
from ticketera.store.configuracion import select_configuracion

SWEEP_S = 2.0
PRUNE_S = 600.0
READ_AGAIN_S = 30.0
SOME = 250
LOCATE_S = 1.1  # a little more than the second between two questions
LOCATE_OFF_S = 3.0
LOCATE_AT_MOST_S = 300.0
log = structlog.get_logger(__name__)


def loops(
    base: Base, cut: Callable[[str], None], here: Callable[[], Sequence[str]], geocodificador: Geocodificador
) -> Sequence[Coroutine[Any, Any, None]]:
    """The loops of one process; `cut` ends the sockets of a session by its token hash, `here` are all that have any."""
    return (
        locate(base, geocodificador),
        every(SWEEP_S, partial(base.do, barrer), "sweep"),
        every(PRUNE_S, partial(prune, base), "prune"),
        cut_ended(base, cut),
        every(READ_AGAIN_S, partial(read_again, base, cut, here), "open sessions"),
    )


async def locate(base: Base, geocodificador: Geocodificador) -> None:
    """Find out where tickets are, one question at a time, for ever, where a geocoder is configured.

    A service that is away is asked more and more rarely.
    """
    pause = LOCATE_S
    while True:
        wait = LOCATE_S
        with Survived("geocoder"):
            try:
                if not (await base.read(select_configuracion)).geocodificador:
                    wait, pause = LOCATE_OFF_S, LOCATE_S
                elif await locate_next(base, geocodificador):
                    pause = LOCATE_S
            except Away as away:
                pause = min(LOCATE_AT_MOST_S, 2 * pause)
                wait = away.seconds or pause
                log.warning("geocoder_away", why=str(away), again_s=wait)
        await asyncio.sleep(wait)


async def locate_next(base: Base, geocodificador: Geocodificador) -> bool:
    """Ask for the next address and keep the answer; whether there was one to ask for. Raises Away."""
    asked = await base.do(ubicar)
    if asked is None:
        return False
    await base.do(anotar, asked.texto, await geocodificador.buscar(asked.plantilla, asked.texto))
    return True


async def prune(base: Base) -> None:
    """Forget what is old: novedades after 7 days, remembered answers and reports after 30, sessions after 60."""
    await in_pieces(base, podar)
    await in_pieces(base, olvidar)


async def read_again(base: Base, cut: Callable[[str], None], here: Callable[[], Sequence[str]]) -> None:
    """Cut the sockets whose session is not open any more, whatever ended it."""
    hashes = here()
    for start in range(0, len(hashes), SOME):
        some = hashes[start : start + SOME]
        for token_hash in set(some) - await base.read(select_open, some):
            cut(token_hash)
