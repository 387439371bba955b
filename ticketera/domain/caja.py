"""The money that a repartidor carries: what was collected and not handed in yet, and the handing in (rendición).

A rendición closes everything that is in the caja at that moment, whatever the means; only cash is counted and handed
over. What it closed stays as it was: when a ticket of it is corrected later, its amount comes back into the caja of who
handed it in as a line of the opposite sign (`corrige`), and what is collected instead is a line like any other. What
was collected at an attempt that another one followed is such a line too, with its own sign, until it is handed in. So
nothing is handed in twice, nothing vanishes, and a stored rendición never changes.
"""

from dataclasses import dataclass, field

from ticketera.domain.ticket import Ticket

EFECTIVO = "efectivo"


def efectivo_de(ticket: Ticket) -> int:
    """The cash of a ticket that its repartidor has not handed in, in centavos."""
    owed = ticket.rendicion_id is None and (ticket.medio or EFECTIVO) == EFECTIVO
    return (ticket.cobrado or 0) if owed else 0


@dataclass(frozen=True, slots=True)
class Cobro:
    """One line of a caja. `monto` in centavos, `en` in ms UTC.

    With `corrige` no ticket says it any more: negative when it corrects a rendición, positive of an earlier attempt.
    """

    ticket_id: int
    numero: str
    monto: int
    medio: str
    en: int
    corrige: bool = False


@dataclass(frozen=True, slots=True)
class Caja:
    """What a repartidor has to account for. Centavos.

    `fondo` is the change handed out at the beginning. `en_conflicto` was collected, as its conflicto says, and is not
    counted until an admin decides.
    """

    repartidor_id: int
    fondo: int = 0
    cobrado: list[Cobro] = field(default_factory=list)
    rendido_hoy: int = 0
    en_conflicto: int = 0

    @property
    def a_rendir(self) -> int:
        """The cash to hand in: fondo and what was collected in cash. Negative: the office owes it."""
        return self.fondo + sum(each.monto for each in self.cobrado if each.medio == EFECTIVO)

    @property
    def por_medio(self) -> dict[str, int]:
        """What was collected, by means, the cash first."""
        sums: dict[str, int] = {}
        for each in self.cobrado:
            sums[each.medio] = sums.get(each.medio, 0) + each.monto
        return dict(sorted(sums.items(), key=lambda pair: (pair[0] != EFECTIVO, pair[0])))


@dataclass(frozen=True, slots=True)
class Rendicion:
    """A handing in, as counted by an admin with the repartidor. Centavos, `en` in ms UTC."""

    id: int
    clave: str
    repartidor_id: int
    repartidor_nombre: str
    esperado: int
    contado: int
    nota: str
    por_id: int
    por_nombre: str
    en: int

    @property
    def diferencia(self) -> int:
        """What is there too much; negative: missing."""
        return self.contado - self.esperado
