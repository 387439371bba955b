"""What SQLite does when its disk is full, its file is locked, or a COMMIT fails: real faults, nothing patched."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from belgrano.database.base import Base, Unavailable
from belgrano.database.work import Work
from belgrano.env import REFUSED
from tests.belgrano.cosas import MIGRATIONS, NoQuiero, contar, correr, guardar, nombres
from tests.people import until

LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.readline()
"""


async def open_base(path: Path) -> Any:
    base: Any = Base(f"sqlite:///{path}", app="prueba", migrations=MIGRATIONS, tell=lambda events: told.extend(events))
    told: list[object] = []
    base.told = told
    await base.open()
    return base


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MiB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mount.returncode != 0:
        pytest.skip(f"a tmpfs cannot be mounted here: {mount.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


async def guardar_mucho(work: Work, nombre: str, megas: int) -> None:
    for n in range(megas):
        await guardar(work, f"{nombre} {n} " + "x" * 2**20)


async def test_a_full_database_is_unavailable_and_the_same_act_works_when_there_is_room(tmp_path: Path) -> None:
    base = await open_base(tmp_path / "base.db")
    pages = await base.do(correr, "PRAGMA page_count")
    await base.do(correr, f"PRAGMA max_page_count = {pages}")
    acts = [(f"{n} " + "x" * 3000) for n in range(20)]

    full = await asyncio.gather(*(base.do(guardar, nombre) for nombre in acts), return_exceptions=True)
    stored = await base.read(nombres)
    await base.do(correr, "PRAGMA max_page_count = 1000000")
    again = [await base.do(guardar, nombre) for nombre, result in zip(acts, full, strict=True) if result not in (1,)]

    assert any(isinstance(each, Unavailable) for each in full)
    assert all(isinstance(each, (int, Unavailable)) for each in full)
    assert stored == [nombre for nombre, result in zip(acts, full, strict=True) if isinstance(result, int)]
    assert len(again) >= 1
    assert sorted(await base.read(nombres)) == sorted(acts)
    assert sorted(base.told) == sorted(acts)
    await base.close()


async def test_a_full_disk_fails_the_whole_group_that_sqlite_rolled_back(small_disk: Path) -> None:
    base = await open_base(small_disk / "base.db")
    await base.do(guardar, "antes")

    async def negarse_si_esta(work: Work, nombre: str) -> None:
        if await work.con.fetch_one("SELECT id FROM cosas WHERE nombre = :nombre", {"nombre": nombre}):
            raise NoQuiero(nombre)

    results = await asyncio.gather(
        base.do(guardar, "a"),
        base.do(negarse_si_esta, "a"),  # its refusal is about something that will not have been
        base.do(guardar_mucho, "grande", 24),  # more than the page cache: it meets the end of the disk half way
        base.do(guardar, "b"),
        return_exceptions=True,
    )

    assert [type(each) for each in results] == [Unavailable] * 4
    assert await base.read(nombres) == ["antes"]
    assert await base.do(guardar, "a")
    assert base.told == ["antes", "a"]
    await base.close()


async def test_a_disk_filled_by_somebody_else_heals_by_itself(small_disk: Path) -> None:
    base = await open_base(small_disk / "base.db")
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as file, pytest.raises(OSError, match="space"):
        while True:
            file.write(b"x" * 4096)

    refused = 0
    kept: list[str] = []
    for n in range(40):
        try:
            await base.do(guardar, f"{n} " + "x" * 2000)
            kept.append(f"{n} " + "x" * 2000)
        except Unavailable:
            refused += 1
    stored_meanwhile = await base.read(nombres)
    ballast.unlink()
    await base.do(guardar, "después")
    await base.close()

    assert refused > 0
    assert stored_meanwhile == kept
    with sqlite3.connect(small_disk / "base.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM cosas").fetchone() == (len(kept) + 1,)


async def test_a_file_locked_by_another_process_is_unavailable_in_time_and_works_afterwards(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING", "belgrano.database.acts")
    base = await open_base(tmp_path / "base.db")
    other = subprocess.Popen(
        [sys.executable, "-c", LOCK, str(tmp_path / "base.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdin is not None and other.stdout is not None and other.stdout.readline() == "locked\n"

    began = time.monotonic()
    results = await asyncio.gather(*(base.do(guardar, f"{n}") for n in range(300)), return_exceptions=True)
    took = time.monotonic() - began
    readable = await base.read(contar)
    other.stdin.close()
    other.wait()

    assert all(isinstance(each, Unavailable) for each in results)
    assert took < 30
    assert readable == 0
    assert await base.do(guardar, "0")
    assert base.told == ["0"]
    said = [record.message for record in caplog.records]
    assert said == ["the database cannot store just now: database is locked", "the database stores again"]
    await base.close()


@pytest.mark.parametrize("fault", ["the file may not grow", "fdatasync fails"])
def test_after_an_io_error_at_commit_nobody_is_answered_and_the_process_ends(tmp_path: Path, fault: str) -> None:
    command = [sys.executable, "-m", "tests.belgrano.cosas.commit_fails", str(tmp_path / "base.db")]
    if fault == "the file may not grow":
        command.append("400000")
    elif shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    else:
        inject = "inject=fdatasync:error=EIO:when=60+"
        command = ["strace", "-f", "-o", os.devnull, "-e", "trace=fdatasync", "-e", inject, *command]

    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    answered = [int(line) for line in done.stdout.split()]

    if "ptrace" in done.stderr:
        pytest.skip(f"strace may not trace here: {done.stderr.strip()}")
    assert done.returncode == 74, done.stderr
    assert "I/O error at COMMIT" in done.stderr
    assert len(answered) >= 4
    with sqlite3.connect(tmp_path / "base.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        stored = {row[0] for row in connection.execute("SELECT id FROM cosas")}
    assert set(answered) <= stored
    assert len(stored) <= len(answered) + 4  # at most the group in doubt


async def test_a_quiet_moment_brings_the_wal_into_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("belgrano.database.sqlite.CHECKPOINT_EVERY", 0.2)
    base = await open_base(tmp_path / "base.db")
    await base.do(guardar, "una cosa que se reconoce")
    assert b"se reconoce" not in (tmp_path / "base.db").read_bytes()

    async def is_in_the_file() -> bool:
        await base.do(correr, "SELECT 1")
        return b"se reconoce" in (tmp_path / "base.db").read_bytes()

    assert await until(is_in_the_file)
    await base.close()


async def test_only_one_of_two_that_use_a_file_checkpoints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("belgrano.database.sqlite.CHECKPOINT_EVERY", 0.0)
    app = await open_base(tmp_path / "base.db")
    command = await open_base(tmp_path / "base.db")

    await asyncio.gather(*(each.do(guardar, f"{n}") for n, each in enumerate((app, command) * 20)))
    keepers = [app._backend.keeper, command._backend.keeper]
    await app.close()
    await command.do(guardar, "sola")
    await command.do(guardar, "otra")

    assert keepers == [True, False]
    assert command._backend.keeper
    assert await command.read(contar) == 42
    await command.close()


async def test_a_file_that_is_no_database_is_said_so_and_nothing_stays_open(tmp_path: Path) -> None:
    base: Any = Base(f"sqlite:///{tmp_path / 'base.db'}", app="rota", migrations=MIGRATIONS, tell=lambda events: None)
    await base.open()
    await base.close()
    content = (tmp_path / "base.db").read_bytes()
    (tmp_path / "base.db").write_bytes(b"hola" * 5000)

    with pytest.raises(SystemExit, match=str(REFUSED)):
        await base.open()
    with pytest.raises(Unavailable, match="not a database"):
        await base._database.connect()
    still = [thread.name for thread in threading.enumerate() if thread.name.startswith("rota-")]
    (tmp_path / "base.db").write_bytes(content)
    await base.open()

    assert still == []
    assert await base.do(guardar, "yerba")
    await base.close()
