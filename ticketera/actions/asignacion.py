"""The rule: who is given a ticket, and when those that wait are given out."""

from fractional_indexing import generate_n_keys_between  # type: ignore[import-untyped]

from belgrano.database.work import Work
from ticketera.actions.cambios import registrar_cambio
from ticketera.domain.asignacion import elegido, libre, toca
from ticketera.domain.cambio import Cambio
from ticketera.domain.modos import EN_UNA_SENTENCIA, modo_de
from ticketera.domain.ticket import REGLA, Ticket, en_manos_de
from ticketera.domain.usuario import Usuario
from ticketera.store import configuracion, tickets, usuarios


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


async def elegir(work: Work, negocio: str, barrio: str, desde: int | None) -> tuple[str, Usuario | None]:
    """The mode, and whom its rule gives a ticket of this negocio and barrio, expected from `desde` on.

    Nobody where none can, no rule gives, or it is not due.

    In `automatico` it is one statement: intake is measured.
    """
    modo, usuario = await usuarios.select_para_dar(work.con, work.ahora, desde)
    if modo_de(modo).reparte and modo not in EN_UNA_SENTENCIA:
        ajustes = await configuracion.select_configuracion(work.con)
        if toca(desde, ajustes, work.ahora):
            personas = await usuarios.select_repartidores(work.con)
            usuario = elegido(negocio, barrio, personas, ajustes)
    return modo, usuario


async def repartir(work: Work) -> list[Ticket]:
    """Give out what waits and is due, highest priority then oldest first, as long as somebody has room.

    To be called at the end of every act that may have made room, so that it happens in the same commit.
    """
    dados: list[Ticket] = []
    while (waiting := await tickets.select_en_espera(work.con, work.ahora)) is not None:
        modo, ticket = waiting
        if modo not in EN_UNA_SENTENCIA:
            return await _repartir_uno_por_uno(work)
        _, usuario = await usuarios.select_para_dar(work.con, work.ahora)
        if usuario is None:
            break
        dados.append(await _dar(work, ticket, usuario))
    return dados


async def _repartir_uno_por_uno(work: Work) -> list[Ticket]:
    """Give each waiting ticket to whom the mode chooses; a ticket that nobody can be given holds up no other."""
    ajustes = await configuracion.select_configuracion(work.con)
    personas = {each.id: each for each in await usuarios.select_repartidores(work.con)}
    dados: list[Ticket] = []
    if not any(libre(each, ajustes) for each in personas.values()):
        return dados
    for ticket_id, negocio, barrio in await tickets.select_destinos(work.con, work.ahora):
        usuario = elegido(negocio, barrio, personas.values(), ajustes)
        ticket = await tickets.select_ticket(work.con, ticket_id) if usuario else None
        if usuario is None or ticket is None:
            continue
        dados.append(await _dar(work, ticket, usuario))
        after = await usuarios.select_repartidor(work.con, usuario.id)
        if after is not None:
            personas[usuario.id] = after
    return dados


async def _dar(work: Work, ticket: Ticket, usuario: Usuario) -> Ticket:
    lugar = await al_final(work, usuario.id)
    dado = en_manos_de(ticket, usuario.id, usuario.nombre, lugar, work.ahora)
    return await registrar_cambio(work, Cambio(ticket, dado, "asignado", REGLA))
