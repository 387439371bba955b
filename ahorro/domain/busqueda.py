"""How people search: without accents, in plural, with a size in any writing, by another name for the same thing."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from belgrano.words.text import folded

MAS_PALABRAS, MAS_LETRAS = 8, 30
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
_ESCRITAS = {
    "g": (("kg", 1000), ("kilo", 1000), ("g", 1), ("gr", 1)),
    "ml": (("l", 1000), ("lt", 1000), ("ml", 1), ("cc", 1)),
}


@dataclass(frozen=True, slots=True)
class Termino:
    """One thing that a product has to have, in any of these ways.

    `parte` anywhere in its name, a word that begins with one of `comienzos`, one of `enteras` as whole words, a
    categoria whose clave is one of `claves`, or so much in it (`contenido`, of `medida`).
    """

    parte: str = ""
    comienzos: tuple[str, ...] = ()
    enteras: tuple[str, ...] = ()
    claves: tuple[str, ...] = ()
    contenido: int | None = None
    medida: str = ""


def terminos(busqueda: str) -> list[Termino]:
    """What a product has to have to be found by this search."""
    palabras, tamanos = leer(busqueda)
    return [*(_palabra(p) for p in palabras), *(_tamano(c, m) for c, m in tamanos)]


def leer(busqueda: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The words of a search, folded, and the sizes in it, as (contenido, medida)."""
    text = folded(busqueda)
    for phrase, other in FRASES.items():
        text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", other, text)
    tamanos = []
    for amount, unit in _TAMANO.findall(text):
        factor, medida = _UNIDADES[unit]
        number = Decimal("0.5") if amount in {"1/2", "medio", "media"} else Decimal(amount.replace(",", "."))
        if (number * factor) % 1 == 0 and number:
            tamanos.append((int(number * factor), medida))
    words = (_TAMANO.sub(" ", text) if tamanos else text).split()
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
    word = word.replace(".", ",") if re.fullmatch(r"\d+\.\d+", word) else word
    begins, whole = _singulares(word)
    for known in (word, *begins, *whole):
        begins += SINONIMOS.get(known, ())
    forms = {word, *begins, *whole}
    claves = forms | {f"{form}s" for form in forms} | {f"{form}es" for form in forms}
    short = [b for b in begins if len(b) < 4]  # `tes` is not `tergopol`
    return Termino(word, tuple(b for b in begins if len(b) >= 4), (*whole, *short), tuple(sorted(claves)))


def _tamano(contenido: int, medida: str) -> Termino:
    """A size, also as names write it: `1,5 l`, `1500 ml`, `500g`."""
    written = []
    for unit, factor in _ESCRITAS.get(medida, ()):
        number = f"{Decimal(contenido) / factor:f}".replace(".", " ")
        written += [f"{number} {unit}", f"{number}{unit}"]
    return Termino(enteras=tuple(written), contenido=contenido, medida=medida)


def parecidas(palabras: list[str], nombres: Iterable[str]) -> list[str]:
    """The words, each that no name has by the most similar that one has."""
    words = set(" ".join(nombres).split())  # each once, before it is looked at: thousands of names have the same ones
    known = {w.strip(",.()") for w in words if len(w) > 3}
    by_length: dict[int, list[str]] = {}
    for word in sorted(known):
        by_length.setdefault(len(word), []).append(word)
    return [word if word in known or len(word) > MAS_LETRAS else _parecida(word, by_length) for word in palabras]


def _parecida(word: str, by_length: dict[int, list[str]]) -> str:
    letters = set(word)
    near = (w for size in range(len(word) - 2, len(word) + 3) for w in by_length.get(size, ()))
    close = [w for w in near if len(letters & set(w)) * 3 >= len(letters) * 2]
    return next(iter(difflib.get_close_matches(word, close, 1, 0.7)), word)


def sin_nadie(q: str) -> str:
    """A search as it may be counted, folded and short; nothing where it may be an address or a telephone."""
    palabras = folded(q)
    cifras = sum(map(str.isdigit, palabras))
    return palabras if 2 <= len(palabras) <= 60 and cifras < 6 and "@" not in palabras else ""
