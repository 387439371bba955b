"""Answers that are kept: of acts, under their actor's accion_id; of mudanzas, under their clave."""

from collections.abc import Mapping
from typing import Any

from belgrano.database.work import Connection
from ticketera.domain.respuesta import Respuesta


async def select_respuesta(con: Connection, actor: str, accion_id: str) -> tuple[str, Respuesta] | None:
    """The hash of an act and its answer, if this actor's accion_id was used."""
    row = await con.fetch_one(
        """
        SELECT huella, codigo, cuerpo
          FROM respuestas
         WHERE actor = :actor AND accion_id = :accion_id
        """,
        {"actor": actor, "accion_id": accion_id},
    )
    return None if row is None else (row["huella"], Respuesta(row["codigo"], row["cuerpo"]))


async def insert_respuesta(
    con: Connection, actor: str, accion_id: str, huella: str, respuesta: Respuesta, ahora: int
) -> None:
    """Keep an act's answer."""
    await con.execute(
        """
        INSERT INTO respuestas (actor, accion_id, huella, codigo, cuerpo, en)
        VALUES (:actor, :accion_id, :huella, :codigo, :cuerpo, :ahora)
        """,
        {
            "actor": actor,
            "accion_id": accion_id,
            "huella": huella,
            "codigo": respuesta.codigo,
            "cuerpo": respuesta.cuerpo,
            "ahora": ahora,
        },
    )


async def select_mudanza(con: Connection, clave: str) -> Any | None:
    """A mudanza: its hash, its answer, where its tickets came from, and the answer of its undo."""
    row: Any = await con.fetch_one(
        """
        SELECT clave, huella, codigo, cuerpo, deshacer, deshecha, deshecha_codigo
          FROM mudanzas
         WHERE clave = :clave
        """,
        {"clave": clave},
    )
    return row


async def insert_mudanza(con: Connection, mudanza: Mapping[str, Any]) -> None:
    """Keep a mudanza with its answer."""
    await con.execute(
        """
        INSERT INTO mudanzas (clave, huella, codigo, cuerpo, deshacer, en)
        VALUES (:clave, :huella, :codigo, :cuerpo, :deshacer, :en)
        """,
        mudanza,
    )


async def update_deshecha(con: Connection, clave: str, respuesta: Respuesta) -> None:
    """Keep the answer of an undo."""
    await con.execute(
        "UPDATE mudanzas SET deshecha = :cuerpo, deshecha_codigo = :codigo WHERE clave = :clave",
        {"clave": clave, "codigo": respuesta.codigo, "cuerpo": respuesta.cuerpo},
    )


async def delete_recuerdos(con: Connection, antes_de: int) -> None:
    """Forget the answers given before an instant."""
    await con.execute("DELETE FROM respuestas WHERE en < :antes_de", {"antes_de": antes_de})
    await con.execute("DELETE FROM mudanzas WHERE en < :antes_de", {"antes_de": antes_de})
