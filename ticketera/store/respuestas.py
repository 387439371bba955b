"""Answers as they are kept, so that a repeat gets the same; those of acts, under their actor's accion_id."""

from dataclasses import dataclass

from belgrano.database.work import Connection
from ticketera.domain.mudanza import Mudados
from ticketera.domain.resultado import Hecho, Rechazado
from ticketera.wire.resultado import resultado_json
from ticketera.wire.text import encode


@dataclass(frozen=True, slots=True)
class Respuesta:
    """`codigo` None: done, `cuerpo` (JSON text) is what was asked for. Else it could not be done as things stand:
    `cuerpo` is an object of what to say beside it."""

    codigo: str | None
    cuerpo: str


def respuesta_de(resultado: Hecho | Rechazado | Mudados) -> Respuesta:
    """A result in the very text that is answered, now and whenever it is asked for again."""
    return Respuesta(resultado.codigo, encode(resultado_json(resultado)))


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


async def delete_respuestas(con: Connection, antes_de: int) -> None:
    """Forget the answers given before an instant."""
    await con.execute("DELETE FROM respuestas WHERE en < :antes_de", {"antes_de": antes_de})
