"""The reports that wait for the shop."""

from belgrano.database.work import Connection
from belgrano.outbox.outgoing import insert_outgoing
from ticketera.domain.ticket import Ticket
from ticketera.wire.reporte import reporte_json
from ticketera.wire.text import encode


async def insert_reporte(con: Connection, ticket: Ticket, epoca: str, ahora: int) -> None:
    """Queue the report of a ticket's state; those of a ticket leave in order."""
    key = f"{epoca}-{ticket.id}-{ticket.version}"
    await insert_outgoing(
        con, key=key, lane=ticket.numero, body=encode(reporte_json(ticket, epoca, ahora)), ahora=ahora
    )
