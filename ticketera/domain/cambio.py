"""One change of a ticket: how it was, how it is to be, and who did what."""

from collections.abc import Mapping
from dataclasses import dataclass

from ticketera.domain.conflicto import Conflicto
from ticketera.domain.ticket import Quien, Ticket


@dataclass(frozen=True, slots=True)
class Cambio:
    """`antes` is the ticket as stored, None for a new one; `despues` a copy that is handed over: `registrar_cambio`
    completes it, and nobody else ever changes a ticket in place. `que` names the change in the history.

    `clave` is the mudanza that made it, `ocurrido_en` when it happened (ms UTC; None: now), `detalle` what the history
    says beside it (`cobrado` in centavos), `conflicto` what the tablero is shown with it.
    """

    antes: Ticket | None
    despues: Ticket
    que: str
    quien: Quien
    clave: str | None = None
    ocurrido_en: int | None = None
    detalle: Mapping[str, object] | None = None
    conflicto: Conflicto | None = None
