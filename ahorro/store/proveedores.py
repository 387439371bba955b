"""Suppliers, and what is remembered of their lists."""

import json
from dataclasses import asdict

from ahorro.domain.precios import Regla
from ahorro.domain.proveedor import Proveedor
from belgrano.database.work import Connection
from belgrano.words.text import folded


async def select_proveedores(con: Connection) -> list[Proveedor]:
    """All of them, by name."""
    rows = await con.fetch_all("SELECT nombre, titulos, usos, regla FROM proveedores ORDER BY buscado")
    return [
        Proveedor(
            row["nombre"],
            tuple(json.loads(row["titulos"])),
            tuple(json.loads(row["usos"])),
            Regla(**json.loads(row["regla"])),
        )
        for row in rows
    ]


async def upsert_proveedor(con: Connection, proveedor: Proveedor) -> None:
    """Remember one, in place of what was known of it."""
    await con.execute(
        """
        INSERT INTO proveedores (buscado, nombre, titulos, usos, regla)
        VALUES (:buscado, :nombre, :titulos, :usos, :regla)
        ON CONFLICT (buscado) DO UPDATE
           SET nombre = excluded.nombre, titulos = excluded.titulos, usos = excluded.usos, regla = excluded.regla
        """,
        {
            "buscado": folded(proveedor.nombre),
            "nombre": proveedor.nombre,
            "titulos": json.dumps(proveedor.titulos, ensure_ascii=False),
            "usos": json.dumps(proveedor.usos),
            "regla": json.dumps(asdict(proveedor.regla)),
        },
    )
