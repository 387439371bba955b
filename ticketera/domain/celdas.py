"""What the cells of one order say, of a spreadsheet or of the form that people fill in by hand.

A wrong cell is an error of its field, in Spanish; nothing is raised.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import astuple, fields, replace
from decimal import Decimal
from typing import Any

from belgrano.words.estropeado import estropeado
from belgrano.words.times import iso_o_nada
from ticketera.domain.encargo import CAMPOS, Encargo, Prioridad
from ticketera.domain.errors import CamposInvalidos
from ticketera.domain.escrito import (
    forma_de_pago,
    leer_dia_entero,
    leer_franja,
    leer_grados,
    leer_pesos,
    leer_productos,
    palabras,
)
from ticketera.domain.intake import huella_de, limpio

_PRIMEROS = 19  # the fields that the first numeros were made of


def campos_de(celdas: Mapping[str, str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """What cells or the fields of a form say, as the fields of an order, and what is wrong: (campo, detalle).

    The fields are as JSON has them: instants as ISO text, money as Decimal. What is empty is left out.
    """
    campos: dict[str, Any] = {}
    errores: list[tuple[str, str]] = []
    for campo, texto in celdas.items():
        if lost := _perdido(campo, texto):
            errores.append((campo, lost))
            continue
        if not texto.strip() or campo.startswith("franja_") or campo in ("repartidor", "estado"):
            continue
        try:
            campos[campo] = _leer_campo(campo, texto)
        except ValueError as error:
            errores.append((campo, str(error)))
    if any(campo.startswith("franja_") for campo, _ in errores):
        return campos, errores
    parts = [celdas.get(f"franja_{part}", "").strip() for part in ("fecha", "desde", "hasta")]
    try:
        franja = leer_dia_entero(parts[0]) if parts[0] and not any(parts[1:]) else leer_franja(*parts)
        campos["franja_desde"], campos["franja_hasta"] = map(iso_o_nada, franja)
    except CamposInvalidos as error:
        errores += error.errores
    return campos, errores


def _perdido(campo: str, texto: str) -> str | None:
    """What is wrong with a cell whose value the spreadsheet lost."""
    for linea in re.split(r"[\r\n|]+", texto) if campo == "productos" else [texto]:
        if lost := estropeado(linea, corto=campo in CAMPOS and CAMPOS[campo].short):
            return lost
    return None


def numero_de(pedido: Encargo) -> str:
    """The numero of an order that brings none: by its content, so that the same line makes the same ticket."""
    content = astuple(replace(pedido, numero="", repartidor_id=None))
    # A field that came later counts where it says something, so that no line of before becomes another ticket.
    later = [[each.name, getattr(pedido, each.name)] for each in fields(pedido)[_PRIMEROS:]]
    content = (*content[:_PRIMEROS], *(each for each in later if each[1]))
    return f"IMP-{huella_de(content)[:12].upper()}"


def lo_mismo(celdas: Mapping[str, str], otras: Mapping[str, str]) -> bool:
    """Whether two orders say the same, as far as the first says anything."""
    (campos, errores), (otros, _) = campos_de(celdas), campos_de(otras)
    if errores:
        return False
    if not any(celdas.get(f"franja_{part}") for part in ("fecha", "desde", "hasta")):
        del campos["franja_desde"], campos["franja_hasta"]
    return all(_comparable(valor) == _comparable(otros.get(campo, "")) for campo, valor in campos.items())


def _comparable(valor: Any) -> Any:
    if isinstance(valor, Decimal):
        return round(valor, 6)
    return limpio(valor) if isinstance(valor, str) else valor


def _leer_campo(campo: str, texto: str) -> Any:
    kind = CAMPOS[campo].kind if campo in CAMPOS else "texto"
    return _LEER[kind](texto) if kind in _LEER else texto


def _uno_de(texto: str, valores: tuple[str, ...]) -> str:
    if palabras(texto) not in valores:
        raise ValueError(f"tiene que ser {', '.join(valores[:-1])} o {valores[-1]}.")
    return palabras(texto)


# How each kind of a field is read that is not taken as it is written.
_LEER: Mapping[str, Callable[[str], Any]] = {
    "pesos": leer_pesos,
    "productos": leer_productos,
    "grados": leer_grados,
    "pago": forma_de_pago,
    "prioridad": lambda texto: _uno_de(texto, tuple(each.name for each in Prioridad)),
    "tipo": lambda texto: _uno_de(texto, ("cliente", "comerciante")),
}
