"""What came of an act, as it is answered and kept for whoever sends it again."""

from typing import Any

from belgrano.words.times import iso
from ticketera.domain.mudanza import Movido, Mudados, NoMovido
from ticketera.domain.resultado import Hecho, Rechazado
from ticketera.wire.text import Json
from ticketera.wire.ticket import ticket_json


def resultado_json(resultado: Hecho | Rechazado | Mudados) -> Json:
    """The ticket, the mudanza, or what is said beside the codigo of a refusal."""
    if isinstance(resultado, Hecho):
        return ticket_json(resultado.ticket)
    if isinstance(resultado, Mudados):
        return _mudados_json(resultado)
    said: dict[str, Any] = {
        "conflicto_id": resultado.conflicto_id,
        "ticket": None if resultado.ticket is None else ticket_json(resultado.ticket),
        "faltan": resultado.faltan,
        "acciones": resultado.acciones,
        "detalle": resultado.detalle,
    }
    return {name: value for name, value in said.items() if value is not None}


def _mudados_json(mudados: Mudados) -> Json:
    resultados = [_movido_json(r) if isinstance(r, Movido) else _no_movido_json(r) for r in mudados.resultados]
    return {"clave": mudados.clave, "resultados": resultados, **_perdida(mudados)}


def _movido_json(movido: Movido) -> Json:
    return {"id": movido.id, "ok": True, "version": movido.version, "lugar": movido.lugar, **_perdida(movido)}


def _no_movido_json(quieto: NoMovido) -> Json:
    """Why a ticket did not move, who did what to it last and when, and how it is."""
    said: Json = {"id": quieto.id, "ok": False, "codigo": quieto.codigo}
    if quieto.ticket is not None:
        said["por"] = {"id": quieto.ticket.cambio_por, "nombre": quieto.ticket.cambio_por_nombre}
        if quieto.ultimo is not None:
            ultimo = quieto.ultimo
            said |= {"que": ultimo.que, "en": iso(ultimo.en), "repartidor_de": ultimo.repartidor_de}
        said["ticket"] = ticket_json(quieto.ticket)
    return said


def _perdida(what: Movido | Mudados) -> Json:
    return {"ancla_perdida": True} if what.ancla_perdida else {}
