"""What each incident is seen by: a sense says in a sentence what is wrong, and nothing while all is well.

Senses are asked off the loop, one after the other, every few seconds.
"""

import asyncio
import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import httpx

from belgrano.database.copies import Copying
from belgrano.database.loops import every
from belgrano.database.sqlite_file import sqlite_path
from belgrano.http.client import new_client
from belgrano.http.metrics import FAILURES, MANY_FAILURES
from belgrano.http.reasons import why
from belgrano.outbox.relay import Relay
from belgrano.settings import Settings

Sense = Callable[[], str]

LEAST_FREE, FREE_AGAIN = 0.10, 0.11  # of a disk
A_MINUTE = 60.0
PROBE_S, PROBE_LIMIT_S = 10.0, 5.0


class Disk:
    """Whether there is room where an app writes; what was short of it has to have somewhat more again."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._short: set[Path] = set()

    def __call__(self) -> str:
        for folder in self._folders:
            with suppress(OSError):
                usage = shutil.disk_usage(folder)
                free = usage.free / usage.total if usage.total else 1.0
                least = FREE_AGAIN if folder in self._short else LEAST_FREE
                (self._short.add if free < least else self._short.discard)(folder)
                if free < least:
                    return f"Queda libre el {free:.0%} del disco de {folder.absolute()}."
        return ""


class Neighbour:
    """Whether the other app answers, asked every few seconds, or the queue to it waits because it does not."""

    def __init__(self, name: str, url: str, relay: Relay) -> None:
        self._name, self._relay = name, relay
        self._client = new_client(url, timeout=httpx.Timeout(PROBE_LIMIT_S), at_once=1)
        self._trouble = ""

    def __call__(self) -> str:
        if self._trouble or self._relay.state != "esperando":
            return self._trouble
        return f"{self._name} no toma lo que se le manda: {self._relay.reason}."

    async def probe(self) -> None:
        """Ask once."""
        try:
            async with asyncio.timeout(PROBE_LIMIT_S):
                answer = await self._client.get("/healthz")
            self._trouble = "" if answer.status_code == 200 else f"{self._name} contesta {answer.status_code}."
        except (TimeoutError, httpx.HTTPError, httpx.InvalidURL) as error:
            self._trouble = f"{self._name} no responde: {why(error)}."

    async def run(self) -> None:
        """Ask for ever, once the other app has had its time to start."""
        await asyncio.sleep(PROBE_S)
        await every(PROBE_S, self.probe, "the other app")

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()


def stopped(relay: Relay) -> Sense:
    """Whether the queue is stopped because the other app does not know us."""
    return lambda: f"No sale nada: {relay.reason}." if relay.state == "detenida" else ""


def failures() -> str:
    """Whether this process answered many requests with a 500 within a minute."""
    if len(FAILURES) < MANY_FAILURES or time.monotonic() - FAILURES[0] > A_MINUTE:
        return ""
    return f"Hubo {MANY_FAILURES} errores 500 o más en un minuto; el registro dice cuáles (request_failed)."


def of(settings: Settings, relay: Relay, neighbour: Neighbour, copies: Copying) -> dict[str, Sense]:
    """The senses that both apps have, by incident."""
    folders = [sqlite_path(settings.database).parent] if settings.database.startswith("sqlite") else []
    return {
        "cola_detenida": stopped(relay),
        "errores": failures,
        "otra_app": neighbour,
        "disco": Disk(folders),
        "copia_vieja": copies.trouble,
    }
