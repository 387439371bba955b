"""Changes of many prices that wait for their moment, and what came of them."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from ahorro.domain.auditoria import Quien
from ahorro.domain.precios import Regla
from ahorro.domain.programado import Programado, SinTocar
from ahorro.store.precios import movida_de
from belgrano.database.work import Connection, Row

COLUMNS = """
       lote, huella, regla, respuesta, desde, creado_en, quien_id, quien_nombre, estado, terminado_en, cancelado_por,
       sin_tocar, por_ver
"""


def _programado(row: Row) -> Programado:
    return Programado(
        lote=row["lote"],
        huella=row["huella"],
        regla=Regla(**json.loads(row["regla"])),
        movida=movida_de(row["respuesta"]),
        desde=row["desde"],
        creado_en=row["creado_en"],
        quien=Quien(row["quien_id"], row["quien_nombre"]),
        estado=row["estado"],
        terminado_en=row["terminado_en"],
        cancelado_por=row["cancelado_por"],
        sin_tocar=tuple(SinTocar(**each) for each in json.loads(row["sin_tocar"])),
        por_ver=row["por_ver"],
    )


async def insert_programado(con: Connection, programado: Programado, respuesta: str) -> None:
    """Keep what is to be done, and what was shown of it (`Alistada.respuesta`)."""
    p = programado
    await con.execute(
        """
        INSERT INTO precio_programados
               (lote, huella, regla, respuesta, desde, creado_en, quien_id, quien_nombre, estado)
        VALUES (:lote, :huella, :regla, :respuesta, :desde, :creado_en, :quien_id, :quien_nombre, :estado)
        """,
        {
            "lote": p.lote,
            "huella": p.huella,
            "regla": json.dumps(asdict(p.regla)),
            "respuesta": respuesta,
            "desde": p.desde,
            "creado_en": p.creado_en,
            "quien_id": p.quien.id,
            "quien_nombre": p.quien.nombre,
            "estado": p.estado,
        },
    )


async def select_programado(con: Connection, lote: str) -> Programado | None:
    """A scheduled change by its clave, whatever became of it."""
    row = await con.fetch_one(f"SELECT {COLUMNS} FROM precio_programados WHERE lote = :lote", {"lote": lote})  # noqa: S608
    return _programado(row) if row else None


async def select_que_toca(con: Connection, lote: str, ahora: int) -> Programado | None:
    """It, where it still waits and its moment (ms UTC) has come."""
    row = await con.fetch_one(
        f"SELECT {COLUMNS} FROM precio_programados WHERE lote = :lote AND estado = 'programado' AND desde <= :ahora",  # noqa: S608
        {"lote": lote, "ahora": ahora},
    )
    return _programado(row) if row else None


async def select_programados(con: Connection) -> list[Programado]:
    """Those that wait, the next one first."""
    rows = await con.fetch_all(
        f"SELECT {COLUMNS} FROM precio_programados WHERE estado = 'programado' ORDER BY desde, creado_en, lote"  # noqa: S608
    )
    return [_programado(row) for row in rows]


async def select_por_ver(con: Connection) -> list[Programado]:
    """Those that left products alone which nobody has read of yet, the oldest first."""
    rows = await con.fetch_all(
        f"SELECT {COLUMNS} FROM precio_programados WHERE por_ver > 0 ORDER BY terminado_en, lote"  # noqa: S608
    )
    return [_programado(row) for row in rows]


async def select_que_tocan(con: Connection, ahora: int) -> list[str]:
    """The claves of those whose moment (ms UTC) has come, in the order in which they are done."""
    rows = await con.fetch_all(
        """
        SELECT lote FROM precio_programados
         WHERE estado = 'programado' AND desde <= :ahora ORDER BY desde, creado_en, lote
        """,
        {"ahora": ahora},
    )
    return [row["lote"] for row in rows]


async def update_aplicado(con: Connection, lote: str, sin_tocar: Sequence[SinTocar], ahora: int) -> None:
    """It is done, and left these alone."""
    await con.execute(
        """
        UPDATE precio_programados
           SET estado = 'aplicado', terminado_en = :ahora, sin_tocar = :sin_tocar, por_ver = :por_ver
         WHERE lote = :lote
        """,
        {
            "lote": lote,
            "ahora": ahora,
            "sin_tocar": json.dumps([asdict(each) for each in sin_tocar], ensure_ascii=False),
            "por_ver": len(sin_tocar),
        },
    )


async def update_cancelado(con: Connection, lote: str, quien: Quien, ahora: int) -> None:
    """It will not be done."""
    await con.execute(
        """
        UPDATE precio_programados SET estado = 'cancelado', terminado_en = :ahora, cancelado_por = :quien
         WHERE lote = :lote
        """,
        {"lote": lote, "ahora": ahora, "quien": quien.nombre},
    )


async def update_visto(con: Connection, lote: str) -> None:
    """Somebody has read what it left alone."""
    await con.execute("UPDATE precio_programados SET por_ver = 0 WHERE lote = :lote", {"lote": lote})
