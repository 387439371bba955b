"""What stands in a database of an earlier version is there, and right, after the next one has opened it."""

import shutil
from pathlib import Path
from typing import Any

from belgrano.database.base import Base
from belgrano.database.work import Work
from tests.ticketera.conftest import MIGRATIONS
from ticketera.store.caja import select_caja
from ticketera.store.usuarios import select_repartidores


def up_to(folder: Path, last: str) -> Path:
    """The migrations as an earlier version had them."""
    (folder / "versions").mkdir(parents=True)
    for file in (MIGRATIONS / "versions").glob("0*.py"):
        if file.name[:4] <= last:
            shutil.copy(file, folder / "versions")
    return folder


async def some_rows(work: Work) -> None:
    """Rita, with change, cash not handed in, other means, and a correction; Raúl, with nothing."""

    async def insert(table: str, **values: Any) -> None:
        names = ", ".join(values)
        await work.con.execute(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + name for name in values)})", values
        )

    for nombre in ("Rita", "Raúl"):
        await insert(
            "usuarios", nombre=nombre, email=nombre, password_hash="x", rol="repartidor", activo=True, telefono="",
            creado_en=1,
        )  # fmt: skip
    await work.con.execute("UPDATE usuarios SET fondo = 500 WHERE id = 1")
    for n, (cobrado, medio, rendicion) in enumerate(
        [(1900, "efectivo", None), (50, None, None), (700, "tarjeta", None), (9000, "efectivo", 1), (None, None, None)]
    ):
        await insert(
            "tickets", numero=f"T-{n}", huella="h", estado="entregado", prioridad=1, tipo_cliente="cliente",
            cliente_nombre="Clara", cliente_direccion="Moreno 1", cliente_telefono="", cliente_email="",
            productos="[]", total=1, metodo_pago="", indicaciones="", buscable="", repartidor_id=1, lugar="a",
            version=1, intento=1, creado_en=1, cerrado_en=2, cobrado=cobrado, medio=medio, rendicion_id=rendicion,
        )  # fmt: skip
    await insert("contraasientos", repartidor_id=1, ticket_id=4, monto=300, medio="efectivo", en=1)
    await insert("contraasientos", repartidor_id=1, ticket_id=4, monto=999, medio="tarjeta", en=1)


async def test_the_cash_that_somebody_carries_is_counted_once_when_the_counter_comes(
    database_url: str, schema: str, tmp_path: Path
) -> None:
    old = up_to(tmp_path / "old", "0003")
    async with Base(database_url, app=schema, migrations=old, tell=lambda events: None) as before:
        await before.do(some_rows)

    async with Base(database_url, app=schema, migrations=MIGRATIONS, tell=lambda events: None) as base:
        owed = {each.id: each.por_rendir for each in await base.read(select_repartidores) if each.por_rendir}
        assert owed == {1: 500 + 1900 + 50 - 300}
        assert (await base.read(select_caja, 1, 0)).a_rendir == 500 + 1900 + 50 - 300
