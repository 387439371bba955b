"""An earlier system in a folder, and new databases of both kinds that it moves into."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ahorro import cli as ahorro
from ahorro.settings import Settings as DeAhorro
from belgrano.env import Environment
from belgrano.legado.informe import Informe
from belgrano.operator.database import opened
from tests.legado.antes import Antes, un_sistema
from ticketera import cli as ticketera
from ticketera.settings import Settings as DeTicketera


@dataclass
class Casa:
    """Our two databases; what was told of the last import is in `dicho`."""

    ahorro: DeAhorro
    ticketera: DeTicketera
    dicho: list[str] = field(default_factory=list)

    async def traer(self, antes: Antes, *, apply: bool = True) -> Informe:
        """Import as the command does."""
        self.dicho.clear()
        informe = Informe(self.dicho.append, lambda line: None)
        await ahorro.import_legacy(self.ahorro, antes.files, informe, apply=apply)
        await ticketera.import_legacy(self.ticketera, antes.files, informe, apply=apply)
        return informe

    def dijo(self, *words: str) -> bool:
        """Whether one line of the report has all of these."""
        return any(all(word in line for word in words) for line in self.dicho)

    async def leer(self, app: str, query: Callable[..., Awaitable[Any]], *args: Any) -> Any:
        """What a query of the store finds."""
        async with opened(getattr(self, app)) as base:
            return await base.read(query, *args)  # type: ignore[arg-type]

    async def filas(self, app: str, sql: str, **values: Any) -> list[dict[str, Any]]:
        """The rows of a statement."""

        async def select(con: Any) -> list[dict[str, Any]]:
            return [dict(row) for row in await con.fetch_all(sql, values)]

        found: list[dict[str, Any]] = await self.leer(app, select)
        return found


@pytest.fixture
def antes(tmp_path: Path) -> Antes:
    return un_sistema(tmp_path / "antes")


@pytest.fixture
def casa(database_url: str, tmp_path: Path) -> Casa:
    env = {"AHORRO_DB_PATH": str(tmp_path / "a.db"), "TICKETS_DB_PATH": str(tmp_path / "t.db")}
    if database_url.startswith("postgres"):
        env = {"AHORRO_DATABASE_URL": database_url, "TICKETS_DATABASE_URL": database_url}
    env["BELGRANO_ENV"] = "testing"
    read = Environment(env, dev_secrets=tmp_path / "secretos")
    return Casa(DeAhorro.read(read), DeTicketera.read(read))
