"""Spreadsheets as people save them (CSV): rows out of a text, and cells that no program runs as a formula.

The bytes are read by `codificacion`; what a spreadsheet lost of a value is told by `estropeado`.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence

SEPARATORS = ";\t,"
FIRST_ROWS = 20  # above the headings people write what the sheet is of
# What ends the file: a quote that is never closed swallows it.
_END = "\x1eend of the file\x1e"
_SEP = re.compile(r'\s*"?sep=([;,\t])"?[;,\t ]*\n', re.IGNORECASE)
_PROTEGIDA = re.compile(r'="((?:[^"]|"")*)"')
# A cell that a spreadsheet would take for a formula, or one that we kept from being one; a plain number is none.
_FORMULA = re.compile("'*(?!-[0-9]+(?:,[0-9]+)?\\Z)[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


class Ilegible(ValueError):
    """No rows can be made of a text; says why in Spanish."""


def filas(texto: str, known: Callable[[list[str]], int]) -> Iterator[tuple[int, list[str]]]:
    """The rows that say something, each with the line it begins in. Line ends are `\\n`.

    The separator is the one that the file names, else the one under which a row has most headings that are `known`
    (how many there are in a row). Raises Ilegible.
    """
    named = _SEP.match(texto)
    separator = named[1] if named else _separator(texto, known)
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
        raise Ilegible(f"La línea {begins} tiene una celda demasiado larga.") from None
    raise Ilegible(f"En la línea {begins} empiezan unas comillas que no cierran.")


def _separator(texto: str, known: Callable[[list[str]], int]) -> str:
    def most(separator: str) -> int:
        best, lines = 0, csv.reader(io.StringIO(texto.lstrip("\n"), newline=""), delimiter=separator)
        try:
            for _, headings in zip(range(FIRST_ROWS), lines, strict=False):
                best = max(best, known(headings))
        except csv.Error:
            pass
        return best

    return max(SEPARATORS, key=most)


def linea(celdas: Sequence[str]) -> str:
    """One line of a file that opens right here: semicolons, and nothing that would run."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow([armar(each) for each in celdas])
    return text.getvalue()


def armar(celda: str) -> str:
    """A cell as we write it: what a spreadsheet would run as a formula begins with an apostrophe."""
    return f"'{celda}" if _FORMULA.match(celda) else celda


def desarmar(celda: str) -> str:
    """A cell as it was before `armar`."""
    return celda[1:] if celda.startswith("'") and _FORMULA.match(celda) else celda


def valor(celda: str) -> str:
    """What a cell says: also behind the signs by which a program kept its digits as they are, `="0012"`."""
    if celda[:1].isalnum():  # as nearly all cells of a long sheet
        return celda.strip()
    kept = _PROTEGIDA.fullmatch(celda.strip())
    return (kept[1].replace('""', '"') if kept else desarmar(celda)).strip()
