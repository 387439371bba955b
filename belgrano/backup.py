"""Copies of a database, and the way back. Whoever restores must start a new epoca afterwards (`belgrano restore` does).

A copy is taken while the app works, checked, and named only when it is whole and on disk; a small JSON with its hash
lies beside it. Errors for the operator are ValueError with a plain Spanish sentence.
"""

import asyncio
import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg import sql

from belgrano.sqlite_file import SQLiteConnection, lock_file, sqlite_path
from belgrano.work import Work

HOURLY, DAILY, WEEKLY = 24, 14, 8  # copies that stay: the newest, and the newest of so many days and weeks
SKIPPED_IDS = 1_000_000
STAMP = "%Y%m%dT%H%M%SZ"


async def backup(url: str, app: str, folder: Path) -> Path:
    """Make a checked copy of an app's database in `folder`, drop copies that are old, and say where it is."""
    return await asyncio.to_thread(_backup, url, app, folder)


async def restore(url: str, app: str, copy: Path) -> None:
    """Put a copy in the place of an app's database; what was there is kept aside. The app must not be running."""
    await asyncio.to_thread(_restore, url, app, copy)


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


def _backup(url: str, app: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    made = datetime.now(UTC)
    suffix = ".db" if url.startswith("sqlite") else ".dump"
    final = folder / f"{app}-{made:{STAMP}}{suffix}"
    part = folder / f".{final.name}.part"
    try:
        if suffix == ".db":
            _copy_sqlite(sqlite_path(url), part)
        else:
            _dump_postgres(url, app, part)
        note = {"app": app, "made_at": made.isoformat(), "bytes": part.stat().st_size, "sha256": _sha256(part)}
        beside = final.with_name(final.name + ".json")
        beside.write_text(json.dumps(note, indent=2) + "\n")
        for path in (beside, part):
            _sync(path)
        part.rename(final)
        _sync(folder)
    finally:
        part.unlink(missing_ok=True)
    _rotate(folder, app, suffix)
    return final


def _copy_sqlite(path: Path, part: Path) -> None:
    if not path.exists():
        raise ValueError(f"todavía no hay una base de datos en {path}.")
    if shutil.disk_usage(part.parent).free < 2 * path.stat().st_size:
        raise ValueError(f"en {part.parent} no hay lugar para una copia.")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, timeout=5)) as source, closing(sqlite3.connect(part)) as copy:
        source.execute("PRAGMA query_only=ON")
        source.backup(copy, pages=-1)  # in one step: a smaller one begins again at every commit of the app
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a WAL of its own
        _check_sqlite(copy)


def _check_sqlite(connection: sqlite3.Connection) -> None:
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
        if found == ["ok"] and not connection.execute("PRAGMA foreign_key_check").fetchone():
            return
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    raise ValueError(f"la copia no está sana ({found[0]}).")


def _rotate(folder: Path, app: str, suffix: str) -> None:
    copies = sorted(folder.glob(f"{app}-*{suffix}"), reverse=True)
    keep = set(copies[:HOURLY])
    for form, count in (("%Y%m%d", DAILY), ("%G%V", WEEKLY)):
        newest: dict[str, Path] = {}
        for copy in copies:
            day = datetime.strptime(copy.name.removeprefix(f"{app}-").removesuffix(suffix), STAMP)
            newest.setdefault(day.strftime(form), copy)
        keep.update(list(newest.values())[:count])
    for copy in copies:
        if copy not in keep:
            copy.unlink()
            copy.with_name(copy.name + ".json").unlink(missing_ok=True)


def _restore(url: str, app: str, copy: Path) -> None:
    _verify(app, copy)
    if url.startswith("sqlite"):
        _restore_sqlite(sqlite_path(url), copy)
    else:
        _restore_postgres(url, app, copy)


def _verify(app: str, copy: Path) -> None:
    """The copy is what its note says. Without a note (a copy from elsewhere) only its inside is checked."""
    note = copy.with_name(copy.name + ".json")
    if note.exists():
        said: dict[str, Any] = json.loads(note.read_text())
        if said["app"] != app:
            raise ValueError(f"{copy.name} es una copia de {said['app']}, no de {app}.")
        if said["sha256"] != _sha256(copy):
            raise ValueError(f"{copy.name} está dañada: no es lo que se guardó.")


def _restore_sqlite(path: Path, copy: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = lock_file(path, "-lock", fcntl.LOCK_EX)
    if lock is None:
        raise ValueError(f"{path} está en uso; detené la app antes de restaurar.")
    try:
        part = path.with_name(f".{path.name}.restoring")
        shutil.copyfile(copy, part)
        with closing(sqlite3.connect(part)) as connection:
            _check_sqlite(connection)
        _sync(part)
        aside = f"{path}.antes-{datetime.now(UTC):{STAMP}}"
        for end in ("-shm", "-wal", ""):  # the file itself last: without it the others are nothing
            if Path(f"{path}{end}").exists():
                os.rename(f"{path}{end}", f"{aside}{end}")
        os.rename(part, path)
        _sync(path.parent)
    finally:
        path.with_name(f".{path.name}.restoring").unlink(missing_ok=True)
        os.close(lock)


def _dump_postgres(url: str, app: str, part: Path) -> None:
    _postgres_tool("pg_dump", url, "--format=custom", "--no-owner", f"--schema={app}", f"--file={part}")
    _postgres_tool("pg_restore", None, "--list", str(part))


def _restore_postgres(url: str, app: str, copy: Path) -> None:
    _postgres_tool("pg_restore", None, "--list", str(copy))
    aside = f"{app}_antes_{time.strftime('%Y%m%d%H%M%S', time.gmtime())}"
    rename = sql.SQL("ALTER SCHEMA {} RENAME TO {}")
    with psycopg.connect(_plain(url), autocommit=True) as connection:
        busy = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s",
            [f"belgrano-{app}"],
        ).fetchone()
        if busy is not None and busy[0]:
            raise ValueError(f"la base de {app} está en uso; detené la app antes de restaurar.")
        there = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [app]).fetchone()
        if there:
            connection.execute(rename.format(sql.Identifier(app), sql.Identifier(aside)))
        try:
            _postgres_tool("pg_restore", url, "--no-owner", "--single-transaction", "--exit-on-error", str(copy))
        except ValueError:
            if there:
                connection.execute(rename.format(sql.Identifier(aside), sql.Identifier(app)))
            raise


def _postgres_tool(tool: str, url: str | None, *args: str) -> None:
    """Run a program of PostgreSQL's client tools. The password travels in the environment, not in the arguments."""
    program = shutil.which(tool)
    if program is None:
        raise ValueError(f"falta {tool}: instalá las herramientas de cliente de PostgreSQL.")
    env = dict(os.environ)
    if url is not None:
        address = sa.make_url(_plain(url))
        if address.password:
            env["PGPASSWORD"] = str(address.password)
        args = (f"--dbname={address.set(password=None).render_as_string()}", *args)
    done = subprocess.run([program, *args], env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise ValueError(f"{tool} no pudo: {done.stderr.strip().splitlines()[-1] if done.stderr else done.returncode}")


def _plain(url: str) -> str:
    return url.replace("postgres:", "postgresql:", 1) if url.startswith("postgres:") else url


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
