"""The catalogue: what is sold, and the search in it."""

from dataclasses import replace

from quart import Blueprint, Response, request

from ahorro.domain.catalogo import Filtro
from ahorro.domain.errors import CampoInvalido
from ahorro.routes import answers as shapes
from ahorro.routes.house import answer, base
from ahorro.store.catalogo import ORDENES, select_productos
from ahorro.store.promociones import select_en_promocion
from ahorro.wire.producto import producto_json
from belgrano.http.access import anyone
from belgrano.http.answers import answers
from belgrano.words.numbers import whole
from belgrano.words.times import now

LIMITE, LIMITE_MAXIMO = 24, 200
LARGO_MAXIMO = 100

routes = Blueprint("catalogo", __name__)


def leer_texto(name: str, largo: int = LARGO_MAXIMO) -> str:
    """A text of the query string. Raises CampoInvalido for one that is too long or holds what cannot be stored."""
    text = request.args.get(name, "").strip()
    if len(text) > largo:
        raise CampoInvalido(name, f"puede tener hasta {largo} caracteres.")
    if any(c < " " or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in text):
        raise CampoInvalido(name, "tiene caracteres que no se pueden usar.")
    return text


def leer_filtro() -> Filtro:
    """What the query string narrows the catalogue to. Raises CampoInvalido."""
    return Filtro(
        q=leer_texto("q"),
        categoria=leer_texto("categoria"),
        negocio=leer_texto("negocio"),
        sucursal=leer_texto("sucursal"),
        ofertas=request.args.get("ofertas") == "1",
    )


async def con_promociones(filtro: Filtro) -> Filtro:
    """The filter; where it is for offers, with what promotions are for today."""
    if not filtro.ofertas:
        return filtro
    return replace(filtro, en_promocion=await base().read(select_en_promocion, now()))


def leer_limite(por_defecto: int = LIMITE, maximo: int = LIMITE_MAXIMO) -> int:
    """`limite` of the query string. Raises CampoInvalido for anything but a whole number in bounds."""
    text = request.args.get("limite", "")
    if not text:
        return por_defecto
    limite = whole(text, 9)
    if limite is None or not 1 <= limite <= maximo:
        raise CampoInvalido("limite", f"tiene que ser un número entero de 1 a {maximo}.")
    return limite


@routes.get("/api/productos")
@anyone
@answers(shapes.Productos)
async def get_productos() -> Response:
    """A page of what is on sale: `q` searches names without minding accents, `siguiente` is the next page's cursor.

    Without `orden` a search has first what is called so.
    """
    orden = leer_texto("orden")
    if orden not in ORDENES:
        raise CampoInvalido("orden", f"tiene que ser uno de: {', '.join(o for o in ORDENES if o)}.")
    productos, siguiente = await base().read(
        select_productos,
        await con_promociones(leer_filtro()),
        orden=orden,
        limite=leer_limite(),
        cursor=leer_texto("cursor", 400),
    )
    return answer({"productos": [producto_json(p) for p in productos], "siguiente": siguiente})
