"""What a copy must not bring back: asked of the database whose place it takes, and told to the act that renews it."""

import sqlite3
from pathlib import Path
from typing import Any

from belgrano.database.schema import Found, newest
from belgrano.database.work import Connection, Remember, Renew, finish, renewed


class Asked:
    """The two acts of a restore, in their order: `ask` of what is there, if anything is, then `renew` of the copy."""

    def __init__(self, migrations: Path, renew: Renew, remember: Remember | None) -> None:
        self._migrations, self._renew, self._remember = migrations, renew, remember
        self._said: tuple[Any, ...] = () if remember is None else (None,)

    @property
    def remembered(self) -> bool:
        """Whether what was to be asked was answered."""
        return None not in self._said

    def ask(self, found: Found, driver: Any) -> None:
        """Read what the present database has to say; one of another version is not asked."""
        if self._remember is None or found.revision != newest(self._migrations):
            return
        try:
            self._said = (finish(self._remember, Connection(driver)),)
        except sqlite3.DatabaseError:  # damaged where nobody had looked yet: what a copy is for
            return

    def renew(self, driver: Any) -> None:
        """Run the act in the transaction that is open on a driver."""
        renewed(self._renew, driver, *self._said)
