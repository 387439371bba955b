"""A move on the board: what moves, and in front of what. It never rewrites a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from ticketera.domain.errors import CamposInvalidos


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
