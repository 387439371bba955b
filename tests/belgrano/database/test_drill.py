"""A restore that is tried out: it says whether the newest copy serves, and touches nothing that is in use."""

import asyncio
from pathlib import Path
from typing import Any

import psycopg
import pytest

from belgrano.database.backup import backup, note_of, write_note
from belgrano.database.drill import Drill, copies_in_words, drill, last_drill
from belgrano.database.plan import Plan
from belgrano.words.times import now
from tests.belgrano.cosas import MIGRATIONS, guardar, nombres
from tests.conftest import MakeBase


@pytest.fixture
async def base(make_base: MakeBase) -> Any:
    base = await make_base(MIGRATIONS)
    await base.do(guardar, "yerba")
    return base


async def tried(base: Any, folder: Path) -> Drill:
    return await asyncio.to_thread(drill, base.url, "prueba", folder, MIGRATIONS)


async def copied(base: Any, folder: Path) -> Path:
    return await backup(base.url, "prueba", folder, MIGRATIONS)


async def test_a_copy_that_serves_is_said_to_while_the_app_works_and_nothing_else_is_left(
    base: Any, tmp_path: Path
) -> None:
    copy = await copied(base, tmp_path / "c")
    await base.do(guardar, "después")
    before = {each.name for each in (tmp_path / "c").iterdir()}

    done = await tried(base, tmp_path / "c")

    assert (done.copia, done.said) == (copy.name, "sirve")
    assert last_drill(tmp_path / "c", "prueba") == done
    assert {each.name for each in (tmp_path / "c").iterdir()} - before == {".prueba-simulacro.json"}
    assert await base.read(nombres) == ["yerba", "después"]
    said = copies_in_words(Plan(folder=tmp_path / "c"), "prueba", now())
    assert said == "Última copia recién; simulacro recién: sirve."
    if not base.alone:
        with psycopg.connect(base.url) as raw:
            found = raw.execute("SELECT 1 FROM pg_database WHERE datname LIKE 'belgrano_simulacro_%'").fetchone()
        assert found is None


async def test_rows_that_are_missing_are_named(base: Any, tmp_path: Path) -> None:
    copy = await copied(base, tmp_path)
    note = note_of(copy)
    write_note(copy, note | {"rows": note["rows"] | {"cosas": 7}})

    done = await tried(base, tmp_path)

    assert done.said == "no sirve: cosas tiene 1 filas y tenía 7."
    assert last_drill(tmp_path, "prueba") == done


@pytest.mark.parametrize("damage", ["a bit", "cut", "no note"])
async def test_a_copy_that_does_not_serve_is_said_not_to(base: Any, tmp_path: Path, damage: str) -> None:
    copy = await copied(base, tmp_path)
    content = bytearray(copy.read_bytes())
    if damage == "a bit":
        content[len(content) // 2] ^= 1
    copy.write_bytes(content[: len(content) // 2] if damage == "cut" else content)
    if damage == "no note":
        copy.with_name(copy.name + ".json").unlink()

    done = await tried(base, tmp_path)

    assert done.mal and done.said.startswith("no sirve: ")


async def test_the_newest_is_tried_and_without_any_it_is_a_sentence(base: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no hay ninguna copia de prueba"):
        await tried(base, tmp_path)
    await copied(base, tmp_path)
    newest = await copied(base, tmp_path)

    assert (await tried(base, tmp_path)).copia == newest.name
    (tmp_path / ".prueba-simulacro.json").write_text("{")
    assert last_drill(tmp_path, "prueba") is None
