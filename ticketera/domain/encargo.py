"""The order as a shop sends it, and the one table of its fields (`encargo.json`).

The table is read by all who go through the fields: the bodies of `POST` and `PATCH /api/tickets`, what they answer,
the tickets table, spreadsheets in and out, the form for a ticket by hand, the board's panel and the phone, whose
scripts read the same file (`static/js/words/encargo.js`). A new field is a line there and one in `Encargo`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path


class Prioridad(IntEnum):
    """Stored as its number, so that the database orders by it; named in JSON."""

    baja = 0
    normal = 1
    alta = 2
    urgente = 3


def calle_y_piso(direccion: str, piso: str) -> str:
    """`Moreno 1840, 4° B`: a street's line and what comes after it, on one; either may be empty."""
    return ", ".join(filter(None, (direccion, piso)))


@dataclass(slots=True)
class Encargo:
    """What a shop asks for, with its defaults filled in. Make it with `intake.encargo_de`; a `Ticket` keeps it.

    `total` in centavos, instants in ms UTC. As it was sent, `productos` is a list, `repartidor_id` whom the order
    names, and `prioridad` and the degrees are as given: a repeat is told by them. New fields go to the end.
    """

    numero: str
    cliente_nombre: str
    cliente_direccion: str
    productos: Sequence[object]
    total: int
    cliente_telefono: str = ""
    cliente_email: str = ""
    metodo_pago: str = ""
    indicaciones: str = ""
    prioridad: Prioridad = Prioridad.normal
    tipo_cliente: str = "cliente"
    repartidor_id: int | None = None
    cliente_lat: float | None = None
    cliente_lng: float | None = None
    cliente_piso: str = ""
    cliente_barrio: str = ""
    negocio: str = ""
    franja_desde: int | None = None
    franja_hasta: int | None = None

    @property
    def prioridad_efectiva(self) -> Prioridad:
        """A comerciante's order is at least alta."""
        return max(self.prioridad, Prioridad.alta) if self.tipo_cliente == "comerciante" else self.prioridad

    @property
    def calle_y_piso(self) -> str:
        """`Moreno 1840, 4° B`: the door, on one line."""
        return calle_y_piso(self.cliente_direccion, self.cliente_piso)

    @property
    def tras_la_calle(self) -> list[str]:
        """What comes after the street: the floor, the barrio."""
        return [text for name in TRAS_LA_CALLE if (text := getattr(self, name))]


@dataclass(frozen=True, slots=True)
class Campo:
    """One field of an order: its row in the table.

    `name` is its column, its member in JSON and its input. `kind`: texto, pago (a way to pay, or any text), productos,
    pesos, prioridad, tipo, instante, grados or repartidor. `most`: letters at most, or degrees.
    """

    name: str
    kind: str
    most: int = 0
    title: str = ""  # of its column in a spreadsheet; what else people call that is in `titulos`
    part: str = ""  # of form and panel in which a line of text stands: quien or adonde
    label: str = ""  # in form and panel
    said: str = ""  # in a sentence: "Cambió el piso"
    editable: bool = False  # by an admin
    hint: bool = False  # used where it is well-formed, ignored where not, and no part of what makes two orders the same
    short: bool = False  # holds short codes, which a spreadsheet takes for dates
    private: bool = False  # for admins alone: never in the JSON that listeners get

    @property
    def es_texto(self) -> bool:
        """Whether it is kept as people write it."""
        return self.kind in ("texto", "pago")


CAMPOS: Mapping[str, Campo] = {
    row["name"]: Campo(**row) for row in json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
}
TEXTOS = frozenset(each.name for each in CAMPOS.values() if each.es_texto)
EDITABLES = frozenset(each.name for each in CAMPOS.values() if each.editable)


def de_la_parte(part: str) -> list[Campo]:
    """The lines of text of a part of form and panel, in their order."""
    return [each for each in CAMPOS.values() if each.part == part]


TRAS_LA_CALLE = tuple(each.name for each in de_la_parte("adonde") if each.name != "cliente_direccion")
