"""Tickets as lines of a spreadsheet that opens right here, and that `planilla` and `celdas` read back.

Semicolons, decimal comma, days and times of Buenos Aires; no cell that a spreadsheet would run as a formula.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from belgrano.contract import ESTADOS, MOTIVOS, words
from belgrano.words.times import fecha_hora
from ticketera.domain.encargo import CAMPOS
from ticketera.domain.escrito import escribir_productos
from ticketera.domain.ticket import Ticket

_COLUMNAS = [each for each in CAMPOS.values() if each.title]
_TIEMPOS = {
    "Entró": "creado_en",
    "Asignado": "asignado_en",
    "Recibido en el teléfono": "recibido_en",
    "Visto": "visto_en",
    "Salió": "en_camino_en",
    "Llegó": "llego_en",
    "Cerrado": "cerrado_en",
}
_ESTADOS, _MOTIVOS = words(ESTADOS, "oficina"), words(MOTIVOS, "oficina")
TITULOS = (
    *(each.title for each in _COLUMNAS), "Repartidor", "Estado", *_TIEMPOS, "Motivo", "Nota del cierre", "Cobrado",
    "Medio de cobro",
)  # fmt: skip


def fila(ticket: Ticket) -> list[str]:
    """The cells of a ticket in the order of TITULOS."""
    return [
        *celdas_de(ticket).values(),
        ticket.repartidor_nombre or "",
        _ESTADOS.get(ticket.estado, ticket.estado),
        *(fecha_hora(getattr(ticket, campo)) for campo in _TIEMPOS.values()),
        _MOTIVOS.get(ticket.motivo or "", ticket.motivo or ""),
        ticket.nota or "",
        "" if ticket.cobrado is None else pesos(ticket.cobrado),
        ticket.medio or "",
    ]


def celdas_de(ticket: Ticket) -> dict[str, str]:
    """What a ticket says of its order, as `celdas.campos_de` reads it."""
    return {each.name: _escrito(each.kind, getattr(ticket, each.name)) for each in _COLUMNAS}


def _escrito(kind: str, valor: Any) -> str:
    return _ESCRIBIR[kind](valor) if kind in _ESCRIBIR else str(valor)


def pesos(centavos: int) -> str:
    """`12450,50`: a number to a spreadsheet set to this country."""
    return f"{centavos // 100},{centavos % 100:02d}"


def grados(valor: float | None) -> str:
    """`-34,6037`; a degree that is off by a millionth is a tenth of a metre off."""
    return "" if valor is None else f"{valor:.6f}".replace(".", ",")


# How each kind of a field is written that is no text already.
_ESCRIBIR: Mapping[str, Callable[[Any], str]] = {
    "pesos": pesos,
    "productos": lambda texto: escribir_productos(json.loads(texto)),
    "grados": grados,
    "instante": fecha_hora,
    "prioridad": lambda prioridad: str(prioridad.name),
}
