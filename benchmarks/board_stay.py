"""`python -m benchmarks board --stay`: the town of the board's benchmark, moving, to be looked at by somebody."""

from __future__ import annotations

import contextlib
import itertools
import signal

from benchmarks.board import OPEN, REPARTIDORES
from benchmarks.board_live import EVENTS_S, move_about
from benchmarks.stage import post_all, product
from tests.servers import PASSWORD, Servers

ADMIN = "jefa@belgrano.test"


def stay() -> None:
    """Start it, say where it is, and move tickets about until Ctrl+C (or SIGTERM): then all of it is ended."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.default_int_handler)

    def enrol(town: Servers) -> None:
        town.create_user("ticketera", "admin", ADMIN, "Jefa Álvarez")

    with product(REPARTIDORES, enrol) as stage:
        post_all(stage, OPEN)
        print(
            f"{OPEN:,} open tickets, {REPARTIDORES} repartidores, {EVENTS_S} moves a second\n\n"
            f"  {stage.url}/tablero?medir=1\n  {ADMIN}\n  {PASSWORD}\n\nCtrl+C ends it.",
            flush=True,
        )
        with contextlib.suppress(KeyboardInterrupt):
            move_about(stage, itertools.count())
