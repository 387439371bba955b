"""Moves on the board: each with its answer, where its tickets came from, and the answer of its undo."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from belgrano.database.work import Connection
from ticketera.domain.mudanza import Origen
from ticketera.domain.ticket import Estado
from ticketera.store.respuestas import Respuesta
from ticketera.wire.text import encode


@dataclass(frozen=True, slots=True)
class MudanzaHecha:
    """A mudanza that was done: the hash of what was sent, its answer, and what undoing it puts back.

    `deshecha` is the answer of its undo, None while there was none.
    """

    huella: str
    respuesta: Respuesta
    origenes: Sequence[Origen]
    deshecha: Respuesta | None


async def select_mudanza(con: Connection, clave: str) -> MudanzaHecha | None:
    """What was done under this clave."""
    row = await con.fetch_one(
        """
        SELECT huella, codigo, cuerpo, deshacer, deshecha, deshecha_codigo
          FROM mudanzas
         WHERE clave = :clave
        """,
        {"clave": clave},
    )
    if row is None:
        return None
    origenes = [Origen(**{**each, "estado": Estado(each["estado"])}) for each in json.loads(row["deshacer"])]
    deshecha = None if row["deshecha"] is None else Respuesta(row["deshecha_codigo"], row["deshecha"])
    return MudanzaHecha(row["huella"], Respuesta(row["codigo"], row["cuerpo"]), origenes, deshecha)


async def insert_mudanza(
    con: Connection, clave: str, huella: str, respuesta: Respuesta, origenes: Sequence[Origen], ahora: int
) -> None:
    """Keep a mudanza with its answer."""
    await con.execute(
        """
        INSERT INTO mudanzas (clave, huella, codigo, cuerpo, deshacer, en)
        VALUES (:clave, :huella, :codigo, :cuerpo, :deshacer, :en)
        """,
        {
            "clave": clave,
            "huella": huella,
            "codigo": respuesta.codigo,
            "cuerpo": respuesta.cuerpo,
            "deshacer": encode(origenes),
            "en": ahora,
        },
    )


async def update_deshecha(con: Connection, clave: str, respuesta: Respuesta) -> None:
    """Keep the answer of an undo."""
    await con.execute(
        "UPDATE mudanzas SET deshecha = :cuerpo, deshecha_codigo = :codigo WHERE clave = :clave",
        {"clave": clave, "codigo": respuesta.codigo, "cuerpo": respuesta.cuerpo},
    )


async def delete_mudanzas(con: Connection, antes_de: int) -> None:
    """Forget the mudanzas of before an instant."""
    await con.execute("DELETE FROM mudanzas WHERE en < :antes_de", {"antes_de": antes_de})
