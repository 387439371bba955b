"""A move on the board: what became of each ticket."""

from belgrano.words.times import iso
from ticketera.domain.mudanza import Movido, Mudados, NoMovido
from ticketera.wire.text import Json
from ticketera.wire.ticket import ticket_json


def mudados_json(mudados: Mudados) -> Json:
    """The answer of a mudanza: each ticket of it, whether it went."""
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
