"""Copies of a living database, and the way back."""

import asyncio
import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from belgrano.database import backup as copies
from belgrano.database import restore as way_back
from belgrano.database.backup import STAMP, _rotate, skip_ids
from belgrano.database.base import Base
from belgrano.database.work import Work
from tests.belgrano.cosas import MIGRATIONS, guardar, nombres
from tests.conftest import MakeBase
from tests.people import until


async def backup(url: str, app: str, folder: Path) -> Path:
    return await copies.backup(url, app, folder, MIGRATIONS)


async def restore(url: str, app: str, copy: Path) -> way_back.Restored:
    return await way_back.restore(url, app, copy, MIGRATIONS, como_esta)


async def como_esta(work: Work) -> None:
    """Renew nothing."""


@pytest.fixture
async def base(make_base: MakeBase) -> Any:
    return await make_base(MIGRATIONS)


async def test_a_copy_under_writes_holds_all_that_was_answered_before_it(base: Any, tmp_path: Path) -> None:
    stop = asyncio.Event()
    answered: list[str] = []
    slowest = 0.0

    async def write() -> None:
        nonlocal slowest
        loop = asyncio.get_running_loop()
        while not stop.is_set():
            began = loop.time()
            await base.do(guardar, f"{len(answered)} " + "x" * 500)
            slowest = max(slowest, loop.time() - began)
            answered.append(f"{len(answered)} " + "x" * 500)
            await asyncio.sleep(0.002)

    writer = asyncio.create_task(write())
    assert await until(lambda: len(answered) > 20)
    before = list(answered)
    copy = await backup(base.url, "prueba", tmp_path / "copias")
    stop.set()
    await writer
    await base.do(guardar, "después")
    await base.close()

    await restore(base.url, "prueba", copy)
    await base.open()

    restored = await base.read(nombres)
    assert restored[: len(before)] == before
    assert restored == [*answered, "después"][: len(restored)]
    assert "después" not in restored
    assert slowest < 10
    assert [each.name for each in (tmp_path / "copias").iterdir() if each.name.endswith(".part")] == []


async def test_restoring_keeps_what_was_there_aside(base: Any, tmp_path: Path) -> None:
    await base.do(guardar, "copiada")
    copy = await backup(base.url, "prueba", tmp_path / "copias")
    await base.do(guardar, "perdida")
    await base.close()

    await restore(base.url, "prueba", copy)

    await base.open()
    assert await base.read(nombres) == ["copiada"]
    if base.alone:
        # Whoever closes at the same moment as another leaves the -wal and -shm where they were: both are kept with it.
        (aside,) = (each for each in tmp_path.glob("base.db.antes-*") if not each.name.endswith(("-wal", "-shm")))
        with sqlite3.connect(aside) as connection:
            assert connection.execute("SELECT nombre FROM cosas").fetchall() == [("copiada",), ("perdida",)]
    else:

        async def aside_of(con: Any) -> Any:
            return await con.fetch_val("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'prueba_antes_%'")

        old = Base(base.url, app=await base.read(aside_of), migrations=MIGRATIONS, tell=lambda events: None)
        await old.open()
        assert await old.read(nombres) == ["copiada", "perdida"]
        await old.close()


async def test_nothing_is_restored_while_the_app_runs(base: Any, tmp_path: Path) -> None:
    await base.do(guardar, "a")
    copy = await backup(base.url, "prueba", tmp_path / "copias")
    await base.do(guardar, "b")

    with pytest.raises(ValueError, match="en uso"):
        await restore(base.url, "prueba", copy)

    assert await base.read(nombres) == ["a", "b"]


@pytest.mark.parametrize("damage", ["a bit", "cut", "cut, without a note", "not a database, without a note"])
async def test_a_damaged_copy_is_refused_and_changes_nothing(base: Any, tmp_path: Path, damage: str) -> None:
    await base.do(guardar, "a " + "x" * 20_000)
    copy = await backup(base.url, "prueba", tmp_path / "copias")
    await base.close()
    content = bytearray(copy.read_bytes())
    if damage == "a bit":
        content[len(content) // 2] ^= 1
    elif damage.startswith("cut"):
        content = content[: len(content) // 2]
    else:
        content = bytearray(b"hola" * 5000)
    copy.write_bytes(content)
    if damage.endswith("note"):
        copy.with_name(copy.name + ".json").unlink()

    with pytest.raises(ValueError, match=r"dañada|sana|no pudo"):
        await restore(base.url, "prueba", copy)

    await base.open()
    assert await base.read(nombres) == ["a " + "x" * 20_000]


async def test_a_copy_of_the_other_app_is_refused(base: Any, tmp_path: Path) -> None:
    copy = await backup(base.url, "prueba", tmp_path)
    await base.close()

    with pytest.raises(ValueError, match="de prueba, no de otra"):
        await restore(base.url, "otra", copy)


async def test_a_note_beside_the_copy_says_what_it_is(base: Any, tmp_path: Path) -> None:
    copy = await backup(base.url, "prueba", tmp_path / "copias")

    note = json.loads(copy.with_name(copy.name + ".json").read_text())

    assert note["app"] == "prueba"
    assert note["bytes"] == copy.stat().st_size
    assert len(note["sha256"]) == 64


async def test_a_restored_database_gives_out_no_id_twice(base: Any, tmp_path: Path) -> None:
    await base.do(guardar, "a")
    copy = await backup(base.url, "prueba", tmp_path / "copias")
    lost = await base.do(guardar, "b")
    await base.close()
    await restore(base.url, "prueba", copy)
    await base.open()

    await base.do(skip_ids)

    assert await base.do(guardar, "c") > lost + 999_000


async def test_a_table_that_was_empty_in_the_copy_skips_too(base: Any) -> None:
    await base.do(skip_ids)

    assert await base.do(guardar, "a") == 1_000_001


def test_old_copies_go_and_one_a_day_and_a_week_stays(tmp_path: Path) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    made = [now - timedelta(hours=n) for n in range(24 * 100)]
    for when in made:
        name = f"ahorro-{when:{STAMP}}.db"
        (tmp_path / name).touch()
        (tmp_path / f"{name}.json").touch()
    (tmp_path / "ticketera-20200101T000000Z.db").touch()

    _rotate(tmp_path, "ahorro", ".db")

    left = sorted(path.name for path in tmp_path.glob("ahorro-*.db"))
    newest = [f"ahorro-{when:{STAMP}}.db" for when in made[:24]]
    assert set(newest) <= set(left)
    assert len(left) < 24 + 14 + 8
    assert min(left) < f"ahorro-{now - timedelta(weeks=6):{STAMP}}.db"
    assert len(list(tmp_path.glob("ahorro-*.json"))) == len(left)
    assert (tmp_path / "ticketera-20200101T000000Z.db").exists()


STRANGE = [
    "prueba-antes.db",
    "prueba-20261324T000000Z.db",
    "prueba-20261124T120000Z.db.bak",
    "prueba-antes.dump",
    "prueba-.db",
    "otra-20261124T120000Z.db",
    "notas.txt",
    "prueba-antes.db.json",
]


async def test_what_else_lies_among_the_copies_stays_and_is_in_nobodys_way(base: Any, tmp_path: Path) -> None:
    await base.do(guardar, "a")
    for name in STRANGE:
        (tmp_path / "c" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "c" / name).write_text("mío")
    (tmp_path / "c" / "prueba-20261124T110000Z.db").mkdir()
    mode = (tmp_path / "c").stat().st_mode

    copy = await backup(base.url, "prueba", tmp_path / "c")

    assert copy.exists()
    assert all((tmp_path / "c" / name).read_text() == "mío" for name in STRANGE)
    assert (tmp_path / "c").stat().st_mode == mode, "a folder that holds other things is not ours to close"


async def test_copies_are_their_owners_alone_those_of_before_too(base: Any, tmp_path: Path) -> None:
    await base.do(guardar, "a")
    folder = tmp_path / "copias" / "hoy"
    first = await backup(base.url, "prueba", folder)
    assert folder.parent.stat().st_mode & 0o777 in {0o700, 0o755}
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o755)
    old = first.with_name("ahorro-20261101T000000Z.db")
    for each in (old, old.with_name(old.name + ".json")):
        each.touch(0o644)
    (await backup(base.url, "prueba", folder)).touch()

    assert {each.stat().st_mode & 0o777 for each in folder.glob("prueba-*")} == {0o600}
    assert {each.stat().st_mode & 0o777 for each in folder.glob("ahorro-*")} == {0o600}


async def test_a_database_that_is_not_there_is_a_plain_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="todavía no hay"):
        await backup(f"sqlite:///{tmp_path / 'nada.db'}", "prueba", tmp_path)
