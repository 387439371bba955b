"""What Ticketera said about pedidos: the state of each and when it came to it, and which reports have arrived."""

from ahorro.domain.pedido import PAGAN_ANTES
from belgrano.database.work import Connection, Row


async def select_pedidos_cambiados(con: Connection, usuario_id: int, desde: int, limite: int = 200) -> list[Row]:
    """This customer's pedidos that Ticketera spoke of after the change numbered `desde`, in the order of changes.

    A `desde` above the newest (of a database that was restored) counts as none. At most the newest `limite`.
    """
    rows: list[Row] = await con.fetch_all(
        """
        SELECT numero, estado, repartidor_nombre, motivo, estado_en, cambio, revision
          FROM pedidos
         WHERE usuario_id = :usuario_id AND cambio > 0
           AND (cambio > :desde OR :desde > (SELECT max(cambio) FROM pedidos))
         ORDER BY cambio DESC
         LIMIT :limite
        """,
        {"usuario_id": usuario_id, "desde": desde, "limite": limite},
    )
    return rows[::-1]


async def select_estado(con: Connection, numero: str) -> Row | None:
    """What was last applied from Ticketera to this pedido."""
    row: Row | None = await con.fetch_one(
        """
        SELECT id, usuario_id, estado, epoca, ticket_version, cancelacion_en, stock_devuelto_en, etapa,
               cobrado_centavos, metodo_pago
          FROM pedidos
         WHERE numero = :numero
        """,
        {"numero": numero},
    )
    return row


async def update_estado(
    con: Connection,
    pedido_id: int,
    *,
    estado: str,
    repartidor_nombre: str | None,
    motivo: str | None,
    estado_en: int,
    epoca: str,
    version: int,
    cobrado: int | None,
    medio: str | None,
) -> None:
    """Apply what Ticketera said; what was cancelled here and left all the same is not cancelled."""
    await con.execute(
        """
        UPDATE pedidos
           SET estado = :estado, repartidor_nombre = :repartidor_nombre, motivo = :motivo, estado_en = :estado_en,
               epoca = :epoca, ticket_version = :version,
               etapa = CASE WHEN etapa = 'cancelado' AND :estado IN ('en_camino', 'entregado', 'fallido')
                            THEN 'recibido' ELSE etapa END,
               cobrado_centavos = CAST(:cobrado AS BIGINT), medio = :medio,
               cambio = (SELECT max(cambio) + 1 FROM pedidos)
         WHERE id = :id
        """,
        {
            "id": pedido_id,
            "estado": estado,
            "repartidor_nombre": repartidor_nombre,
            "motivo": motivo,
            "estado_en": estado_en,
            "epoca": epoca,
            "version": version,
            "cobrado": cobrado,
            "medio": medio,
        },
    )


async def select_cobros_distintos(con: Connection, limite: int = 100) -> list[Row]:
    """The pedidos of which something else than the total was collected, the newest first.

    Nothing at the door is right for what is paid before it.
    """
    ways = {f"m{n}": metodo for n, metodo in enumerate(PAGAN_ANTES)}
    rows: list[Row] = await con.fetch_all(
        f"""
        SELECT numero, cliente_nombre, total_centavos, cobrado_centavos, medio, repartidor_nombre, estado_en
          FROM pedidos
         WHERE cobrado_centavos <> total_centavos
           AND NOT (cobrado_centavos = 0 AND metodo_pago IN ({", ".join(f":{name}" for name in ways)}))
         ORDER BY estado_en DESC
         LIMIT CAST(:limite AS BIGINT)
        """,  # noqa: S608  (names of our own)
        {**ways, "limite": limite},
    )
    return rows


async def upsert_paso(con: Connection, pedido_id: int, estado: str, en: int) -> None:
    """Note when a pedido came to a state; when it came to it again, the last time."""
    await con.execute(
        """
        INSERT INTO pedido_pasos (pedido_id, estado, en)
        VALUES (:pedido_id, :estado, :en)
            ON CONFLICT (pedido_id, estado) DO UPDATE SET en = excluded.en
        """,
        {"pedido_id": pedido_id, "estado": estado, "en": en},
    )


async def select_pasos(con: Connection, pedido_id: int) -> dict[str, int]:
    """When this pedido came to each state that Ticketera told of, in ms UTC."""
    rows = await con.fetch_all("SELECT estado, en FROM pedido_pasos WHERE pedido_id = :id", {"id": pedido_id})
    return {r["estado"]: r["en"] for r in rows}


async def insert_aviso(con: Connection, webhook_id: str, ahora: int) -> bool:
    """Note that a report arrived; False when it had arrived before."""
    row = await con.fetch_one(
        """
        INSERT INTO avisos_recibidos (webhook_id, recibido_en)
        VALUES (:webhook_id, :ahora)
            ON CONFLICT (webhook_id) DO NOTHING
        RETURNING webhook_id
        """,
        {"webhook_id": webhook_id, "ahora": ahora},
    )
    return row is not None


async def delete_avisos_antes(con: Connection, antes: int) -> None:
    """Forget which reports arrived long ago."""
    await con.execute("DELETE FROM avisos_recibidos WHERE recibido_en < :antes", {"antes": antes})
