"""Withdrawals from a purchase."""

from typing import Any

from belgrano.database.work import Connection, Row

DETALLE_MAXIMO = 4000


async def select_comprador(con: Connection, numero: str, email: str) -> int | None:
    """Whose pedido this numero is, if it was bought with this address (in lower case)."""
    found: int | None = await con.fetch_val(
        "SELECT usuario_id FROM pedidos WHERE numero = :numero AND lower(cliente_email) = :email",
        {"numero": numero, "email": email},
    )
    return found


async def select_arrepentimiento(con: Connection, numero: str, email: str) -> Row | None:
    """The withdrawal of this purchase, the first where there are several."""
    row: Row | None = await con.fetch_one(
        """
        SELECT id, codigo, detalle
          FROM arrepentimientos
         WHERE numero = :numero AND email = :email
         ORDER BY id
         LIMIT 1
        """,
        {"numero": numero, "email": email},
    )
    return row


async def select_codigo(con: Connection, pedido_id: int) -> str | None:
    """The code of the withdrawal from this pedido."""
    found: str | None = await con.fetch_val(
        "SELECT codigo FROM arrepentimientos WHERE pedido_id = :id ORDER BY id LIMIT 1", {"id": pedido_id}
    )
    return found


async def update_detalle(con: Connection, arrepentimiento_id: int, detalle: str) -> None:
    """What the customer said of a withdrawal, all of it."""
    await con.execute(
        "UPDATE arrepentimientos SET detalle = :detalle WHERE id = :id",
        {"detalle": detalle, "id": arrepentimiento_id},
    )


async def insert_arrepentimiento(
    con: Connection, *, codigo: str, numero: str, email: str, detalle: str, pedido_id: int | None, ahora: int
) -> bool:
    """Keep a withdrawal; False when the codigo is taken."""
    row = await con.fetch_one(
        """
        INSERT INTO arrepentimientos (codigo, numero, email, detalle, pedido_id, creado_en)
        VALUES (:codigo, :numero, :email, :detalle, :pedido_id, :ahora)
            ON CONFLICT (codigo) DO NOTHING
        RETURNING id
        """,
        {
            "codigo": codigo,
            "numero": numero,
            "email": email,
            "detalle": detalle,
            "pedido_id": pedido_id,
            "ahora": ahora,
        },
    )
    return row is not None


async def select_arrepentimientos(con: Connection, limite: int = 100) -> list[Any]:
    """The withdrawals, those that nobody has answered first, each with the state of its pedido if there is one."""
    return await con.fetch_all(
        """
        SELECT a.id, a.codigo, a.numero, a.email, a.detalle, a.creado_en, a.atendido_en, p.estado, p.total_centavos
          FROM arrepentimientos a
          LEFT JOIN pedidos p ON p.id = a.pedido_id
         ORDER BY a.atendido_en IS NOT NULL, a.id DESC
         LIMIT CAST(:limite AS BIGINT)
        """,
        {"limite": limite},
    )


async def update_atendido(con: Connection, arrepentimiento_id: int, ahora: int) -> None:
    """Note that somebody answered; the first time counts."""
    await con.execute(
        "UPDATE arrepentimientos SET atendido_en = :ahora WHERE id = :id AND atendido_en IS NULL",
        {"ahora": ahora, "id": arrepentimiento_id},
    )
