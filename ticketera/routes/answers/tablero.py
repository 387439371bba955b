"""The board and the phone: snapshots with their number, what was missed, moves, and what is proposed or offered."""

from typing import Literal, NotRequired

from typing_extensions import TypedDict

from belgrano.http.answers import Amount, Instant, Refusal
from ticketera.domain.asignacion import Sugerencia
from ticketera.domain.modos import NombreDeModo
from ticketera.routes.answers.gente import Repartidor
from ticketera.routes.answers.tickets import Alguien, Conflicto, Ticket
from ticketera.routes.fields import Estado

Tipo = Literal[
    "ticket.creado", "ticket.asignado", "ticket.retirado", "ticket.movido", "ticket.actualizado", "ticket.pendiente",
    "ticket.en_camino", "ticket.entregado", "ticket.fallido", "ticket.cancelado", "ticket.conflicto",
]  # fmt: skip


class Antes(TypedDict):
    """What a closed ticket counted as before it changed."""

    estado: Estado
    cerrado_en: Instant | None
    repartidor_id: int | None


class Novedad(TypedDict):
    """One change, the same pushed and pulled. Only `ticket.retirado` comes without the ticket."""

    epoca: str
    seq: int
    tipo: Tipo
    en: Instant
    ticket_id: int
    ticket: NotRequired[Ticket]
    clave: NotRequired[str]
    por: NotRequired[Alguien]
    conflicto: NotRequired[Conflicto]
    antes: NotRequired[Antes]


class Acuse(TypedDict):
    """When a phone had an open ticket, and when a person opened it."""

    ticket_id: int
    recibido_en: Instant | None
    visto_en: Instant | None


class Cuentas(TypedDict):
    """How many tickets there are in each state: the open ones, and those closed today."""

    pendiente: int
    asignado: int
    en_camino: int
    entregado: int
    fallido: int
    cancelado: int


class Posicion(TypedDict):
    """The epoca, and the last change that the answer contains."""

    epoca: str
    seq: int


class MisTickets(Posicion):
    """A phone's list: the open tickets of a repartidor, in order."""

    tickets: list[Ticket]


class Tablero(MisTickets):
    """The board. `hechos`: how many each repartidor (by id) closed on `dia`, Buenos Aires' day."""

    repartidores: list[Repartidor]
    cuentas: Cuentas
    dia: str
    hechos: dict[str, int]


class Novedades(Posicion):
    """What a phone missed."""

    novedades: list[Novedad]


class NovedadesDelTablero(Novedades):
    """What a board missed, and what no novedad says."""

    repartidores: list[Repartidor]
    acuses: list[Acuse]


class TodoMisTickets(MisTickets):
    """A phone missed too much: all of it anew."""

    completo: Literal[True]


class TodoElTablero(Tablero):
    """A board missed too much: all of it anew."""

    completo: Literal[True]
    acuses: list[Acuse]


class Mudado(TypedDict):
    """A ticket that moved."""

    id: int
    ok: Literal[True]
    version: int
    lugar: str
    ancla_perdida: NotRequired[Literal[True]]


class QuienFue(TypedDict):
    """Who changed a ticket last; the shop and the rule have no id."""

    id: int | None
    nombre: str | None


class NoMudado(TypedDict):
    """A ticket that did not move: why, who did what to it last and when, and how it is. An unknown one has no more."""

    id: int
    ok: Literal[False]
    codigo: Literal["version_vieja", "cerrado", "no_existe", "repartidor_inactivo", "sin_lugar"]
    por: NotRequired[QuienFue]
    que: NotRequired[str]
    en: NotRequired[Instant]
    repartidor_de: NotRequired[str | None]
    ticket: NotRequired[Ticket]


class Mudanza(TypedDict):
    """What became of each ticket of a move, in its order."""

    clave: str
    resultados: list[Mudado | NoMudado]
    ancla_perdida: NotRequired[Literal[True]]


class MudanzaRechazada(Refusal):
    """No ticket of a move moved."""

    clave: str
    resultados: list[NoMudado]
    ancla_perdida: NotRequired[Literal[True]]


class Espera(TypedDict):
    """Why a ticket waits, and who could take it, the best first."""

    ticket_id: int
    espera: str
    sugerencias: list[Sugerencia]


class Sugerencias(TypedDict):
    """Of every ticket that waits."""

    modo: NombreDeModo
    tickets: list[Espera]


class SugerenciasDeUno(TypedDict):
    """Of one ticket; `espera` is null when it does not wait."""

    sugerencias: list[Sugerencia]
    espera: str | None


class TicketVisto(TypedDict):
    """A ticket by id and version, as a move wants it."""

    id: int
    version: int


class Orden(TypedDict):
    """A better order for a route, with its metres before and after; `sin_lugar` are ids without a place on the map."""

    tickets: list[TicketVisto]
    metros_antes: int
    metros_despues: int
    sin_lugar: list[int]


class Franja(TypedDict):
    """When the customer expects it."""

    desde: Instant
    hasta: Instant | None


class Oferta(TypedDict):
    """What is offered: where, when and how much, never whom."""

    ticket_id: int
    numero: str
    barrio: str
    direccion: str
    franja: Franja | None
    total: Amount
    metodo_pago: str
    pagado: bool | None
    bultos: int
    distancia_m: NotRequired[int]


class Tomada(TypedDict):
    """An offer that somebody (by first name) took lately."""

    ticket_id: int
    por: str


class Ofertas(TypedDict):
    """What is offered to a phone, and what others took lately."""

    ofertas: list[Oferta]
    tomadas: list[Tomada]
