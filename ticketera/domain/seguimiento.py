"""The customer's link to one ticket: its token, how long it lives, and what its page may say."""

import base64
import hashlib
import hmac
import json
import math
from dataclasses import dataclass

from belgrano.contract import ESTADOS
from belgrano.words.times import DIA, MINUTO
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.lugar import punto, que_tiene
from ticketera.domain.prueba import pin_de
from ticketera.domain.ticket import Estado, Ticket
from ticketera.domain.usuario import Usuario

VIVE = 7 * DIA  # after closing
FRESCA = 5 * MINUTO  # an older position says nothing
METROS_POR_GRADO = 111_320.0
ANILLOS = (500, 1_000, 2_000, 5_000, 10_000, 20_000)  # metres; farther off a drawing says nothing
PASOS = (100, 500, 1_000)  # metres; a fix that is known no better says nothing
DEMASIADO = 200_000  # metres
RADIO = 44  # of the outer ring, in hundredths of the drawing


def token_de(secreto: str, numero: str) -> str:
    """The token of a ticket's link, 43 characters of base64url. The shop derives the same and asks nobody.

    HMAC-SHA256 with the key `secreto` (TICKETERA_WEBHOOK_SECRET as it stands in the environment, UTF-8) over the UTF-8
    text `seguir:` + numero, without padding. `belgrano/contract/cases/seguir.json` has examples for both sides.
    """
    digest = hmac.new(secreto.encode(), f"seguir:{numero}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def token_vale(secreto: str, numero: str, token: str) -> bool:
    """Whether this token opens this ticket; takes as long for wrong ones."""
    return hmac.compare_digest(token_de(secreto, numero).encode(), token.encode())


def vencido(ticket: Ticket, ahora: int) -> bool:
    """Whether its link has died. A ticket that is opened again brings it back."""
    return ticket.olvidado or (ticket.cerrado_en is not None and ahora - ticket.cerrado_en > VIVE)


@dataclass(frozen=True, slots=True)
class Paso:
    """One step of the way. `en` in ms UTC, None where nothing is noted; `como` is hecho, ahora or falta."""

    nombre: str
    en: int | None
    como: str


@dataclass(frozen=True, slots=True)
class Posicion:
    """Where the repartidor was: rounded to some 10 m. `metros` as the crow flies, no finer than their fix; None where
    the house is unknown."""

    lat: str
    lng: str
    minutos: int
    metros: int | None
    plano: "Plano | None"


@dataclass(frozen=True, slots=True)
class Plano:
    """Where they are seen from the house, north up: `x` and `y` in hundredths of the drawing, the house in its middle.

    `anillo` is the distance of the outer ring in metres.
    """

    x: int
    y: int
    anillo: int


@dataclass(frozen=True, slots=True)
class Seguimiento:
    """All that the page says of a ticket, and so all that it knows."""

    numero: str
    estado: Estado
    pasos: tuple[Paso, ...]
    llego: bool
    franja: tuple[int, int | None] | None
    demorado: bool  # its franja is over
    repartidor: str | None  # first name
    vehiculo: str
    antes: int | None  # deliveries before this one
    posicion: Posicion | None
    pin: str | None
    motivo: str | None
    receptor: str | None  # first word of a name, or who it was (`encargado`)
    cerrado_en: int | None
    preparado: bool  # packed, and still there
    pago: str | None  # pagado or espera, while it is open; None: at the door


def seguimiento(
    ticket: Ticket, suyo: Usuario | None, antes: int, configuracion: Configuracion, secreto: str, ahora: int
) -> Seguimiento:
    """What the customer may know of a ticket now. `suyo` is its repartidor, `antes` what is delivered before it.

    Nothing of anybody else, and of the repartidor no more than the first name and how they come, while it is theirs.
    """
    repartidor = suyo if ticket.holder is not None else None
    en_camino = ticket.estado is Estado.EN_CAMINO
    return Seguimiento(
        numero=ticket.numero,
        estado=ticket.estado,
        pasos=tuple(_pasos(ticket)),
        llego=ticket.abierto and ticket.llego_en is not None,
        franja=_franja(ticket),
        demorado=_franja(ticket) is not None and ticket.franja_hasta is not None and ticket.franja_hasta < ahora,
        repartidor=_primera(repartidor.nombre) if repartidor is not None else None,
        vehiculo=repartidor.vehiculo.strip() if repartidor is not None else "",
        antes=antes if repartidor is not None and repartidor.en_turno and ticket.llego_en is None else None,
        posicion=_posicion(ticket, repartidor, ahora)
        if repartidor is not None and en_camino and ticket.llego_en is None
        else None,
        pin=pin_de(secreto, ticket.numero) if ticket.abierto and configuracion.prueba_pin != "no" else None,
        motivo=ticket.motivo if ticket.estado is Estado.FALLIDO else None,
        receptor=_receptor(ticket) if ticket.estado is Estado.ENTREGADO else None,
        cerrado_en=ticket.cerrado_en,
        preparado=ticket.espera_preparado,
        pago=_pago(ticket) if ticket.abierto else None,
    )


def _pasos(ticket: Ticket) -> list[Paso]:
    """The way so far and, while it is open, what is ahead. Of a closed one only what was noted."""
    way = [
        ("Recibido", ticket.creado_en),
        ("Con repartidor", ticket.asignado_en),
        ("En camino", ticket.en_camino_en),
        ("Llegó", ticket.llego_en),
    ]
    if not ticket.abierto:
        done = [Paso(nombre, en, "hecho") for nombre, en in way if en is not None]
        return [*done, Paso(ESTADOS[ticket.estado]["cliente"], ticket.cerrado_en, "ahora")]
    now = max(place for place, (_, en) in enumerate(way) if en is not None)
    steps = [
        Paso(nombre, en, "ahora" if place == now else "hecho" if place < now else "falta")
        for place, (nombre, en) in enumerate(way)
    ]
    return [*steps, Paso(ESTADOS[Estado.ENTREGADO]["cliente"], None, "falta")]


def _franja(ticket: Ticket) -> tuple[int, int | None] | None:
    """When it is expected; nothing once it is there."""
    if not ticket.abierto or ticket.franja_desde is None or ticket.llego_en is not None:
        return None
    return ticket.franja_desde, ticket.franja_hasta


def _pago(ticket: Ticket) -> str | None:
    """What is paid beforehand is not paid until somebody saw the money."""
    return "pagado" if ticket.pagado else None if ticket.se_cobra else "espera"


def _posicion(ticket: Ticket, repartidor: Usuario, ahora: int) -> Posicion | None:
    fix, paso = punto(repartidor.lat, repartidor.lng), _paso(repartidor.precision_m)
    if fix is None or que_tiene(fix) or paso is None or repartidor.ubicado_en is None or not repartidor.en_turno:
        return None
    edad = ahora - repartidor.ubicado_en
    if not 0 <= edad < FRESCA:
        return None
    lat, lng = round(fix[0], 4), round(fix[1], 4)
    metros, plano = None, None
    casa = punto(ticket.cliente_lat, ticket.cliente_lng)
    if casa is not None:
        norte = (lat - casa[0]) * METROS_POR_GRADO
        este = (lng - casa[1]) * METROS_POR_GRADO * math.cos(math.radians(lat))
        metros = max(paso, paso * round(math.hypot(norte, este) / paso))
        anillo = next((each for each in ANILLOS if each >= metros), None)
        if anillo is not None:
            plano = Plano(50 + round(RADIO * este / anillo), 50 - round(RADIO * norte / anillo), anillo)
    # So far off, it is the house that is somewhere else.
    return Posicion(f"{lat:.4f}", f"{lng:.4f}", edad // MINUTO, metros if (metros or 0) <= DEMASIADO else None, plano)


def _paso(precision_m: float | None) -> int | None:
    """In steps of how many metres a distance is told, none finer than the fix; None for a fix that tells nothing."""
    return next((paso for paso in PASOS if (precision_m or 0) <= paso), None)


def _receptor(ticket: Ticket) -> str | None:
    prueba = json.loads(ticket.prueba) if ticket.prueba else {}
    return _primera(prueba.get("receptor_nombre") or "") or prueba.get("receptor")


def _primera(nombre: str) -> str | None:
    return next(iter(nombre.split()), None)
