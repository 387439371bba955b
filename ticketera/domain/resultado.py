"""What came of an act on a ticket that was not refused outright: it was done, or it could not be as things stand.

What leaves nothing behind is raised (`errors.py`); what is here stays: in the ticket, in a conflicto, as a kept answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ticketera.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Hecho:
    """It was done: the ticket as it is after it."""

    ticket: Ticket
    codigo: None = None


@dataclass(frozen=True, slots=True)
class Rechazado:
    """It could not be done; beside the codigo, what there is to say (None: nothing).

    `conflicto_id` is where it waits for an admin, `faltan` the proofs that are missing, `acciones` what the ticket
    allows now, `detalle` a sentence for people.
    """

    codigo: str
    conflicto_id: int | None = None
    ticket: Ticket | None = None
    faltan: Sequence[str] | None = None
    acciones: Sequence[str] | None = None
    detalle: str | None = None
