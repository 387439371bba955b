"""What deciding who gets a ticket looks at, in one snapshot: the people, the settings, what waits, where routes end."""

from belgrano.database.running import select_running_at
from belgrano.database.work import Connection
from ticketera.domain.espera import Panorama
from ticketera.domain.ruta import Punto
from ticketera.store import tickets, usuarios
from ticketera.store.configuracion import select_configuracion


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
