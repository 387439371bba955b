"""Paquetes automáticos and their products."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ahorro.domain.carrito import KILO, Renglon
from ahorro.domain.paquete import Paquete
from ahorro.domain.pedido import Entrega
from ahorro.store.carritos import DE_PRODUCTO, RENGLON, renglon
from belgrano.database.work import Connection, Row

COLUMNS = """
       id, usuario_id, nombre, frecuencia, proxima_el, dia, activo, direccion, telefono, metodo_pago, notas,
       ultimo_numero, aviso, ritmo_el, total_visto_centavos, envio_visto_centavos
"""


def _paquete(row: Row) -> Paquete:
    return Paquete(
        id=row["id"],
        usuario_id=row["usuario_id"],
        nombre=row["nombre"],
        frecuencia=row["frecuencia"],
        proxima_el=date.fromisoformat(row["proxima_el"]),
        dia=row["dia"],
        activo=bool(row["activo"]),
        entrega=Entrega(row["direccion"], row["telefono"], row["metodo_pago"], row["notas"]),
        ultimo_numero=row["ultimo_numero"],
        aviso=row["aviso"],
        ritmo_el=None if row["ritmo_el"] is None else date.fromisoformat(row["ritmo_el"]),
        total_visto_centavos=row["total_visto_centavos"],
        envio_visto_centavos=row["envio_visto_centavos"],
    )


async def insert_paquete(
    con: Connection, usuario_id: int, *, nombre: str, frecuencia: str, proxima_el: date, entrega: Entrega, ahora: int
) -> int:
    """A new paquete without products; its id."""
    row = await con.fetch_one(
        """
        INSERT INTO paquetes (usuario_id, nombre, frecuencia, proxima_el, dia, activo, direccion, telefono,
                              metodo_pago, notas, creado_en)
        VALUES (:usuario_id, :nombre, :frecuencia, :proxima_el, :dia, :activo, :direccion, :telefono,
                :metodo_pago, :notas, :ahora)
        RETURNING id
        """,
        {
            "usuario_id": usuario_id,
            "nombre": nombre,
            "frecuencia": frecuencia,
            "proxima_el": proxima_el.isoformat(),
            "dia": proxima_el.day,
            "activo": True,
            "direccion": entrega.direccion,
            "telefono": entrega.telefono,
            "metodo_pago": entrega.metodo_pago,
            "notas": entrega.notas,
            "ahora": ahora,
        },
    )
    assert row is not None  # noqa: S101
    return int(row["id"])


async def update_paquete(
    con: Connection,
    usuario_id: int,
    paquete_id: int,
    *,
    nombre: str,
    frecuencia: str,
    proxima_el: date,
    activo: bool,
    entrega: Entrega,
) -> bool:
    """Change a paquete of this comerciante, its rhythm only with its date; False when it is not theirs."""
    changed = await con.execute(
        """
        UPDATE paquetes
           SET nombre = :nombre, frecuencia = :frecuencia, proxima_el = :proxima_el, activo = :activo,
               dia = CASE WHEN proxima_el = :proxima_el THEN dia ELSE :dia END,
               ritmo_el = CASE WHEN proxima_el = :proxima_el THEN ritmo_el END,
               direccion = :direccion, telefono = :telefono, metodo_pago = :metodo_pago, notas = :notas
         WHERE id = :id AND usuario_id = :usuario_id
        """,
        {
            "id": paquete_id,
            "usuario_id": usuario_id,
            "nombre": nombre,
            "frecuencia": frecuencia,
            "proxima_el": proxima_el.isoformat(),
            "dia": proxima_el.day,
            "activo": activo,
            "direccion": entrega.direccion,
            "telefono": entrega.telefono,
            "metodo_pago": entrega.metodo_pago,
            "notas": entrega.notas,
        },
    )
    return bool(changed)


async def update_activo(con: Connection, paquete_id: int, activo: bool, proxima_el: date) -> None:
    """Stop a paquete or let it go on, from this date."""
    await con.execute(
        "UPDATE paquetes SET activo = :activo, proxima_el = :proxima_el WHERE id = :id",
        {"id": paquete_id, "activo": activo, "proxima_el": proxima_el.isoformat()},
    )


async def update_proxima(
    con: Connection,
    paquete_id: int,
    proxima_el: date,
    *,
    ultimo_numero: str | None = None,
    aviso: str | None = None,
    ritmo_el: date | None = None,
) -> None:
    """Note what a run did: the next date, the pedido that was made (None keeps the one before), what was wrong.

    `ritmo_el` is the date that the rhythm goes by when none was made.
    """
    await con.execute(
        """
        UPDATE paquetes
           SET proxima_el = :proxima_el, aviso = :aviso, ritmo_el = CAST(:ritmo_el AS TEXT),
               ultimo_numero = COALESCE(CAST(:ultimo_numero AS TEXT), ultimo_numero)
         WHERE id = :id
        """,
        {
            "id": paquete_id,
            "proxima_el": proxima_el.isoformat(),
            "ultimo_numero": ultimo_numero,
            "aviso": aviso,
            "ritmo_el": ritmo_el.isoformat() if ritmo_el else None,
        },
    )


async def replace_paquete_items(con: Connection, paquete_id: int, cantidades: Sequence[tuple[int, int]]) -> None:
    """What is in a paquete: (producto_id, units or kilos) pairs; prices count as seen, as far as they are sold."""
    before = {r.producto_id: r.visto_centavos for r in await _items(con, paquete_id)}
    await con.execute("DELETE FROM paquete_items WHERE paquete_id = :id", {"id": paquete_id})
    for producto_id, cantidad in cantidades:
        await con.execute(
            """
            INSERT INTO paquete_items (paquete_id, producto_id, cantidad, visto_centavos)
            VALUES (:paquete_id, :id, :cantidad, CAST(:visto_centavos AS BIGINT))
            """,
            {
                "paquete_id": paquete_id,
                "id": producto_id,
                "cantidad": cantidad,
                "visto_centavos": before.get(producto_id),
            },
        )
    await update_vistos(con, paquete_id)


async def update_vistos(con: Connection, paquete_id: int) -> None:
    """Note that the comerciante saw what the lines cost today; what is off sale keeps what it cost."""
    await con.execute(
        """
        UPDATE paquete_items
           SET visto_centavos = (SELECT p.vigente_centavos FROM productos p
                                  WHERE p.id = producto_id)
         WHERE paquete_id = :id
           AND producto_id IN (SELECT p.id FROM productos p WHERE p.activo)
        """,
        {"id": paquete_id},
    )


async def update_total_visto(con: Connection, paquete_id: int, total_centavos: int, envio_centavos: int) -> None:
    """Note what the comerciante saw its goods and its delivery come to."""
    await con.execute(
        "UPDATE paquetes SET total_visto_centavos = :total, envio_visto_centavos = :envio WHERE id = :id",
        {"id": paquete_id, "total": total_centavos, "envio": envio_centavos},
    )


async def select_renglones(con: Connection, cantidades: Mapping[int, int]) -> list[Renglon]:
    """Lines of so many units or kilos of each product at today's prices, those off sale too, in the order given."""
    named = ", ".join(map(str, map(int, cantidades))) or "NULL"
    rows = await con.fetch_all(
        f"""
        SELECT {RENGLON}, 1 AS cantidad, p.por_peso, p.activo AS se_vende
          FROM (SELECT id AS producto_id, CAST(NULL AS BIGINT) AS visto_centavos FROM productos WHERE id IN ({named})) i
          {DE_PRODUCTO}
        """  # noqa: S608
    )
    found = {r["producto_id"]: renglon(r) for r in rows}
    lines = [(found[each], cantidad) for each, cantidad in cantidades.items() if each in found]
    return [replace(r, cantidad=cantidad * KILO if r.por_peso else cantidad) for r, cantidad in lines]


async def _items(con: Connection, paquete_id: int) -> tuple[Renglon, ...]:
    rows = await con.fetch_all(
        f"""
        SELECT {RENGLON}, i.cantidad * CASE WHEN p.por_peso THEN {KILO} ELSE 1 END AS cantidad, p.por_peso,
               p.activo AS se_vende
          FROM paquete_items i
          {DE_PRODUCTO}
         WHERE i.paquete_id = :id
         ORDER BY p.nombre, p.id
        """,  # noqa: S608
        {"id": paquete_id},
    )
    return tuple(renglon(r) for r in rows)


async def select_paquete(con: Connection, usuario_id: int, paquete_id: int) -> Paquete | None:
    """A paquete of this comerciante with its products at today's prices, those off sale too."""
    row = await con.fetch_one(
        f"SELECT {COLUMNS} FROM paquetes WHERE id = :id AND usuario_id = :usuario_id",  # noqa: S608
        {"id": paquete_id, "usuario_id": usuario_id},
    )
    return replace(_paquete(row), items=await _items(con, paquete_id)) if row else None


async def select_paquetes(con: Connection, usuario_id: int) -> list[Paquete]:
    """The paquetes of this comerciante with their products."""
    rows = await con.fetch_all(
        f"SELECT {COLUMNS} FROM paquetes WHERE usuario_id = :usuario_id ORDER BY nombre, id",  # noqa: S608
        {"usuario_id": usuario_id},
    )
    return [replace(_paquete(r), items=await _items(con, r["id"])) for r in rows]


async def select_paquetes_de_todos(con: Connection, limite: int = 100) -> list[tuple[Paquete, Row]]:
    """The paquetes that run, those that wait first, then by date, each with its comerciante's `persona`, `comercio`,
    `email` and `telefono`."""
    rows = await con.fetch_all(
        f"""
        SELECT q.*, u.nombre AS persona, u.email, COALESCE(c.nombre, '') AS comercio
          FROM (SELECT {COLUMNS} FROM paquetes WHERE activo) q
          JOIN usuarios u ON u.id = q.usuario_id
          LEFT JOIN comercios c ON c.usuario_id = u.id
         ORDER BY CASE WHEN q.ritmo_el IS NULL THEN 1 ELSE 0 END, q.proxima_el, q.id
         LIMIT CAST(:limite AS BIGINT)
        """,  # noqa: S608
        {"limite": limite},
    )
    return [(replace(_paquete(row), items=await _items(con, row["id"])), row) for row in rows]


async def select_paquete_que_toca(con: Connection, hoy: date, paquete_id: int | None = None) -> Paquete | None:
    """A paquete whose day has come, of whoever, with its products; only this one, when it is named."""
    row = await con.fetch_one(
        f"""
        SELECT {COLUMNS}
          FROM paquetes
         WHERE activo AND proxima_el <= :hoy AND (id = :id OR CAST(:id AS BIGINT) IS NULL)
         ORDER BY proxima_el, id
         LIMIT 1
        """,  # noqa: S608
        {"hoy": hoy.isoformat(), "id": paquete_id},
    )
    return replace(_paquete(row), items=await _items(con, row["id"])) if row else None


async def delete_paquete(con: Connection, usuario_id: int, paquete_id: int) -> bool:
    """Forget a paquete of this comerciante; its pedidos stay. False when it is not theirs."""
    mine = await con.fetch_one(
        "SELECT id FROM paquetes WHERE id = :id AND usuario_id = :usuario_id",
        {"id": paquete_id, "usuario_id": usuario_id},
    )
    if mine is None:
        return False
    await con.execute("DELETE FROM paquete_items WHERE paquete_id = :id", {"id": paquete_id})
    await con.execute("DELETE FROM paquetes WHERE id = :id", {"id": paquete_id})
    return True
