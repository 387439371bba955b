"""Carts. Each belongs to a session; a session that ends leaves its customer's cart for the next one."""

from ahorro.domain.carrito import Carrito, Renglon
from belgrano.database.running import NOW
from belgrano.database.work import Connection, Row

# What a line shows: the price is today's. A line that was put in by weight stays one (grams), whatever its product is
# sold by since: then it is not sold so any more.
RENGLON = """
       p.id AS producto_id, p.nombre, p.vigente_centavos AS precio_centavos,
       n.nombre AS negocio, c.nombre AS categoria, p.imagen, p.stock, i.visto_centavos,
       p.mayores, p.negocio_id, p.categoria_id, c.padre_id,
       p.oferta_centavos IS NOT NULL AND p.oferta_rige AS en_oferta,
       (SELECT f.huella FROM imagenes f WHERE f.producto_id = p.id AND f.orden = 0) AS huella
"""
DE_PRODUCTO = """
  JOIN productos p ON p.id = i.producto_id
  JOIN negocios n ON n.id = p.negocio_id
  JOIN categorias c ON c.id = p.categoria_id
"""


def renglon(row: Row) -> Renglon:
    """A line with today's price."""
    return Renglon(
        producto_id=row["producto_id"],
        nombre=row["nombre"],
        cantidad=row["cantidad"],
        precio_centavos=row["precio_centavos"],
        negocio=row["negocio"],
        categoria=row["categoria"],
        imagen=row["imagen"],
        stock=row["stock"],
        se_vende=bool(row["se_vende"]),
        visto_centavos=row["visto_centavos"],
        mayores=bool(row["mayores"]),
        negocio_id=row["negocio_id"],
        categorias=tuple(each for each in (row["categoria_id"], row["padre_id"]) if each is not None),
        en_oferta=bool(row["en_oferta"]),
        huella=row["huella"],
        por_peso=bool(row["por_peso"]),
    )


async def select_carrito(con: Connection, token_hash: str) -> Carrito:
    """The cart of a session at today's prices, without discounts, what is off sale apart; empty where there is none."""
    rows = await con.fetch_all(
        f"""
        SELECT {RENGLON}, i.cantidad, i.por_peso, p.activo AND i.por_peso = p.por_peso AS se_vende,
               k.cupon, k.visto_descuento_centavos, k.usuario_id
          FROM carritos k
          JOIN carrito_items i ON i.carrito_id = k.id
          {DE_PRODUCTO}
         WHERE k.token_hash = :token_hash
         ORDER BY i.agregado_en, p.id
        """,  # noqa: S608
        {"token_hash": token_hash},
    )
    lines = [renglon(r) for r in rows]
    if not lines:
        return Carrito()
    return Carrito(
        tuple(r for r in lines if r.se_vende),
        tuple(r for r in lines if not r.se_vende),
        cupon=rows[0]["cupon"],
        descuento_visto_centavos=rows[0]["visto_descuento_centavos"],
        usuario_id=rows[0]["usuario_id"],
    )


async def upsert_carrito(con: Connection, token_hash: str, usuario_id: int | None, ahora: int) -> int:
    """The id of this session's cart, made if there was none."""
    row = await con.fetch_one(
        """
        INSERT INTO carritos (token_hash, usuario_id, tocado_en)
        VALUES (:token_hash, :usuario_id, :ahora)
            ON CONFLICT (token_hash) DO UPDATE SET usuario_id = excluded.usuario_id, tocado_en = excluded.tocado_en
        RETURNING id
        """,
        {"token_hash": token_hash, "usuario_id": usuario_id, "ahora": ahora},
    )
    assert row is not None  # noqa: S101
    return int(row["id"])


async def select_cantidades(con: Connection, carrito_id: int) -> dict[int, tuple[int, bool]]:
    """How much of each product is in a cart, sold still or not, and whether that is grams."""
    rows = await con.fetch_all(
        """
        SELECT producto_id, cantidad, por_peso
          FROM carrito_items
         WHERE carrito_id = :id
         ORDER BY agregado_en, producto_id
        """,
        {"id": carrito_id},
    )
    return {r["producto_id"]: (r["cantidad"], bool(r["por_peso"])) for r in rows}


async def select_vistos(con: Connection, carrito_id: int) -> dict[int, int | None]:
    """What each product of a cart cost when its customer last saw it."""
    rows = await con.fetch_all(
        "SELECT producto_id, visto_centavos FROM carrito_items WHERE carrito_id = :id", {"id": carrito_id}
    )
    return {r["producto_id"]: r["visto_centavos"] for r in rows}


async def upsert_item(
    con: Connection,
    carrito_id: int,
    producto_id: int,
    cantidad: int,
    visto_centavos: int | None,
    ahora: int,
    *,
    por_peso: bool,
) -> None:
    """Set how much of a product is in a cart; one that is in keeps its place, and the price that was seen."""
    await con.execute(
        """
        INSERT INTO carrito_items (carrito_id, producto_id, cantidad, por_peso, visto_centavos, agregado_en)
        VALUES (:carrito_id, :producto_id, :cantidad, :por_peso, :visto_centavos, :ahora)
            ON CONFLICT (carrito_id, producto_id)
            DO UPDATE SET cantidad = excluded.cantidad, por_peso = excluded.por_peso
        """,
        {
            "carrito_id": carrito_id,
            "producto_id": producto_id,
            "cantidad": cantidad,
            "por_peso": por_peso,
            "visto_centavos": visto_centavos,
            "ahora": ahora,
        },
    )


async def update_visto(con: Connection, token_hash: str, producto_id: int, visto_centavos: int | None) -> None:
    """Note what the customer of a session's cart saw a product cost; None: that it is off sale."""
    await con.execute(
        """
        UPDATE carrito_items
           SET visto_centavos = CAST(:visto_centavos AS BIGINT)
         WHERE producto_id = :producto_id
           AND carrito_id = (SELECT id FROM carritos WHERE token_hash = :token_hash)
        """,
        {"visto_centavos": visto_centavos, "producto_id": producto_id, "token_hash": token_hash},
    )


async def delete_item(con: Connection, token_hash: str, producto_id: int) -> None:
    """Take a product out of a session's cart."""
    await con.execute(
        """
        DELETE FROM carrito_items
         WHERE producto_id = :producto_id
           AND carrito_id = (SELECT id FROM carritos WHERE token_hash = :token_hash)
        """,
        {"producto_id": producto_id, "token_hash": token_hash},
    )


async def delete_items(con: Connection, token_hash: str) -> None:
    """Empty a session's cart."""
    await con.execute(
        "DELETE FROM carrito_items WHERE carrito_id = (SELECT id FROM carritos WHERE token_hash = :token_hash)",
        {"token_hash": token_hash},
    )


async def select_carrito_de(con: Connection, token_hash: str, usuario_id: int) -> int | None:
    """The id of a session's cart, if it is a guest's or this customer's."""
    row = await con.fetch_one(
        "SELECT id FROM carritos WHERE token_hash = :hash AND (usuario_id IS NULL OR usuario_id = :usuario_id)",
        {"hash": token_hash, "usuario_id": usuario_id},
    )
    return row["id"] if row else None


async def select_carritos_sueltos(con: Connection, usuario_id: int) -> list[int]:
    """The carts that this customer's ended sessions left behind, the oldest first."""
    rows = await con.fetch_all(
        """
        SELECT k.id
          FROM carritos k
          LEFT JOIN sessions s ON s.token_hash = k.token_hash
         WHERE k.usuario_id = :usuario_id AND (s.token_hash IS NULL OR s.ended_at IS NOT NULL)
         ORDER BY k.tocado_en, k.id
        """,
        {"usuario_id": usuario_id},
    )
    return [r["id"] for r in rows]


async def delete_carrito(con: Connection, carrito_id: int) -> None:
    """Forget a cart whose content has gone elsewhere."""
    await con.execute("DELETE FROM carritos WHERE id = :id", {"id": carrito_id})


async def delete_carritos_de_nadie(con: Connection, at_most: int = 500) -> bool:
    """Forget guests' carts whose session is over, a piece at a time; whether there are more."""
    gone = await con.execute(
        """
        DELETE FROM carritos
         WHERE id IN (SELECT k.id
                        FROM carritos k
                       WHERE k.usuario_id IS NULL
                         AND NOT EXISTS (SELECT 1 FROM sessions s
                                          WHERE s.token_hash = k.token_hash AND s.ended_at IS NULL)
                       LIMIT :at_most)
        """,
        {"at_most": at_most},
    )
    return gone == at_most


async def delete_invitados_sin_nada(con: Connection, idle: int, at_most: int = 500) -> bool:
    """Forget guests unseen for so long (ms of running time) who have nothing in a cart; whether there are more."""
    gone = await con.execute(
        f"""
        DELETE FROM sessions
         WHERE token_hash IN (SELECT s.token_hash
                                FROM sessions s
                               WHERE s.user_id IS NULL
                                 AND s.seen_at < {NOW} - :idle
                                 AND NOT EXISTS (SELECT 1
                                                   FROM carritos k
                                                   JOIN carrito_items i ON i.carrito_id = k.id
                                                  WHERE k.token_hash = s.token_hash)
                               LIMIT :at_most)
        """,  # noqa: S608
        {"idle": idle, "at_most": at_most},
    )
    return gone == at_most
