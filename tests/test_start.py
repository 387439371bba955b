"""What a start does without: each of these costs hundredths of a second in which the app is away."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.belgrano.database.test_restore import HOMES, migrations
from tests.schemas import Schemas
from tests.test_house import ROOT

# Alembic and both drivers of PostgreSQL; pictures, telephones, dates in words, what is sealed.
NOT_YET = {"alembic", "psycopg", "asyncpg", "aiosqlite", "PIL", "phonenumbers", "babel", "cryptography"}
BY_OTHERS: dict[str, set[str]] = {"ahorro": set(), "ticketera": {"cryptography"}}  # Socket.IO's: it imports redis
START = """
import asyncio, importlib, sys
import belgrano.operator.cli

async def start(app):
    heard, said = asyncio.Queue(), asyncio.Queue()
    heard.put_nowait({"type": "lifespan.startup"})
    serving = asyncio.create_task(app({"type": "lifespan", "asgi": {}, "state": {}}, heard.get, said.put))
    assert (await said.get())["type"] == "lifespan.startup.complete"
    print(*sorted({name.partition(".")[0] for name in sys.modules}))
    heard.put_nowait({"type": "lifespan.shutdown"})
    await serving

asyncio.run(start(importlib.import_module(f"{sys.argv[1]}.asgi").app))
"""


@pytest.mark.parametrize("app", HOMES)
def test_a_start_imports_nothing_that_only_some_requests_need(tmp_path: Path, schemas: Schemas, app: str) -> None:
    path = tmp_path / "x.db"
    schemas.lay(f"sqlite:///{path}", app, migrations(app))
    env = {"AHORRO_DB_PATH": str(path), "TICKETS_DB_PATH": str(path), "PYTHONPATH": str(ROOT), "PATH": ""}

    out = subprocess.run(
        [sys.executable, "-c", START, app], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=100,
        check=False,
    )  # fmt: skip

    assert out.returncode == 0, out.stderr
    loaded = set(out.stdout.split())
    assert {"quart", app} <= loaded
    assert loaded & NOT_YET <= BY_OTHERS[app]
