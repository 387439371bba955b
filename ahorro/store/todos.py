"""Everybody's pedidos, as who works in the shop reads them."""

from ahorro.domain.errors import CampoInvalido
from ahorro.domain.pedido import ESTADOS_DE_TIENDA, ETAPAS, Pedido
from ahorro.store.armado import select_actos
from ahorro.store.libro import select_libro
from ahorro.store.pedidos import COLUMNS, con_renglones, pedido_de
from ahorro.store.pendientes import ANTES
from ahorro.wire.text import encode
from ahorro.wire.todos import pedido_del_dueno_json
from belgrano.database.work import Connection
from belgrano.words.numbers import whole
from belgrano.words.telefono import formas
from belgrano.words.text import folded

# What each of the shop's words asks of a row.
EN_ESTADO = {
    **{etapa: f"p.estado IN ('pendiente', 'asignado') AND p.etapa = '{etapa}'" for etapa in ETAPAS},
    **{estado: f"p.estado = '{estado}'" for estado in ("en_camino", "entregado", "fallido")},
    "cancelado": "(p.estado = 'cancelado' OR (p.estado IN ('pendiente', 'asignado') AND p.etapa = 'cancelado'))",
}


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

    `estado` is one of ESTADOS_DE_TIENDA or nothing, `por_pagar` what is paid beforehand only; `desde` and `antes_de`
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
        donde.append(EN_ESTADO[estado])
    if por_pagar:
        donde.append(f"p.metodo_pago IN ({ANTES}) AND p.pagado_centavos < p.total_centavos")
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
        """
        SELECT CASE WHEN estado = 'en_camino' THEN estado ELSE etapa END AS suyo, count(*) AS cuantos
          FROM pedidos
         WHERE estado IN ('pendiente', 'asignado', 'en_camino')
         GROUP BY 1
        """
    )
    cuantos = {row["suyo"]: int(row["cuantos"]) for row in rows if row["suyo"] != "cancelado"}
    return {suyo: cuantos.get(suyo, 0) for suyo in ESTADOS_DE_TIENDA}


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


async def select_por_armar(con: Connection, limite: int = 200) -> list[tuple[Pedido, int, int]]:
    """The pedidos that have not left and are wanted still, without their lines: what is for as soon as possible first,
    then by window; of each how many lines it has and how many of them were packed."""
    rows = await con.fetch_all(
        f"""
        SELECT {COLUMNS},
               (SELECT count(*) FROM pedido_items i WHERE i.pedido_id = p.id AND i.en_lugar_de IS NULL) AS renglones,
               (SELECT count(*) FROM pedido_items i
                 WHERE i.pedido_id = p.id AND i.en_lugar_de IS NULL AND i.armado IS NOT NULL) AS armados
          FROM pedidos p
         WHERE p.estado IN ('pendiente', 'asignado', 'en_camino') AND p.estado <> 'en_camino'
           AND p.etapa <> 'cancelado' AND p.cancelacion_en IS NULL
         ORDER BY COALESCE(p.franja_desde, 0), p.creado_en, p.id
         LIMIT CAST(:limite AS BIGINT)
        """,  # noqa: S608
        {"limite": limite},
    )
    return [(pedido_de(row), row["renglones"], row["armados"]) for row in rows]


async def select_respuesta(con: Connection, numero: str) -> str:
    """Anybody's whole pedido as JSON; nothing when there is none."""
    found = await select_entero(con, numero)
    if found is None:
        return ""
    pedido, pasos = found
    actos, libro = await select_actos(con, pedido.id), await select_libro(con, pedido.id)
    return encode(pedido_del_dueno_json(pedido, pasos, actos, libro))
