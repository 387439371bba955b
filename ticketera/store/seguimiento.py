"""What the customer's page of one ticket is made of, in one snapshot."""

from dataclasses import dataclass

from belgrano.database.work import Connection
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.ticket import Ticket
from ticketera.domain.usuario import Usuario
from ticketera.store.configuracion import select_configuracion
from ticketera.store.tickets import select_numero
from ticketera.store.usuarios import select_usuario


@dataclass(frozen=True, slots=True)
class Seguido:
    """A ticket, whose it is, how many deliveries come before it, and the settings."""

    ticket: Ticket
    repartidor: Usuario | None
    antes: int
    configuracion: Configuracion


async def select_seguido(con: Connection, numero: str) -> Seguido | None:
    """The ticket of this numero with what its page needs. For `Base.read`."""
    ticket = await select_numero(con, numero)
    if ticket is None:
        return None
    repartidor = None if ticket.holder is None else await select_usuario(con, ticket.holder)
    antes = 0 if repartidor is None else await select_antes(con, ticket)
    return Seguido(ticket, repartidor, antes, await select_configuracion(con))


async def select_antes(con: Connection, ticket: Ticket) -> int:
    """How many open tickets its repartidor has before it: those on their way first, each in the order of the route."""
    count: int = await con.fetch_val(
        """
        SELECT COUNT(*)
          FROM tickets
         WHERE repartidor_id = :repartidor_id AND cerrado_en IS NULL AND id <> :id
           AND ((estado = 'en_camino' AND (:estado <> 'en_camino' OR lugar < :lugar))
                OR (estado = 'asignado' AND :estado = 'asignado' AND lugar < :lugar))
        """,
        {
            "repartidor_id": ticket.repartidor_id,
            "id": ticket.id,
            "estado": str(ticket.estado),
            "lugar": ticket.lugar,
        },
    )
    return count
