"""Moves on the board, and taking them back. A move says what moves and in front of what; nobody else is touched."""

import json
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from belgrano.database.running import select_running_at
from belgrano.database.work import Work
from belgrano.words.times import iso
from ticketera.actions.asignacion import entre, repartir
from ticketera.actions.cambios import registrar_cambio
from ticketera.domain.asignacion import tope_de
from ticketera.domain.errors import (
    CamposInvalidos,
    ClaveConOtroContenido,
    NoExiste,
    RepartidorInactivo,
    TicketCerrado,
    VersionVieja,
)
from ticketera.domain.intake import huella_de
from ticketera.domain.mudanza import Mudanza, revisar_mudanza
from ticketera.domain.respuesta import Respuesta
from ticketera.domain.ticket import Estado, Quien, Ticket, en_manos_de, sin_asignar
from ticketera.domain.usuario import Usuario
from ticketera.store import configuracion, novedades, respuestas, tickets, usuarios
from ticketera.wire.text import Json, encode
from ticketera.wire.ticket import ticket_json

NINGUNA = "mudanza_rechazada"
SIN_LUGAR = "sin_lugar"


async def mudar(work: Work, quien: Quien, mudanza: Mudanza) -> Respuesta:
    """Move tickets to a repartidor or to nobody, in front of another ticket or last, in the order given.

    The answer is `{"clave", "resultados"}`; codigo `mudanza_rechazada` when none could move. The same clave gives the
    same answer. Raises CamposInvalidos, ClaveConOtroContenido.
    """
    revisar_mudanza(mudanza)
    marca = huella_de(mudanza.contenido())
    known = await respuestas.select_mudanza(work.con, mudanza.clave)
    if known is not None:
        if known["huella"] != marca:
            raise ClaveConOtroContenido
        return Respuesta(known["codigo"], known["cuerpo"])
    respuesta, origenes = await _mudar(work, quien, mudanza)
    await respuestas.insert_mudanza(
        work.con,
        {
            "clave": mudanza.clave,
            "huella": marca,
            "codigo": respuesta.codigo,
            "cuerpo": respuesta.cuerpo,
            "deshacer": encode(origenes),
            "en": work.ahora,
        },
    )
    await repartir(work)
    return respuesta


async def _mudar(work: Work, quien: Quien, mudanza: Mudanza) -> tuple[Respuesta, list[Json]]:
    """Move what can be moved: the answer, and where each moved ticket came from."""
    destino = await _destino(work, mudanza.repartidor_id)
    found = [await tickets.select_ticket(work.con, ticket_id) for ticket_id, _ in mudanza.tickets]
    codigos = await _codigos(work, mudanza, destino, found)
    moving = [t for t, codigo in zip(found, codigos, strict=True) if t is not None and codigo is None]
    origenes = [await _origen(work, ticket) for ticket in moving]
    ancla, perdida = await _ancla(work, mudanza)
    lugares = await entre(work, mudanza.repartidor_id or 0, ancla, len(moving))
    resultados = {}
    for ticket, lugar, origen in zip(moving, lugares, origenes, strict=True):
        despues = await _mudado(work, ticket, destino, lugar)
        despues = await registrar_cambio(work, ticket, despues, que="movido", quien=quien, clave=mudanza.clave)
        origen["version"] = despues.version
        resultados[ticket.id] = {**_hecho(despues), **({"ancla_perdida": True} if perdida else {})}
    for (ticket_id, _), known, codigo in zip(mudanza.tickets, found, codigos, strict=True):
        if codigo is not None:
            resultados[ticket_id] = await _rechazado(work, ticket_id, codigo, known)
    in_order = [resultados[ticket_id] for ticket_id, _ in mudanza.tickets]
    return _respuesta(mudanza.clave, in_order, perdida), origenes


async def deshacer(work: Work, quien: Quien, clave: str) -> Respuesta:
    """Put back holder, place and state of what a mudanza moved and nothing has touched since, over the cap too.

    The answer is as that of `mudar`; again gives the same. Raises NoExiste for an unknown clave.
    """
    mudanza = await respuestas.select_mudanza(work.con, clave)
    if mudanza is None:
        raise NoExiste("No existe esa mudanza.")
    if mudanza["deshecha"] is not None:
        return Respuesta(mudanza["deshecha_codigo"], mudanza["deshecha"])
    origenes = json.loads(mudanza["deshacer"])
    # From the end of their old columns, so that what followed a ticket is back before it.
    from_behind = sorted(origenes, key=itemgetter("lugar"), reverse=True)
    devueltos = {origen["id"]: await _devolver(work, quien, clave, origen) for origen in from_behind}
    respuesta = _respuesta(clave, [devueltos[origen["id"]] for origen in origenes], perdida=False)
    await respuestas.update_deshecha(work.con, clave, respuesta)
    await repartir(work)
    return respuesta


async def _destino(work: Work, repartidor_id: int | None) -> Usuario | None:
    if repartidor_id is None:
        return None
    destino = await usuarios.select_repartidor(work.con, repartidor_id)
    if destino is None:
        raise CamposInvalidos(("repartidor_id", "no existe"))
    return destino


async def _codigos(
    work: Work, mudanza: Mudanza, destino: Usuario | None, found: Sequence[Ticket | None]
) -> list[str | None]:
    """Why each ticket cannot move, None where it can."""
    room = None
    if destino is not None and not mudanza.forzar:
        settings = await configuracion.select_configuracion(work.con)
        room = tope_de(destino, settings) - destino.tickets_abiertos
    codigos: list[str | None] = []
    for (_, version), ticket in zip(mudanza.tickets, found, strict=True):
        gains = ticket is not None and destino is not None and ticket.repartidor_id != destino.id
        if ticket is None:
            codigo: str | None = NoExiste.codigo
        elif not ticket.abierto:
            codigo = TicketCerrado.codigo
        elif ticket.version != version:
            codigo = VersionVieja.codigo
        elif destino is not None and not destino.activo:
            codigo = RepartidorInactivo.codigo
        elif gains and room is not None and room <= 0:
            codigo = SIN_LUGAR
        else:
            codigo = None
            room = None if room is None else room - gains
        codigos.append(codigo)
    return codigos


async def _ancla(work: Work, mudanza: Mudanza) -> tuple[str | None, bool]:
    """The place to move in front of (None: last), and whether the anchor was lost."""
    if mudanza.antes_de is None:
        return None, False
    return await _lugar_de(work, mudanza.antes_de, mudanza.repartidor_id)


async def _lugar_de(work: Work, ticket_id: int, repartidor_id: int | None) -> tuple[str | None, bool]:
    """Where a ticket stands, and whether it has left that column."""
    ticket = await tickets.select_ticket(work.con, ticket_id)
    if ticket is None or not ticket.abierto or ticket.repartidor_id != repartidor_id:
        return None, True
    return ticket.lugar, False


async def _mudado(work: Work, ticket: Ticket, destino: Usuario | None, lugar: str) -> Ticket:
    """The ticket at its new place. Within its column only the place changes."""
    if (None if destino is None else destino.id) == ticket.repartidor_id:
        return replace(ticket, lugar=lugar)
    if destino is None:
        return sin_asignar(ticket, lugar, apartado_en=await select_running_at(work.con, work.ahora))
    return en_manos_de(ticket, destino.id, destino.nombre, lugar, work.ahora)


async def _origen(work: Work, ticket: Ticket) -> dict[str, Any]:
    """Where a ticket stands before it moves: what undoing needs."""
    return {
        "id": ticket.id,
        "repartidor_id": ticket.repartidor_id,
        "lugar": ticket.lugar,
        "estado": ticket.estado,
        "asignado_en": ticket.asignado_en,
        "en_camino_en": ticket.en_camino_en,
        "llego_en": ticket.llego_en,
        "siguiente": await tickets.select_siguiente(work.con, ticket.repartidor_id or 0, ticket.lugar),
    }


async def _devolver(work: Work, quien: Quien, clave: str, origen: dict[str, Any]) -> Json:
    """Put one ticket back where it was; its result."""
    ticket = await tickets.select_ticket(work.con, origen["id"])
    # A later move that was taken back is no touch: step by step one comes back to the beginning.
    if ticket is None or (
        ticket.version != origen["version"] and await novedades.select_tocado(work.con, ticket.id, clave)
    ):
        return await _rechazado(work, origen["id"], VersionVieja.codigo, ticket)
    repartidor_id: int | None = origen["repartidor_id"]
    holder = None if repartidor_id is None else await usuarios.select_repartidor(work.con, repartidor_id)
    if holder is not None and not holder.activo:
        return await _rechazado(work, ticket.id, RepartidorInactivo.codigo, ticket)
    ancla = None
    if origen["siguiente"] is not None:
        ancla, _ = await _lugar_de(work, origen["siguiente"], repartidor_id)
    (lugar,) = await entre(work, repartidor_id or 0, ancla, 1)
    despues = await _mudado(work, ticket, holder, lugar)
    if holder is not None and ticket.repartidor_id != holder.id:
        despues = replace(
            despues,
            estado=Estado(origen["estado"]),
            asignado_en=origen["asignado_en"],
            en_camino_en=origen["en_camino_en"],
            llego_en=origen["llego_en"],
        )
    return _hecho(await registrar_cambio(work, ticket, despues, que="deshecho", quien=quien, clave=clave))


def _hecho(ticket: Ticket) -> Json:
    return {"id": ticket.id, "ok": True, "version": ticket.version, "lugar": ticket.lugar}


async def _rechazado(work: Work, ticket_id: int, codigo: str, ticket: Ticket | None) -> Json:
    """Why a ticket did not move, who did what to it last and when, and how it is."""
    resultado: Json = {"id": ticket_id, "ok": False, "codigo": codigo}
    if ticket is not None:
        resultado["por"] = {"id": ticket.cambio_por, "nombre": ticket.cambio_por_nombre}
        ultimo = await novedades.select_ultimo_cambio(work.con, ticket_id)
        if ultimo is not None:
            resultado |= {"que": ultimo["que"], "en": iso(ultimo["en"]), "repartidor_de": ultimo["repartidor_de"]}
        resultado["ticket"] = ticket_json(ticket)
    return resultado


def _respuesta(clave: str, resultados: list[Json], perdida: bool) -> Respuesta:
    cuerpo: Json = {"clave": clave, "resultados": resultados}
    if perdida:
        cuerpo["ancla_perdida"] = True
    return Respuesta(None if any(r["ok"] for r in resultados) else NINGUNA, encode(cuerpo))
