"""Copies of a database; the way back is in `belgrano.database.restore`.

A copy is taken while the app works, checked, and named only when it is whole and on disk; a small JSON with its hash
and the rows of each table lies beside it. Only their owner can read them. Errors for the operator are ValueError with a
plain Spanish sentence.
"""
# ruff: noqa: S608  (SQL text is put together from names that the database itself gives, never from values)

import asyncio
import fcntl
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from belgrano.database.migrations import check_own, find_own
from belgrano.database.sqlite_file import SQLiteConnection, sqlite_path, sync
from belgrano.database.work import Work
from belgrano.env import PREFIX

NEWEST = 24  # copies that stay whenever they were made
STAY = (("%Y%m%d%H", 24), ("%Y%m%d", 14), ("%G%V", 8))  # and the newest of so many hours, days and weeks
SKIPPED_IDS = 1_000_000
STAMP = "%Y%m%dT%H%M%SZ"
SUFFIXES = (".db", ".dump")


async def backup(url: str, app: str, folder: Path, migrations: Path) -> Path:
    """Make a checked copy of an app's database in `folder`, drop copies that are old, and say where it is.

    Ends the program (78, one line) where the database is not the app's own.
    """

    def checked() -> Path:
        check_own(url, app, migrations)
        return make_copy(url, app, folder, migrations)

    return await asyncio.to_thread(checked)


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


def make_copy(url: str, app: str, folder: Path, migrations: Path) -> Path:
    """What `backup` does, in this thread. Raises NotOurs where the database is not the app's own."""
    find_own(url, app, migrations)
    with alone(folder):
        return copy_alone(url, app, folder)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder of copies, which is made, after whoever holds it. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # a file system that locks no folders: at worst there is a copy too many
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def copy_alone(url: str, app: str, folder: Path) -> Path:
    """Make a copy of a database that is the app's own; whoever calls holds the folder."""
    _tighten(folder)
    for left in folder.glob(f".{app}-*.part"):
        left.unlink()  # of a process that was killed
    suffix = ".db" if url.startswith("sqlite") else ".dump"
    while (final := folder / f"{app}-{(made := datetime.now(UTC)):{STAMP}}{suffix}").exists():
        time.sleep(0.1)  # two in a second are two copies
    part = folder / f".{final.name}.part"
    part.touch(0o600)
    try:
        rows = _copy_sqlite(sqlite_path(url), part) if suffix == ".db" else _dump_postgres(url, app, part)
        note = {"app": app, "made_at": made.isoformat(), "bytes": part.stat().st_size, "sha256": sha256(part)}
        sync(part)
        write_note(final, note | {"rows": rows})
        part.rename(final)
        sync(folder)
    finally:
        part.unlink(missing_ok=True)
    _rotate(folder, app, suffix)
    return final


def note_of(copy: Path) -> dict[str, Any]:
    """What the note beside a copy says; nothing where there is none, or not one of ours."""
    try:
        said = json.loads(_beside(copy).read_bytes())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def write_note(copy: Path, note: dict[str, Any]) -> None:
    """Put a note beside a copy, whole and on disk, in the place of the one that is there."""
    draft = copy.with_name(f".{copy.name}.json.part")
    draft.touch(0o600)
    draft.write_text(json.dumps(note, indent=2) + "\n")
    sync(draft)
    draft.replace(_beside(copy))
    sync(copy.parent)


def _beside(copy: Path) -> Path:
    return copy.with_name(copy.name + ".json")


def _copy_sqlite(path: Path, part: Path) -> dict[str, int]:
    """Copy a database in SQLite; the rows of each table."""
    if shutil.disk_usage(part.parent).free < 2 * path.stat().st_size:
        raise ValueError(f"en {part.parent} no hay lugar para una copia.")
    try:
        with closing(sqlite3.connect(path, timeout=5)) as source, closing(sqlite3.connect(part)) as copy:
            source.execute("PRAGMA query_only=ON")
            source.backup(copy, pages=-1)  # in one step: a smaller one begins again at every commit of the app
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a WAL of its own
            check_whole(copy, "la copia")
            return rows_of(copy)
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


def rows_of(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table of a copy in SQLite has."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    ).fetchall()
    return {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for (table,) in tables}


def _rotate(folder: Path, app: str, suffix: str) -> None:
    copies = sorted(copies_in(folder, app, suffix), key=lambda copy: copy.name, reverse=True)
    keep = set(copies[:NEWEST])
    for form, count in STAY:
        newest: dict[str, Path] = {}
        for copy in copies:
            newest.setdefault(made_at(copy).strftime(form), copy)
        keep.update(list(newest.values())[:count])
    for copy in copies:
        if copy not in keep:
            copy.unlink()
            _beside(copy).unlink(missing_ok=True)


def copies_in(folder: Path, app: str, suffix: str) -> Iterator[Path]:
    """The copies in a folder that `backup` made. Any other file there is somebody's own and is left alone."""
    name = re.compile(rf"{re.escape(app)}-\d{{8}}T\d{{6}}Z{re.escape(suffix)}", re.ASCII)
    for each in folder.iterdir():
        if name.fullmatch(each.name) and each.is_file():
            with suppress(ValueError):  # a day that no calendar has
                made_at(each)
                yield each


def made_at(copy: Path) -> datetime:
    """When a copy was begun, by its name."""
    return datetime.strptime(copy.stem.rpartition("-")[2], STAMP).replace(tzinfo=UTC)


def _tighten(folder: Path) -> None:
    """Let only the owner read the copies that earlier versions made, and the folder where it holds nothing else."""
    ours = {copy for app in PREFIX for suffix in SUFFIXES for copy in copies_in(folder, app, suffix)}
    ours |= {note for copy in ours if (note := _beside(copy)).is_file()}
    with suppress(PermissionError):
        for each in ours:
            each.chmod(0o600)
        if ours and ours == set(folder.iterdir()):
            folder.chmod(0o700)


def _dump_postgres(url: str, app: str, part: Path) -> dict[str, int]:
    """Dump an app's schema; the rows of each table, counted in the snapshot that is dumped."""
    import psycopg  # a start on SQLite does without

    with psycopg.connect(url, connect_timeout=5) as raw:
        raw.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        exported: Any = raw.execute("SELECT pg_export_snapshot()").fetchone()
        rows = rows_in(raw, app)
        options = ("--format=custom", "--no-owner", f"--schema={app}", f"--snapshot={exported[0]}", f"--file={part}")
        postgres_tool("pg_dump", url, *options)
    postgres_tool("pg_restore", None, "--list", str(part))
    return rows


def rows_in(raw: Any, app: str) -> dict[str, int]:
    """How many rows each table of an app's schema has; `raw` is psycopg's."""
    from psycopg import sql

    tables = raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [app]).fetchall()
    count = sql.SQL("SELECT count(*) FROM {}")
    found: dict[str, Any] = {
        table: raw.execute(count.format(sql.Identifier(app, table))).fetchone() for (table,) in tables
    }
    return {table: int(row[0]) for table, row in found.items()}


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
