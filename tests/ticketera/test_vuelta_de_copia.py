"""A copy that takes the database's place brings back no customer whom the shop had forgotten."""

from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from belgrano.database.backup import backup
from belgrano.database.base import Base
from belgrano.database.restore import restore
from tests.ticketera.cast import Cast
from tests.ticketera.conftest import MIGRATIONS
from ticketera.actions.olvidos import pedir_olvido
from ticketera.cli import EPOCA_NUEVA, LO_QUE_NO_VUELVE
from ticketera.store.tickets import select_numero


@asynccontextmanager
async def running(url: str, app: str) -> Any:
    async with Base(url, app=app, migrations=MIGRATIONS, tell=lambda events: None) as base:
        yield base


async def test_whom_the_shop_forgot_since_the_copy_stays_forgotten(
    database_url: str, schema: str, tmp_path: Path
) -> None:
    async with running(database_url, schema) as base:
        cast = await Cast.of(base)
        closed, open_, other = [await cast.pedido(repartidor_id=cast.rita.id) for _ in range(3)]
        await cast.acts(cast.rita, closed, "entregar")
        copy = await backup(database_url, schema, tmp_path / "copias", MIGRATIONS)
        await cast.acts(cast.rita, open_, "entregar", nota="A Clara")
        for ticket in (closed, open_):
            assert await base.do(pedir_olvido, ticket.numero)

    done = await restore(database_url, schema, copy, MIGRATIONS, EPOCA_NUEVA, LO_QUE_NO_VUELVE)

    assert done.remembered
    async with running(database_url, schema) as base:
        back = [await base.read(select_numero, each.numero) for each in (closed, open_, other)]
        assert [each.cliente_nombre for each in back] == ["Cuenta borrada", "Clara Gómez", "Clara Gómez"]
        cast = Cast(base, cast.ana, cast.rita, cast.raul)
        again = await cast.acts(cast.rita, open_, "entregar")  # the copy is of before: now it is closed, and forgotten
        assert again.cliente_nombre == "Cuenta borrada"
