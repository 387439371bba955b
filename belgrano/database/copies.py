"""Copies by themselves: a thread of the running app makes one when the newest is older than the plan allows.

The copies in the folder are all that is remembered: processes that share it take turns by a lock and find out there
whether one is due. Nothing here is in the way of an order: SQLite copies beside its writer, PostgreSQL's dump is a
process of its own. What fails is said once and tried again.
"""

import errno
import logging
import os
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from belgrano.database.backup import SUFFIXES, alone, copies_in, copy_alone, made_at
from belgrano.database.migrations import find_own
from belgrano.database.plan import Plan
from belgrano.words.ages import hace

TURN_S = 30.0  # how late a copy may be
AHEAD_S = 60.0  # a stamp further ahead was written by a clock that has been put back since: it does not count
LATE = 2  # intervals after which somebody has to be told
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Copy:
    """A copy that lies in the folder, and how many seconds ago it was made."""

    path: Path
    age_s: float


def newest_copy(folder: Path, app: str) -> Copy | None:
    """The newest copy of an app in a folder; None where there is none, or no folder. Raises OSError."""
    now = datetime.now(UTC)
    ages = [
        Copy(path, (now - made_at(path)).total_seconds())
        for suffix in SUFFIXES
        for path in (copies_in(folder, app, suffix) if folder.is_dir() else ())
    ]
    return min((copy for copy in ages if copy.age_s > -AHEAD_S), key=lambda copy: copy.age_s, default=None)


def is_late(copy: Copy, plan: Plan) -> bool:
    """Whether one should have followed it long ago."""
    return copy.age_s > LATE * plan.every_s + TURN_S


class Copying:
    """Makes the copies of one app as its plan says, from `start` to `stop`."""

    def __init__(self, url: str, app: str, migrations: Path, plan: Plan) -> None:
        self.app, self.plan = app, plan
        self._url, self._migrations = url, migrations
        self._failure = ""  # the last try's
        self._shut = False  # the folder cannot be used
        self._stop = threading.Event()

    def before_migrating(self) -> None:
        """Copy the database, which is about to be migrated.

        What keeps it from that is said, and the app starts all the same: a migration is one transaction.
        """
        if self.plan.folder is None:
            return
        try:
            with alone(self.plan.folder):  # whose it is was looked at, under the lock that is held
                log.info("copied before the migration: %s", copy_alone(self._url, self.app, self.plan.folder))
        except (OSError, ValueError) as error:
            log.error("%s: no se pudo hacer una copia antes de actualizar la base: %s", self.app, error)

    def start(self) -> None:
        """Begin, with a copy where none is young enough. The thread holds up nobody who ends the process."""
        if self.plan.folder is not None:
            threading.Thread(target=self._run, name=f"copias-{self.app}", daemon=True).start()

    def stop(self) -> None:
        """Begin no other."""
        self._stop.set()

    def trouble(self) -> str:
        """Why there is no copy that is young enough, as a sentence for whoever is alerted; nothing where all is well.

        Reads the folder: not for the loop.
        """
        if self.plan.folder is None:
            return ""
        try:
            copy = newest_copy(self.plan.folder, self.app)
        except OSError as error:
            return f"No se puede leer {self.plan.folder} ({os.strerror(error.errno or 0)})."
        if copy is None or self._shut:
            return self._failure
        if not is_late(copy, self.plan):
            return ""
        return f"La última copia es de {hace(0, int(copy.age_s * 1000))}. {self._failure}".strip()

    def _run(self) -> None:
        while True:
            try:
                self._turn()
                if self._failure:
                    log.info("%s: copies are made again", self.app)
                self._failure = ""
            except Exception as error:
                self._say(error)
            if self._stop.wait(min(TURN_S, self.plan.every_s / 4)):
                return

    def _turn(self) -> None:
        folder = self.plan.folder
        assert folder is not None  # noqa: S101
        self._shut = True
        with alone(folder):
            copy = newest_copy(folder, self.app)
            self._shut = not os.access(folder, os.W_OK | os.X_OK)
            if self._shut:
                raise PermissionError(errno.EACCES, "", str(folder))
            if copy is None or copy.age_s >= self.plan.every_s:
                find_own(self._url, self.app, self._migrations)
                log.info("copy made: %s", copy_alone(self._url, self.app, folder))

    def _say(self, error: Exception) -> None:
        why = f"{os.strerror(error.errno)} ({error.filename})" if isinstance(error, OSError) and error.errno else ""
        failure = f"No se pudo hacer la copia: {why or error}"
        if failure != self._failure:
            known = isinstance(error, (OSError, ValueError))
            log.error("%s: %s", self.app, failure, exc_info=None if known else error)
        self._failure = failure
