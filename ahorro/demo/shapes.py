"""The shapes of the demo's pictures: what a bottle, a box or a tomato looks like on 240 x 240 units.

Each takes two colours, a dark tone of the first, and the words on its label.
"""

# ruff: noqa: E501 - a table and drawings read better in one line each

from __future__ import annotations

from collections.abc import Callable
from html import escape

Shape = Callable[[str, str, str, str], str]

SHADE = '<g fill="#14181f" fill-opacity=".09">'
SHINE = '<g fill="#ffffff" fill-opacity=".28">'


def text(words: str, x: float, y: float, size: float, colour: str, *, width: float = 0) -> str:
    """One line, narrower letters when it would be wider than `width`."""
    guess = len(words) * size * 0.58
    fit = f' textLength="{width:g}" lengthAdjust="spacingAndGlyphs"' if width and guess > width else ""
    if width and guess > width * 1.5:
        size = size * width * 1.5 / guess
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="Trebuchet MS,Segoe UI,Helvetica,Arial,sans-serif" font-weight="700" '
        f'font-size="{size:.3g}" text-anchor="middle" fill="{colour}"{fit}>{escape(words)}</text>'
    )


def dark(colour: str) -> bool:
    """Whether white letters read better on it."""
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return r * 299 + g * 587 + b * 114 < 150_000


def label(words: str, x: float, y: float, width: float, height: float, ground: str) -> str:
    """A label with the brand on one or two lines."""
    ink = "#ffffff" if dark(ground) else "#23303a"
    box = f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="4" fill="{ground}"/>'
    parts = words.split()
    if not parts:
        return box
    lines = [words]
    if len(words) > 9 and len(parts) > 1:
        cut = min(range(1, len(parts)), key=lambda i: abs(len(" ".join(parts[:i])) - len(" ".join(parts[i:]))))
        lines = [" ".join(parts[:cut]), " ".join(parts[cut:])]
    size = min(17, height / len(lines) * 0.62)
    middle = y + height / 2 + size * 0.36
    return box + "".join(
        text(line, x + width / 2, middle + (i - (len(lines) - 1) / 2) * size * 1.12, size, ink, width=width - 10)
        for i, line in enumerate(lines)
    )


def path(d: str, fill: str, more: str = "") -> str:
    """A filled path."""
    return f'<path d="{d}" fill="{fill}"{more}/>'


def rect(x: float, y: float, w: float, h: float, r: float, fill: str) -> str:
    """A filled rectangle with round corners."""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{fill}"/>'


def circle(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    """A filled circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"{more}/>'


def botella(one: str, two: str, deep: str, words: str) -> str:
    body = "M104 62h32v16c0 14 22 20 22 44v74a12 12 0 0 1-12 12H94a12 12 0 0 1-12-12v-74c0-24 22-30 22-44z"
    return (
        path(body, one)
        + rect(101, 38, 38, 26, 5, two)
        + f"{SHADE}{path('M138 80c4 12 20 20 20 42v74a12 12 0 0 1-12 12h-8z', '#14181f')}</g>"
        + label(words, 82, 130, 76, 44, two)
        + f"{SHINE}{rect(90, 110, 7, 88, 3.5, '#fff')}</g>"
    )


def vino(one: str, two: str, deep: str, words: str) -> str:
    body = "M108 50h24v42c0 16 18 22 18 44v64a8 8 0 0 1-8 8H98a8 8 0 0 1-8-8v-64c0-22 18-28 18-44z"
    return (
        path(body, one)
        + rect(106, 28, 28, 36, 4, two)
        + f"{SHADE}{path('M134 94c4 14 16 20 16 42v64a8 8 0 0 1-8 8h-8z', '#14181f')}</g>"
        + label(words, 90, 142, 60, 46, "#fbf4e4")
        + f"{SHINE}{rect(97, 118, 5, 84, 2.5, '#fff')}</g>"
    )


def bidon(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M128 56h34a14 14 0 0 1 14 14v30h-16V72h-26z", deep)
        + path("M84 62h42l46 40v94a12 12 0 0 1-12 12H80a12 12 0 0 1-12-12V84c0-14 6-22 16-22z", one)
        + rect(82, 38, 40, 26, 5, two)
        + f"{SHADE}{path('M150 83l22 19v94a12 12 0 0 1-12 12h-10z', '#14181f')}</g>"
        + label(words, 78, 122, 84, 50, two if dark(two) else "#ffffff")
        + f"{SHINE}{rect(75, 90, 7, 104, 3.5, '#fff')}</g>"
    )


def lata(one: str, two: str, deep: str, words: str) -> str:
    return (
        rect(70, 58, 100, 150, 12, one)
        + '<ellipse cx="120" cy="62" rx="50" ry="13" fill="#dfe4ea"/><ellipse cx="120" cy="62" rx="38" ry="8" fill="#bcc5cf"/>'
        + f"{SHADE}{rect(150, 66, 20, 140, 8, '#14181f')}</g>"
        + label(words, 70, 100, 100, 58, two)
        + rect(70, 190, 100, 6, 0, deep)
        + f"{SHINE}{rect(79, 78, 8, 120, 4, '#fff')}</g>"
    )


def lata_baja(one: str, two: str, deep: str, words: str) -> str:
    return (
        rect(48, 122, 144, 84, 14, one)
        + '<ellipse cx="120" cy="126" rx="72" ry="22" fill="#dfe4ea"/><ellipse cx="120" cy="126" rx="56" ry="15" fill="#bcc5cf"/>'
        + '<path d="M112 120h34" stroke="#8d98a5" stroke-width="5" stroke-linecap="round"/>'
        + label(words, 64, 158, 112, 38, two)
    )


def frasco(one: str, two: str, deep: str, words: str) -> str:
    return (
        rect(70, 74, 100, 134, 20, one)
        + rect(76, 48, 88, 30, 6, two if dark(two) else deep)
        + f"{SHADE}{rect(148, 80, 22, 124, 14, '#14181f')}</g>"
        + label(words, 76, 112, 88, 58, "#fdf8ec")
        + f"{SHINE}{rect(78, 92, 8, 100, 4, '#fff')}</g>"
    )


def frasquito(one: str, two: str, deep: str, words: str) -> str:
    return (
        rect(86, 84, 68, 124, 10, one)
        + rect(88, 52, 64, 36, 7, "#2b2f36")
        + f"{SHADE}{rect(138, 88, 16, 118, 8, '#14181f')}</g>"
        + label(words, 86, 124, 68, 52, two)
        + f"{SHINE}{rect(92, 96, 6, 104, 3, '#fff')}</g>"
    )


def salero(one: str, two: str, deep: str, words: str) -> str:
    dots = "".join(circle(104 + 16 * i, 56, 2.6, deep) for i in range(3))
    return (
        rect(80, 70, 80, 138, 12, one)
        + path("M88 70a32 30 0 0 1 64 0z", "#e3e8ee")
        + dots
        + label(words, 80, 112, 80, 56, two)
    )


def carton(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M78 84l14-34h56l14 34v124H78z", one)
        + path("M92 50h56l14 34H78z", deep, ' fill-opacity=".55"')
        + rect(94, 34, 52, 18, 2, one)
        + path("M78 150c28-18 56 18 84-4v62H78z", two)
        + f"{SHADE}{path('M146 84h16v124h-16z', '#14181f')}</g>"
        + label(words, 84, 98, 72, 38, two)
    )


def caja(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M120 62l78 30-78 34-78-34z", "#d9b483")
        + path("M42 92l78 34v82l-78-36z", "#c99b63")
        + path("M198 92l-78 34v82l78-36z", "#b58750")
        + path("M104 69l78 31-16 7-78-31z", one)
        + path("M166 107l16-7v80l-16 7z", one)
        + label(words, 52, 134, 60, 34, two)
    )


def caja_chica(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M70 66h100v142H70z", one)
        + path("M170 66l18 12v120l-18 10z", deep)
        + path("M70 66h100l18 12H92z", two, ' fill-opacity=".7"')
        + path("M70 160c34-22 66 10 100-16v64H70z", two)
        + label(words, 78, 92, 84, 48, two)
    )


def ladrillo(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M74 58h92v150H74z", one)
        + path("M74 58l10-18h72l10 18z", deep)
        + f"{SHADE}{path('M148 58h18v150h-18z', '#14181f')}</g>"
        + label(words, 82, 84, 76, 54, two)
        + path("M74 172h92v36H74z", two, ' fill-opacity=".85"')
        + circle(120, 160, 14, two)
        + circle(120, 160, 8, one)
    )


def bolsa(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M72 50c30 8 66 8 96 0l-4 26c8 40 8 90 4 128-30 8-66 8-96 0-4-38-4-88 4-128z", one)
        + path("M72 50c30 8 66 8 96 0l-2 14c-30 7-62 7-92 0z", deep)
        + f"{SHADE}{path('M146 74c12 40 12 90 6 134 6-1 12-2 16-4 4-38 4-88-4-128z', '#14181f')}</g>"
        + label(words, 80, 88, 80, 50, two)
        + f'<ellipse cx="120" cy="172" rx="34" ry="22" fill="{two}" fill-opacity=".9"/><ellipse cx="120" cy="172" rx="22" ry="12" fill="{one}" fill-opacity=".55"/>'
    )


def bolson(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M56 56c40-10 88-10 128 0l-6 20c10 40 10 84 6 128-40 8-88 8-128 0-4-44-4-88 6-128z", one)
        + path("M56 56c40-10 88-10 128 0l-4 12c-40-8-80-8-120 0z", deep)
        + f"{SHADE}{path('M158 72c14 40 14 90 8 136l18-4c4-44 4-88-6-128z', '#14181f')}</g>"
        + label(words, 70, 88, 100, 54, two)
        + path("M58 164c40-16 84 12 124-8 1 18 1 32-1 48-38 8-84 8-122 0-1-14-1-26-1-40z", two, ' fill-opacity=".85"')
    )


def doypack(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M84 52h72l10 140c-28 22-64 22-92 0z", one)
        + rect(104, 34, 32, 22, 5, two if dark(two) else deep)
        + f"{SHADE}{path('M140 52h16l10 140c-8 6-16 10-24 13z', '#14181f')}</g>"
        + label(words, 84, 92, 72, 58, two)
    )


def sachet(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M76 60c28 10 60 10 88 0l10 130c-32 24-76 24-108 0z", two, f' stroke="{one}" stroke-width="5"')
        + path("M72 152c32-20 66 16 100-6l4 44c-32 24-76 24-108 0z", one)
        + label(words, 84, 90, 72, 44, one)
    )


def pote(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M60 96h120l-14 104a9 9 0 0 1-9 8H83a9 9 0 0 1-9-8z", two)
        + path("M65 130h110l-7 50H72z", one)
        + rect(52, 78, 136, 24, 9, one)
        + f"{SHADE}{path('M158 102h21l-13 98a9 9 0 0 1-9 8h-14z', '#14181f')}</g>"
        + label(words, 76, 134, 88, 42, one)
    )


def barra(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M44 110l134-34 20 30-134 34z", two)
        + path("M64 140l134-34v58L64 200z", one)
        + path("M44 110l20 30v60l-20-32z", deep)
        + f'<g transform="rotate(-14.5 130 152)">{label(words, 84, 132, 92, 36, two)}</g>'
    )


def paquete(one: str, two: str, deep: str, words: str) -> str:
    zig = "M40 98l10 8-10 8 10 8-10 8 10 8-10 8 10 8-10 8 10 8-10 8h8V98z"
    return (
        rect(48, 92, 144, 96, 14, one)
        + path(zig, deep)
        + path(zig, deep, ' transform="matrix(-1 0 0 1 240 0)"')
        + path("M48 156c50-20 94 10 144-8v26a14 14 0 0 1-14 14H62a14 14 0 0 1-14-14z", two)
        + label(words, 74, 106, 92, 40, two)
    )


def bandeja(one: str, two: str, deep: str, words: str) -> str:
    slices = "".join(
        f'<ellipse cx="{84 + 24 * i}" cy="132" rx="30" ry="25" fill="{one}" stroke="{two}" stroke-width="5"/>'
        for i in range(4)
    )
    return (
        path("M30 118h180l-16 76a14 14 0 0 1-14 10H60a14 14 0 0 1-14-10z", "#e4e8ed")
        + slices
        + path("M33 140h174l-12 54a14 14 0 0 1-14 10H60a14 14 0 0 1-14-10z", "#f5f7f9")
        + label(words, 72, 154, 96, 34, deep)
    )


def queso(one: str, two: str, deep: str, words: str) -> str:
    holes = (
        circle(88, 160, 9, deep, ' fill-opacity=".35"')
        + circle(150, 152, 12, deep, ' fill-opacity=".35"')
        + circle(178, 178, 7, deep, ' fill-opacity=".35"')
    )
    return (
        path("M34 132L180 72c22 8 30 26 30 60z", two)
        + path("M34 132h176v62a8 8 0 0 1-8 8H42a8 8 0 0 1-8-8z", one)
        + holes
        + label(words, 98, 166, 62, 28, "#fffdf5")
    )


def fruta(one: str, two: str, deep: str, words: str) -> str:
    def one_fruit(x: float, y: float, r: float) -> str:
        shine = f'<ellipse cx="{x - r * 0.36:g}" cy="{y - r * 0.34:g}" rx="{r * 0.22:g}" ry="{r * 0.3:g}" fill="#fff" fill-opacity=".4"/>'
        leaf = path(f"M{x:g} {y - r + 4:g}q4-18 24-18q-4 18-24 18z", two)
        return circle(x, y, r, one) + circle(x, y, r, deep, ' fill-opacity=".06"') + shine + leaf

    return one_fruit(154, 134, 42) + one_fruit(82, 158, 46) + one_fruit(140, 172, 36)


def pera(one: str, two: str, deep: str, words: str) -> str:
    return (
        path(
            "M120 44c22 0 26 26 32 46 8 24 26 40 26 68 0 32-26 50-58 50s-58-18-58-50c0-28 18-44 26-68 6-20 10-46 32-46z",
            one,
        )
        + rect(115, 28, 10, 24, 4, two)
        + f"{SHADE}{path('M140 70c14 40 20 70 2 134 20-6 36-22 36-46 0-28-18-44-26-68z', '#14181f')}</g>"
        + '<ellipse cx="92" cy="142" rx="9" ry="24" fill="#fff" fill-opacity=".28"/>'
    )


def racimo(one: str, two: str, deep: str, words: str) -> str:
    spots = [
        (84, 98),
        (120, 92),
        (156, 98),
        (98, 128),
        (138, 128),
        (82, 152),
        (120, 158),
        (158, 152),
        (100, 182),
        (140, 182),
    ]
    grapes = "".join(circle(x, y, 21, one) + circle(x - 6, y - 7, 5, "#fff", ' fill-opacity=".35"') for x, y in spots)
    return (
        path("M116 84q-4-30 8-44l8 4q-10 16-6 40z", "#7a5a32") + path("M128 58q30-22 54 2q-26 22-54-2z", two) + grapes
    )


def banana(one: str, two: str, deep: str, words: str) -> str:
    curve = "M58 70c4 64 44 112 124 116 10 0 16 8 6 14-86 22-160-36-148-126z"
    return (
        path(curve, deep, ' fill-opacity=".55" transform="rotate(-16 120 120)"')
        + path(curve, one)
        + rect(40, 52, 20, 26, 6, two)
        + path("M180 186l20-2 2 14-16 4z", two)
    )


def tuberculo(one: str, two: str, deep: str, words: str) -> str:
    def potato(x: float, y: float, turn: float) -> str:
        eyes = circle(x - 18, y - 6, 3, two) + circle(x + 10, y + 8, 3, two) + circle(x + 22, y - 10, 2.5, two)
        return f'<g transform="rotate({turn:g} {x:g} {y:g})"><ellipse cx="{x:g}" cy="{y:g}" rx="52" ry="36" fill="{one}"/>{eyes}</g>'

    return potato(148, 126, 24) + potato(88, 152, -18) + potato(146, 176, 6)


def hoja(one: str, two: str, deep: str, words: str) -> str:
    leaf = "M120 206C60 190 40 130 74 66c14 20 28 10 46-22 18 32 32 42 46 22 34 64 14 124-46 140z"
    veins = '<path d="M120 200V80M120 150l-30-32M120 150l30-32M120 178l-34-24M120 178l34-24" stroke="#e8f5d8" stroke-width="5" fill="none" stroke-linecap="round"/>'
    return (
        path(leaf, two, ' transform="rotate(-20 120 200)"')
        + path(leaf, two, ' transform="rotate(20 120 200)"')
        + path(leaf, one)
        + veins
    )


def zanahoria(one: str, two: str, deep: str, words: str) -> str:
    def root(turn: float) -> str:
        body = path("M98 84q22-16 44 0q6 70-22 122q-28-52-22-122z", one)
        marks = '<path d="M102 112h16M122 136h14M108 158h12" stroke="#c55f14" stroke-width="4" stroke-linecap="round"/>'
        top = path("M120 84q-30-30-20-52q12 8 20 28q8-20 20-28q10 22-20 52z", two)
        return f'<g transform="rotate({turn:g} 120 150)">{top}{body}{marks}</g>'

    return root(34) + root(-34) + root(0)


def carne(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M46 150c-8-44 34-84 82-80 44 2 74 34 68 76-6 40-40 58-78 54-40 0-66-10-72-50z", two)
        + path("M60 150c-6-36 28-68 68-66 36 2 60 28 54 62-4 32-34 46-64 42-32 0-52-8-58-38z", one)
        + f'<path d="M84 128q26 8 30 36M132 104q14 20 6 52" stroke="{two}" stroke-width="6" fill="none" stroke-linecap="round"/>'
        + circle(150, 150, 11, two)
    )


def chorizo(one: str, two: str, deep: str, words: str) -> str:
    def link(y: float, turn: float) -> str:
        spots = "".join(circle(84 + 24 * i, y + (5 if i % 2 else -6), 3, "#f0c9b0") for i in range(4))
        return f'<g transform="rotate({turn:g} 120 {y:g})">{rect(50, y - 22, 140, 44, 22, one)}{circle(46, y, 6, two)}{circle(194, y, 6, two)}{spots}</g>'

    return link(104, -8) + link(146, 4) + link(186, -3)


def huevos(one: str, two: str, deep: str, words: str) -> str:
    def egg(x: float, y: float) -> str:
        return f'<ellipse cx="{x:g}" cy="{y:g}" rx="24" ry="31" fill="{one}" stroke="#14181f" stroke-opacity=".1" stroke-width="2"/>'

    back = "".join(egg(72 + 48 * i, 106) for i in range(3))
    front = "".join(egg(54 + 44 * i, 138) for i in range(4))
    return (
        back
        + front
        + path("M26 142h188l-14 56a12 12 0 0 1-12 8H52a12 12 0 0 1-12-8z", two)
        + label(words, 74, 160, 92, 34, "#fdfaf0")
    )


def pan(one: str, two: str, deep: str, words: str) -> str:
    return (
        path(
            "M40 132c-10-50 40-66 80-66s90 16 80 66c-2 8-8 10-8 16v46a10 10 0 0 1-10 10H58a10 10 0 0 1-10-10v-46c0-6-6-8-8-16z",
            one,
        )
        + path(
            "M56 130c-6-36 30-48 64-48s70 12 64 48c-2 8-8 10-8 16v38a6 6 0 0 1-6 6H70a6 6 0 0 1-6-6v-38c0-6-6-8-8-16z",
            two,
        )
        + label(words, 80, 136, 80, 40, one)
    )


def flauta(one: str, two: str, deep: str, words: str) -> str:
    def loaf(turn: float) -> str:
        cuts = f'<path d="M96 96l24 14M132 90l24 14M60 102l24 14" transform="translate(6 22)" stroke="{two}" stroke-width="8" stroke-linecap="round"/>'
        return f'<g transform="rotate({turn:g} 120 130)">{rect(34, 106, 172, 46, 23, one)}{cuts}</g>'

    return f'<g transform="translate(0 -22)">{loaf(-30)}</g><g transform="translate(6 30)">{loaf(-30)}</g>'


def medialuna(one: str, two: str, deep: str, words: str) -> str:
    moon = "M40 174c-8-70 34-112 80-112s88 42 80 112c-2 18-26 20-32 2-6-30-22-46-48-46s-42 16-48 46c-6 18-30 16-32-2z"
    cuts = f'<path d="M120 66v60M82 78l22 54M158 78l-22 54M54 112l30 34M186 112l-30 34" stroke="{two}" stroke-width="7" stroke-linecap="round"/>'
    return path(moon, one) + cuts


def alfajor(one: str, two: str, deep: str, words: str) -> str:
    return (
        f'<ellipse cx="120" cy="176" rx="78" ry="30" fill="{one}"/>'
        + rect(42, 148, 156, 28, 8, one)
        + rect(40, 130, 160, 22, 10, two)
        + rect(42, 104, 156, 30, 8, one)
        + f'<ellipse cx="120" cy="104" rx="78" ry="30" fill="{one}"/><ellipse cx="108" cy="98" rx="46" ry="13" fill="#fff" fill-opacity=".22"/>'
    )


def rollos(one: str, two: str, deep: str, words: str) -> str:
    def roll(x: float, y: float) -> str:
        return (
            rect(x - 32, y, 64, 74, 6, one)
            + f'<ellipse cx="{x:g}" cy="{y:g}" rx="32" ry="13" fill="#e6e9f0"/><ellipse cx="{x:g}" cy="{y:g}" rx="11" ry="5" fill="#b9a184"/>'
            + rect(x - 32, y + 40, 64, 8, 0, two)
        )

    return roll(84, 64) + roll(156, 64) + roll(84, 132) + roll(156, 132) + label(words, 66, 158, 108, 30, two)


def sifon(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M100 82h40c18 14 24 30 24 50v64a12 12 0 0 1-12 12H88a12 12 0 0 1-12-12v-64c0-20 6-36 24-50z", one)
        + rect(98, 46, 44, 38, 8, two)
        + path("M136 52h28q12 0 12 14v14h-12V70h-28z", two)
        + rect(112, 32, 16, 18, 4, deep)
        + label(words, 76, 128, 88, 42, two)
        + f"{SHINE}{rect(84, 118, 7, 80, 3.5, '#fff')}</g>"
    )


def tubo(one: str, two: str, deep: str, words: str) -> str:
    return f'<g transform="rotate(-24 120 130)">{path("M30 96h14l120 14v48L44 172H30z", one)}{rect(164, 116, 38, 36, 6, deep)}{label(words, 56, 112, 92, 44, two)}</g>'


def aerosol(one: str, two: str, deep: str, words: str) -> str:
    return (
        path("M84 92a36 26 0 0 1 72 0v106a10 10 0 0 1-10 10H94a10 10 0 0 1-10-10z", one)
        + rect(98, 40, 44, 32, 8, two)
        + f"{SHADE}{path('M138 76a36 26 0 0 1 18 16v106a10 10 0 0 1-10 10h-8z', '#14181f')}</g>"
        + label(words, 84, 116, 72, 52, two)
        + f"{SHINE}{rect(91, 94, 6, 106, 3, '#fff')}</g>"
    )


SHAPES: dict[str, Shape] = {
    f.__name__: f
    for f in (
        botella, vino, bidon, lata, lata_baja, frasco, frasquito, salero, carton, caja, caja_chica, ladrillo, bolsa,
        bolson, doypack, sachet, pote, barra, paquete, bandeja, queso, fruta, pera, racimo, banana, tuberculo, hoja,
        zanahoria, carne, chorizo, huevos, pan, flauta, medialuna, alfajor, rollos, sifon, tubo, aerosol,
    )
}  # fmt: skip
