"""Who can be given a ticket, and who is best for it. Pure: people, settings and a ticket go in.

A repartidor is *libre* when the contract's rule may give them one: active, in turno, seen within `minutos_sin_senal`,
below their cap. Which mode does what with them stands in `modos.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from belgrano.words.ages import rato
from belgrano.words.numbers import distancia
from belgrano.words.times import MINUTO
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.ficha import lleva_de, reparte_en
from ticketera.domain.ruta import Punto, metros
from ticketera.domain.ticket import Estado, Ticket
from ticketera.domain.usuario import Usuario

POSICION_FRESCA = 10 * MINUTO
CERCA_M = 500  # people this much nearer than others come first; within it the load decides
LEJISIMOS = 1_000_000


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


def apartado_por(ticket: Ticket, ajustes: Configuracion, corrido: int) -> int | None:
    """For how many ms more the rule leaves a ticket where a person put it; None when it may take it.

    `corrido` is the running time, by which it was put there: no jump of the clock makes this longer or shorter.
    """
    if ticket.apartado_en is None:
        return None
    falta = ticket.apartado_en + ajustes.minutos_respeto * MINUTO - corrido
    return falta if falta >= 0 else None


def toca(desde: int | None, ajustes: Configuracion, ahora: int) -> bool:
    """Whether a ticket expected from `desde` on is due: nothing gives it by itself before, a person may."""
    return desde is None or desde - ajustes.minutos_antes * MINUTO <= ahora


def se_ofrece(ticket: Ticket, ajustes: Configuracion, ahora: int, corrido: int) -> bool:
    """Whether a ticket is an open offer: in a mode that offers, pendiente, due, not set apart by a person lately."""
    offered = ajustes.modo.ofrece and ticket.estado is Estado.PENDIENTE
    return offered and toca(ticket.franja_desde, ajustes, ahora) and apartado_por(ticket, ajustes, corrido) is None


def elegido(negocio: str, barrio: str, personas: Iterable[Usuario], ajustes: Configuracion) -> Usuario | None:
    """Whom the mode gives a ticket by itself: the first of those it belongs to and who are libre."""
    modo = ajustes.modo
    suyos = personas if modo.lista is None else modo.lista(negocio, barrio, personas)
    return modo.primero(each for each in suyos if libre(each, ajustes)) if modo.reparte else None


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
        said.append(sin_senal(usuario))
    return " · ".join(said)


def sin_senal(usuario: Usuario) -> str:
    """`no da señal hace 12 min`."""
    if not usuario.senal_en or usuario.callado < MINUTO:
        return "no da señal"
    return f"no da señal hace {rato(usuario.callado, horas_desde=2)}"


def de_pila(nombre: str) -> str:
    """The first name: what a repartidor is told of another."""
    return nombre.split()[0]
