"""What was written down about the customer of one ticket, beside the ticket itself: taken out, row by row."""
# ruff: noqa: S608  (SQL text is put together from this module's own text, never from values)

import json
from collections.abc import Callable
from typing import Any

from belgrano.database.work import Connection
from ticketera.domain.olvido import json_sin_persona, sin_palabras, suceso_sin_persona
from ticketera.domain.ticket import Ticket
from ticketera.wire.text import encode

_RESPUESTAS = "SELECT actor, accion_id, cuerpo FROM respuestas WHERE cuerpo LIKE :de AND"


async def update_olvidar(con: Connection, ticket_id: int, ahora: int) -> None:
    """Keep that the customer is to be forgotten."""
    await con.execute("UPDATE tickets SET olvidar_en = :ahora WHERE id = :id", {"id": ticket_id, "ahora": ahora})


async def select_olvidados(con: Connection) -> list[str]:
    """The numeros of the orders whose customers are to be forgotten, or are."""
    rows = await con.fetch_all("SELECT numero FROM tickets WHERE olvidar_en IS NOT NULL ORDER BY id", {})
    return [row["numero"] for row in rows]


async def clear_huella(con: Connection, ticket_id: int) -> None:
    """Take out the hash of the order, by which whoever knows a person could find out whether it was theirs."""
    await con.execute("UPDATE tickets SET huella = '' WHERE id = :id", {"id": ticket_id})


async def clear_cambios(con: Connection, ticket_id: int) -> None:
    """Keep of each change who did what when; also what listeners still pull of it is of nobody."""
    rows: list[Any] = await con.fetch_all(
        "SELECT id, detalle, conflicto, ticket FROM cambios WHERE ticket_id = :id", {"id": ticket_id}
    )
    for row in rows:
        detalle = None if row["detalle"] is None else suceso_sin_persona(json.loads(row["detalle"]))
        await con.execute(
            "UPDATE cambios SET detalle = :detalle, conflicto = :conflicto, ticket = :ticket WHERE id = :id",
            {
                "id": row["id"],
                "detalle": encode(detalle) if detalle else None,
                "conflicto": _told(row["conflicto"], _conflicto),
                "ticket": _told(row["ticket"], lambda said: json_sin_persona(said, ticket_id)),
            },
        )


async def clear_conflictos(con: Connection, ticket_id: int) -> None:
    """Keep of each conflicto what was done, and how it was decided."""
    rows: list[Any] = await con.fetch_all("SELECT id, motivo FROM conflictos WHERE ticket_id = :id", {"id": ticket_id})
    for row in rows:
        await con.execute(
            "UPDATE conflictos SET nota = NULL, prueba = NULL, motivo = :motivo WHERE id = :id",
            {"id": row["id"], "motivo": sin_palabras(row["motivo"])},
        )


async def clear_respuestas(con: Connection, ticket: Ticket) -> None:
    """Whoever sends an act again is answered as before, with a ticket of nobody.

    An answer is kept in the instant of its change, and so found without a look at all others. Only a conflicto that is
    said again has an answer and no change.
    """
    which = {"id": ticket.id, "de": _of(ticket)}
    rows = await con.fetch_all(f"{_RESPUESTAS} en IN (SELECT en FROM cambios WHERE ticket_id = :id)", which)
    desde = await con.fetch_val("SELECT MIN(creado_en) FROM conflictos WHERE ticket_id = :id", {"id": ticket.id})
    if desde is not None:
        rows += await con.fetch_all(f"{_RESPUESTAS} en >= :desde", {"de": which["de"], "desde": desde})
    for row in rows:
        await con.execute(
            "UPDATE respuestas SET cuerpo = :cuerpo WHERE actor = :actor AND accion_id = :accion_id",
            {
                "cuerpo": _told(row["cuerpo"], lambda said: json_sin_persona(said, ticket.id)),
                "actor": row["actor"],
                "accion_id": row["accion_id"],
            },
        )


async def clear_mudanzas(con: Connection, ticket: Ticket) -> None:
    """The same for moves: the answer shows each ticket that did not go."""
    rows: list[Any] = await con.fetch_all(
        """
        SELECT clave, cuerpo, deshecha
          FROM mudanzas
         WHERE en >= :desde AND (cuerpo LIKE :de OR deshecha LIKE :de)
        """,
        {"desde": ticket.creado_en, "de": _of(ticket)},
    )
    for row in rows:
        await con.execute(
            "UPDATE mudanzas SET cuerpo = :cuerpo, deshecha = :deshecha WHERE clave = :clave",
            {
                "clave": row["clave"],
                "cuerpo": _told(row["cuerpo"], lambda said: json_sin_persona(said, ticket.id)),
                "deshecha": _told(row["deshecha"], lambda said: json_sin_persona(said, ticket.id)),
            },
        )


async def delete_fotos_de(con: Connection, ticket_id: int) -> None:
    """Forget the photos of the delivery, and the signature."""
    await con.execute("DELETE FROM fotos WHERE ticket_id = :id", {"id": ticket_id})


async def delete_direccion_de(con: Connection, ticket: Ticket) -> None:
    """Forget where the address is; for somebody else there it is asked again."""
    texto = ", ".join(filter(None, (ticket.cliente_direccion, ticket.cliente_barrio)))
    await con.execute("DELETE FROM direcciones WHERE texto = :texto", {"texto": texto})


async def clear_reportes(con: Connection, numero: str) -> None:
    """The shop is told, and was, how it ended, in no words of anybody's."""
    rows: list[Any] = await con.fetch_all("SELECT id, body FROM outgoing WHERE lane = :numero", {"numero": numero})
    for row in rows:
        await con.execute(
            "UPDATE outgoing SET body = :body WHERE id = :id", {"body": _told(row["body"], _reporte), "id": row["id"]}
        )


def _conflicto(said: Any) -> Any:
    return {**said, "nota": None, "prueba": None, "motivo": sin_palabras(said["motivo"])}


def _reporte(said: Any) -> Any:
    data = {name: value for name, value in said["data"].items() if name != "motivo" or sin_palabras(value)}
    return {**said, "data": data}


def _of(ticket: Ticket) -> str:
    """What the text of an answer holds that shows this ticket."""
    return f'%{{"id":{ticket.id},"numero":%'


def _told(text: str | None, change: Callable[[Any], Any]) -> str | None:
    return None if text is None else encode(change(json.loads(text)))
