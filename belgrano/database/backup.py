"""Copies of a database; the way back is in `belgrano.database.restore`.

A copy is taken while the app works, checked, and named only when it is whole and on disk; a small JSON with its hash
lies beside it. Only their owner can read them. Errors for the operator are ValueError with a plain Spanish sentence.
"""

import asyncio
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from belgrano.database.migrations import check_own
from belgrano.database.sqlite_file import SQLiteConnection, sqlite_path, sync
from belgrano.database.work import Work
from belgrano.env import PREFIX

HOURLY, DAILY, WEEKLY = 24, 14, 8  # copies that stay: the newest, and the newest of so many days and weeks
SKIPPED_IDS = 1_000_000
STAMP = "%Y%m%dT%H%M%SZ"
SUFFIXES = (".db", ".dump")


async def backup(url: str, app: str, folder: Path, migrations: Path) -> Path:
    """Make a checked copy of an app's database in `folder`, drop copies that are old, and say where it is.

    Ends the program (78, one line) where the database is not the app's own.
    """
    return await asyncio.to_thread(_backup, url, app, folder, migrations)


async def skip_ids(work: Work, count: int = SKIPPED_IDS) -> None:
    """Let every table count on from far above: ids that a lost database gave out are never given again."""
    if isinstance(work.con.driver, SQLiteConnection):
        await work.con.execute(
            """
            INSERT INTO sqlite_sequence (name, seq)
            SELECT name, 0
              FROM sqlite_master
             WHERE type = 'table'
               AND sql LIKE '%AUTOINCREMENT%'
               AND name NOT IN (SELECT name FROM sqlite_sequence)
            """
        )
        await work.con.execute("UPDATE sqlite_sequence SET seq = seq + :count", {"count": count})
    else:
        await work.con.fetch_all(
            """
            SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, coalesce(last_value, 0) + :count)
              FROM pg_sequences
             WHERE schemaname = current_schema()
            """,
            {"count": count},
        )


def _backup(url: str, app: str, folder: Path, migrations: Path) -> Path:
    check_own(url, app, migrations)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _tighten(folder)
    made = datetime.now(UTC)
    suffix = ".db" if url.startswith("sqlite") else ".dump"
    final = folder / f"{app}-{made:{STAMP}}{suffix}"
    part = folder / f".{final.name}.part"
    part.unlink(missing_ok=True)
    part.touch(0o600)
    try:
        if suffix == ".db":
            _copy_sqlite(sqlite_path(url), part)
        else:
            _dump_postgres(url, app, part)
        note = {"app": app, "made_at": made.isoformat(), "bytes": part.stat().st_size, "sha256": sha256(part)}
        beside = final.with_name(final.name + ".json")
        beside.touch(0o600)
        beside.write_text(json.dumps(note, indent=2) + "\n")
        for path in (beside, part):
            sync(path)
        part.rename(final)
        sync(folder)
    finally:
        part.unlink(missing_ok=True)
    _rotate(folder, app, suffix)
    return final


def _copy_sqlite(path: Path, part: Path) -> None:
    if shutil.disk_usage(part.parent).free < 2 * path.stat().st_size:
        raise ValueError(f"en {part.parent} no hay lugar para una copia.")
    try:
        with closing(sqlite3.connect(path, timeout=5)) as source, closing(sqlite3.connect(part)) as copy:
            source.execute("PRAGMA query_only=ON")
            source.backup(copy, pages=-1)  # in one step: a smaller one begins again at every commit of the app
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a WAL of its own
            check_whole(copy, "la copia")
    except sqlite3.Error as error:
        raise ValueError(f"no se pudo copiar {path} ({error}).") from error


def check_whole(connection: sqlite3.Connection, name: str) -> None:
    """Raise ValueError, with a sentence about `name`, where a copy in SQLite is damaged inside."""
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        if found == ["ok"] and not connection.execute("PRAGMA foreign_key_check").fetchone():
            return
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    raise ValueError(f"{name} no está sana ({found[0]}).")


def _rotate(folder: Path, app: str, suffix: str) -> None:
    copies = sorted(_copies(folder, app, suffix), key=lambda copy: copy.name, reverse=True)
    keep = set(copies[:HOURLY])
    for form, count in (("%Y%m%d", DAILY), ("%G%V", WEEKLY)):
        newest: dict[str, Path] = {}
        for copy in copies:
            newest.setdefault(_made(copy).strftime(form), copy)
        keep.update(list(newest.values())[:count])
    for copy in copies:
        if copy not in keep:
            copy.unlink()
            copy.with_name(copy.name + ".json").unlink(missing_ok=True)


def _copies(folder: Path, app: str, suffix: str) -> Iterator[Path]:
    """The copies in a folder that `backup` made. Any other file there is somebody's own and is left alone."""
    name = re.compile(rf"{re.escape(app)}-\d{{8}}T\d{{6}}Z{re.escape(suffix)}", re.ASCII)
    for each in folder.iterdir():
        if name.fullmatch(each.name) and each.is_file():
            with suppress(ValueError):  # a day that no calendar has
                _made(each)
                yield each


def _made(copy: Path) -> datetime:
    return datetime.strptime(copy.stem.rpartition("-")[2], STAMP)


def _tighten(folder: Path) -> None:
    """Let only the owner read the copies that earlier versions made, and the folder where it holds nothing else."""
    ours = {copy for app in PREFIX for suffix in SUFFIXES for copy in _copies(folder, app, suffix)}
    ours |= {note for copy in ours if (note := copy.with_name(copy.name + ".json")).is_file()}
    with suppress(PermissionError):
        for each in ours:
            each.chmod(0o600)
        if ours and ours == set(folder.iterdir()):
            folder.chmod(0o700)


def _dump_postgres(url: str, app: str, part: Path) -> None:
    postgres_tool("pg_dump", url, "--format=custom", "--no-owner", f"--schema={app}", f"--file={part}")
    postgres_tool("pg_restore", None, "--list", str(part))


def program(tool: str) -> str:
    """Where one of PostgreSQL's client tools is. Raises ValueError where it is not installed."""
    found = shutil.which(tool)
    if found is None:
        raise ValueError(f"falta {tool}: instalá las herramientas de cliente de PostgreSQL.")
    return found


def postgres_tool(tool: str, url: str | None, *args: str) -> str:
    """Run one of PostgreSQL's client tools; what it printed. The password travels in the environment."""
    env = dict(os.environ)
    if url is not None:
        address = sa.make_url(url)
        if address.password:
            env["PGPASSWORD"] = str(address.password)
        args = (f"--dbname={address.set(password=None).render_as_string()}", *args)
    done = subprocess.run([program(tool), *args], env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise ValueError(f"{tool} no pudo: {done.stderr.strip().splitlines()[-1] if done.stderr else done.returncode}")
    return done.stdout


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
