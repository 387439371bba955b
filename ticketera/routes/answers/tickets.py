"""The ticket, and what is said of it: its history, its pictures, why an act was refused, what became of an order."""

from typing import TYPE_CHECKING, Annotated, Any, Literal, NotRequired

from pydantic import ConfigDict
from typing_extensions import TypedDict

from belgrano.contract import ACCIONES, CODIGOS, PAGOS, PRUEBAS
from belgrano.http.answers import Amount, Instant, Refusal
from belgrano.http.shapes import OneOf
from ticketera.domain.encargo import CAMPOS
from ticketera.routes.fields import Estado, Prioridad, Receptor

Medio = Annotated[str, OneOf(PAGOS)]
Clase = Annotated[str, OneOf(PRUEBAS)]
Codigo = Annotated[str, OneOf(CODIGOS)]
Accion = Annotated[str, OneOf(ACCIONES)]


class Alguien(TypedDict):
    """A person by id and name."""

    id: int
    nombre: str


class Producto(TypedDict):
    """A product of an order, with whatever else the shop said of it."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    nombre: str
    cantidad: float
    precio: NotRequired[float | None]
    subtotal: NotRequired[float | None]


class IntentoDeContacto(TypedDict):
    """One try to reach the customer."""

    medio: Literal["llamada", "whatsapp"]
    en: str


class PruebaGuardada(TypedDict):
    """How a delivery was proved; `fotos` and `firma` are names under `/api/tickets/<id>/fotos`."""

    receptor: Receptor | None
    receptor_nombre: str | None
    pin: Codigo | None
    fotos: list[str]
    firma: str | None
    intentos: list[IntentoDeContacto]
    faltan: list[Clase]


_KINDS: dict[str, Any] = {
    "texto": str,
    "pago": str,
    "productos": list[str | Producto],
    "pesos": Amount,
    "prioridad": Prioridad,
    "tipo": Literal["cliente", "comerciante"],
    "grados": float | None,
    "instante": Instant | None,
    "repartidor": int | None,
}
if TYPE_CHECKING:

    class Encargo(TypedDict):
        """Nothing in Python reads a field of an answer, so the checker need not know them."""
else:
    Encargo = TypedDict("Encargo", {each.name: _KINDS[each.kind] for each in CAMPOS.values() if not each.private})


class Ticket(Encargo):
    """A ticket as board and phone get it. Pesos; `lugar` orders the tickets of a holder, byte by byte."""

    id: int
    estado: Estado
    repartidor_nombre: str | None
    lugar: str
    version: int
    intento: int
    creado_en: Instant
    asignado_en: Instant | None
    recibido_en: Instant | None
    visto_en: Instant | None
    en_camino_en: Instant | None
    llego_en: Instant | None
    cerrado_en: Instant | None
    resuelto_en: Instant | None
    motivo: str | None
    nota: str | None
    cobrado: Amount | None
    medio: Medio | None
    prueba: PruebaGuardada | None
    revision: int
    pagado: bool | None
    preparado_en: Instant | None


class Autor(TypedDict):
    """Who made a change; the shop and the rule have no id."""

    id: int | None
    nombre: str
    rol: Literal["admin", "repartidor", "tienda", "regla"]


class Historia(TypedDict):
    """One change in a ticket's history. `mudados`: how many tickets undoing the move takes back, while it can."""

    en: Instant
    ocurrido_en: Instant | None
    quien: Autor
    que: str
    de: Estado | None
    a: Estado
    repartidor_de: str | None
    repartidor_a: str | None
    detalle: NotRequired[dict[str, Any]]
    clave: NotRequired[str]
    mudados: NotRequired[int]


class TicketConHistorial(Ticket):
    """A ticket as an admin looks at it, oldest change first."""

    cliente_email: str
    historial: list[Historia]


class PaginaDeTickets(TypedDict):
    """Newest first; `siguiente` is the cursor of what follows."""

    tickets: list[Ticket]
    siguiente: str | None


class Numero(TypedDict):
    """A ticket as its shop compares it with its orders."""

    numero: str
    estado: Estado
    creado_en: Instant


class Numeros(TypedDict):
    """Oldest first; `siguiente` is the `desde` of what follows; another `epoca` is another life of this database."""

    epoca: str
    tickets: list[Numero]
    siguiente: int | None


class ConTicket(Refusal):
    """Why it cannot be done as things stand: the ticket as it is now, what may be done with it, and who changed it."""

    ticket: NotRequired[Ticket]
    acciones: NotRequired[list[Accion | Literal["descartar"]]]
    por: NotRequired[Alguien]


class ActoRechazado(ConTicket):
    """The same for an act. What was done in the street is kept as the conflicto of this id."""

    conflicto_id: NotRequired[int]
    faltan: NotRequired[list[Clase]]


class Conflicto(TypedDict):
    """What a repartidor did and an admin decides about."""

    id: int
    ticket_id: int
    numero: str
    accion: Literal["entregar", "fallar"]
    motivo: str | None
    nota: str | None
    cobrado: Amount | None
    medio: Medio | None
    prueba: PruebaGuardada | None
    repartidor: Alguien
    ocurrido_en: Instant
    creado_en: Instant
    decision: Literal["aceptar", "descartar"] | None


class ConflictoDecidido(Conflicto):
    """A conflicto after the decision, with its ticket."""

    ticket: Ticket


class Conflictos(TypedDict):
    """Those that wait for a decision."""

    conflictos: list[Conflicto]


class EnRevision(TypedDict):
    """Ids of one's own tickets that wait for an admin's decision."""

    en_revision: list[int]


class Foto(TypedDict):
    """A picture of a delivery."""

    foto_id: str
    tipo: Literal["foto", "firma"]
    en: Instant
    repartidor: Alguien


class Fotos(TypedDict):
    """The pictures of a ticket."""

    fotos: list[Foto]


class PinProbado(TypedDict):
    """Whether the digits are the customer's, and how many tries are left."""

    correcto: bool
    quedan: int


class Recibido(TypedDict):
    """An order that became a ticket."""

    exito: Literal[True]
    ticket_id: int
    numero: str
    estado: Estado
    version: int
    repartidor_id: int | None
    repartidor_asignado: str | None
    fecha_creacion: Instant
    cliente_nombre: str
    total: Amount


class Repetido(Recibido):
    """An order that had become a ticket before, as it is today."""

    idempotent: Literal[True]


class Validado(TypedDict):
    """An order that would become a ticket (`?validar=1`)."""

    exito: Literal[True]
    validado: Literal[True]


class Revisado(TypedDict):
    """The shop's later word, taken: `revision` is what the ticket has now."""

    exito: Literal[True]
    ticket_id: int
    numero: str
    revision: int
    version: int


class RevisionSabida(Revisado):
    """A word that is not newer than the one the ticket has: nothing changed."""

    idempotent: Literal[True]


class Olvidado(TypedDict):
    """An order whose customer is forgotten; not yet (false) where it is open."""

    exito: Literal[True]
    numero: str
    olvidado: bool


class PedidoCerrado(Refusal):
    """A newer word on an order that is closed, and how it ended."""

    estado: NotRequired[Estado]
