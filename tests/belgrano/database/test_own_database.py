"""An app opens its own database, whole and of a version that it knows, or one that was never there; nothing else."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from belgrano.database.backup import sha256
from belgrano.database.migrations import migrate
from belgrano.database.schema import expected, look_into_file, look_into_schema, newest
from belgrano.database.work import Unavailable
from belgrano.env import REFUSED
from tests.belgrano.database.test_restore import HOMES, migrations
from tests.schemas import Schemas
from tests.test_house import ROOT


def refusal(capsys: pytest.CaptureFixture[str], url: str, app: str) -> str:
    """What the one line says that ends a start."""
    with pytest.raises(SystemExit) as stop:
        migrate(url, app, migrations(app))
    assert stop.value.code == REFUSED
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def looks(folder: Path) -> dict[str, tuple[str, int]]:
    return {each.name: (sha256(each), each.stat().st_mode) for each in folder.iterdir() if each.is_file()}


def sqlite_with(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executescript(script)


FLASK = """
    PRAGMA journal_mode = WAL;
    CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT, password TEXT);
    CREATE TABLE pedidos (id INTEGER PRIMARY KEY, numero TEXT, total REAL);
    CREATE TABLE usuarios (id INTEGER PRIMARY KEY, email TEXT);
    CREATE TABLE productos (id INTEGER PRIMARY KEY, nombre TEXT);
"""
EARLIER = "".join(
    f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, nombre TEXT);"
    for name in (
        *("usuarios", "pedidos", "pedido_items", "comerciantes", "paquetes_comerciantes", "paquete_items"),
        *("tokens_recuperacion", "pedidos_pendientes", "tickets_sync", "productos", "carrito", "tickets"),
    )
)
FOREIGN: list[tuple[str, Callable[[Path, Schemas], object], str]] = [
    ("a text", lambda path, _: path.write_text("hola\n" * 2000), "no es una base de datos"),
    ("another program's", lambda path, _: sqlite_with(path, FLASK), "otro programa"),
    ("the earlier shop's", lambda path, _: sqlite_with(path, EARLIER), "otro programa"),
    ("without tables", lambda path, _: sqlite_with(path, "PRAGMA user_version = 3"), "ninguna tabla"),
    ("a folder", lambda path, _: path.mkdir(), "carpeta"),
    ("Ticketera's", lambda path, schemas: schemas.lay(f"sqlite:///{path}", "ticketera", migrations("ticketera")),
     "ticketera, no de ahorro"),
    ("cut short", lambda path, schemas: (schemas.lay(f"sqlite:///{path}", "ahorro", migrations("ahorro")),
     path.write_bytes(path.read_bytes()[:5000])), "dañada"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "says"), [row[1:] for row in FOREIGN], ids=[row[0] for row in FOREIGN])
def test_a_foreign_file_ends_the_start_with_one_line_that_names_it_and_is_not_touched(
    tmp_path: Path, schemas: Schemas, capsys: pytest.CaptureFixture[str], make: Callable[..., object], says: str
) -> None:
    path = tmp_path / "belgrano_ahorro.db"
    make(path, schemas)
    before = looks(tmp_path)

    said = refusal(capsys, f"sqlite:///{path}", "ahorro")

    assert says in said
    assert str(path) in said
    assert looks(tmp_path) == before


def test_a_foreign_file_that_is_in_use_is_refused_too(
    tmp_path: Path, schemas: Schemas, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.db"
    sqlite_with(path, FLASK)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO users (username) VALUES ('ana')")

        assert "otro programa" in refusal(capsys, f"sqlite:///{path}", "ticketera")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.db"
    path.touch(0)

    assert str(path) in refusal(capsys, f"sqlite:///{path}", "ahorro")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
@pytest.mark.parametrize("closed", ["file", "folder"])
def test_a_file_that_may_not_be_written_is_named_at_the_start_and_not_at_the_first_order(
    tmp_path: Path, schemas: Schemas, capsys: pytest.CaptureFixture[str], closed: str
) -> None:
    path = tmp_path / "x.db"
    schemas.lay(f"sqlite:///{path}", "ahorro", migrations("ahorro"))
    place, mode = (path, 0o400) if closed == "file" else (tmp_path, 0o500)
    place.chmod(mode)

    said = refusal(capsys, f"sqlite:///{path}", "ahorro")
    place.chmod(0o700)

    assert f"escribir en {place}" in said


def test_a_place_where_no_file_can_be_made_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x").touch()

    assert f"{tmp_path}/x/y.db" in refusal(capsys, f"sqlite:///{tmp_path}/x/y.db", "ahorro")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_older_version_does_not_start_beside_a_newer_schema(
    request: pytest.FixtureRequest, schemas: Schemas, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    url = request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url")
    schemas.lay(url, "ticketera", migrations("ticketera"))
    newer = "UPDATE {}alembic_version SET version_num = '0999'"
    if kind == "sqlite":
        sqlite_with(Path(url.removeprefix("sqlite:///")), newer.format(""))
    else:
        with psycopg.connect(url, autocommit=True) as raw:
            raw.execute(newer.format("ticketera.").encode())

    said = refusal(capsys, url, "ticketera")

    assert "más nueva" in said
    assert "0999" in said
    assert "postgres:" not in said


TRACES = ["x.db-lock", "x.db-wal", "x.db-checkpoint", "x.db.antes-20261124T120000Z", ".x.db.restoring"]


@pytest.mark.parametrize("trace", TRACES)
@pytest.mark.parametrize("empty", [False, True])
def test_no_new_database_is_made_beside_the_traces_of_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], trace: str, empty: bool
) -> None:
    (tmp_path / trace).write_bytes(b"")
    if empty:
        (tmp_path / "x.db").touch()
    before = looks(tmp_path)

    said = refusal(capsys, f"sqlite:///{tmp_path}/x.db", "ticketera")

    assert trace in said
    assert "ahí hubo una base" in said
    assert looks(tmp_path) == before


def test_no_new_schema_is_made_beside_one_that_was_set_aside(
    postgres_url: str, schemas: Schemas, capsys: pytest.CaptureFixture[str]
) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as raw:
        raw.execute("CREATE SCHEMA ahorro_antes_20261124120000")

        assert "ahorro_antes_20261124120000" in refusal(capsys, postgres_url, "ahorro")

        assert raw.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'ahorro'").fetchone() is None


def test_another_programs_schema_of_our_name_is_refused(postgres_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with psycopg.connect(postgres_url, autocommit=True) as raw:
        raw.execute("CREATE SCHEMA ahorro; CREATE TABLE ahorro.users (id int)")

    assert "otro programa" in refusal(capsys, postgres_url, "ahorro")


@pytest.mark.parametrize("app", HOMES)
def test_the_migrations_make_the_same_tables_on_both_databases(postgres_url: str, sqlite_url: str, app: str) -> None:
    for url in (postgres_url, sqlite_url):
        migrate(url, app, migrations(app))

    with psycopg.connect(postgres_url) as raw:
        there = look_into_schema(raw, app)

    assert there is not None
    assert there == look_into_file(Path(sqlite_url.removeprefix("sqlite:///")))
    assert there.tables == expected(migrations(app), newest(migrations(app)))


def test_a_kill_at_any_step_of_the_first_start_is_no_hindrance_to_the_second(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.belgrano.killed", str(tmp_path / "x.db")]

    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=400, check=False)

    assert out.returncode == 0, out.stderr
    found = out.stdout.split("\n")[:-1]
    assert set(found) == {"made"}
    assert len(found) > 5


def test_an_empty_file_that_somebody_made_beforehand_becomes_a_database(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()

    migrate(f"sqlite:///{tmp_path}/x.db", "ahorro", migrations("ahorro"))

    look_into_file(tmp_path / "x.db").check("x.db", "ahorro", migrations("ahorro"))
    assert [each.name for each in tmp_path.iterdir()] == ["x.db"]


def test_a_database_of_everybodys_is_closed_to_others_when_it_is_opened(tmp_path: Path, schemas: Schemas) -> None:
    path = tmp_path / "x.db"
    schemas.lay(f"sqlite:///{path}", "ahorro", migrations("ahorro"))
    for end in ("", "-lock", "-checkpoint"):
        Path(f"{path}{end}").touch()
        Path(f"{path}{end}").chmod(0o644)

    migrate(f"sqlite:///{path}", "ahorro", migrations("ahorro"))

    assert {each.stat().st_mode & 0o777 for each in tmp_path.iterdir()} == {0o600}


def test_a_new_database_is_its_owners_alone(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path}/new/x.db", "ahorro", migrations("ahorro"))

    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / "x.db").stat().st_mode & 0o777 == 0o600


def test_a_link_to_the_database_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "x.db").symlink_to(tmp_path / "disk" / "real.db")

    migrate(f"sqlite:///{tmp_path}/x.db", "ahorro", migrations("ahorro"))

    assert (tmp_path / "x.db").is_symlink()
    assert [each.name for each in (tmp_path / "disk").iterdir()] == ["real.db"]


MEANWHILE = """
import sys
from pathlib import Path
from belgrano.database.migrations import migrate
migrate(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"alembic", "psycopg", "asyncpg"}))
"""


@pytest.mark.parametrize("app", HOMES)
def test_a_database_that_lacks_nothing_is_opened_without_what_would_bring_it_forward(
    tmp_path: Path, schemas: Schemas, app: str
) -> None:
    url = f"sqlite:///{tmp_path}/x.db"
    schemas.lay(url, app, migrations(app))

    out = subprocess.run(
        [sys.executable, "-c", MEANWHILE, url, app, str(migrations(app))],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=True,
    )  # fmt: skip

    assert out.stdout.split() == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("/nohay", "no tiene la base nohay"),
        ("//nadie@", "no deja entrar"),
    ],
)
def test_a_server_that_lets_nobody_in_by_that_address_ends_the_start_with_one_line(
    postgres_url: str, capsys: pytest.CaptureFixture[str], change: str, says: str
) -> None:
    if change.startswith("//"):
        url = postgres_url.replace("//postgres@", change).replace("//postgres:", "//nadie:")
    else:
        url = postgres_url.rpartition("/")[0] + change

    assert says in refusal(capsys, url, "ahorro")


@pytest.mark.parametrize("url", ["postgresql://postgres@127.0.0.1:9/x", "postgresql://postgres@no-hay.invalid/x"])
def test_a_server_that_is_away_may_come_back(url: str) -> None:
    with pytest.raises(Unavailable):
        migrate(url, "ahorro", migrations("ahorro"))
