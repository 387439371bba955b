"""Who changed what in the shop: lines are added and read, never changed."""

import json
from collections.abc import Iterable
from typing import Any

from ahorro.domain.auditoria import Asiento, Quien
from belgrano.database.work import Connection
from belgrano.words.text import folded


async def insert_asientos(con: Connection, quien: Quien, asientos: Iterable[Asiento], ahora: int) -> None:
    """Write each line down under this person and instant (ms UTC)."""
    filas = {
        n: (each.que, each.cual_id, each.cual_nombre, each.campo, *(_json(v) for v in (each.de, each.a)))
        for n, each in enumerate(asientos)
    }
    if filas:
        await con.execute(
            """
            INSERT INTO auditoria (en, quien_id, quien_nombre, que, cual_id, cual_nombre, campo, de, a)
            SELECT CAST(:en AS BIGINT), CAST(:quien_id AS BIGINT), CAST(:quien_nombre AS TEXT), value->>0,
                   CAST(value->>1 AS BIGINT), value->>2, value->>3, value->>4, value->>5
              FROM json_each(:filas)
            """,
            {"en": ahora, "quien_id": quien.id, "quien_nombre": quien.nombre, "filas": _json(filas)},
        )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


async def select_auditoria(
    con: Connection,
    *,
    que: str = "",
    cual_id: int | None = None,
    quien: str = "",
    desde: int | None = None,
    hasta: int | None = None,
    antes_de: int | None = None,
    limite: int = 50,
) -> list[dict[str, Any]]:
    """The newest lines: id, en (ms UTC), quien_id, quien_nombre, que, cual_id, cual_nombre, campo, de, a (values).

    Of one noun, one thing or one person (an id, or part of a name) where they are given, from `desde` to before
    `hasta` (ms UTC); `antes_de` is the id of the last line seen.
    """
    values: dict[str, object] = {"antes_de": antes_de or 2**63 - 1, "limite": limite}
    donde = ["id < :antes_de"]
    if que:
        donde.append("que = :que")
        values["que"] = que
    if cual_id is not None:
        donde.append("cual_id = :cual_id")
        values["cual_id"] = cual_id
    if quien:
        # Few people write here, and the database folds no accents.
        names = await con.fetch_all("SELECT DISTINCT quien_nombre FROM auditoria")
        found = [row["quien_nombre"] for row in names if folded(quien) in folded(row["quien_nombre"])]
        values |= {"quien": quien, **{f"quien{n}": nombre for n, nombre in enumerate(found)}}
        en = "".join(f", :quien{n}" for n in range(len(found)))
        donde.append(f"(CAST(quien_id AS TEXT) = :quien OR quien_nombre IN (:quien{en}))")
    if desde is not None:
        donde.append("en >= :desde")
        values["desde"] = desde
    if hasta is not None:
        donde.append("en < :hasta")
        values["hasta"] = hasta
    rows = await con.fetch_all(
        f"""
        SELECT id, en, quien_id, quien_nombre, que, cual_id, cual_nombre, campo, de, a
          FROM auditoria
         WHERE {" AND ".join(donde)}
         ORDER BY id DESC
         LIMIT CAST(:limite AS BIGINT)
        """,  # noqa: S608
        values,
    )
    return [{**dict(row), "de": json.loads(row["de"]), "a": json.loads(row["a"])} for row in rows]
