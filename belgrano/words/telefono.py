"""What people write where a phone number goes: where in it numbers may stand, and digits that can be compared.

Whether something is a number is the business of `belgrano/http/contactos.py`, which has a library for it.
"""

import re
from collections.abc import Iterator

_DASH = "\\-\u2010-\u2015\u2212"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CIENTIFICA = re.compile(r"[\d.,]E[+-]?\d", re.IGNORECASE)
_DE_UN_NUMERO = re.compile(r"(\d{6,20})[.,]0{1,2}|\d{1,3}(?:,\d{3}){2,4}")
# A document, an order and a day have as many digits as a number of Buenos Aires; "9hs" and "4B" belong to the words
# around them.
_OTRA_COSA = re.compile(
    r"\b(?:d\.?n\.?i|l\.?[ce]|cuit|cuil|doc|documento|pasaporte|cbu|cvu|pedido|orden|ticket|factura|remito|compra"
    r"|reserva|expediente|legajo|socio|n(?:ro|[°º])?\.? (?:de )?cliente|tarjeta|c[oó]d(?:igo)?|clave)"
    r"(?![^\W\d])[^\d\n/,;]{0,6}\d+(?:[.-]\d+|[ /]\d{1,4}(?!\d))*"
    r"|(?<![\d./-])(?:\d{1,2}\.\d{3}\.\d{3}|\d{1,2}[/-]\d{1,2}[/-]20\d{2}|20\d{2}-\d{2}-\d{2})(?![\d./-])"
    r"|(?<![\d.-])\d{1,2}(?=[^\W\d_°º])",
    re.IGNORECASE,
)
_TRAMO = re.compile(rf"[\d\s()+./,;|{_DASH}]+")
_SIGNO = re.compile(rf"[/,;|\n]|\s[{_DASH}]+\s|(?=\()|(?=\+)")
_ENOUGH = 7  # digits that may be a number already, so that a sign behind them may part two
_MOST_GROUPS = 10


def cifras(texto: str) -> str:
    """The digits of a text."""
    return re.sub(r"[^0-9]", "", texto)


def tramos(texto: str) -> list[tuple[str, bool]]:
    """The stretches of a text in which numbers may stand, and whether one is the whole text."""
    bare = _INVISIBLE.sub("", texto).strip()
    if _CIENTIFICA.search(bare):
        return []
    amount = _DE_UN_NUMERO.fullmatch(bare)
    if amount:  # what a spreadsheet writes when it took a number for an amount
        bare = amount[1] or bare.replace(",", "")
    cut = _OTRA_COSA.sub(" x ", bare)
    return [(found[0], found[0] == bare) for found in _TRAMO.finditer(cut) if cifras(found[0])]


def partes(tramo: str) -> list[str]:
    """A stretch, parted where a sign says that another number begins."""
    pieces = [""]
    last = 0
    for sign in _SIGNO.finditer(tramo):
        pieces[-1] += tramo[last : sign.start()]
        last = sign.end()
        if len(cifras(pieces[-1])) >= _ENOUGH:
            pieces.append("")
        else:
            pieces[-1] += sign[0]
    pieces[-1] += tramo[last:]
    return [piece for piece in pieces if cifras(piece)]


def cortes(tramo: str) -> Iterator[list[str]]:
    """Every way to cut a stretch in two or three between its groups of digits."""
    groups = re.findall(r"\+?[0-9]+", tramo)
    if len(groups) > _MOST_GROUPS:
        return
    for first in range(1, len(groups)):
        yield [" ".join(groups[:first]), " ".join(groups[first:])]
        for second in range(first + 1, len(groups)):
            yield [" ".join(groups[:first]), " ".join(groups[first:second]), " ".join(groups[second:])]


def sin_prefijos(digits: str) -> str:
    """Digits without what is dialled before the area code: 00, the country's 54, the mobiles' 9, the trunk's 0."""
    bare = digits.removeprefix("00")
    if bare.startswith("54") and len(bare) > 9:
        bare = bare[2:]
    if bare.startswith("9") and len(bare) > 10:
        bare = bare[1:]
    return bare.removeprefix("0") if len(bare) > 8 else bare


def formas(texto: str) -> list[str]:
    """How the digits of a number may be written in a text that is searched; none where a text is more than a number.

    `+54 9 11 5555-7788`, `011 15-5555-7788` and `5555 7788` are one number: with its area and the 15, and without.
    """
    bare = _INVISIBLE.sub("", texto).strip()
    digits = cifras(bare)
    if not _TRAMO.fullmatch(bare) or not 4 <= len(digits) <= 17:
        return []
    national = sin_prefijos(digits)
    if len(national) == 10 and national.startswith("15"):
        national = national[2:]
    areas = (2,) if national.startswith("11") else (3, 4)
    for area in areas:
        if len(national) == 12 and national[area : area + 2] == "15":
            national = national[:area] + national[area + 2 :]
    ways = [digits, national]
    if len(national) == 10:
        ways += [f"{national[:area]}15{national[area:]}" for area in areas]
        if national.startswith("11"):
            ways.append(national[2:])
    return list(dict.fromkeys(ways))
