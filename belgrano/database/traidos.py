"""What came from the earlier system, by its table and its id there: what came once never comes again.

Not even where its owner has erased it since, or made something else of it.
"""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from belgrano.database.work import Connection


def create_tables(op: Any) -> None:
    """The table, from an app's migration."""
    op.create_table(
        "traidos",
        sa.Column("tabla", sa.Text, primary_key=True),
        sa.Column("clave", sa.Text, primary_key=True),
        sa.Column("id", sa.BigInteger, nullable=False),
    )


async def select_traidos(con: Connection, tabla: str, claves: Collection[str]) -> dict[str, int]:
    """The ids here of those of a table of the earlier system that have come."""
    if not claves:
        return {}
    values = {f"c{n}": clave for n, clave in enumerate(claves)}
    rows = await con.fetch_all(
        f"SELECT clave, id FROM traidos WHERE tabla = :tabla AND clave IN ({', '.join(f':{c}' for c in values)})",  # noqa: S608
        {"tabla": tabla, **values},
    )
    return {row["clave"]: row["id"] for row in rows}


async def insert_traidos(con: Connection, tabla: str, ids: Mapping[str, int]) -> None:
    """Keep that these have come, and as which ids."""
    for clave, here in ids.items():
        await con.execute(
            "INSERT INTO traidos (tabla, clave, id) VALUES (:tabla, :clave, :id)",
            {"tabla": tabla, "clave": clave, "id": here},
        )
