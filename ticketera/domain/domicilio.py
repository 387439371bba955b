"""An address as people here write it: where its house number is, and what only leads to the door.

Blanks are put in order before anything is looked for, and what may repeat is bounded.
"""

import re

# What leads to the door: words that say it by themselves, words that need a number or a letter behind them, `4° B`.
_SOLAS = r"(?:pisos?|depto|dpto|dto|departamento|timbre|pb|planta\ baja|oficina|fondo|subsuelo|entrepiso)\b"
_VALOR = r"(?:n(?:ro|[°º.])? ?)?(?:\d{1,4} ?[°ºª]? ?\"?[a-z]?\"?|\"?[a-z]\d{0,3}\"?)(?!\w)"
_CON_VALOR = (
    r"(?:p|of|ofi|local|loc|torre|edificio|edif|uf|u\.f|unidad|cuerpo|block|bloque|casa|lote|int|interno|esc|escalera"
    r"|puerta|pta)\b\.? ?" + _VALOR
)
_PALABRA = rf"(?:{_SOLAS}|{_CON_VALOR})"
_ORDINAL = (
    r"\d{1,2} ?(?:[°ºª]|er|ro|do|to|mo|vo|no)\.?(?!\w)(?! de\b)(?: piso)?(?: ?\"?[a-z]{1,2}\"?(?!\w))?"
    rf"(?= ?(?:$|[,;()-]|{_PALABRA}))"
)
_CORTO = r"\d{1,2} ?\"?[a-z]\"? ?(?:$|[()])"
_SOLO_PUERTA = re.compile(rf"[ (-]{{0,3}}(?:{_PALABRA}|{_ORDINAL}|{_CORTO})", re.IGNORECASE)
_TRAS_ALTURA = re.compile(rf"(?<=\d)(?: ?bis)?(?=[ (-]{{1,4}}(?:{_PALABRA}|{_ORDINAL}|{_CORTO}))", re.IGNORECASE)
_PALABRA_SUELTA = re.compile(rf"[ (-]{{1,4}}(?={_SOLAS})", re.IGNORECASE)
_ENTRE = re.compile(
    r"(?<=\d)[ ,;(-]{0,4}\b(?:e ?/|entre\b(?=[^,;()]{1,60} y )) ?[^,;()]{1,60}?"
    r"(?: [ye] (?:\d{1,6}\w{0,3}|[^,;()]{1,60})|(?=[,;()]|$))\)?",
    re.IGNORECASE,
)
_COMA = re.compile(r" ?; ?| ?, | ?,(?!\d)")
# Streets that are called by a number, which is none of a house.
_NOMBRE_CON_NUMERO = re.compile(
    r"\b(?:calle|c|avenida|av|avda|diagonal|diag|dg|ruta|rn|rp|pasaje|pje|camino|autopista|au|boulevard|bv|bulevar)\b\.?"
    r" ?(?:(?:nac|prov)\w{0,12}\.? ?)?(?:n(?:[°º.]|ro)? ?\.? ?)?\d{1,6}"
    r"|\b\d{1,2} ?(?:[°ºª]|ro|er|to)? de [a-zñáéíóú]"
    r"|^\d{1,4}(?: ?bis)?$",
    re.IGNORECASE,
)
_SOLO_NUMERO = re.compile(r"\d{1,4}(?: ?bis)?", re.IGNORECASE)
_CRUCE = re.compile(r"[ ,;(-]{1,4}(?:e ?/|entre\b(?=.{1,60} y ))", re.IGNORECASE)
_SIN_NUMERO = re.compile(r"\bs ?/ ?n|\bsin n[uú]mero|\bkm\.? ?\d|\b(?:mz|mza|manzana|lote)\b", re.IGNORECASE)
_ALTURA = re.compile(r"\d{1,5}(?:[.,]0{1,2})? ?(?:bis|[a-z])?|\d{1,2}[.,]\d{3}|s ?/? ?n\S{0,2}|-", re.IGNORECASE)


def es_altura(texto: str) -> bool:
    """Whether a text may be a house's number: `1840`, `1840 bis`, `S/N`."""
    return _ALTURA.fullmatch(" ".join(texto.split())) is not None


def tiene_altura(direccion: str) -> bool:
    """Whether an address has a house's number, or says that it has none. `Calle 50`, `25 de Mayo` have none."""
    street = sin_puerta(direccion)
    if _SIN_NUMERO.search(street):
        return True
    door = _PALABRA_SUELTA.search(street)
    street = street[: door.start()] if door else street
    return any(letter.isdigit() for letter in _NOMBRE_CON_NUMERO.sub(" ", street))


def con_altura(calle: str, altura: str) -> str:
    """A street with its house's number, in front of the streets between: `7 N° 801 e/ 46 y 47`."""
    crossing = _CRUCE.search(calle)
    street, between = (calle[: crossing.start()], calle[crossing.start() :]) if crossing else (calle, "")
    sign = " N°" if _SOLO_NUMERO.fullmatch(street) else ""
    return f"{street}{sign} {altura}{between}"


def sin_puerta(direccion: str) -> str:
    """An address without what leads to its door and between which streets it is: only that confuses a geocoder."""
    first, *more = _COMA.split(_ENTRE.sub("", " ".join(direccion.split())))
    digit = next((place for place, letter in enumerate(first) if letter.isdigit()), len(first))
    cuts = [found.start() for found in [_PALABRA_SUELTA.search(first, digit)] if found]
    cuts += [found.end() for found in [_TRAS_ALTURA.search(first)] if found]
    return ", ".join([first[: min(cuts, default=None)], *(each for each in more if not _SOLO_PUERTA.match(each))])
