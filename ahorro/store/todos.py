"""Everybody's pedidos, as who works in the shop reads them."""

from ahorro.domain.errors import CampoInvalido
from ahorro.domain.pedido import ESTADOS_DE_TIENDA, Pedido
from ahorro.store.pedidos import COLUMNS, con_renglones, pedido_de
from ahorro.store.pendientes import ANTES
from belgrano.database.work import Connection
from belgrano.words.numbers import whole
from belgrano.words.telefono import formas
from belgrano.words.text import folded


async def select_todos(
    con: Connection,
    *,
    q: str = "",
    estado: str = "",
    por_pagar: bool = False,
    desde: int | None = None,
    antes_de: int | None = None,
    limite: int = 50,
    cursor: str = "",
) -> tuple[list[Pedido], str | None]:
    """A page of everybody's pedidos without their lines, newest first, and the cursor of the next one.

    `estado` is a key of ESTADOS_DE_TIENDA or nothing, `por_pagar` what is paid beforehand only; `desde` and `antes_de`
    in ms UTC.
    Raises CampoInvalido for a cursor that is not of this list.
    """
    values: dict[str, object] = {"limite": limite + 1}
    donde = ["TRUE"]
    # A telephone is kept as its digits, and looked for in each way in which they may have been written.
    for n, word in enumerate([q] if formas(q) else folded(q).split()):
        ways = [folded(word), *formas(word)]
        values |= {f"q{n}_{m}": f"%{_escaped(way)}%" for m, way in enumerate(ways)}
        some = " OR ".join(f"p.buscado LIKE :q{n}_{m} ESCAPE '\\'" for m in range(len(ways)))
        donde.append(f"({some})")
    if estado:
        dichos = ", ".join(f"'{dicho}'" for dicho in ESTADOS_DE_TIENDA[estado])
        donde.append(f"p.estado IN ({dichos or 'NULL'})")
    if por_pagar:
        donde.append(f"p.metodo_pago IN ({ANTES})")
    if desde is not None:
        values["desde"] = desde
        donde.append("p.creado_en >= :desde")
    if antes_de is not None:
        values["antes_de"] = antes_de
        donde.append("p.creado_en < :antes_de")
    if cursor:
        values["en"], values["id"] = _decode(cursor)
        donde.append("(p.creado_en < :en OR (p.creado_en = :en AND p.id < :id))")
    rows = await con.fetch_all(
        f"""
        SELECT {COLUMNS}
          FROM pedidos p
         WHERE {" AND ".join(donde)}
         ORDER BY p.creado_en DESC, p.id DESC
         LIMIT :limite
        """,  # noqa: S608
        values,
    )
    pedidos = [pedido_de(row) for row in rows[:limite]]
    return pedidos, f"{pedidos[-1].creado_en}-{pedidos[-1].id}" if len(rows) > limite else None


async def count_abiertos_de_todos(con: Connection) -> dict[str, int]:
    """How many pedidos are in each state of the shop in which something is still to be done."""
    rows = await con.fetch_all(
        "SELECT estado, count(*) AS cuantos FROM pedidos"
        " WHERE estado IN ('pendiente', 'asignado', 'en_camino') GROUP BY estado"
    )
    cuantos = {row["estado"]: int(row["cuantos"]) for row in rows}
    return {suyo: sum(cuantos.get(dicho, 0) for dicho in dichos) for suyo, dichos in ESTADOS_DE_TIENDA.items()}


async def select_cobro(con: Connection, pedido_id: int) -> tuple[int | None, str | None]:
    """What was collected at the door, in centavos, and by which way; None as long as Ticketera said nothing of it."""
    row = await con.fetch_one("SELECT cobrado_centavos, medio FROM pedidos WHERE id = :id", {"id": pedido_id})
    return (row["cobrado_centavos"], row["medio"]) if row else (None, None)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _decode(cursor: str) -> tuple[int, int]:
    en, _, pedido_id = cursor.partition("-")
    place = whole(en), whole(pedido_id)
    if place[0] is None or place[1] is None:
        raise CampoInvalido("cursor", "Ese cursor no es de esta lista.")
    return place[0], place[1]


async def select_entero(con: Connection, numero: str) -> tuple[Pedido, list[tuple[str, int]]] | None:
    """Anybody's pedido with its lines, and its steps as (what, ms UTC) in their order."""
    row = await con.fetch_one(f"SELECT {COLUMNS} FROM pedidos WHERE numero = :numero", {"numero": numero})  # noqa: S608
    if row is None:
        return None
    steps = await con.fetch_all("SELECT estado, en FROM pedido_pasos WHERE pedido_id = :id", {"id": row["id"]})
    historial = sorted(((step["estado"], step["en"]) for step in steps), key=lambda step: step[1])
    return await con_renglones(con, pedido_de(row)), [
        ("creado", row["creado_en"]),
        *historial,
    ]
