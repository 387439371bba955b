"""An address in the parts that people know it by, as people here write it, and back from one line to the parts.

What fits nowhere stays where it was typed: no word is lost, and what is typed again comes out the same. Texts are read
with single blanks and up to MAS_LARGO letters; what is longer is no address, and stays as it is.
"""

import re
from dataclasses import dataclass

SIN_ALTURA = "S/N"
MAS_LARGO = 400
_SIN_ALTURA = re.compile(r"s\s?/?\s?n(?:\.?º|[º°])?\.?|sin\sn[uú]mero|sin\saltura", re.IGNORECASE)
_N = r"(?:n(?:[°ºo]|ro|[uú]m(?:ero)?)?\.?|alt(?:ura)?\.?|\#)"  # what may stand before a number: `N°`, `nro.`, `altura`
# Streets that are called by a number (`Calle 50`, `Ruta Nacional N° 3`), by a date (`Av. 9 de Julio`), or by a number
# alone where a second one follows (`50 N° 845`): that number is not the house's.
_CON_NUMERO = re.compile(
    rf"""
    (?:calle|c[./]|av(?:da|enida)?|diag(?:onal)?|ruta|r\.?[np]|pasaje|p(?:sa)?je|boulevard|bulevar|bv|camino|transversal|peatonal)
    \.?\s?(?:nac(?:ional)?\b\.?|prov(?:incial)?\b\.?)?\s?(?:{_N}\s?)?\d{{1,4}}(?:\sbis\b|[a-z]\b)?(?![\w°º])
    | (?:(?:av(?:da|enida)?|calle|bv|boulevard|bulevar|pasaje|p(?:sa)?je)\.?\s)?
      \d{{1,2}}\s?(?:[°º]|ro|er)?\sde\s[^\W\d]+(?:\sde\s\d{{4}}(?=\s\S))?
    | \d{{1,3}}(?=\s(?:{_N}\s?)?\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LETRAS = re.compile(r"[^\W\d_]{2}\w*\.?")
# The house's number: `1840`, `N° 1840`, `al 1800`, `1840/44`, `1830 bis`, `S/N`; `4°` is a floor.
_ALTURA = re.compile(
    rf"(?<!\S)(?:{_N}\s?|al\s)?(?:(?P<altura>\d+(?:[./-]\d+)*[a-z]?(?![\w°º])(?:\s(?:bis\b|1/2(?!\S)|½))?)"
    r"|(?P<sin>s\s?/\s?n(?:\.?[°ºo])?\.?(?!\w)))",
    re.IGNORECASE,
)
# Where there is no number to ask for: a kilometre, a lot of a block, a corner.
_SIN_PREGUNTA = re.compile(
    r"(?<!\w)(?:(?:km|kil[oó]metro)s?\.?\s?\d|(?:mz|mza|mzna|manzana|lote|lt|lte|parcela|uf|casa)\b\.?\s?"
    r"(?:n[°º]\s?)?(?:\d|[a-z]\b)|esq(?:uina)?\b)",
    re.IGNORECASE,
)
_ENTRE = re.compile(r"(?<!\S)(?:entre(?:\s?calles)?\b:?|e/|e\.(?=\s?\w))\s?", re.IGNORECASE)
_NUMERO = re.compile(r"\d{1,4}(?![\w°º])")
_Y = re.compile(r"\s(?:y|e)\s", re.IGNORECASE)
# `piso 3`, `3° B`, `4 B`, `PB`, `depto 2`, `9.º E`, `2º`, `UF 14`, `1er piso`
_PUERTA = (
    r"(?:piso|depto|dpto|departamento|dto|of|oficina|local|uf|pb|p\.\s?b|planta|timbre|casa|torre|fondo|ph|d[uú]plex|"
    r"block|bloque|monoblock|edificio|escalera|entrada|interno|cuerpo|contrafrente|frente|lote|manzana|mz|lt|parcela)\b"
)
_PISO = re.compile(
    rf"\(?{_PUERTA}.*|\d{{1,3}}\s?[.]?\s?(?:[°ºª]|(?:er|ro|do|to|vo|mo|no)\.?)?\s?\"?[a-z]{{0,2}}\"?(?:\s?\d{{0,3}})?"
    r"(?:\s?piso\b.*)?|\"?[a-z]\"?",
    re.IGNORECASE,
)
_PISO_Y_MAS = re.compile(
    r"(\d{1,3}\s?[.]?\s?[°ºª]\s?(?:\"?[a-z]{1,2}\b\"?|\d{1,3}\b)?|\d{1,3}\s?\"[a-z]{1,2}\")\s(\S.*)", re.IGNORECASE
)
_TRAS_ENTRE = re.compile(rf"(?<!\S)(?:{_PUERTA}|{_N}\s?\d|\d{{1,3}}\s?[°º]|s\s?/\s?n(?!\w))", re.IGNORECASE)
_COMAS = re.compile(r",(?!\d)|(?<!\d),|;|\s-\s")


@dataclass(frozen=True, slots=True)
class Domicilio:
    """Where it goes. `altura` is a number or S/N; `piso` is floor and flat as one writes them (`3° B`).

    Without an altura, `calle` says it all (`Ruta 8 km 50,5`, `Manzana 4 Lote 12`), or it is not complete.
    """

    calle: str
    altura: str
    piso: str = ""
    entre: str = ""
    barrio: str = ""

    @property
    def direccion(self) -> str:
        """The line without floor and barrio: `Av. Cabildo 2042, entre Mendoza y Juramento`."""
        line = f"{self.calle} {self.altura}".strip()
        return f"{line}, entre {self.entre}" if self.entre else line

    @property
    def completo(self) -> bool:
        """Whether somebody can find the door with it."""
        return bool(self.altura or _SIN_PREGUNTA.search(self.calle))


def leer_domicilio(line: str, piso: str = "", barrio: str = "") -> Domicilio:
    """The parts of an address that was kept as one line. What fits nowhere is the calle, so that nothing is lost."""
    line = " ".join(line.split())
    if len(line) > MAS_LARGO:
        return Domicilio(line, "", piso, "", barrio)
    first, *rest = [part for part in map(_limpio, _COMAS.split(line)) if part] or [""]
    calle, altura, more = _calle_y_altura(first)
    if not altura and rest:
        if number := _ALTURA.fullmatch(rest[0]):  # `Moreno, 1840`
            altura = _numero(number)
            rest = rest[1:]
        elif _SIN_PREGUNTA.search(rest[0]) and not _SIN_PREGUNTA.search(first):  # `Barrio Norte, Manzana 4 Lote 12`
            calle, rest = f"{calle}, {rest[0]}", rest[1:]
    entre = ""
    for part in (*more, *rest):
        before, crossing, after = _cruce(part)
        if crossing:
            entre = f"{entre}, {crossing}" if entre else crossing
        for each in filter(None, (before, after)):
            number = _ALTURA.fullmatch(each) if not altura else None
            if number:
                altura = _numero(number)
                continue
            floor = None if _PISO.fullmatch(each) else _PISO_Y_MAS.fullmatch(each)
            door, town = (floor[1], floor[2]) if floor else (each, "") if _PISO.fullmatch(each) else ("", each)
            piso, barrio = _juntos(piso, door), _juntos(barrio, town)
    return Domicilio(calle, altura, piso, entre, barrio)


def leer_partes(calle: str, altura: str, piso: str = "", entre: str = "", barrio: str = "") -> Domicilio:
    """The address of a form's fields, of which one may hold what belongs into others, as browsers and people do."""
    calle, altura, piso, entre, barrio = (" ".join(t.split()) for t in (calle, altura, piso, entre, barrio))
    if len(calle) + len(altura) > MAS_LARGO:
        return Domicilio(calle, altura, piso, entre, barrio)
    piso = f"piso {piso}" if piso.isdigit() else piso
    entre = _ENTRE.sub("", entre, count=1) if _ENTRE.match(entre) else entre
    whole = _ALTURA.fullmatch(altura)
    number = _numero(whole) if whole else SIN_ALTURA if _SIN_ALTURA.fullmatch(altura) else ""
    found = leer_domicilio(calle if number else f"{calle} {altura}")
    if number and found.altura not in {"", number}:  # `Sector 3`: a street with a number in its name
        return Domicilio(calle, number, piso, entre, barrio)
    return Domicilio(
        found.calle,
        number or found.altura,
        _juntos(piso, found.piso),
        _juntos(entre, found.entre),
        _juntos(barrio, found.barrio),
    )


def _limpio(text: str) -> str:
    return " ".join(text.split()).strip(" ,-")


def _juntos(one: str, other: str) -> str:
    """Both, unless the second is in the first already."""
    if not other or other.casefold() in one.casefold():
        return one
    return f"{one}, {other}" if one else other


def _numero(found: re.Match[str]) -> str:
    """The house number of a match; `al 1800` keeps its word, `N°` goes without saying."""
    if found["sin"]:
        return SIN_ALTURA
    return f"al {found['altura']}" if found[0].lower().startswith("al ") else found["altura"]


def _calle_y_altura(text: str) -> tuple[str, str, list[str]]:
    """Street and number of the first part of a line, and what follows them there."""
    before, crossing, after = _cruce(text, calle=True)
    if crossing:  # `Calle 50 N° 845 e/ 12 y 13`, `Calle 50 e/ 12 y 13 N° 845`
        calle, altura, more = _calle_y_altura(before)
        number = None if altura else _ALTURA.match(after)
        if number:
            altura, after = _numero(number), _limpio(after[number.end() :])
        return calle, altura, [*more, f"entre {crossing}", after]
    named = _CON_NUMERO.match(text)
    letters = None if named else _LETRAS.search(text)
    found = _ALTURA.search(text, named.end() if named else letters.end() if letters else len(text))
    if found and (other := _otra_calle(text, found.start())):
        found = _ALTURA.search(text, other)
    known = _SIN_PREGUNTA.search(text)
    if known and (found is None or known.start() < found.start()):
        bare = _ALTURA.search(text, known.end())
        return (_limpio(text[: bare.start()]), SIN_ALTURA, []) if bare and bare["sin"] else (text, "", [])
    if found is None:
        return text, "", []
    after = _limpio(text[found.end() :])
    if after.lower().startswith("esq"):
        return _limpio(text[: found.start()]), f"{_numero(found)} {after}", []
    return _limpio(text[: found.start()]), _numero(found), [after]


def _otra_calle(text: str, number: int) -> int | None:
    """Where the second street of a corner ends, if this number is in its name: `120 y 61`, `Salta y 9 de Julio`."""
    for corner in _Y.finditer(text, 0, number + 1):
        named = _CON_NUMERO.match(text, corner.end()) or _NUMERO.match(text, corner.end())
        if named and named.end() > number:
            return named.end()
    return None


def _cruce(text: str, *, calle: bool = False) -> tuple[str, str, str]:
    """What stands before the streets that it lies between, those, and what comes after them; no streets, all before.

    With `calle` the street comes first, and may be called `Entre Ríos` itself.
    """
    for found in _ENTRE.finditer(text):
        before, streets = _limpio(text[: found.start()]), text[found.end() :]
        if not _Y.search(streets) or (calle and len(before) <= len("Av.")):
            continue
        more = _TRAS_ENTRE.search(streets)
        end = more.start() if more and _Y.search(streets[: more.start()]) else len(streets)
        return before, _limpio(streets[:end]), _limpio(streets[end:])
    return text, "", ""
