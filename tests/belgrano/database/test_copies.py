"""Copies by themselves: made in time, once, and never in anybody's way."""

import logging
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from belgrano.database import copies
from belgrano.database.backup import STAMP, _rotate, note_of
from belgrano.database.base import Base
from belgrano.database.copies import Copying, newest_copy
from belgrano.database.plan import Plan
from tests.belgrano.cosas import MIGRATIONS, guardar
from tests.conftest import MakeBase
from tests.people import until

HOUR_S = 3600.0


@pytest.fixture
async def base(make_base: MakeBase) -> Any:
    base = await make_base(MIGRATIONS)
    await base.do(guardar, "a")
    return base


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "TURN_S", 0.05)


def copying(base: Base, folder: Path, every_s: float = HOUR_S) -> Copying:
    return Copying(base.url, base.app, base.migrations, Plan(folder=folder, every_s=every_s))


def copies_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("prueba-*") if path.suffix in {".db", ".dump"})


async def test_the_first_is_made_at_start_and_of_two_processes_one_makes_it(base: Any, tmp_path: Path) -> None:
    both = [copying(base, tmp_path / "c"), copying(base, tmp_path / "c")]

    for each in both:
        each.start()
    assert await until(lambda: bool(copies_of(tmp_path / "c")), 20)
    time.sleep(1.2)
    for each in both:
        each.stop()

    (copy,) = copies_of(tmp_path / "c")
    assert note_of(copy)["rows"]["cosas"] == 1
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [each.trouble() for each in both] == ["", ""]


async def test_another_one_follows_when_the_newest_is_older_than_the_interval(base: Any, tmp_path: Path) -> None:
    running = copying(base, tmp_path / "c", every_s=2)

    running.start()
    assert await until(lambda: len(copies_of(tmp_path / "c")) >= 2, 30)
    running.stop()

    first, second = copies_of(tmp_path / "c")[:2]
    assert copies.made_at(second) - copies.made_at(first) >= timedelta(seconds=2)


async def test_a_start_makes_none_where_a_young_one_lies(base: Any, tmp_path: Path) -> None:
    young = tmp_path / f"prueba-{datetime.now(UTC) - timedelta(minutes=10):{STAMP}}.db"
    young.touch()

    running = copying(base, tmp_path)
    running.start()
    time.sleep(0.5)
    running.stop()

    assert copies_of(tmp_path) == [young]


async def test_a_stamp_of_a_clock_that_was_put_back_keeps_no_copy_from_being_made(base: Any, tmp_path: Path) -> None:
    tomorrow = tmp_path / f"prueba-{datetime.now(UTC) + timedelta(days=1):{STAMP}}.db"
    tomorrow.touch()

    running = copying(base, tmp_path)
    running.start()
    assert await until(lambda: len(copies_of(tmp_path)) == 2, 20)
    time.sleep(0.5)
    running.stop()

    assert len(copies_of(tmp_path)) == 2
    found = newest_copy(tmp_path, "prueba")
    assert found is not None and found.path != tomorrow


async def test_a_folder_that_cannot_be_used_is_said_once_and_the_copy_comes_when_it_can(
    base: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    in_the_way = tmp_path / "copias"
    in_the_way.write_text("no es una carpeta")
    running = copying(base, in_the_way)

    with caplog.at_level(logging.ERROR, "belgrano.database.copies"):
        running.start()
        assert await until(lambda: bool(running.trouble()))
        time.sleep(0.5)
    said, trouble = [each.message for each in caplog.records], running.trouble()
    await base.do(guardar, "sigue")
    in_the_way.unlink()
    assert await until(lambda: bool(copies_of(in_the_way)), 20)
    assert await until(lambda: not running.trouble())
    running.stop()

    assert len(said) == 1 and "No se pudo hacer la copia" in said[0] and str(in_the_way) in said[0]
    assert str(in_the_way) in trouble
    assert all(each.exc_info is None for each in caplog.records)


async def test_an_old_copy_is_trouble_after_twice_the_interval(base: Any, tmp_path: Path) -> None:
    for hours, says in ((1.9, ""), (3, "La última copia es de hace 3 h")):
        (old := tmp_path / f"prueba-{datetime.now(UTC) - timedelta(hours=hours):{STAMP}}.db").touch()

        assert copying(base, tmp_path).trouble().startswith(says)

        old.unlink()
    assert copying(base, tmp_path).trouble() == ""


def test_of_copies_made_every_minute_one_an_hour_stays(tmp_path: Path) -> None:
    now = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
    for minute in range(30 * 60):
        (tmp_path / f"ahorro-{now - timedelta(minutes=minute):{STAMP}}.db").touch()

    _rotate(tmp_path, "ahorro", ".db")

    left = [copies.made_at(path) for path in tmp_path.glob("ahorro-*.db")]
    assert {each.strftime("%d%H") for each in left} >= {(now - timedelta(hours=h)).strftime("%d%H") for h in range(24)}
    assert len(left) <= 24 + 24 + 2
