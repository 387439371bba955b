"""Who can be given a ticket, who is best for it, and why one waits. Pure: people, settings and a ticket go in.

A repartidor is *libre* when the contract's rule may give them one: active, in turno, seen within `minutos_sin_senal`,
below their cap. Places are compared as people read them: without accents, case or blanks around.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import itemgetter

from ticketera.domain.configuracion import Configuracion
from ticketera.domain.ruta import Punto, metros
from ticketera.domain.ticket import Estado, Ticket
from ticketera.domain.tiempo import BUENOS_AIRES, MINUTO, dia_de, otro_dia
from ticketera.domain.usuario import Usuario

POSICION_FRESCA = 10 * MINUTO
RELOJ_ATRASADO = MINUTO  # what lies further ahead was written before the clock was set back
CERCA_M = 500  # people this much nearer than others come first; within it the load decides
LEJISIMOS = 1_000_000
ALGUNOS = 3  # so many names in a sentence, then a number


def tope_de(usuario: Usuario, ajustes: Configuracion) -> int:
    """How many open tickets somebody may have: the configured cap, or their own below it."""
    configurado = ajustes.max_tickets_por_repartidor
    return configurado if usuario.capacidad is None else min(configurado, usuario.capacidad)


def con_senal(usuario: Usuario, ajustes: Configuracion) -> bool:
    """Whether the phone is connected, or was seen within `minutos_sin_senal`."""
    return usuario.callado < ajustes.minutos_sin_senal * MINUTO


def con_lugar(usuario: Usuario, ajustes: Configuracion) -> bool:
    """Whether somebody is below their cap."""
    return usuario.tickets_abiertos < tope_de(usuario, ajustes)


def libre(usuario: Usuario, ajustes: Configuracion) -> bool:
    """Whether the rule may give this repartidor one more."""
    return (
        usuario.activo
        and usuario.en_turno
        and con_lugar(usuario, ajustes)
        and con_senal(usuario, ajustes)
    )  # fmt: skip


def apartado_hasta(ticket: Ticket, ajustes: Configuracion, ahora: int) -> int | None:
    """Until when the rule leaves a ticket where a person put it; None when it may take it."""
    if ticket.apartado_en is None or ticket.apartado_en > ahora + RELOJ_ATRASADO:
        return None
    hasta = ticket.apartado_en + ajustes.minutos_respeto * MINUTO
    return hasta if hasta >= ahora else None


def toca(desde: int | None, ajustes: Configuracion, ahora: int) -> bool:
    """Whether a ticket expected from `desde` on is due: nothing gives it by itself before, a person may."""
    return desde is None or desde - ajustes.minutos_antes * MINUTO <= ahora


def se_ofrece(ticket: Ticket, ajustes: Configuracion, ahora: int) -> bool:
    """Whether a ticket is an open offer: in the mode `oferta`, pendiente, due, and not where a person put it lately."""
    offered = ajustes.modo_asignacion == "oferta" and ticket.estado is Estado.PENDIENTE
    return offered and toca(ticket.franja_desde, ajustes, ahora) and apartado_hasta(ticket, ajustes, ahora) is None


@lru_cache(maxsize=4096)
def llano(text: str) -> str:
    """Text as places are compared: lower case, without accents or blanks around."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in parted if not unicodedata.combining(letter)).split())


@lru_cache(maxsize=1024)
def _barrios(zona: str) -> frozenset[str]:
    return frozenset(llano(each) for each in zona.split(","))


def reparte_en(usuario: Usuario, barrio: str) -> bool:
    """Whether a barrio is in somebody's zona (barrios by commas)."""
    return bool(wanted := llano(barrio)) and wanted in _barrios(usuario.zona)


def lleva_de(usuario: Usuario, negocio: str) -> bool:
    """Whether somebody takes this negocio's orders."""
    return bool(wanted := llano(negocio)) and llano(usuario.negocio) == wanted


def fijos(negocio: str, barrio: str, personas: Iterable[Usuario]) -> list[Usuario]:
    """Whose ticket it is in the mode `fijo`: those of its negocio; where there are none, those of its barrio."""
    activos = [each for each in personas if each.activo]
    return [each for each in activos if lleva_de(each, negocio)] or [
        each for each in activos if reparte_en(each, barrio)
    ]


def elegir_fijo(negocio: str, barrio: str, personas: Iterable[Usuario], ajustes: Configuracion) -> Usuario | None:
    """Whom the mode `fijo` gives a ticket: of those it belongs to and who are libre, the fewest open tickets first."""
    libres = [each for each in fijos(negocio, barrio, personas) if libre(each, ajustes)]
    return min(libres, key=lambda u: (u.tickets_abiertos, u.ultimo_dado, u.id), default=None)


@dataclass(frozen=True, slots=True)
class Sugerencia:
    """Somebody for a ticket: `puede` False when they have no room or no signal; `motivo` says why in words."""

    repartidor_id: int
    nombre: str
    puede: bool
    motivo: str
    distancia_m: int | None


def sugerir(
    ticket: Ticket,
    personas: Iterable[Usuario],
    ultimos: Mapping[int, Punto],
    ajustes: Configuracion,
    ahora: int,
    mejores: int = 10,
) -> list[Sugerencia]:
    """The best for a ticket, of those in turno: signal, room, zona or negocio, nearness, fewest open, longest ago.

    `ultimos` is where the last ticket of each route is: what counts when a phone gives no fresh position.
    """
    donde = (
        None if ticket.cliente_lat is None or ticket.cliente_lng is None else (ticket.cliente_lat, ticket.cliente_lng)
    )
    ranked = []
    for each in personas:
        if not (each.activo and each.en_turno):
            continue
        desde = posicion_fresca(each, ahora) or ultimos.get(each.id)
        lejos = None if donde is None or desde is None else round(metros(desde, donde))
        rank = (
            not con_senal(each, ajustes), not con_lugar(each, ajustes),
            not (lleva_de(each, ticket.negocio) or reparte_en(each, ticket.cliente_barrio)),
            LEJISIMOS if lejos is None else lejos // CERCA_M, each.tickets_abiertos, each.ultimo_dado, each.id,
        )  # fmt: skip
        ranked.append((rank, each, lejos))
    ranked.sort(key=itemgetter(0))
    return [
        Sugerencia(each.id, each.nombre, not (rank[0] or rank[1]), _razones(ticket, each, lejos, ajustes), lejos)
        for rank, each, lejos in ranked[:mejores]
    ]


def posicion_fresca(usuario: Usuario, ahora: int) -> Punto | None:
    """Where somebody is, if their phone said so lately."""
    if usuario.lat is None or usuario.lng is None or usuario.ubicado_en is None:
        return None
    return (usuario.lat, usuario.lng) if usuario.ubicado_en > ahora - POSICION_FRESCA else None


def _razones(ticket: Ticket, usuario: Usuario, lejos: int | None, ajustes: Configuracion) -> str:
    """`3 de 10 · a 1,2 km · reparte en Núñez`."""
    said = [f"{usuario.tickets_abiertos} de {tope_de(usuario, ajustes)}"]
    if lejos is not None:
        said.append(f"a {distancia(lejos)}")
    if lleva_de(usuario, ticket.negocio):
        said.append(f"lleva lo de {ticket.negocio}")
    if reparte_en(usuario, ticket.cliente_barrio):
        said.append(f"reparte en {ticket.cliente_barrio}")
    if not con_senal(usuario, ajustes):
        said.append(_sin_senal(usuario))
    return " · ".join(said)


def de_pila(nombre: str) -> str:
    """The first name: what a repartidor is told of another."""
    return nombre.split()[0]


def distancia(metros_: int) -> str:
    """`350 m`, `1,2 km`."""
    return f"{metros_} m" if metros_ < 1000 else f"{metros_ / 1000:.1f} km".replace(".", ",")


def motivo_de_espera(
    ticket: Ticket, personas: Sequence[Usuario], ajustes: Configuracion, ahora: int, dejado_por: str | None = None
) -> str:
    """Why a ticket is in nobody's hands, in one sentence. `dejado_por` put it into "Sin asignar"."""
    hasta = apartado_hasta(ticket, ajustes, ahora)
    modo = ajustes.modo_asignacion
    if ticket.franja_desde is not None and not toca(ticket.franja_desde, ajustes, ahora):
        return _para_despues(ticket.franja_desde, ajustes, ahora)
    if modo == "manual":
        return "El reparto es manual"
    if hasta is not None and modo != "sugerido":
        quien = f"Lo dejó {dejado_por}" if dejado_por else "Lo dejaron"
        verbo = "se ofrece" if modo == "oferta" else "se reparte"
        return f"{quien} en Sin asignar: {verbo} a las {_reloj(hasta)}"
    candidatos = [each for each in personas if each.activo]
    if modo == "fijo":
        candidatos = fijos(ticket.negocio, ticket.cliente_barrio, candidatos)
        if not candidatos:
            return _nadie_para(ticket)
    impedimento = _impedimento(candidatos, ajustes, todos=modo != "fijo")
    if impedimento is not None:
        return impedimento
    return {"oferta": "Ofrecido a quienes están libres", "sugerido": "Espera que alguien lo asigne"}.get(
        modo, "Se está por repartir"
    )


def _para_despues(desde: int, ajustes: Configuracion, ahora: int) -> str:
    """`Es para mañana: se reparte desde las 16:00`. In the modes in which a person gives, that it is for then."""
    dia = _el_dia(desde, ahora)
    para = f"Es para las {_reloj(desde)}" if dia == "hoy" else f"Es para {dia}"
    if ajustes.modo_asignacion == "manual":
        return f"{para}. El reparto es manual"
    verbo = {"oferta": "se ofrece", "sugerido": "se propone"}.get(ajustes.modo_asignacion, "se reparte")
    sale = desde - ajustes.minutos_antes * MINUTO
    otro = "" if dia_de(sale) == dia_de(desde) else f"{_el_dia(sale, ahora)} a "
    return f"{para}: {verbo} desde {otro}las {_reloj(sale)}"


def _el_dia(ms: int, ahora: int) -> str:
    """`hoy`, `mañana`, `el jue 3/12`."""
    dia = otro_dia(ms, ahora)
    return f"el {dia}" if "/" in dia else dia or "hoy"


def _reloj(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, BUENOS_AIRES):%H:%M}"


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
            return f"{en_turno[0].nombre} {_sin_senal(en_turno[0])}"
        return f"Ninguno de los {len(en_turno)} en turno da señal" if todos else f"{_nombres(en_turno)} no dan señal"
    if len(con) == 1:
        lleno = f"{con[0].nombre} ya lleva {con[0].tickets_abiertos} de {tope_de(con[0], ajustes)}"
        return lleno if len(en_turno) == 1 else f"{lleno} y los demás no dan señal"
    donde = "en turno" if len(con) == len(en_turno) else "que dan señal"
    return f"Los {len(con)} {donde} están completos" if todos else f"{_nombres(con)} están completos"


def _sin_senal(usuario: Usuario) -> str:
    minutos = usuario.callado // MINUTO
    if not usuario.senal_en or not minutos:
        return "no da señal"
    return f"no da señal hace {minutos} min" if minutos < 120 else f"no da señal hace {minutos // 60} h"


def _nombres(personas: Sequence[Usuario]) -> str:
    if len(personas) > ALGUNOS:
        return f"Los {len(personas)} que lo llevan"
    *others, last = [each.nombre for each in personas]
    return f"{', '.join(others)} y {last}" if others else last


def _esta(personas: Sequence[Usuario]) -> str:
    return "está" if len(personas) == 1 else "están"
