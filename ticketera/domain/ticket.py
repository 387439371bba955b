"""The ticket: its states, its fields, and how a change of holder or place changes it.

An act computes the next Ticket and leaves the one before as it is; only `actions/cambios.py` writes it down.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from belgrano.contract import ESTADOS, PAGOS
from ticketera.domain.encargo import Encargo


class Estado(StrEnum):
    """Where a ticket stands."""

    PENDIENTE = "pendiente"
    ASIGNADO = "asignado"
    EN_CAMINO = "en_camino"
    ENTREGADO = "entregado"
    FALLIDO = "fallido"
    CANCELADO = "cancelado"


CERRADOS = frozenset(estado for estado in Estado if not ESTADOS[estado]["abierto"])
# What is paid to the shop beforehand: nobody pays it at the door, and until somebody saw the money it is not paid.
PAGAN_ANTES = frozenset(pago for pago, said in PAGOS.items() if said["antes"])


class Rol(StrEnum):
    """Who acts. The shop comes with an API key; the rule is Ticketera itself."""

    ADMIN = "admin"
    REPARTIDOR = "repartidor"
    TIENDA = "tienda"
    REGLA = "regla"


@dataclass(frozen=True, slots=True)
class Quien:
    """Whoever makes a change. `id` is the usuario's; None for the shop and the rule."""

    id: int | None
    nombre: str
    rol: Rol

    @property
    def clave(self) -> str:
        """The name under which this actor's accion_ids are remembered."""
        return str(self.rol) if self.id is None else str(self.id)


TIENDA = Quien(None, "Tienda", Rol.TIENDA)
REGLA = Quien(None, "Asignación automática", Rol.REGLA)


@dataclass(slots=True)
class Ticket(Encargo):
    """One delivery: what was asked for, in whose hands it is, how far it has come, what was paid.

    Instants (`…_en`) in ms UTC, money in centavos. `lugar` orders the open tickets of a holder, and those without one.
    `cerrado_en` is None exactly while the ticket is open.
    """

    # The Encargo as it is kept.
    productos: str  # JSON text
    repartidor_id: int | None = None  # who has it, whoever the order named

    id: int = 0
    huella: str = ""
    creado_en: int = 0
    version: int = 1
    intento: int = 1
    cambio_por: int | None = None  # who changed it last
    cambio_por_nombre: str | None = None
    # Hands.
    estado: Estado = Estado.PENDIENTE
    repartidor_nombre: str | None = None
    lugar: str = ""
    asignado_en: int | None = None
    dado_seq: int | None = None  # the holder's seq that brought it: what `recibido` counts up to
    recibido_en: int | None = None
    visto_en: int | None = None
    apartado_en: int | None = None  # running time when a person put it into "Sin asignar", left there for a while
    # Its way.
    en_camino_en: int | None = None
    llego_en: int | None = None
    cerrado_en: int | None = None
    cerrado_por: int | None = None  # the usuario who closed it; None for the shop
    estado_previo: Estado | None = None  # where `corregir` goes back to
    motivo: str | None = None
    nota: str | None = None
    prueba: str | None = None  # JSON text: how the delivery was proved
    resuelto_en: int | None = None  # when an admin put a failed one away: it waits for nobody any more
    # Money.
    cobrado: int | None = None
    medio: str | None = None  # how `cobrado` was paid: one of PAGOS
    rendicion_id: int | None = None  # the rendicion in which `cobrado` was handed in
    # The shop's later word (domain/revision.py).
    revision: int = 0  # the shop's count of the newest; 0: none yet
    pagado: bool | None = None  # None: nobody said
    preparado_en: int | None = None  # when it was packed
    olvidar_en: int | None = None  # when it asked to forget whose it was (domain/olvido.py)

    @property
    def abierto(self) -> bool:
        """Whether it is still to be delivered."""
        return self.cerrado_en is None

    @property
    def olvidado(self) -> bool:
        """Whether it is nobody's any more: the shop asked so, and it is over."""
        return self.olvidar_en is not None and not self.abierto

    @property
    def se_cobra(self) -> bool:
        """Whether the repartidor is to be paid."""
        return not self.pagado and self.metodo_pago.strip().lower() not in PAGAN_ANTES

    @property
    def espera_preparado(self) -> bool:
        """Whether it is packed and waits to be fetched."""
        return self.preparado_en is not None and self.en_camino_en is None and self.cerrado_en is None

    @property
    def holder(self) -> int | None:
        """Whose phone shows it: nobody's once it is closed."""
        return self.repartidor_id if self.cerrado_en is None else None


def en_manos_de(ticket: Ticket, repartidor_id: int, nombre: str, lugar: str, ahora: int) -> Ticket:
    """The ticket as it is when given to a repartidor who does not have it: asignado, and unread."""
    return replace(
        ticket,
        estado=Estado.ASIGNADO,
        repartidor_id=repartidor_id,
        repartidor_nombre=nombre,
        lugar=lugar,
        asignado_en=ahora,
        recibido_en=None,
        visto_en=None,
        en_camino_en=None,
        llego_en=None,
        apartado_en=None,
    )


def sin_asignar(ticket: Ticket, lugar: str, apartado_en: int | None) -> Ticket:
    """The ticket in nobody's hands.

    `apartado_en` is the running time when a person put it there, None when the rule may give it.
    """
    return replace(
        ticket,
        estado=Estado.PENDIENTE,
        repartidor_id=None,
        repartidor_nombre=None,
        lugar=lugar,
        asignado_en=None,
        dado_seq=None,
        recibido_en=None,
        visto_en=None,
        en_camino_en=None,
        llego_en=None,
        apartado_en=apartado_en,
    )


def reabierto(ticket: Ticket, estado: Estado) -> Ticket:
    """The closed ticket open again, without what closing wrote."""
    return replace(
        ticket,
        estado=estado,
        cerrado_en=None,
        cerrado_por=None,
        estado_previo=None,
        motivo=None,
        nota=None,
        cobrado=None,
        medio=None,
        prueba=None,
        resuelto_en=None,
    )
