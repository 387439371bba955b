"""Why a ticket waits, as the board is told."""

from ticketera.domain.espera import Espera
from ticketera.wire.text import Json


def espera_json(espera: Espera) -> Json:
    """A ticket that waits, with who could take it."""
    return {"ticket_id": espera.ticket_id, "espera": espera.motivo, "sugerencias": espera.sugerencias}
