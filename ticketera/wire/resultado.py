"""What came of an act, as it is answered and kept for whoever sends it again."""

from typing import Any

from ticketera.domain.mudanza import Mudados
from ticketera.domain.resultado import Hecho, Rechazado
from ticketera.wire.mudanza import mudados_json
from ticketera.wire.text import Json
from ticketera.wire.ticket import ticket_json


def resultado_json(resultado: Hecho | Rechazado | Mudados) -> Json:
    """The ticket, the mudanza, or what is said beside the codigo of a refusal."""
    if isinstance(resultado, Hecho):
        return ticket_json(resultado.ticket)
    if isinstance(resultado, Mudados):
        return mudados_json(resultado)
    said: dict[str, Any] = {
        "conflicto_id": resultado.conflicto_id,
        "ticket": None if resultado.ticket is None else ticket_json(resultado.ticket),
        "faltan": resultado.faltan,
        "acciones": resultado.acciones,
        "detalle": resultado.detalle,
    }
    return {name: value for name, value in said.items() if value is not None}
