"""`belgrano copy-to`: both apps move from SQLite into PostgreSQL, every row, once, and go on from there."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests import forks
from tests.servers import POSTGRES, ROOT, Servers, postgres_do

APPS = ("ahorro", "ticketera")


@pytest.fixture(scope="module")
def lived() -> Iterator[Servers]:
    """Two apps on SQLite, with the demo's rows in each table that it fills, and down."""
    with Servers() as town:
        assert run(town, "demo-data").returncode == 0
        yield town


@pytest.fixture
def empty(postgres: psycopg.Connection, lived: Servers) -> Iterator[str]:
    """An empty database of PostgreSQL."""
    name = f"belgrano_move_{lived.ahorro.port}"
    postgres_do(f"CREATE DATABASE {name}")
    yield f"{POSTGRES.rpartition('/')[0]}/{name}"
    postgres_do(f"DROP DATABASE {name} WITH (FORCE)")


def run(town: Servers, *args: str, **over: str) -> subprocess.CompletedProcess[str]:
    done = forks.run("belgrano", [*args], cwd=ROOT, env=town.env | over, folder=town.folder)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def on_sqlite(town: Servers, app: str) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(town.db(app))) as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in names if "sqlite_" not in name}


def on_postgres(url: str, app: str, like: dict[str, list[tuple[Any, ...]]], town: Servers) -> dict[str, list[Any]]:
    found = {}
    with psycopg.connect(url) as raw, closing(sqlite3.connect(town.db(app))) as lite:
        for table in like:
            columns = [row[1] for row in lite.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]
            names = sql.SQL(", ").join(map(sql.Identifier, columns))
            found[table] = raw.execute(sql.SQL("SELECT {} FROM {}.{}").format(
                names, sql.Identifier(app), sql.Identifier(table))
            ).fetchall()  # fmt: skip
            like[table] = lite.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
    return found


def sorted_rows(rows: list[Any]) -> list[Any]:
    return sorted((tuple(row) for row in rows), key=repr)


def plain(rows: list[Any]) -> list[Any]:
    """Booleans as SQLite has them."""
    return [tuple(int(v) if isinstance(v, bool) else v for v in row) for row in rows]


def test_every_row_is_there_and_what_was_left_is_as_it_was(lived: Servers, empty: str) -> None:
    before = {app: lived.db(app).read_bytes() for app in APPS}

    done = run(lived, "copy-to", empty)

    assert done.returncode == 0, done.stderr
    for app in APPS:
        rows = on_sqlite(lived, app)
        moved = on_postgres(empty, app, rows, lived)
        assert sum(map(len, rows.values())) > 300
        for table, there in rows.items():
            assert sorted_rows(plain(moved[table])) == sorted_rows(there), table
        assert lived.db(app).read_bytes() == before[app]


def test_the_apps_go_on_there_with_ids_that_nobody_had(lived: Servers, empty: str) -> None:
    assert run(lived, "copy-to", empty).returncode == 0
    with closing(sqlite3.connect(lived.db("ahorro"))) as raw:
        last = raw.execute("SELECT seq FROM sqlite_sequence WHERE name = 'usuarios'").fetchone()[0]

    made = forks.run(
        "belgrano", ["create-user", "ahorro", "--email", "nueva@belgrano.test", "--name", "Nueva", "--role", "cliente",
        "--password-stdin"], cwd=ROOT, env=lived.env | {"AHORRO_DATABASE_URL": empty}, folder=lived.folder,
        says="Frase-larga-de-prueba-7391\n",
    )  # fmt: skip

    assert made.returncode == 0, made.stderr
    assert int(made.stdout.split()[-1]) == last + 1


def test_a_schema_with_rows_is_refused_and_stays(lived: Servers, empty: str) -> None:
    assert run(lived, "copy-to", empty, "ticketera").returncode == 0
    with psycopg.connect(empty) as raw:
        before = raw.execute("SELECT id, version FROM ticketera.tickets ORDER BY id").fetchall()

    again = run(lived, "copy-to", empty, "ticketera")

    assert again.returncode == 1
    assert "ya tiene filas" in again.stderr
    with psycopg.connect(empty) as raw:
        assert raw.execute("SELECT id, version FROM ticketera.tickets ORDER BY id").fetchall() == before


def test_a_new_schema_without_rows_takes_them(lived: Servers, empty: str) -> None:
    assert run(lived, "init-db", "ticketera", TICKETS_DATABASE_URL=empty).returncode == 0

    assert run(lived, "copy-to", empty, "ticketera").returncode == 0


def test_a_row_that_cannot_come_leaves_nothing_there(lived: Servers, empty: str) -> None:
    with closing(sqlite3.connect(lived.db("ticketera"))) as raw, raw:
        raw.execute("UPDATE tickets SET indicaciones = 'a' || char(0) || 'b' WHERE id = (SELECT max(id) FROM tickets)")
    try:
        done = run(lived, "copy-to", empty, "ticketera")
    finally:
        with closing(sqlite3.connect(lived.db("ticketera"))) as raw, raw:
            raw.execute("UPDATE tickets SET indicaciones = '' WHERE id = (SELECT max(id) FROM tickets)")

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "tickets" in done.stderr
    with psycopg.connect(empty) as raw:
        assert raw.execute("SELECT count(*) FROM ticketera.tickets").fetchone() == (0,)


def test_an_app_that_runs_is_not_moved(lived: Servers, empty: str) -> None:
    lived.start("ticketera")
    try:
        done = run(lived, "copy-to", empty, "ticketera")
    finally:
        lived.ticketera.stop()

    assert done.returncode == 1
    assert "está en marcha" in done.stderr


@pytest.mark.parametrize(
    ("url", "says"), [("sqlite:///otra.db", "postgresql://"), ("postgresql://postgres@127.0.0.1:9/nada", "no responde")]
)
def test_an_address_that_is_none_is_one_line(lived: Servers, url: str, says: str) -> None:
    done = run(lived, "copy-to", url)

    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert says in done.stderr
