"""What comes from the earlier Ticketera: its people, and its tickets with what it knew of their way."""

from dataclasses import dataclass

from ticketera.domain.encargo import Encargo
from ticketera.domain.ticket import Estado, Quien, Rol

ANTES = Quien(None, "Sistema anterior", Rol.TIENDA)
# In the place of the hash of what was sent, which nobody kept: an order with its numero is this ticket.
HUELLA_TRAIDA = "traido"


@dataclass(frozen=True, slots=True)
class PersonaTraida:
    """An account that comes without a password; `clave` is its id there."""

    clave: str
    nombre: str
    email: str
    rol: str
    activo: bool


@dataclass(frozen=True, slots=True)
class TicketTraido:
    """A ticket as it is to stand; `repartidor` is the `clave` of who has it, or had it when it was closed.

    Instants in ms UTC; `cerrado_en` is None while it is open.
    """

    encargo: Encargo
    estado: Estado
    repartidor: str | None
    nota: str
    creado_en: int
    asignado_en: int | None
    cerrado_en: int | None
