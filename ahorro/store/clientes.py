"""Customers as the shop's owner finds and keeps them."""

from ahorro.domain.cliente import Cliente, ComercioDeCliente
from belgrano.database.work import Connection, Row
from belgrano.words.text import folded

CLIENTE = """
       u.id, u.nombre, u.email, u.telefono, u.rol, u.activo, u.nota, u.creado_en, u.version,
       c.nombre AS comercio, c.cuit, c.aprobado_en, c.lista,
       (SELECT count(*) FROM pedidos p WHERE p.usuario_id = u.id) AS pedidos,
       (SELECT CAST(COALESCE(sum(p.total_centavos), 0) AS BIGINT) FROM pedidos p
         WHERE p.usuario_id = u.id AND p.estado NOT IN ('cancelado', 'fallido')) AS gastado_centavos,
       (SELECT max(p.creado_en) FROM pedidos p WHERE p.usuario_id = u.id) AS ultimo_pedido
  FROM usuarios u
  LEFT JOIN comercios c ON c.usuario_id = u.id
 WHERE u.rol IN ('cliente', 'comerciante')
"""
_PUNCTUATION = str.maketrans("", "", "-.()+")


def _cliente(row: Row) -> Cliente:
    comercio = None
    if row["comercio"] is not None:
        comercio = ComercioDeCliente(row["comercio"], row["cuit"], row["aprobado_en"] is not None, row["lista"])
    return Cliente(
        id=row["id"],
        nombre=row["nombre"],
        email=row["email"],
        telefono=row["telefono"],
        rol=row["rol"],
        activo=bool(row["activo"]),
        nota=row["nota"],
        creado_en=row["creado_en"],
        pedidos=row["pedidos"],
        gastado_centavos=row["gastado_centavos"],
        ultimo_pedido=row["ultimo_pedido"],
        comercio=comercio,
        version=row["version"],
    )


async def select_cliente(con: Connection, cliente_id: int) -> Cliente | None:
    """The customer with this id; None also for who works here."""
    row = await con.fetch_one(f"SELECT {CLIENTE} AND u.id = :id", {"id": cliente_id})
    return _cliente(row) if row else None


async def select_clientes(
    con: Connection, q: str = "", *, antes_de: int | None = None, limite: int = 50
) -> tuple[list[Cliente], int | None]:
    """A page of customers, the newest first, and the id after which the next one goes on, None after the last.

    Each word of `q` stands in the name, the mail, the telephone, the business or its CUIT.
    """
    values: dict[str, object] = {"antes_de": antes_de or 2**63 - 1, "limite": limite + 1}
    donde = ["u.id < :antes_de"]
    for n, word in enumerate(_words(q)):
        values[f"w{n}"] = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        donde.append(f"u.buscado || ' ' || COALESCE(c.buscado, '') LIKE :w{n} ESCAPE '\\'")
    rows = await con.fetch_all(
        f"SELECT {CLIENTE} AND {' AND '.join(donde)} ORDER BY u.id DESC LIMIT CAST(:limite AS BIGINT)", values
    )
    clientes = [_cliente(row) for row in rows[:limite]]
    return clientes, clientes[-1].id if len(rows) > limite else None


async def update_cliente(con: Connection, cliente_id: int, version: int, *, activo: bool, nota: str) -> bool:
    """Write both and count the version on; whether it was still the version that was seen."""
    row = await con.fetch_one(
        """
        UPDATE usuarios
           SET activo = :activo, nota = :nota, version = version + 1
         WHERE id = :id AND version = :version
        RETURNING id
        """,
        {"id": cliente_id, "version": version, "activo": activo, "nota": nota},
    )
    return row is not None


async def update_comercio(con: Connection, cliente_id: int, *, aprobado: bool, lista: str, ahora: int) -> None:
    """Write a comerciante's price list and whether they are approved; the first approval's instant stays."""
    await con.execute(
        """
        UPDATE comercios
           SET lista = :lista,
               aprobado_en = CASE WHEN :aprobado THEN COALESCE(aprobado_en, CAST(:ahora AS BIGINT)) END
         WHERE usuario_id = :id
        """,
        {"id": cliente_id, "aprobado": aprobado, "lista": lista, "ahora": ahora},
    )


def _words(q: str) -> list[str]:
    """The words looked for; a telephone or a CUIT without what people put between its digits."""
    digits = q.translate(_PUNCTUATION).replace(" ", "")
    if digits.isdigit():
        return [digits]
    return folded(q).split()[:8]
