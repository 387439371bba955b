"""Creating and migrating a database when it is opened."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from belgrano.database.backup import note_of
from belgrano.database.base import Base, Connection, Unavailable
from belgrano.database.copies import Copying
from belgrano.database.plan import Plan
from belgrano.database.restore import restore
from tests.belgrano.cosas import MIGRATIONS, correr, guardar, nombres
from tests.conftest import MakeBase

FIRST = (MIGRATIONS / "versions" / "0001_inicio.py").read_text()
SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

def upgrade():
    with op.batch_alter_table("cosas") as table:
        table.add_column(sa.Column("color", sa.Text))
    op.execute("UPDATE cosas SET color = 'verde'")
"""

OPENS = """
import asyncio, sys
from pathlib import Path
from belgrano.database.base import Base
from tests.belgrano.cosas import MIGRATIONS, guardar

async def main(url, name):
    base = Base(url, app="prueba", migrations=MIGRATIONS, tell=lambda events: None)
    await base.open()
    await base.do(guardar, name)
    await base.close()

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Migrations that a test may add to."""
    (tmp_path / "m" / "versions").mkdir(parents=True)
    (tmp_path / "m" / "versions" / "0001_inicio.py").write_text(FIRST)
    return tmp_path / "m"


async def test_processes_that_start_together_migrate_once(database_url: str) -> None:
    command = [sys.executable, "-c", OPENS, database_url]

    starts = [subprocess.Popen([*command, f"{n}"], stderr=subprocess.PIPE, text=True) for n in range(4)]
    errors = [await asyncio.to_thread(start.communicate) for start in starts]

    assert [start.returncode for start in starts] == [0] * 4, errors
    base = Base(database_url, app="prueba", migrations=MIGRATIONS, tell=lambda events: None)
    await base.open()
    assert sorted(await base.read(nombres)) == ["0", "1", "2", "3"]
    await base.close()


async def test_a_newer_version_keeps_the_rows(make_base: MakeBase, folder: Path) -> None:
    base: Any = await make_base(folder)
    await base.do(guardar, "yerba")
    await base.close()
    (folder / "versions" / "0002_color.py").write_text(SECOND)

    await base.open()

    assert await base.do(correr, "SELECT color FROM cosas") == "verde"
    assert await base.do(guardar, "azúcar") == 2


async def test_what_has_something_in_it_is_copied_before_it_is_migrated_and_a_new_one_is_not(
    make_base: MakeBase, folder: Path, tmp_path: Path
) -> None:
    base: Any = await make_base(folder)
    await base.do(guardar, "yerba")
    await base.close()
    copying = Copying(base.url, "prueba", folder, Plan(folder=tmp_path / "copias"))
    again = Base(
        base.url, app="prueba", migrations=folder, tell=lambda events: None, before_migrating=copying.before_migrating
    )
    async with again:
        assert not (tmp_path / "copias").exists()
    (folder / "versions" / "0002_color.py").write_text(SECOND)

    async with again:
        assert await again.do(correr, "SELECT color FROM cosas") == "verde"
    async with again:
        pass

    copy, _note = sorted((tmp_path / "copias").glob("prueba-*"))
    assert note_of(copy)["rows"]["cosas"] == 1
    await restore(base.url, "prueba", copy, folder, como_esta)  # of the version before: it is brought forward


async def test_a_copy_that_cannot_be_made_before_a_migration_keeps_nobody_from_starting(
    make_base: MakeBase, folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    base: Any = await make_base(folder)
    await base.close()
    (tmp_path / "copias").write_text("no es una carpeta")
    (folder / "versions" / "0002_color.py").write_text(SECOND)
    copying = Copying(base.url, "prueba", folder, Plan(folder=tmp_path / "copias"))

    async with Base(
        base.url, app="prueba", migrations=folder, tell=lambda events: None, before_migrating=copying.before_migrating
    ) as again:
        await again.do(guardar, "yerba")

    assert "no se pudo hacer una copia antes de actualizar" in caplog.text


async def como_esta(work: Any) -> None:
    """Renew nothing."""


async def test_a_migration_that_fails_leaves_nothing(make_base: MakeBase, folder: Path) -> None:
    base: Any = await make_base(folder)
    await base.do(guardar, "yerba")
    await base.close()
    second = folder / "versions" / "0002_color.py"
    second.write_text(SECOND + "    op.create_table('a', sa.Column('b', sa.Text))\n    raise RuntimeError('no')\n")

    with pytest.raises(RuntimeError, match="no"):
        await base.open()
    second.unlink()
    await base.open()

    async def tablas(con: Connection) -> list[str]:
        rows = await con.fetch_all("SELECT * FROM cosas")
        return list(rows[0].keys())

    assert await base.read(tablas) == ["id", "nombre", "dueno"]
    await base.do(correr, "CREATE TABLE a (b TEXT)")


async def test_a_database_in_use_is_not_migrated_under_its_users(
    sqlite_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("belgrano.database.migrations.LOCK_WAIT", 0.3)
    old, new = (Base(sqlite_url, app="prueba", migrations=folder, tell=lambda events: None) for _ in range(2))
    await old.open()
    (folder / "versions" / "0002_color.py").write_text(SECOND)

    with pytest.raises(Unavailable, match="in use"):
        await new.open()

    assert await old.do(guardar, "yerba")
    await old.close()
    await new.open()
    await new.close()


async def test_two_apps_share_one_database_on_postgresql(postgres_url: str) -> None:
    bases = [Base(postgres_url, app=app, migrations=MIGRATIONS, tell=lambda events: None) for app in ("una", "otra")]
    for base in bases:
        await base.open()

    await bases[0].do(guardar, "yerba")

    assert [await base.read(nombres) for base in bases] == [["yerba"], []]
    for base in bases:
        await base.close()
