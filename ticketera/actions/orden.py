"""A repartidor's own order of their route, where the settings allow it."""

from dataclasses import replace

from belgrano.database.work import Work
from ticketera.actions.asignacion import entre
from ticketera.actions.cambios import registrar_cambio
from ticketera.domain.errors import (
    CamposInvalidos,
    ClaveConOtroContenido,
    NoExiste,
    RolNoPermitido,
    TicketCerrado,
)
from ticketera.domain.intake import huella_de
from ticketera.domain.respuesta import Respuesta
from ticketera.domain.ticket import Quien
from ticketera.store import configuracion, respuestas, tickets
from ticketera.wire.text import Json, encode

A_NADA = "[]"  # what an admin's undo of it takes back


async def ordenar_lo_mio(work: Work, quien: Quien, clave: str, ticket_id: int, antes_de: int | None) -> Respuesta:
    """Put one's own open ticket in front of another, or last; the board hears of it as of any move.

    The answer is as that of `mudar`; the same clave gives the same. An anchor that has left means last, with
    `ancla_perdida`. Raises RolNoPermitido where the setting `orden_propio` is off, NoExiste for what is not theirs,
    TicketCerrado, CamposInvalidos, ClaveConOtroContenido.
    """
    if antes_de == ticket_id:
        raise CamposInvalidos(("antes_de", "es el mismo ticket"))
    marca = huella_de(["orden", quien.id, ticket_id, antes_de])
    known = await respuestas.select_mudanza(work.con, clave)
    if known is not None:
        if known["huella"] != marca:
            raise ClaveConOtroContenido
        return Respuesta(known["codigo"], known["cuerpo"])
    if not (await configuracion.select_configuracion(work.con)).orden_propio:
        raise RolNoPermitido("El orden del recorrido lo decide la central.")
    ticket = await tickets.select_ticket(work.con, ticket_id)
    if ticket is None or quien.id is None or ticket.repartidor_id != quien.id:
        raise NoExiste("No existe ese ticket.")
    if not ticket.abierto:
        raise TicketCerrado(ticket)
    ancla = None if antes_de is None else await tickets.select_ticket(work.con, antes_de)
    perdida = antes_de is not None and (ancla is None or not ancla.abierto or ancla.repartidor_id != quien.id)
    (lugar,) = await entre(work, quien.id, None if ancla is None or perdida else ancla.lugar, 1)
    despues = await registrar_cambio(work, ticket, replace(ticket, lugar=lugar), que="movido", quien=quien, clave=clave)
    hecho: Json = {"id": despues.id, "ok": True, "version": despues.version, "lugar": despues.lugar}
    cuerpo: Json = {"clave": clave, "resultados": [{**hecho, **({"ancla_perdida": True} if perdida else {})}]}
    respuesta = Respuesta(None, encode({**cuerpo, **({"ancla_perdida": True} if perdida else {})}))
    kept = {"clave": clave, "huella": marca, "codigo": None, "cuerpo": respuesta.cuerpo}
    await respuestas.insert_mudanza(work.con, {**kept, "deshacer": A_NADA, "en": work.ahora})
    return respuesta
