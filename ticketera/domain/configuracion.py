"""What an admin may set, with limits and defaults (the defaults of a new database are in the migration)."""

from collections.abc import Mapping
from dataclasses import dataclass

from ticketera.domain.errors import CamposInvalidos

MODOS = ("automatico", "manual")
LIMITES = {
    "max_tickets_por_repartidor": (1, 1_000_000),
    "minutos_respeto": (0, 1_440),
    "minutos_sin_senal": (1, 1_440),
}


@dataclass(frozen=True, slots=True)
class Configuracion:
    """The settings of dispatch."""

    modo_asignacion: str = "automatico"
    max_tickets_por_repartidor: int = 10
    minutos_respeto: int = 10
    minutos_sin_senal: int = 10


def revisar_configuracion(cambios: Mapping[str, object]) -> dict[str, object]:
    """The changes, checked. Raises CamposInvalidos with one entry per field that is unknown or out of its limits."""
    errores = []
    for campo, valor in cambios.items():
        if campo == "modo_asignacion":
            if valor not in MODOS:
                errores.append((campo, "tiene que ser automatico o manual"))
        elif campo in LIMITES:
            least, most = LIMITES[campo]
            if not isinstance(valor, int) or isinstance(valor, bool) or not least <= valor <= most:
                errores.append((campo, f"tiene que ser un número entero entre {least} y {most}"))
        else:
            errores.append((campo, "no se puede configurar"))
    if errores:
        raise CamposInvalidos(*errores)
    return dict(cambios)
