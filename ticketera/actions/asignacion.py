"""The rule: who is given a ticket, and when those that wait are given out."""

from fractional_indexing import generate_n_keys_between  # type: ignore[import-untyped]

from belgrano.work import Work
from ticketera.actions.cambios import registrar_cambio
from ticketera.domain.ticket import REGLA, Ticket, en_manos_de
from ticketera.store import tickets, usuarios


async def al_final(work: Work, columna: int) -> str:
    """A place behind everything in a column (a repartidor's id, 0 for "Sin asignar")."""
    return (await entre(work, columna, None, 1))[0]


async def entre(work: Work, columna: int, antes_de: str | None, cuantos: int) -> list[str]:
    """Places in front of the one at `antes_de` (None: behind everything), behind all that is before it now.

    What is about to move away still counts, so that no two tickets are ever at one place.
    """
    if antes_de is None:
        before = await tickets.select_ultimo_lugar(work.con, columna)
    else:
        before = await tickets.select_lugar_anterior(work.con, columna, antes_de)
    lugares: list[str] = generate_n_keys_between(before, antes_de, cuantos)
    return lugares


async def repartir(work: Work) -> list[Ticket]:
    """Give out what waits, highest priority then oldest first, as long as somebody has room.

    To be called at the end of every act that may have made room, so that it happens in the same commit.
    """
    dados = []
    while (ticket := await tickets.select_en_espera(work.con, work.ahora)) is not None:
        usuario = await usuarios.select_para_dar(work.con, work.ahora)
        if usuario is None:
            break
        lugar = await al_final(work, usuario.id)
        dado = en_manos_de(ticket, usuario.id, usuario.nombre, lugar, work.ahora)
        dados.append(await registrar_cambio(work, ticket, dado, que="asignado", quien=REGLA))
    return dados
