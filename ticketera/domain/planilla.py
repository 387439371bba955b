"""A spreadsheet of orders as people save it (CSV), read line by line; what the cells of a line say is read by `celdas`.

`texto_de` reads the bytes, `leer` the lines. Raised is only what makes the whole file unreadable (`PlanillaIlegible`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from belgrano.words.codificacion import decodificar, enderezar, ilegible
from belgrano.words.planilla import FIRST_ROWS, Ilegible, filas
from ticketera.domain.armado import Linea, juntar, linea_de
from ticketera.domain.errors import PlanillaIlegible
from ticketera.domain.titulos import columnas_de, revisar

MOST_BYTES = 1024 * 1024
MOST_LINES = 2_000
_NO_TEXT = (
    "No parece un archivo de texto, o no conocemos su codificación. Guardá la planilla como “CSV UTF-8” y volvé a "
    "subirla."
)

EJEMPLO = "\r\n".join(
    (
        "Número;Cliente;Dirección;Piso;Barrio;Teléfono;Fecha;Desde;Hasta;Productos;Total;Pago;Indicaciones;Prioridad",
        "A-1001;Ana Gómez;Moreno 1840;4° B;Monserrat;11 5555-1234;24/11/2026;18:00;20:00;"
        "2 x Yerba 1 kg | 1 x Azúcar 1 kg;12.450,50;Efectivo;Timbre roto: llamar al llegar;Alta",
        'A-1002;Luis Pérez;"Defensa 455, local 2";;San Telmo;11 4444-9876;;;;3 x Harina 000;8900;Transferencia;;',
        "",
    )
)


@dataclass(frozen=True, slots=True)
class Planilla:
    """A file that could be read; `sin_usar` are headings that mean nothing here."""

    lineas: list[Linea] = field(default_factory=list)
    sin_usar: list[str] = field(default_factory=list)


def texto_de(crudo: bytes) -> str:
    """The text of a file in UTF-8, UTF-16, or what Excel writes on Windows, on a Mac and as “MS-DOS”.

    Its line ends are `\\n`.
    """
    if len(crudo) > MOST_BYTES:
        raise PlanillaIlegible("El archivo pesa más de 1 MB. Partilo en varios más chicos.")
    if crudo.startswith(b"PK"):
        raise PlanillaIlegible("Es un archivo de Excel o comprimido. Guardalo como CSV y volvé a subirlo.")
    texto = decodificar(crudo)
    if texto is None or ilegible(texto):
        raise PlanillaIlegible(_NO_TEXT)
    return re.sub("\r\n?", "\n", texto)


def leer(texto: str) -> Planilla:
    """The orders of a text whose headings stand in one of its first lines; blank lines count for nothing."""
    texto = enderezar(re.sub("\r\n?", "\n", texto))
    if ilegible(texto):
        raise PlanillaIlegible(_NO_TEXT)
    rows = _rows(texto)
    headings, below = _titulos(rows)
    columnas = revisar(headings, [cells for _, cells in below])
    used = {each.lugar for each in columnas}
    planilla = Planilla(
        sin_usar=[each.strip() for place, each in enumerate(headings) if place not in used and each.strip()]
    )
    lineas = [linea_de(numero, columnas, cells, len(headings)) for numero, cells in below]
    if not lineas:
        raise PlanillaIlegible("El archivo tiene títulos y ningún pedido.")
    planilla.lineas.extend(juntar(lineas))
    return planilla


def _titulos(rows: Iterator[tuple[int, list[str]]]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The row of headings, the one of the first that has most of ours, and the rows below it."""
    some = list(islice(rows, MOST_LINES + FIRST_ROWS + 1))
    if not some:
        raise PlanillaIlegible("El archivo está vacío.")
    first = [cells for _, cells in some[:FIRST_ROWS]]
    place = max(range(len(first)), key=lambda each: len(columnas_de(first[each])))
    below = some[place + 1 :]
    if len(below) > MOST_LINES:
        raise PlanillaIlegible("El archivo tiene más de 2.000 pedidos. Partilo en varios más chicos.")
    return first[place], below


def _rows(texto: str) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from filas(texto, lambda headings: len(columnas_de(headings)))
    except Ilegible as error:
        raise PlanillaIlegible(str(error)) from None
