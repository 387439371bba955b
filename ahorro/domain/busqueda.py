"""How people search: without accents, in plural, with a size in any writing, by another name for the same thing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from belgrano.words.text import folded

MAS_PALABRAS, MAS_LETRAS = 8, 30
CORTA = 2  # letters; a word that has no more is the beginning of a word, not a part of almost every one
SOBRAN = frozenset(["de", "del", "la", "el", "los", "las", "para", "con", "en", "y", "o", "un", "una"])
# Other names for the same thing, all folded. Those of several words are looked for first.
FRASES = {
    "coca cola": "gaseosa cola", "cocacola": "gaseosa cola", "carne vacuna": "carne", "sin gluten": "sin tacc",
    "papel de cocina": "rollo cocina", "crema dental": "pasta dental",
}  # fmt: skip
SINONIMOS = {
    "champu": ("shampoo",), "shampu": ("shampoo",), "hierba": ("yerba",), "birra": ("cerveza",), "coca": ("cola",),
    "refresco": ("gaseosa",), "zumo": ("jugo",), "patata": ("papa",), "banano": ("banana",), "platano": ("banana",),
    "aguacate": ("palta",), "fresa": ("frutilla",), "melocoton": ("durazno",), "maiz": ("choclo",),
    "pimiento": ("morron",), "aji": ("morron",), "calabaza": ("zapallo",), "guisante": ("arveja",),
    "galleta": ("galletita",), "pasta": ("fideos", "ravioles", "noquis"), "fideo": ("fideos",), "cloro": ("lavandina",),
    "lejia": ("lavandina",), "lavavajillas": ("detergente",), "dentifrico": ("pasta dental",), "perro": ("perros",),
    "gato": ("gatos",), "mantequilla": ("manteca",), "muzarela": ("muzzarella",),
    "mozzarella": ("muzzarella",), "salsa": ("pure de tomate",), "catsup": ("ketchup",),
}  # fmt: skip
# What nobody has filled in for any product: the page says so rather than guess.
SIN_DATOS = {
    palabra: "Todavía no tenemos cargado qué productos son sin TACC: fijate en el envase o preguntanos."
    for palabra in ("tacc", "gluten", "celiaco", "celiaca", "celiacos", "celiacas")
}
_UNIDADES = {
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogramo", "kilogramos"), (1000, "g")),
    **dict.fromkeys(("g", "gr", "grs", "gramo", "gramos"), (1, "g")),
    **dict.fromkeys(("l", "lt", "lts", "litro", "litros"), (1000, "ml")),
    **dict.fromkeys(("ml", "cc", "cm3", "mililitro", "mililitros"), (1, "ml")),
    **dict.fromkeys(("un", "u", "unidad", "unidades"), (1, "un")),
}
_UNIDAD = "|".join(sorted(_UNIDADES, key=len, reverse=True))
_TAMANO = re.compile(rf"(?<![\w,./])(\d{{1,6}}(?:[.,]\d{{1,3}})?|1/2|medio|media)\s?({_UNIDAD})\b")
# What parts words beside a letter (`coca-cola`, `leche,pan`; not `1,5`), and what may stand around one (`"leche"`).
_ENTRE = re.compile(r"(?<=[^\W\d_])[-,;/+&|:]|[-,;/+&|:](?=[^\W\d_])")
ALREDEDOR = "\"'`«»“”()[]{}<>*?¿!¡.,;:-+=&|^~#"
_NUMERO, MAS_CIFRAS = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII), 6
LARGOS_DE_CODIGO = (8, 12, 13, 14)
_ESCRITAS = {
    "g": (("kg", 1000), ("kilo", 1000), ("g", 1), ("gr", 1)),
    "ml": (("l", 1000), ("lt", 1000), ("ml", 1), ("cc", 1)),
}


@dataclass(frozen=True, slots=True)
class Termino:
    """One thing that a product has to have, in any of these ways.

    `parte` anywhere in its name, a word that begins with one of `comienzos`, one of `enteras` as whole words, a
    categoria whose clave is one of `claves`, so much in it (one of `contenidos`, of `medida` or of whatever measure),
    or this bar code. It has it best in its name as one of the whole words `mejores`.
    """

    parte: str = ""
    comienzos: tuple[str, ...] = ()
    enteras: tuple[str, ...] = ()
    claves: tuple[str, ...] = ()
    contenidos: tuple[int, ...] = ()
    medida: str = ""
    codigo_barras: str = ""
    mejores: tuple[str, ...] = ()


def terminos(busqueda: str) -> list[Termino]:
    """What a product has to have to be found by this search."""
    palabras, tamanos = leer(busqueda)
    return [*(_palabra(p) for p in palabras), *(_tamano(c, m) for c, m in tamanos)]


def leer(busqueda: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The words of a search, folded, and the sizes in it, as (contenido, medida)."""
    text = _ENTRE.sub(" ", folded(busqueda))
    for phrase, other in FRASES.items():
        text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", other, text)
    tamanos = []
    for amount, unit in _TAMANO.findall(text):
        factor, medida = _UNIDADES[unit]
        number = Decimal("0.5") if amount in {"1/2", "medio", "media"} else Decimal(amount.replace(",", "."))
        if (number * factor) % 1 == 0 and number:
            tamanos.append((int(number * factor), medida))
    words = [w.strip(ALREDEDOR) or w for w in (_TAMANO.sub(" ", text) if tamanos else text).split()]
    useful = [w for w in words if w not in SOBRAN] or words
    return useful[:MAS_PALABRAS], tamanos[:2]


def nota(busqueda: str) -> str:
    """What has to be said about a search whatever it finds."""
    return next((SIN_DATOS[w] for w in folded(busqueda).split() if w in SIN_DATOS), "")


def _singulares(word: str) -> tuple[list[str], list[str]]:
    """The singular of a word in plural: as the beginning of words, and as whole ones (`limones` -> `limon`)."""
    begins, whole = [], []
    if len(word) > 3 and word.endswith(("as", "es", "os")):
        begins.append(word[:-1])
    if len(word) > 4 and word.endswith("ces"):
        whole.append(f"{word[:-3]}z")
    elif len(word) > 4 and word.endswith("es") and word[-3] in "dlnrsyj":
        whole.append(word[:-2])
    return begins, whole


def _palabra(word: str) -> Termino:
    word = word.replace(".", ",") if _NUMERO.fullmatch(word) else word
    begins, whole = _singulares(word)
    for known in (word, *begins, *whole):
        begins += SINONIMOS.get(known, ())
    forms = {word, *begins, *whole}
    claves = forms | {f"{form}s" for form in forms} | {f"{form}es" for form in forms}
    short = [b for b in begins if len(b) < 4]  # `tes` is not `tergopol`
    long = [b for b in begins if len(b) >= 4]
    corta = len(word) <= CORTA and word.isalnum()
    return Termino(
        parte="" if corta else word,
        comienzos=tuple([word, *long] if corta else long),
        enteras=(*whole, *short),
        claves=tuple(sorted(claves)),
        contenidos=_contenidos(word),
        codigo_barras=word if word.isdecimal() and len(word) in LARGOS_DE_CODIGO else "",
        mejores=tuple(sorted({*claves, *(b for b in begins if " " not in b)})),
    )


def _contenidos(word: str) -> tuple[int, ...]:
    """How much `2,25`, said without its unit, may be: of litres or kilos; `500` as it is."""
    if not _NUMERO.fullmatch(word) or len(word) > MAS_CIFRAS:
        return ()
    number = Decimal(word.replace(",", "."))
    each = {int(number * factor) for factor in (1, 1000) if (number * factor) % 1 == 0}
    return tuple(sorted(each - {0}))


def _tamano(contenido: int, medida: str) -> Termino:
    """A size, also as names write it: `1,5 l`, `1500 ml`, `500g`."""
    written = []
    for unit, factor in _ESCRITAS.get(medida, ()):
        number = f"{Decimal(contenido) / factor:f}".replace(".", " ")
        written += [f"{number} {unit}", f"{number}{unit}"]
    return Termino(enteras=tuple(written), contenidos=(contenido,), medida=medida)


def se_busca_cerca(palabras: Iterable[str]) -> tuple[int, int]:
    """Between which lengths a word may be one of these, mistyped; (1, 0) when it can be none."""
    largos = [len(word) for word in palabras if _errores(word)]
    return (max(4, min(largos) - 2), max(largos) + 2) if largos else (1, 0)


def parecidas(palabra: str, conocidas: Iterable[str]) -> list[str]:
    """The words that somebody may have meant who typed this one, the nearest first, at most a few.

    One slip in a word of four to six letters, two in a longer one: a letter too many, missing, another, or two
    that changed places.
    """
    errores = _errores(palabra)
    if not errores:
        return []
    # With so many slips one of these parts is still as it was; else all letters are there, two in each other's place.
    largo = -(-len(palabra) // (errores + 1))
    partes = [palabra[n : n + largo] for n in range(0, len(palabra), largo)]
    letras, cerca = set(palabra), []
    for word in conocidas:
        if abs(len(word) - len(palabra)) > errores or len(letras ^ set(word)) > 2 * errores:
            continue  # the cheap look first: of 10,000 words it leaves some hundred to be measured
        if not any(parte in word for parte in partes) and sorted(word) != sorted(palabra):
            continue
        distancia = _distancia(palabra, word, errores)
        if distancia <= errores:
            cerca.append((distancia, abs(len(word) - len(palabra)), word[0] != palabra[0], word))
    return [word for *_, word in sorted(cerca)[:5]]


def _errores(word: str) -> int:
    """How many slips are looked for in a word: none in a short one, in a number, or in what is no word."""
    if not 4 <= len(word) <= MAS_LETRAS or any(map(str.isdecimal, word)):
        return 0
    return 1 if len(word) < 7 else 2


def _distancia(one: str, other: str, most: int) -> int:
    """How many letters have to be added, left out, changed or swapped with their neighbour; `most` + 1 for more."""
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


def sin_nadie(q: str) -> str:
    """A search as it may be counted, folded and short; nothing where it may be an address or a telephone."""
    palabras = folded(q)
    cifras = sum(map(str.isdigit, palabras))
    return palabras if 2 <= len(palabras) <= 60 and cifras < 6 and "@" not in palabras else ""
