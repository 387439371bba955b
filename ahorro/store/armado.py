"""What is done to a pedido between the order and the door: its lines, how far it is, who did what."""

from collections.abc import Sequence

from ahorro.domain.carrito import Renglon
from ahorro.domain.errors import SinStock
from ahorro.domain.libro import Hecho
from ahorro.domain.pedido import Pedido
from belgrano.database.work import Connection


async def select_acto(con: Connection, usuario_id: int, accion_id: str) -> tuple[str, str] | None:
    """The hash of what somebody sent under an accion_id, and what was answered."""
    row = await con.fetch_one(
        "SELECT huella, respuesta FROM pedido_actos WHERE usuario_id = :usuario_id AND accion_id = :accion_id",
        {"usuario_id": usuario_id, "accion_id": accion_id},
    )
    return (row["huella"], row["respuesta"]) if row else None


async def insert_acto(
    con: Connection, pedido_id: int, usuario_id: int, accion_id: str, huella: str, hecho: Hecho
) -> None:
    """Keep that it was done."""
    await con.execute(
        """
        INSERT INTO pedido_actos (pedido_id, usuario_id, quien, accion, accion_id, huella, detalle, respuesta, en)
        VALUES (:pedido_id, :usuario_id, :quien, :accion, :accion_id, :huella, :detalle, '', :en)
        """,
        {
            "pedido_id": pedido_id,
            "usuario_id": usuario_id,
            "quien": hecho.quien,
            "accion": hecho.accion,
            "accion_id": accion_id,
            "huella": huella,
            "detalle": hecho.detalle,
            "en": hecho.en,
        },
    )


async def update_respuesta(con: Connection, usuario_id: int, accion_id: str, respuesta: str) -> None:
    """Keep what was answered to an act."""
    await con.execute(
        """
        UPDATE pedido_actos SET respuesta = :respuesta WHERE usuario_id = :usuario_id AND accion_id = :accion_id
        """,
        {"respuesta": respuesta, "usuario_id": usuario_id, "accion_id": accion_id},
    )


async def clear_respuestas_antes(con: Connection, antes: int) -> None:
    """Forget what was answered long ago."""
    await con.execute("UPDATE pedido_actos SET respuesta = '' WHERE respuesta <> '' AND en < :antes", {"antes": antes})


async def select_actos(con: Connection, pedido_id: int) -> list[Hecho]:
    """What was done to a pedido, in its order."""
    rows = await con.fetch_all(
        "SELECT accion, quien, detalle, en FROM pedido_actos WHERE pedido_id = :id ORDER BY id", {"id": pedido_id}
    )
    return [Hecho(**dict(row)) for row in rows]


async def update_armado(con: Connection, antes: Pedido, despues: Pedido) -> None:
    """Keep what is in the bag now, what that comes to and how far it is; its `cambio` counts on, for open pages.

    What is in the bag and was not asked for, or not yet, is taken from the shelf, and the other way round, unless the
    pedido has given back all of it. Raises SinStock.
    """
    await _update_items(con, antes, despues)
    if antes.stock_devuelto_en is None:
        await _mover_stock(con, antes.items, despues.items)
    for era, d in zip(antes.descuentos, despues.descuentos, strict=True):
        if era != d:
            await con.execute(
                """
                UPDATE pedido_descuentos
                   SET monto_centavos = :monto
                 WHERE pedido_id = :pedido_id AND promocion_id = :promocion_id AND producto_id = :producto_id
                   AND codigo = :codigo AND texto = :texto
                """,
                {
                    "monto": d.monto_centavos,
                    "pedido_id": antes.id,
                    "promocion_id": d.promocion_id,
                    "producto_id": d.producto_id,
                    "codigo": d.codigo,
                    "texto": d.texto,
                },
            )
    await con.execute(
        """
        UPDATE pedidos
           SET etapa = :etapa, revision = :revision, total_centavos = :total, pagado_centavos = :pagado,
               cambio = (SELECT max(cambio) + 1 FROM pedidos)
         WHERE id = :id
        """,
        {
            "id": antes.id,
            "etapa": despues.etapa,
            "revision": despues.revision,
            "total": despues.total_centavos,
            "pagado": despues.pagado_centavos,
        },
    )


async def _update_items(con: Connection, antes: Pedido, despues: Pedido) -> None:
    eran, son = ({r.producto_id: r for r in p.items} for p in (antes, despues))
    for producto_id in eran.keys() - son.keys():
        await con.execute(
            "DELETE FROM pedido_items WHERE pedido_id = :pedido_id AND producto_id = :producto_id",
            {"pedido_id": antes.id, "producto_id": producto_id},
        )
    for r in despues.items:
        values = {
            "pedido_id": antes.id,
            "producto_id": r.producto_id,
            "armado": r.armado,
            "precio": r.precio_centavos,
        }
        if r.producto_id not in eran:
            await con.execute(
                """
                INSERT INTO pedido_items (pedido_id, producto_id, nombre, negocio, categoria, cantidad, por_peso,
                                          precio_centavos, armado, en_lugar_de)
                VALUES (:pedido_id, :producto_id, :nombre, :negocio, :categoria, 0, :por_peso, :precio,
                        CAST(:armado AS BIGINT), :en_lugar_de)
                """,
                {
                    **values,
                    "nombre": r.nombre,
                    "negocio": r.negocio,
                    "categoria": r.categoria,
                    "por_peso": r.por_peso,
                    "en_lugar_de": r.en_lugar_de,
                },
            )
        elif r != eran[r.producto_id]:
            await con.execute(
                """
                UPDATE pedido_items
                   SET armado = CAST(:armado AS BIGINT), precio_centavos = :precio
                 WHERE pedido_id = :pedido_id AND producto_id = :producto_id
                """,
                values,
            )


async def _mover_stock(con: Connection, eran: Sequence[Renglon], son: Sequence[Renglon]) -> None:
    """What is given back goes first: both may be the same product."""
    delta: dict[int, int] = {}
    lines = {r.producto_id: r for r in (*eran, *son)}
    for sign, each in ((1, eran), (-1, son)):
        for r in each:
            delta[r.producto_id] = delta.get(r.producto_id, 0) + sign * r.va
    for producto_id, cuanto in sorted(delta.items()):
        if not cuanto:
            continue
        r = lines[producto_id]
        counted = await con.fetch_one(
            "SELECT stock FROM productos WHERE id = :id AND por_peso = :por_peso AND stock IS NOT NULL",
            {"id": producto_id, "por_peso": r.por_peso},
        )
        if counted is None:
            continue
        if counted["stock"] + cuanto < 0:
            raise SinStock(producto_id, r.nombre, counted["stock"], por_peso=r.por_peso)
        await con.execute(
            "UPDATE productos SET stock = stock + :cuanto WHERE id = :id", {"cuanto": cuanto, "id": producto_id}
        )
