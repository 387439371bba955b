"""Why a ticket is in nobody's hands, as an admin reads it, and who could take it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from belgrano.words.times import MINUTO, dia_de, hora, otro_dia
from ticketera.domain.asignacion import (
    Sugerencia,
    apartado_por,
    con_lugar,
    con_senal,
    sin_senal,
    sugerir,
    toca,
    tope_de,
)
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.ruta import Punto
from ticketera.domain.ticket import Ticket
from ticketera.domain.usuario import Usuario

ALGUNOS = 3  # so many names in a sentence, then a number


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


@dataclass(frozen=True, slots=True)
class Espera:
    """Why a ticket waits, and who could take it, the best first."""

    ticket_id: int
    motivo: str
    sugerencias: Sequence[Sugerencia]


def espera_de(p: Panorama, ticket: Ticket, mejores: int) -> Espera:
    """Why a ticket waits, with at most so many suggestions for it."""
    motivo = motivo_de_espera(ticket, p.personas, p.ajustes, p.ahora, p.corrido, p.dejados.get(ticket.id))
    sugerencias = sugerir(ticket, p.personas, p.ultimos, p.ajustes, p.ahora, mejores) if mejores else []
    return Espera(ticket.id, motivo, sugerencias)


def esperas(p: Panorama) -> list[Espera]:
    """Why each ticket without a holder waits; when due, in a mode that proposes, with the best who can take it."""
    propone = p.ajustes.modo.propone
    todas = [espera_de(p, t, 1 if propone and toca(t.franja_desde, p.ajustes, p.ahora) else 0) for t in p.esperan]
    return [replace(each, sugerencias=[s for s in each.sugerencias if s.puede]) for each in todas]


def motivo_de_espera(
    ticket: Ticket,
    personas: Sequence[Usuario],
    ajustes: Configuracion,
    ahora: int,
    corrido: int,
    dejado_por: str | None = None,
) -> str:
    """Why a ticket is in nobody's hands, in one sentence. `dejado_por` put it into "Sin asignar".

    `ahora` is the clock's, for what is told by hours; `corrido` the running time, for how long it is left there.
    """
    falta = apartado_por(ticket, ajustes, corrido)
    modo = ajustes.modo
    if ticket.franja_desde is not None and not toca(ticket.franja_desde, ajustes, ahora):
        return _para_despues(ticket.franja_desde, ajustes, ahora)
    if not modo.verbo:
        return modo.espera
    if falta is not None and modo.por_si_solo:
        quien = f"Lo dejó {dejado_por}" if dejado_por else "Lo dejaron"
        return f"{quien} en Sin asignar: {modo.verbo} a las {hora(ahora + falta)}"
    candidatos = [each for each in personas if each.activo]
    if modo.lista is not None:
        candidatos = modo.lista(ticket.negocio, ticket.cliente_barrio, candidatos)
        if not candidatos:
            return _nadie_para(ticket)
    return _impedimento(candidatos, ajustes, todos=modo.lista is None) or modo.espera


def _para_despues(desde: int, ajustes: Configuracion, ahora: int) -> str:
    """`Es para mañana: se reparte desde las 16:00`. In the modes in which a person gives, that it is for then."""
    dia = _el_dia(desde, ahora)
    para = f"Es para las {hora(desde)}" if dia == "hoy" else f"Es para {dia}"
    verbo = ajustes.modo.verbo
    if not verbo:
        return f"{para}. {ajustes.modo.espera}"
    sale = desde - ajustes.minutos_antes * MINUTO
    otro = "" if dia_de(sale) == dia_de(desde) else f"{_el_dia(sale, ahora)} a "
    return f"{para}: {verbo} desde {otro}las {hora(sale)}"


def _el_dia(ms: int, ahora: int) -> str:
    """`hoy`, `mañana`, `el jue 3/12`."""
    dia = otro_dia(ms, ahora)
    return f"el {dia}" if "/" in dia else dia or "hoy"


def _nadie_para(ticket: Ticket) -> str:
    if ticket.cliente_barrio:
        return f"Nadie reparte en {ticket.cliente_barrio}"
    return f"Nadie lleva lo de {ticket.negocio}" if ticket.negocio else "No dice de qué barrio ni de qué negocio es"


def _impedimento(candidatos: Sequence[Usuario], ajustes: Configuracion, *, todos: bool) -> str | None:
    """Why none of these can be given a ticket; None when one can."""
    en_turno = [each for each in candidatos if each.en_turno]
    con = [each for each in en_turno if con_senal(each, ajustes)]
    if any(con_lugar(each, ajustes) for each in con):
        return None
    if not en_turno:
        return "Nadie está en turno" if todos else f"{_nombres(candidatos)} no {_esta(candidatos)} en turno"
    if not con:
        if len(en_turno) == 1:
            return f"{en_turno[0].nombre} {sin_senal(en_turno[0])}"
        return f"Ninguno de los {len(en_turno)} en turno da señal" if todos else f"{_nombres(en_turno)} no dan señal"
    if len(con) == 1:
        lleno = f"{con[0].nombre} ya lleva {con[0].tickets_abiertos} de {tope_de(con[0], ajustes)}"
        return lleno if len(en_turno) == 1 else f"{lleno} y los demás no dan señal"
    donde = "en turno" if len(con) == len(en_turno) else "que dan señal"
    return f"Los {len(con)} {donde} están completos" if todos else f"{_nombres(con)} están completos"


def _nombres(personas: Sequence[Usuario]) -> str:
    if len(personas) > ALGUNOS:
        return f"Los {len(personas)} que lo llevan"
    *others, last = [each.nombre for each in personas]
    return f"{', '.join(others)} y {last}" if others else last


def _esta(personas: Sequence[Usuario]) -> str:
    return "está" if len(personas) == 1 else "están"
