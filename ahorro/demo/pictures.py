"""Draws the demo's pictures as small SVG files: one per product, categoria and negocio.

A picture is a soft ground, a shadow and one shape in two colours. Presentation attributes only, no style and no
script, so that it may be shown under the strictest policy. `make install` draws them into static/img.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from ahorro.demo.negocios import CATEGORIAS, NEGOCIOS
from ahorro.demo.productos import ProductoDemo, parse_productos
from ahorro.demo.shapes import SHAPES, text

IMG = Path(__file__).resolve().parents[2] / "static" / "img"


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` of `other` in it."""
    pairs = [(int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def svg(inside: str, ground: str, title: str, *, radius: int = 0) -> str:
    """A square picture of 240 units."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" width="480" height="480">'
        f"<title>{escape(title)}</title>"
        f'<rect width="240" height="240" rx="{radius}" fill="{ground}"/>{inside}</svg>\n'
    )


def draw(shape: str, colores: tuple[str, str], brand: str, title: str, *, radius: int = 0) -> str:
    """One thing on a ground that goes with its colour."""
    one, two = colores
    inside = SHAPES[shape](one, two, mix(one, "#000000", 0.28), brand)
    shadow = '<ellipse cx="120" cy="209" rx="66" ry="8" fill="#14181f" fill-opacity=".1"/>'
    return svg(shadow + inside, mix(one, "#ffffff", 0.86), title, radius=radius)


def product_picture(p: ProductoDemo) -> str:
    """The picture of a product: its shape, its colours, the brand on its label."""
    return draw(p.dibujo, p.colores, p.marca, f"{p.nombre} {p.marca} {p.medida}")


def negocio_picture(nombre: str, siglas: str, colour: str) -> str:
    """A negocio's sign: an awning over its initials."""
    stripes = "".join(
        f'<path d="M{30 + 36 * i} 40h36v34a18 18 0 0 1-36 0z" fill="{colour if i % 2 == 0 else "#ffffff"}"/>'
        for i in range(5)
    )
    shop = f'<rect x="42" y="70" width="156" height="136" rx="6" fill="#ffffff"/>{stripes}'
    shop += f'<rect x="30" y="30" width="180" height="14" rx="5" fill="{mix(colour, "#000000", 0.25)}"/>'
    return svg(shop + text(siglas, 120, 168, 60, colour, width=140), mix(colour, "#ffffff", 0.82), nombre, radius=28)


def pictures() -> dict[str, str]:
    """Every picture by its path under static/img."""
    out = {f"productos/{p.codigo}.svg": product_picture(p) for p in parse_productos()}
    for c in CATEGORIAS:
        out[f"categorias/{c.codigo}.svg"] = draw(c.dibujo, c.colores, "", c.nombre, radius=120)
    for n in NEGOCIOS:
        out[f"negocios/{n.codigo}.svg"] = negocio_picture(n.nombre, n.siglas, n.color)
    out["productos/sin-imagen.svg"] = svg(SHAPES["caja"]("#c9ced6", "#eef0f3", "#9aa2ad", ""), "#eef0f3", "Sin imagen")
    return out


def write(folder: Path = IMG, say: Callable[[str], None] = print) -> None:
    """Write them all."""
    made = pictures()
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    say(f"{len(made)} pictures in {folder.name}/")


if __name__ == "__main__":
    write()
