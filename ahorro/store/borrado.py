"""What is known of a customer, taken out of every table; pedidos stay as numbers for the books.

A barrio names nobody and stays, for the sums by zone. A table that gets a column about people is named here, or
beside the reason why not in `tests/ahorro/store/test_borrado.py`.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from ahorro.domain.cuenta import SIN_CORREO, correo_de_nadie
from ahorro.domain.pedido import clave_de_olvido
from ahorro.wire.ticket import olvido
from belgrano.contract import MOTIVOS
from belgrano.database.work import Connection
from belgrano.outbox.outgoing import insert_outgoing

NADIE = "Cuenta borrada"


@dataclass(frozen=True, slots=True)
class LoQueNoVuelve:
    """Whom a restored copy brings back and must not, by id and birth (ms UTC), and the recovery codes that still count
    (whose, hash): every other one of the copy was used since, or is not theirs any more."""

    borrados: Sequence[tuple[int, int]]
    codigos: Set[tuple[int, str]]


async def select_lo_que_no_vuelve(con: Connection) -> LoQueNoVuelve:
    """What the database knows of it that a copy takes the place of."""
    borrados = await con.fetch_all(
        """
        SELECT id, creado_en
          FROM usuarios
         WHERE email = 'borrada-' || CAST(id AS TEXT) || CAST(:donde AS TEXT)
         ORDER BY id
        """,
        {"donde": f"@{SIN_CORREO}"},
    )
    codigos = await con.fetch_all("SELECT user_id, code_hash FROM recovery_codes", {})
    return LoQueNoVuelve(
        [(row["id"], row["creado_en"]) for row in borrados], {(row["user_id"], row["code_hash"]) for row in codigos}
    )


async def select_vuelto(con: Connection, usuario_id: int, creado_en: int) -> bool:
    """Whether an account is here again, as it was before it was erased."""
    found = await con.fetch_val(
        "SELECT email FROM usuarios WHERE id = :id AND creado_en = :creado_en",
        {"id": usuario_id, "creado_en": creado_en},
    )
    return found is not None and found != correo_de_nadie(usuario_id)


async def select_arrepentimientos_de(con: Connection, usuario_id: int, email: str) -> list[dict[str, object]]:
    """Somebody's withdrawals: codigo, numero, detalle, creado_en (ms UTC)."""
    rows = await con.fetch_all(
        """
        SELECT codigo, numero, detalle, creado_en
          FROM arrepentimientos
         WHERE lower(email) = :email OR pedido_id IN (SELECT id FROM pedidos WHERE usuario_id = :usuario_id)
         ORDER BY id
        """,
        {"usuario_id": usuario_id, "email": email},
    )
    return [dict(row) for row in rows]


async def clear_arrepentimientos(con: Connection, usuario_id: int, email: str) -> None:
    """Keep their codes and when they were."""
    await con.execute(
        """
        UPDATE arrepentimientos
           SET email = '', detalle = ''
         WHERE lower(email) = :email OR pedido_id IN (SELECT id FROM pedidos WHERE usuario_id = :usuario_id)
        """,
        {"usuario_id": usuario_id, "email": email},
    )


async def clear_pedidos(con: Connection, usuario_id: int) -> None:
    """Keep what was bought, when, for how much, and what became of it; the numero still finds it.

    Why it was not delivered stays where it is one of the contract's reasons: whoever cancels writes their own.
    """
    reasons = ", ".join(f"'{each}'" for each in MOTIVOS)
    await con.execute(
        f"""
        UPDATE pedidos
           SET cliente_nombre = :nadie, cliente_email = '', direccion = '', piso = '', telefono = '', notas = '',
               buscado = lower(numero), huella = '', lat = NULL, lng = NULL,
               motivo = CASE WHEN motivo IN ({reasons}) THEN motivo END
         WHERE usuario_id = :usuario_id
        """,  # noqa: S608  (constants only)
        {"usuario_id": usuario_id, "nadie": NADIE},
    )


async def clear_actos(con: Connection, usuario_id: int) -> None:
    """Keep who packed, when: what was written beside it may be about a person, and what was answered is."""
    await con.execute(
        """
        UPDATE pedido_actos
           SET detalle = '', respuesta = '', huella = ''
         WHERE pedido_id IN (SELECT id FROM pedidos WHERE usuario_id = :usuario_id)
        """,
        {"usuario_id": usuario_id},
    )


async def delete_enviados_de(con: Connection, usuario_id: int) -> None:
    """Forget what Ticketera was told of their pedidos, and what still waits: none of them is open any more."""
    await con.execute(
        "DELETE FROM outgoing WHERE lane IN (SELECT numero FROM pedidos WHERE usuario_id = :usuario_id)",
        {"usuario_id": usuario_id},
    )


async def insert_olvidos_de(con: Connection, usuario_id: int, ahora: int) -> int:
    """Queue for each of their pedidos that Ticketera forgets whose it was; how many."""
    rows = await con.fetch_all(
        "SELECT numero FROM pedidos WHERE usuario_id = :usuario_id ORDER BY id", {"usuario_id": usuario_id}
    )
    for row in rows:
        numero = row["numero"]
        await insert_outgoing(con, key=clave_de_olvido(numero), lane=numero, body=olvido(numero), ahora=ahora)
    return len(rows)


async def delete_paquetes_de(con: Connection, usuario_id: int) -> None:
    """Forget their paquetes."""
    await con.execute(
        "DELETE FROM paquete_items WHERE paquete_id IN (SELECT id FROM paquetes WHERE usuario_id = :usuario_id)",
        {"usuario_id": usuario_id},
    )
    await con.execute("DELETE FROM paquetes WHERE usuario_id = :usuario_id", {"usuario_id": usuario_id})


async def delete_carritos_de(con: Connection, usuario_id: int) -> None:
    """Forget their carts."""
    await con.execute(
        "DELETE FROM carrito_items WHERE carrito_id IN (SELECT id FROM carritos WHERE usuario_id = :usuario_id)",
        {"usuario_id": usuario_id},
    )
    await con.execute("DELETE FROM carritos WHERE usuario_id = :usuario_id", {"usuario_id": usuario_id})


async def delete_correos_a(con: Connection, email: str) -> None:
    """Forget mail that waits for them."""
    await con.execute("DELETE FROM correos WHERE lower(para) = :email", {"email": email})


async def delete_recuperaciones_de(con: Connection, usuario_id: int) -> None:
    """Forget their ways back."""
    await con.execute("DELETE FROM recuperaciones WHERE usuario_id = :usuario_id", {"usuario_id": usuario_id})


async def clear_sesiones(con: Connection, usuario_id: int) -> None:
    """Keep of their sessions, which have ended, only that they were: what follows the ends counts on the rows."""
    await con.execute("UPDATE sessions SET device = '' WHERE user_id = :usuario_id", {"usuario_id": usuario_id})


async def clear_auditoria(con: Connection, usuario_id: int) -> None:
    """Take their name out of the book, whose lines stay."""
    await con.execute(
        "UPDATE auditoria SET cual_nombre = :nadie WHERE que = 'cliente' AND cual_id = :usuario_id",
        {"usuario_id": usuario_id, "nadie": NADIE},
    )


async def clear_usuario(con: Connection, usuario_id: int) -> None:
    """Keep the id alone: nobody comes in by it, and the address is free again."""
    await con.execute("DELETE FROM comercios WHERE usuario_id = :id", {"id": usuario_id})
    await con.execute(
        """
        UPDATE usuarios
           SET nombre = :nadie, email = :email, password_hash = '', telefono = '', direccion = '', nota = '',
               buscado = '', activo = :activo, version = version + 1
         WHERE id = :id
        """,
        {"id": usuario_id, "nadie": NADIE, "email": correo_de_nadie(usuario_id), "activo": False},
    )
