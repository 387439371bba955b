"""What deciding who gets a ticket looks at, in one snapshot: the people, the settings, what waits, where routes end."""

from collections.abc import Sequence
from dataclasses import dataclass

from belgrano.database.running import select_running_at
from belgrano.database.work import Connection
from ticketera.domain.asignacion import sugerir
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.espera import motivo_de_espera
from ticketera.domain.ruta import Punto
from ticketera.domain.ticket import Ticket
from ticketera.domain.usuario import Usuario
from ticketera.store import tickets, usuarios
from ticketera.store.configuracion import select_configuracion
from ticketera.store.wire import Json


@dataclass(frozen=True, slots=True)
class Panorama:
    """`esperan` are the tickets without a holder; `dejados` says who put each apart; `ultimos` where routes end.

    `ahora` is the instant of it, by the clock; `corrido` the same by the running time.
    """

    ahora: int
    corrido: int
    personas: Sequence[Usuario]
    ajustes: Configuracion
    esperan: Sequence[Ticket]
    dejados: dict[int, str]
    ultimos: dict[int, Punto]


async def select_panorama(con: Connection, ahora: int) -> Panorama:
    """The dispatch as it stands at this instant."""
    return Panorama(
        ahora,
        await select_running_at(con, ahora),
        await usuarios.select_repartidores(con),
        await select_configuracion(con),
        await tickets.select_columna(con, 0),
        await _select_dejados(con),
        await _select_ultimos(con),
    )


async def _select_dejados(con: Connection) -> dict[int, str]:
    rows = await con.fetch_all(
        """
        SELECT c.ticket_id, c.quien_nombre
          FROM tickets t
          JOIN cambios c ON c.ticket_id = t.id AND c.repartidor_de IS NOT NULL AND c.repartidor_a IS NULL
         WHERE t.estado = 'pendiente' AND t.apartado_en IS NOT NULL
         ORDER BY c.id -- the last time that it was taken out of hands wins
        """,
        {},
    )
    return {row["ticket_id"]: row["quien_nombre"] for row in rows}


async def _select_ultimos(con: Connection) -> dict[int, Punto]:
    rows = await con.fetch_all(
        """
        SELECT repartidor_id, cliente_lat, cliente_lng
          FROM tickets
         WHERE cerrado_en IS NULL AND repartidor_id IS NOT NULL AND cliente_lat IS NOT NULL AND cliente_lng IS NOT NULL
         ORDER BY repartidor_id, lugar
        """,
        {},
    )
    return {row["repartidor_id"]: (row["cliente_lat"], row["cliente_lng"]) for row in rows}


def espera_json(panorama: Panorama, ticket: Ticket, mejores: int) -> Json:
    """Why a ticket waits, and at most so many suggestions for it, the best first."""
    p = panorama
    sugerencias = sugerir(ticket, p.personas, p.ultimos, p.ajustes, p.ahora, mejores) if mejores else []
    return {
        "ticket_id": ticket.id,
        "espera": motivo_de_espera(ticket, p.personas, p.ajustes, p.ahora, p.corrido, p.dejados.get(ticket.id)),
        "sugerencias": sugerencias,
    }
