"""The way back: what is refused before anything is moved, what is kept, and what a kill leaves."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

import ahorro.cli
import ahorro.settings
import ticketera.cli
import ticketera.settings
from belgrano.database.backup import backup, sha256
from belgrano.database.base import Base
from belgrano.database.restore import Restored, restore
from belgrano.database.upgrading import postgres_engine, upgrade
from tests.schemas import Schemas
from tests.test_house import ROOT

HOMES = {"ahorro": ahorro, "ticketera": ticketera}
USER = """
    INSERT INTO {schema}usuarios (nombre, email, telefono, password_hash, rol, activo, creado_en)
    VALUES ('Ana', '{email}', '', 'x', 'admin', {yes}, 1)
"""


def migrations(app: str) -> Path:
    return HOMES[app].settings.MIGRATIONS  # type: ignore[no-any-return]


async def put_back(url: str, app: str, copy: Path) -> Restored:
    cli = HOMES[app].cli
    return await restore(url, app, copy, migrations(app), cli.EPOCA_NUEVA, cli.LO_QUE_NO_VUELVE)


class Place:
    """A folder with an app's database in it, which has one user."""

    def __init__(self, folder: Path, schemas: Schemas, app: str = "ticketera") -> None:
        self.app, self.folder, self.schemas = app, folder, schemas
        self.file = folder / f"{app}.db"
        self.url = f"sqlite:///{self.file}"
        folder.mkdir(exist_ok=True)
        schemas.lay(self.url, app, migrations(app))
        self.do(USER.format(schema="", email="ana@belgrano.test", yes=1))

    def do(self, sql: str, file: Path | None = None) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(file or self.file)) as raw, raw:
            return raw.execute(sql).fetchall()

    def emails(self) -> list[object]:
        return [row[0] for row in self.do("SELECT email FROM usuarios ORDER BY id")]

    def looks(self) -> dict[str, str]:
        return {each.name: sha256(each) for each in self.folder.iterdir() if each.is_file()}


@pytest.fixture
def place(tmp_path: Path, schemas: Schemas) -> Place:
    return Place(tmp_path / "data", schemas)


@pytest.fixture
async def copy(place: Place, tmp_path: Path) -> Path:
    """A copy by `belgrano backup`, without its note."""
    made = await backup(place.url, "ticketera", tmp_path / "copias", migrations("ticketera"))
    made.with_name(made.name + ".json").unlink()
    return made


def emptied(copy: Path, schemas: Schemas) -> None:
    copy.write_bytes(b"")


def text(copy: Path, schemas: Schemas) -> None:
    copy.write_text("No soy una base de datos.\n" * 400)


def truncated(copy: Path, schemas: Schemas) -> None:
    copy.write_bytes(copy.read_bytes()[:-9000])


def a_folder(copy: Path, schemas: Schemas) -> None:
    copy.unlink()
    copy.mkdir()


def of_the_shop(copy: Path, schemas: Schemas) -> None:
    copy.unlink()
    schemas.lay(f"sqlite:///{copy}", "ahorro", migrations("ahorro"))


def of_the_shop_with_a_note_of_ours(copy: Path, schemas: Schemas) -> None:
    of_the_shop(copy, schemas)
    copy.with_name(copy.name + ".json").write_text(json.dumps({"app": "ticketera", "sha256": sha256(copy)}))


def of_another_program(copy: Path, schemas: Schemas) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as raw, raw:
        raw.executescript("CREATE TABLE usuarios (id INTEGER); CREATE TABLE tickets (id INTEGER, numero TEXT);")


def of_another_program_with_alembic(copy: Path, schemas: Schemas) -> None:
    of_another_program(copy, schemas)
    with closing(sqlite3.connect(copy)) as raw, raw:
        raw.executescript("CREATE TABLE alembic_version (version_num TEXT); INSERT INTO alembic_version VALUES (1);")


def without_any_table(copy: Path, schemas: Schemas) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as raw:
        raw.execute("PRAGMA user_version = 1")


def changed(sql: str) -> Callable[[Path, Schemas], None]:
    def change(copy: Path, schemas: Schemas) -> None:
        with closing(sqlite3.connect(copy)) as raw, raw:
            raw.execute("PRAGMA foreign_keys = OFF")
            raw.execute(sql)

    change.__name__ = sql
    return change


REFUSED = [
    (emptied, "vacía"),
    (text, "no es una copia"),
    (truncated, "sana"),
    (a_folder, "no es un archivo"),
    (of_the_shop, "ahorro, no de ticketera"),
    (of_the_shop_with_a_note_of_ours, "ahorro, no de ticketera"),
    (of_another_program, "otro programa"),
    (of_another_program_with_alembic, "otro programa"),
    (without_any_table, "ninguna tabla"),
    (changed("UPDATE alembic_version SET version_num = '9999'"), "más nueva"),
    (changed("DROP TABLE alembic_version"), "alembic_version"),
    (changed("DELETE FROM alembic_version"), "alembic_version"),
    (changed("DROP TABLE novedades"), "le falta novedades"),
    (changed("ALTER TABLE tablero DROP COLUMN epoca"), "le falta tablero"),
]


@pytest.mark.parametrize(("change", "says"), REFUSED, ids=lambda value: getattr(value, "__name__", ""))
async def test_what_is_no_whole_copy_of_this_app_is_refused_in_a_sentence_before_anything_is_moved(
    place: Place, copy: Path, schemas: Schemas, change: Callable[[Path, Schemas], None], says: str
) -> None:
    change(copy, schemas)
    before = place.looks()

    with pytest.raises(ValueError, match=says) as refusal:
        await put_back(place.url, "ticketera", copy)

    assert "\n" not in str(refusal.value)
    after = place.looks()
    assert after.pop("ticketera.db-lock", None) is not None or before == after
    before.pop("ticketera.db-lock", None)
    assert after == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
async def test_a_copy_that_may_not_be_read_is_refused(place: Place, copy: Path) -> None:
    copy.chmod(0)

    with pytest.raises(ValueError, match="no se puede leer"):
        await put_back(place.url, "ticketera", copy)


async def test_a_refused_copy_leaves_no_trace_where_there_was_no_database(place: Place, copy: Path) -> None:
    place.file.unlink()
    copy.write_bytes(b"")

    with pytest.raises(ValueError, match="vacía"):
        await put_back(place.url, "ticketera", copy)
    changed("DROP TABLE novedades")
    copy.write_text("SQLite format 3\0 and nothing else")
    with pytest.raises(ValueError, match="sana"):
        await put_back(place.url, "ticketera", copy)

    assert list(place.folder.iterdir()) == []


@pytest.mark.parametrize("note", ["", "{", "[]", '"ticketera"', '{"app": "ticketera"}', "\x00\xff", '{"sha256": 5}'])
async def test_a_note_that_is_not_ours_says_nothing_and_the_copy_is_unchecked(
    place: Place, copy: Path, note: str
) -> None:
    copy.with_name(copy.name + ".json").write_bytes(note.encode("latin-1"))

    done = await put_back(place.url, "ticketera", copy)

    assert not done.checked
    assert place.emails() == ["ana@belgrano.test"]


async def test_a_restored_database_is_renewed_and_what_was_there_can_be_restored_in_turn(
    place: Place, copy: Path
) -> None:
    place.do("UPDATE tablero SET epoca = 'old'")
    place.do(USER.format(schema="", email="later@belgrano.test", yes=1))

    done = await put_back(place.url, "ticketera", copy)

    assert place.emails() == ["ana@belgrano.test"]
    assert place.do("SELECT epoca FROM tablero") != [("old",)]
    assert done.aside is not None
    back = await put_back(place.url, "ticketera", Path(done.aside))
    assert place.emails() == ["ana@belgrano.test", "later@belgrano.test"]
    assert back.aside != done.aside
    assert not [each for each in place.folder.iterdir() if each.name.startswith(".")]


async def test_a_copy_of_an_older_version_is_brought_forward_before_it_is_put_in_place(
    place: Place, tmp_path: Path
) -> None:
    older = tmp_path / "older.db"
    older.touch()
    _make_at(older, "0001")

    await put_back(place.url, "ticketera", older)

    assert place.do("SELECT version_num FROM alembic_version") > [("0001",)]
    assert place.do("SELECT count(*) FROM tablero") == [(1,)]


def _make_at(path: Path, revision: str) -> None:
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        upgrade(connection, migrations("ticketera"), revision)


async def test_a_copy_made_by_hand_beside_its_wal_holds_what_is_in_it(place: Place, tmp_path: Path) -> None:
    with closing(sqlite3.connect(place.file)) as raw:
        raw.execute("PRAGMA wal_autocheckpoint = 0")
        with raw:
            raw.execute(USER.format(schema="", email="wal@belgrano.test", yes=1))
        copy = tmp_path / "mano.db"
        for end in ("", "-wal"):
            Path(f"{copy}{end}").write_bytes(Path(f"{place.file}{end}").read_bytes())
    place.do("DELETE FROM usuarios")

    await put_back(place.url, "ticketera", copy)

    assert place.emails() == ["ana@belgrano.test", "wal@belgrano.test"]


@pytest.mark.parametrize("damage", [b"", b"hola" * 3000, b"SQLite format 3\0" + b"\xff" * 9000])
async def test_what_is_damaged_is_set_aside_as_it_is_and_the_copy_takes_its_place(
    place: Place, copy: Path, damage: bytes
) -> None:
    place.file.write_bytes(damage)
    Path(f"{place.file}-wal").write_bytes(b"left")

    done = await put_back(place.url, "ticketera", copy)

    assert place.emails() == ["ana@belgrano.test"]
    assert done.aside is not None
    assert Path(done.aside).read_bytes() == damage
    assert Path(f"{done.aside}-wal").read_bytes() == b"left"


async def test_another_programs_database_is_not_set_aside(place: Place, copy: Path, schemas: Schemas) -> None:
    of_another_program(place.file, schemas)
    before = place.looks()

    with pytest.raises(ValueError, match=r"ticketera\.db es la base de otro programa"):
        await put_back(place.url, "ticketera", copy)

    after = place.looks()
    after.pop("ticketera.db-lock", None)
    assert after == before


async def test_a_database_of_a_newer_version_can_be_left_for_a_copy_of_this_one(place: Place, copy: Path) -> None:
    place.do("UPDATE alembic_version SET version_num = '9999'")

    await put_back(place.url, "ticketera", copy)

    assert place.do("SELECT version_num FROM alembic_version") != [("9999",)]


def test_a_kill_at_any_step_leaves_the_old_database_or_the_new_one_whole(place: Place, tmp_path: Path) -> None:
    copy = tmp_path / "copia.db"
    copy.write_bytes(place.file.read_bytes())
    place.do("UPDATE tablero SET epoca = 'old'")
    place.do(USER.format(schema="", email="later@belgrano.test", yes=1))
    place.do("INSERT INTO sessions (token_hash, user_id, created_at, seen_at) VALUES ('x', 1, 1, 1)")
    command = [sys.executable, "-m", "tests.belgrano.killed", str(place.file), str(copy)]

    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)

    assert out.returncode == 0, out.stderr
    found = out.stdout.split("\n")[:-1]
    assert set(found) == {"old", "new"}
    assert found == sorted(found, reverse=True), "first old, then new"
    assert len(found) > 12


class Schema:
    """An app's schema in a database of PostgreSQL, with one user."""

    def __init__(self, url: str, schemas: Schemas, app: str) -> None:
        self.url, self.app = url, app
        schemas.lay(url, app, migrations(app))
        self.do(USER.format(schema=f"{app}.", email=f"ana@{app}.test", yes="true"))

    def do(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url, autocommit=True) as raw:
            done = raw.execute(statement.encode())
            return done.fetchall() if done.description else []

    def emails(self) -> list[object]:
        return [row[0] for row in self.do(f"SELECT email FROM {self.app}.usuarios ORDER BY id")]

    def schemas(self) -> list[object]:
        return [row[0] for row in self.do("SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|info)' ORDER BY 1")]


@pytest.fixture
def both(postgres_url: str, schemas: Schemas) -> dict[str, Schema]:
    return {app: Schema(postgres_url, schemas, app) for app in HOMES}


async def dumped(schema: Schema, folder: Path) -> Path:
    made = await backup(schema.url, schema.app, folder, migrations(schema.app))
    made.with_name(made.name + ".json").unlink()
    return made


async def test_the_other_apps_dump_is_refused_by_name_and_nothing_is_touched(
    both: dict[str, Schema], tmp_path: Path
) -> None:
    dump = await dumped(both["ahorro"], tmp_path)
    there = both["ticketera"].schemas()

    with pytest.raises(ValueError, match="una copia de ahorro, no de ticketera"):
        await put_back(both["ticketera"].url, "ticketera", dump)

    assert both["ticketera"].schemas() == there
    assert [each.emails() for each in both.values()] == [["ana@ahorro.test"], ["ana@ticketera.test"]]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE ticketera.alembic_version SET version_num = '9999'", "más nueva"),
        ("DROP TABLE ticketera.alembic_version", "alembic_version"),
        ("DROP TABLE ticketera.novedades", "le falta novedades"),
        (
            "DROP SCHEMA ticketera CASCADE; CREATE SCHEMA ticketera; CREATE TABLE ticketera.cosas (a int)",
            "otro programa",
        ),
    ],
)
async def test_a_dump_that_is_no_whole_copy_is_refused_and_nothing_is_touched(
    both: dict[str, Schema], tmp_path: Path, change: str, says: str
) -> None:
    own = both["ticketera"]
    keep = await dumped(own, tmp_path / "keep")
    own.do(change)
    dump = tmp_path / "strange.dump"
    subprocess.run(["pg_dump", f"--dbname={own.url}", "-Fc", "--schema=ticketera", f"--file={dump}"], check=True)
    own.do("DROP SCHEMA ticketera CASCADE")
    await put_back(own.url, "ticketera", keep)
    there = own.schemas()

    with pytest.raises(ValueError, match=says):
        await put_back(own.url, "ticketera", dump)

    assert own.schemas() == there
    assert own.emails() == ["ana@ticketera.test"]


async def test_a_dump_cut_short_is_refused_and_nothing_is_touched(both: dict[str, Schema], tmp_path: Path) -> None:
    own = both["ticketera"]
    dump = await dumped(own, tmp_path)
    dump.write_bytes(dump.read_bytes()[:-3000])
    there = own.schemas()

    with pytest.raises(ValueError, match=r"dañada|no pudo"):
        await put_back(own.url, "ticketera", dump)

    assert own.schemas() == there
    assert own.emails() == ["ana@ticketera.test"]


async def test_a_restored_schema_is_renewed_in_the_same_commit_and_the_other_app_keeps_its_own(
    both: dict[str, Schema], tmp_path: Path
) -> None:
    own = both["ticketera"]
    own.do("INSERT INTO ticketera.sessions (token_hash, user_id, created_at, seen_at) VALUES ('x', 1, 1, 1)")
    epoca = own.do("SELECT epoca FROM ticketera.tablero")
    dump = await dumped(own, tmp_path)
    own.do(USER.format(schema="ticketera.", email="later@ticketera.test", yes="true"))

    done = await put_back(own.url, "ticketera", dump)

    assert own.emails() == ["ana@ticketera.test"]
    assert own.do("SELECT epoca FROM ticketera.tablero") != epoca
    assert own.do("SELECT count(*) FROM ticketera.sessions WHERE ended_at IS NULL") == [(0,)]
    own.do(USER.format(schema="ticketera.", email="new@ticketera.test", yes="true"))
    assert own.do("SELECT max(id) > 1000000 FROM ticketera.usuarios") == [(True,)]
    assert both["ahorro"].emails() == ["ana@ahorro.test"]
    assert done.aside is not None
    aside = done.aside.split()[-1]
    assert own.do(f"SELECT count(*) FROM {aside}.usuarios") == [(2,)]
    base = Base(own.url, app="ticketera", migrations=migrations("ticketera"), tell=lambda events: None)
    await base.open()
    await base.close()


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from belgrano.database.restore import restore
from ticketera.settings import MIGRATIONS

async def renew(work):
    await work.con.execute("UPDATE tablero SET epoca = 'new'")
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(restore(sys.argv[1], "ticketera", Path(sys.argv[2]), MIGRATIONS, renew))
"""


async def test_a_kill_just_before_the_commit_leaves_the_old_schema_whole(
    both: dict[str, Schema], tmp_path: Path
) -> None:
    own = both["ticketera"]
    dump = await dumped(own, tmp_path)
    own.do(USER.format(schema="ticketera.", email="later@ticketera.test", yes="true"))
    there, epoca = own.schemas(), own.do("SELECT epoca FROM ticketera.tablero")

    out = subprocess.run([sys.executable, "-c", KILLED, own.url, str(dump)], cwd=ROOT, check=False)

    assert out.returncode == -9
    assert own.schemas() == there
    assert own.emails() == ["ana@ticketera.test", "later@ticketera.test"]
    assert own.do("SELECT epoca FROM ticketera.tablero") == epoca


async def test_an_older_dump_is_brought_forward_in_the_same_commit(both: dict[str, Schema], tmp_path: Path) -> None:
    own = both["ticketera"]
    own.do("DROP SCHEMA ticketera CASCADE; CREATE SCHEMA ticketera")
    engine = postgres_engine(own.url)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL search_path TO ticketera")
        upgrade(connection, migrations("ticketera"), "0001")
    dump = await dumped(own, tmp_path)

    await put_back(own.url, "ticketera", dump)

    assert own.do("SELECT version_num FROM ticketera.alembic_version") > [("0001",)]
    assert own.do("SELECT count(*) FROM ticketera.tablero") == [(1,)]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_copy_for_the_other_kind_of_database_is_refused(
    both: dict[str, Schema], place: Place, copy: Path, tmp_path: Path, kind: str
) -> None:
    dump = await dumped(both["ticketera"], tmp_path / "dumps")

    with pytest.raises(ValueError, match=r"PostgreSQL.*SQLite|SQLite.*PostgreSQL"):
        if kind == "sqlite":
            await put_back(place.url, "ticketera", dump)
        else:
            await put_back(both["ticketera"].url, "ticketera", copy)

    assert place.emails() == ["ana@belgrano.test"]


def test_a_kill_over_a_damaged_database_leaves_it_or_the_new_one_or_an_app_that_refuses_to_start(
    place: Place, tmp_path: Path
) -> None:
    copy = tmp_path / "copia.db"
    copy.write_bytes(place.file.read_bytes())
    place.file.write_bytes(b"hola" * 3000)
    Path(f"{place.file}-wal").write_bytes(b"left")
    command = [sys.executable, "-m", "tests.belgrano.killed", str(place.file), str(copy)]

    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)

    assert out.returncode == 0, out.stderr
    assert set(out.stdout.split("\n")[:-1]) == {"refused with 78", "new"}
