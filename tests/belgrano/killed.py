"""Make a database, or restore a copy over it, again and again, each time killed one step further.

python -m tests.belgrano.killed DATABASE [COPY]: before each step (a file opened, linked, renamed or removed, as
Python's own audit reports them) a forked process ends by SIGKILL, until one gets through. Prints a line for each: what
the app then finds.
"""

import asyncio
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from belgrano.database.migrations import migrate
from belgrano.database.restore import restore
from belgrano.database.schema import look_into_file
from ticketera.cli import EPOCA_NUEVA
from ticketera.settings import MIGRATIONS

STEPS = {"open", "os.rename", "os.link", "os.remove", "os.chmod", "shutil.copyfile", "sqlite3.connect"}


def killed_at(step: int, database: Path, copy: Path | None) -> bool:
    """Whether what is killed at a step got that far."""
    child = os.fork()
    if child == 0:
        left = step

        def audit(event: str, args: tuple[Any, ...]) -> None:
            nonlocal left
            if event in STEPS and str(database.parent) in str(args[0]):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(audit)
        if copy is None:
            migrate(f"sqlite:///{database}", "ticketera", MIGRATIONS)
        else:
            asyncio.run(restore(f"sqlite:///{database}", "ticketera", copy, MIGRATIONS, EPOCA_NUEVA))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def what_is_there(database: Path) -> str:
    """The database as an app would find it, in one word or two."""
    opened = os.fork()
    if opened == 0:
        migrate(f"sqlite:///{database}", "ticketera", MIGRATIONS)
        os._exit(0)
    if code := os.waitstatus_to_exitcode(os.waitpid(opened, 0)[1]):
        return f"refused with {code}"
    look_into_file(database).check(str(database), "ticketera", MIGRATIONS)
    with sqlite3.connect(database) as raw:
        users = [row[0] for row in raw.execute("SELECT email FROM usuarios ORDER BY id")]
        epoca = raw.execute("SELECT epoca FROM tablero").fetchone()[0]
        sessions = raw.execute("SELECT count(*) FROM sessions WHERE ended_at IS NULL").fetchone()[0]
        ids = raw.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'usuarios'").fetchone()[0]
    raw.close()
    if not users:
        return "made"
    old = (users, epoca, sessions, ids < 1_000_000) == (["ana@belgrano.test", "later@belgrano.test"], "old", 1, True)
    new = (users, epoca != "old", sessions, ids > 1_000_000) == (["ana@belgrano.test"], True, 0, True)
    return "old" if old else "new" if new else f"neither: {users} {epoca} {sessions} {ids}"


def main(database: Path, copy: Path | None = None) -> None:
    """Kill and look, step by step."""
    before = database.parent / "before"
    before.mkdir()
    for each in list(database.parent.glob(f"{database.name}*")):
        shutil.copy(each, before / each.name)
    step = 0
    while True:
        for each in [*database.parent.glob(f"{database.name}*"), *database.parent.glob(f".{database.name}*")]:
            each.unlink()
        for each in before.iterdir():
            shutil.copy(each, database.parent / each.name)
        step += 1
        killed = killed_at(step, database, copy)
        print(what_is_there(database), flush=True)
        if not killed:
            return


if __name__ == "__main__":
    main(*(Path(each) for each in sys.argv[1:]))
