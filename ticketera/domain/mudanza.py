"""A move on the board: what moves, and in front of what. It never rewrites a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from ticketera.domain.errors import CamposInvalidos
from ticketera.domain.ticket import Estado, Ticket

NINGUNA = "mudanza_rechazada"


@dataclass(frozen=True, slots=True)
class Mudanza:
    """`tickets` are (id, version) in their order; `repartidor_id` None is "Sin asignar"; `antes_de` None is last."""

    clave: str
    tickets: Sequence[tuple[int, int]]
    repartidor_id: int | None
    antes_de: int | None = None
    forzar: bool = False

    def contenido(self) -> list[object]:
        """What makes it this mudanza and no other."""
        return [[list(t) for t in self.tickets], self.repartidor_id, self.antes_de, self.forzar]


def revisar_mudanza(mudanza: Mudanza) -> None:
    """Raise CamposInvalidos for a move that could never be done."""
    ids = [ticket_id for ticket_id, _ in mudanza.tickets]
    if not ids:
        raise CamposInvalidos(("tickets", "falta decir qué tickets se mueven"))
    if len(set(ids)) != len(ids):
        raise CamposInvalidos(("tickets", "un ticket está dos veces"))
    if mudanza.antes_de in ids:
        raise CamposInvalidos(("antes_de", "es uno de los que se mueven"))


@dataclass(frozen=True, slots=True)
class Origen:
    """Where a ticket stood before it moved, and the version it moved to: what undoing needs."""

    id: int
    repartidor_id: int | None
    lugar: str
    estado: Estado
    asignado_en: int | None
    en_camino_en: int | None
    llego_en: int | None
    siguiente: int | None  # the ticket that was just behind it
    version: int = 0


@dataclass(frozen=True, slots=True)
class Movido:
    """A ticket that went. `ancla_perdida`: it went last, as what it was to be in front of has left."""

    id: int
    version: int
    lugar: str
    ancla_perdida: bool = False


@dataclass(frozen=True, slots=True)
class UltimoCambio:
    """What was done to a ticket last, when (ms UTC), and out of whose hands it went."""

    que: str
    en: int
    repartidor_de: str | None


@dataclass(frozen=True, slots=True)
class NoMovido:
    """A ticket that did not go: why, how it is, and what was done to it last."""

    id: int
    codigo: str
    ticket: Ticket | None
    ultimo: UltimoCambio | None


@dataclass(frozen=True, slots=True)
class Mudados:
    """What became of each ticket of a mudanza, in its order."""

    clave: str
    resultados: Sequence[Movido | NoMovido]
    ancla_perdida: bool = False

    @property
    def codigo(self) -> str | None:
        """Why it is a refusal: none of them went."""
        return None if any(isinstance(each, Movido) for each in self.resultados) else NINGUNA
