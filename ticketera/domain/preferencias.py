"""How an admin likes the board: which columns are pinned, in which order, and how high the cards are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ticketera.domain.errors import CamposInvalidos

DENSIDADES = ("comoda", "compacta")
MOST_PINNED = 50


@dataclass(frozen=True, slots=True)
class Preferencias:
    """`fijadas` are ids of repartidores; those that are gone meanwhile do no harm."""

    fijadas: tuple[int, ...] = ()
    densidad: str = "comoda"


def revisar_preferencias(cambios: Mapping[str, Any]) -> dict[str, Any]:
    """The changes, checked. Raises CamposInvalidos with one entry per field."""
    errores = []
    fijadas = cambios.get("fijadas", ())
    if len(fijadas) > MOST_PINNED:
        errores.append(("fijadas", f"no pueden ser más de {MOST_PINNED}."))
    elif len(set(fijadas)) != len(fijadas):
        errores.append(("fijadas", "una columna está dos veces."))
    if cambios.get("densidad", DENSIDADES[0]) not in DENSIDADES:
        errores.append(("densidad", f"tiene que ser una de: {', '.join(DENSIDADES)}."))
    if errores:
        raise CamposInvalidos(*errores)
    return dict(cambios)
