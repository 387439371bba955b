"""A spreadsheet of orders as people save it (CSV), read line by line; what the cells of a line say is read by `celdas`.

`texto_de` reads the bytes, `leer` the lines. Raised is only what makes the whole file unreadable (`PlanillaIlegible`).
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ticketera.domain.armado import Linea, juntar, linea_de
from ticketera.domain.codificacion import decodificar, enderezar, ilegible
from ticketera.domain.errors import PlanillaIlegible
from ticketera.domain.titulos import columnas_de, revisar

MOST_BYTES = 1024 * 1024
MOST_LINES = 2_000
SEPARATORS = ";\t,"
FIRST_ROWS = 20  # above the headings people write what the sheet is of
# What ends the file: a quote that is never closed swallows it.
_END = "\x1eend of the file\x1e"
_SEP = re.compile(r'\s*"?sep=([;,\t])"?[;,\t ]*\n', re.IGNORECASE)
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
    rows = _rows(texto, _separator(texto))
    headings, filas = _titulos(rows)
    columnas = revisar(headings, [cells for _, cells in filas])
    used = {each.lugar for each in columnas}
    planilla = Planilla(
        sin_usar=[each.strip() for place, each in enumerate(headings) if place not in used and each.strip()]
    )
    lineas = [linea_de(numero, columnas, cells, len(headings)) for numero, cells in filas]
    if not lineas:
        raise PlanillaIlegible("El archivo tiene títulos y ningún pedido.")
    planilla.lineas.extend(juntar(lineas))
    return planilla


def _titulos(rows: Iterator[tuple[int, list[str]]]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The row of headings, the one of the first that has most of ours, and the rows below it."""
    filas = []
    for fila in rows:
        filas.append(fila)
        if len(filas) > MOST_LINES + FIRST_ROWS:
            break
    if not filas:
        raise PlanillaIlegible("El archivo está vacío.")
    first = [cells for _, cells in filas[:FIRST_ROWS]]
    place = max(range(len(first)), key=lambda each: len(columnas_de(first[each])))
    below = filas[place + 1 :]
    if len(below) > MOST_LINES:
        raise PlanillaIlegible("El archivo tiene más de 2.000 pedidos. Partilo en varios más chicos.")
    return first[place], below


def _separator(texto: str) -> str:
    """The separator that the file names, else the one under which most headings are ours."""
    named = _SEP.match(texto)
    if named:
        return named[1]

    def known(separator: str) -> int:
        best, lines = 0, csv.reader(io.StringIO(texto.lstrip("\n"), newline=""), delimiter=separator)
        try:
            for _, headings in zip(range(FIRST_ROWS), lines, strict=False):
                best = max(best, len(columnas_de(headings)))
        except csv.Error:
            pass
        return best

    return max(SEPARATORS, key=known)


def _rows(texto: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that say something, each with the line it begins in."""
    named = _SEP.match(texto)
    begins = 1 + (named is not None)
    texto = texto[named.end() :] if named else texto
    reader = csv.reader(io.StringIO(f"{texto}\n{_END}", newline=""), delimiter=separator)
    above = begins - 1
    try:
        for cells in reader:
            if cells == [_END]:
                return
            if cells and cells[-1].endswith(_END):
                break
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = above + reader.line_num + 1
    except csv.Error:
        raise PlanillaIlegible(f"La línea {begins} tiene una celda demasiado larga.") from None
    raise PlanillaIlegible(f"En la línea {begins} empiezan unas comillas que no cierran.")
