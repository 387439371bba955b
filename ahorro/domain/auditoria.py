"""The book of what the shop's people change: one line for each field of each thing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ALTA, BAJA = "alta", "baja"


@dataclass(frozen=True, slots=True)
class Quien:
    """Who makes a change; without an `id` it is the shop by itself."""

    id: int | None
    nombre: str


EL_SISTEMA = Quien(None, "El sistema")


@dataclass(frozen=True, slots=True)
class Asiento:
    """One line: a field of a thing was `de` and is `a` (values of JSON).

    `que` is the thing's noun (`producto`, `configuracion` …), `cual_id` None where there is one only. `campo` is ALTA
    for what is new and BAJA for what is gone.
    """

    que: str
    cual_id: int | None
    cual_nombre: str
    campo: str
    de: object
    a: object


def asientos_de(
    que: str, cual_id: int | None, cual_nombre: str, antes: Mapping[str, object], ahora: Mapping[str, object]
) -> Iterator[Asiento]:
    """A line for each field of `ahora` that is not as it was `antes`."""
    for campo, a in ahora.items():
        if antes.get(campo) != a:
            yield Asiento(que, cual_id, cual_nombre, campo, antes.get(campo), a)
