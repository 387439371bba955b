"""Prices that many products change at once, and what each of those lotes was answered."""
# ruff: noqa: S608  (the rows of VALUES are whole numbers of ours)

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ahorro.domain.auditoria import ALTA, Quien
from ahorro.domain.filas import Json
from ahorro.domain.precios import Aviso, CambioDePrecio, Movida, Movimiento, Regla, Vigente
from ahorro.domain.proveedor import dicha
from belgrano.database.work import Connection, Row

AT_ONCE = 1_000  # rows of one statement


@dataclass(frozen=True, slots=True)
class Lote:
    """A lote that was applied: the hash of what was asked, and what came of it.

    `deshecho` is what came of its undoing (None: not undone): by product, why it did not go back (None: it did).
    """

    huella: str
    movida: Movida
    deshecho: dict[int, str | None] | None


@dataclass(frozen=True, slots=True)
class Cambiado:
    """What a lote made of a product, and how that stands: centavos; `ultimo`: nobody set its price since.

    A lote that came later and was taken back since counts as nothing: several are undone one after the other.
    """

    id: int
    nombre: str
    antes: int
    despues: int
    ahora: int
    oferta: int | None
    ultimo: bool


@dataclass(frozen=True, slots=True)
class LoteHecho:
    """A lote in a list: when (ms UTC), by whom, what was asked in words, how many products, whether it was undone."""

    lote: str
    en: int
    quien: str
    que: str
    cantidad: int
    deshecho: bool


async def select_lote(con: Connection, lote: str) -> Lote | None:
    """A lote by its clave."""
    row = await con.fetch_one("SELECT huella, respuesta, deshecho FROM precio_lotes WHERE lote = :lote", {"lote": lote})
    if row is None:
        return None
    deshecho = (
        None if row["deshecho"] is None else {int(cual): por for cual, por in json.loads(row["deshecho"]).items()}
    )
    return Lote(row["huella"], movida_de(row["respuesta"]), deshecho)


def movida_de(text: str) -> Movida:
    """What was kept as JSON of what moves."""
    said = json.loads(text)
    return Movida([Movimiento(**m) for m in said["movimientos"]], [Aviso(**a) for a in said["avisos"]])


async def select_lotes(con: Connection, limite: int = 20) -> list[LoteHecho]:
    """The latest lotes, as the book has them."""
    rows = await con.fetch_all(
        """
        SELECT l.lote, a.en, a.quien_nombre, a.a, l.deshecho IS NOT NULL AS deshecho
          FROM auditoria a
          JOIN precio_lotes l ON l.lote = a.cual_nombre
         WHERE a.que = 'precios' AND a.campo = :alta
         ORDER BY a.id DESC
         LIMIT CAST(:limite AS BIGINT)
        """,
        {"alta": ALTA, "limite": limite},
    )
    return [_lote_hecho(row) for row in rows]


def _lote_hecho(row: Row) -> LoteHecho:
    said = json.loads(row["a"])
    regla = Regla(said["por_diez_mil"], said["monto"], said["redondeo"])
    que = dicha(said["proveedor"], regla) if "proveedor" in said else str(regla)
    return LoteHecho(row["lote"], row["en"], row["quien_nombre"], que, said["cantidad"], bool(row["deshecho"]))


async def insert_lote(con: Connection, lote: str, huella: str, respuesta: str, ahora: int) -> None:
    """Keep what a lote was asked, and what came of it (`Alistada.respuesta`)."""
    await con.execute(
        "INSERT INTO precio_lotes (lote, huella, respuesta, en) VALUES (:lote, :huella, :respuesta, :en)",
        {"lote": lote, "huella": huella, "respuesta": respuesta, "en": ahora},
    )


async def select_historia(con: Connection, producto_id: int, limite: int = 50) -> list[CambioDePrecio]:
    """What a product has cost, the newest change first."""
    rows = await con.fetch_all(
        """
        SELECT en, quien_nombre, antes_centavos, despues_centavos, lote
          FROM precio_cambios
         WHERE producto_id = :producto_id
         ORDER BY id DESC
         LIMIT CAST(:limite AS BIGINT)
        """,
        {"producto_id": producto_id, "limite": limite},
    )
    return [CambioDePrecio(r[0], r[1], r[2], r[3], r[4]) for r in rows]


async def update_lote_deshecho(con: Connection, lote: str, deshecho: Mapping[int, str | None]) -> None:
    """Keep what came of its undoing."""
    await con.execute(
        "UPDATE precio_lotes SET deshecho = :deshecho WHERE lote = :lote",
        {"lote": lote, "deshecho": json.dumps(deshecho)},
    )


async def has_otro_precio(con: Connection, precios: Json) -> bool:
    """Whether one of these (`Alistada`) costs something else by now, or has another offer."""
    for filas in precios:
        row = await con.fetch_one(
            """
            SELECT p.id
              FROM json_each(:filas) f
              LEFT JOIN productos p ON p.id = CAST(f.value->>0 AS BIGINT)
               AND p.precio_centavos = CAST(f.value->>1 AS BIGINT)
               AND CASE WHEN p.oferta_centavos >= CAST(f.value->>2 AS BIGINT) THEN p.oferta_centavos ELSE 0 END
                   = CAST(f.value->>3 AS BIGINT)
             WHERE p.id IS NULL
             LIMIT 1
            """,
            {"filas": filas},
        )
        if row is not None:
            return True
    return False


async def update_precios(con: Connection, quien: Quien, precios: Json, ahora: int, lote: str) -> None:
    """Write the new prices (`Alistada`), drop the offers that are none any more, count the versions on, note it all."""
    for filas in precios:
        await con.execute(
            """
            UPDATE productos
               SET precio_centavos = CAST(f.value->>2 AS BIGINT), version = version + 1,
                   oferta_centavos = CASE WHEN CAST(f.value->>3 AS BIGINT) = 0 THEN oferta_centavos END,
                   oferta_desde = CASE WHEN CAST(f.value->>3 AS BIGINT) = 0 THEN oferta_desde END,
                   oferta_hasta = CASE WHEN CAST(f.value->>3 AS BIGINT) = 0 THEN oferta_hasta END,
                   oferta_rige = CASE WHEN CAST(f.value->>3 AS BIGINT) = 0 THEN oferta_rige ELSE TRUE END
              FROM json_each(:filas) f
             WHERE productos.id = CAST(f.value->>0 AS BIGINT)
            """,
            {"filas": filas},
        )
        await con.execute(
            """
            INSERT INTO precio_cambios
                   (producto_id, en, quien_id, quien_nombre, lote, antes_centavos, despues_centavos)
            SELECT CAST(f.value->>0 AS BIGINT), CAST(:en AS BIGINT), CAST(:quien_id AS BIGINT),
                   CAST(:quien_nombre AS TEXT), CAST(:lote AS TEXT), CAST(f.value->>1 AS BIGINT),
                   CAST(f.value->>2 AS BIGINT)
              FROM json_each(:filas) f
            """,
            {"filas": filas, "en": ahora, "quien_id": quien.id, "quien_nombre": quien.nombre, "lote": lote},
        )


async def update_ofertas(con: Connection, ofertas: Sequence[tuple[int, Sequence[int | None]]]) -> None:
    """Give products an offer: by id, its centavos and dates (ms UTC, None: no end on that side).

    Their versions are counted on by whoever writes their prices, whether the offers run says `update_rige`.
    """
    rest = iter(ofertas)
    while some := list(islice(rest, AT_ONCE)):
        rows = ", ".join(f"({cual}, {', '.join('NULL' if v is None else str(v) for v in que)})" for cual, que in some)
        await con.execute(
            f"""
            WITH ofertas (id, centavos, desde, hasta) AS (VALUES {rows})
            UPDATE productos
               SET oferta_centavos = o.centavos, oferta_desde = CAST(o.desde AS BIGINT),
                   oferta_hasta = CAST(o.hasta AS BIGINT)
              FROM ofertas o
             WHERE o.id = productos.id
            """
        )


async def select_vigentes(con: Connection, ids: Sequence[int]) -> dict[int, Vigente]:
    """What these products cost now, by id; what is not there is left out."""
    found: dict[int, Vigente] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = await con.fetch_all(
            f"""
            SELECT id, nombre, precio_centavos, oferta_centavos, oferta_desde, oferta_hasta, activo
              FROM productos WHERE id IN ({", ".join(map(str, map(int, ids[start : start + AT_ONCE])))})
            """
        )
        found |= {r[0]: Vigente(r[0], r[1], r[2], r[3], r[4], r[5], bool(r[6])) for r in rows}
    return found


async def select_cambiados(con: Connection, lote: str) -> list[Cambiado]:
    """What a lote changed, by product."""
    rows = await con.fetch_all(
        """
        SELECT p.id, p.nombre, c.antes_centavos, c.despues_centavos, p.precio_centavos, p.oferta_centavos,
               NOT EXISTS (SELECT 1 FROM precio_cambios d
                            WHERE d.producto_id = p.id AND d.id > c.id AND COALESCE(d.lote, '') NOT LIKE '%/deshacer'
                              AND NOT EXISTS (SELECT 1 FROM precio_cambios u
                                               WHERE u.producto_id = p.id AND u.lote = d.lote || '/deshacer')) AS ultimo
          FROM precio_cambios c
          JOIN productos p ON p.id = c.producto_id
         WHERE c.lote = :lote
         ORDER BY p.id
        """,
        {"lote": lote},
    )
    return [Cambiado(r[0], r[1], r[2], r[3], r[4], r[5], bool(r[6])) for r in rows]
