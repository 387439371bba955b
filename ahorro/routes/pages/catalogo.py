"""Home, catalogue and search, product, negocios."""

from contextlib import suppress
from dataclasses import replace
from urllib.parse import urlencode

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.actions.busquedas import anotar_busqueda
from ahorro.domain.busqueda import SINONIMOS, leer, nota, parecidas, se_busca_cerca
from ahorro.domain.catalogo import Categoria, Filtro, Negocio, Producto, Sucursal
from ahorro.domain.errors import CampoInvalido
from ahorro.routes.catalogo import con_promociones, leer_filtro, leer_texto
from ahorro.routes.house import base, visitor
from ahorro.store.catalogo import (
    count_productos,
    select_categorias,
    select_negocios,
    select_producto_por_clave,
    select_productos,
    select_sucursales,
)
from ahorro.store.palabras import select_a_la_venta, select_palabras
from ahorro.store.pedidos import select_pedidos
from ahorro.store.promociones import select_en_promocion
from belgrano.database.base import Unavailable
from belgrano.database.work import Connection
from belgrano.http.access import anyone
from belgrano.http.problems import Problem, respond
from belgrano.words.times import now

routes = Blueprint("paginas_catalogo", __name__)

POR_PAGINA = 24
ORDENES_CON_NOMBRE = (
    ("", "Por góndola"),
    ("precio", "Menor precio"),
    ("-precio", "Mayor precio"),
    ("nombre", "Nombre, de la A a la Z"),
)


def _puestos(f: Filtro) -> int:
    """How many narrow the list, the search aside."""
    return sum(map(bool, (f.categoria, f.negocio, f.sucursal, f.ofertas)))


def _address(f: Filtro, **more: str) -> str:
    """The address of a list."""
    parts = {"q": f.q, "categoria": f.categoria, "negocio": f.negocio, "sucursal": f.sucursal}
    parts |= {"ofertas": "1" if f.ofertas else "", **more}
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"/productos?{query}" if query else "/productos"


async def _shelves(con: Connection) -> tuple[list[Categoria], list[Negocio], list[Sucursal]]:
    return await select_categorias(con), await select_negocios(con), await select_sucursales(con)


async def _home(
    con: Connection,
) -> tuple[list[Categoria], list[Negocio], list[Sucursal], list[Producto], list[Producto], int]:
    rebajados = Filtro(ofertas=True, en_promocion=await select_en_promocion(con, now()))
    ofertas, _ = await select_productos(con, replace(rebajados, destacados=True), limite=10)
    if not ofertas:
        ofertas, _ = await select_productos(con, rebajados, limite=10)
    destacados, _ = await select_productos(con, Filtro(destacados=True), limite=20)
    otros = [p for p in destacados if p.id not in {o.id for o in ofertas}]
    categorias, negocios, sucursales = await _shelves(con)
    total = sum(c.productos for c in categorias if c.padre_id is None)
    return categorias, negocios, sucursales, ofertas, otros[:10], total


@routes.get("/")
@anyone
async def get_inicio() -> ResponseReturnValue:
    """The shop's front."""
    categorias, negocios, sucursales, ofertas, destacados, total = await base().read(_home)
    usuario = await visitor()
    ultimo = (await base().read(select_pedidos, usuario.id, 1))[:1] if usuario is not None else []
    return await render_template(
        "ahorro/inicio.html",
        categorias=categorias,
        negocios=negocios,
        sucursales=sucursales,
        ofertas=ofertas,
        destacados=destacados,
        total=total,
        en_curso=next((p for p in ultimo if not p.cerrado), None),
    )


@routes.get("/categorias")
@anyone
async def get_categorias() -> ResponseReturnValue:
    """Every shelf."""
    return await render_template("ahorro/categorias.html", categorias=await base().read(select_categorias))


@routes.get("/negocios")
@anyone
async def get_negocios() -> ResponseReturnValue:
    """Every negocio."""
    _, negocios, sucursales = await base().read(_shelves)
    return await render_template("ahorro/negocios.html", negocios=negocios, sucursales=sucursales)


@routes.get("/negocios/<clave>")
@anyone
async def get_negocio(clave: str) -> ResponseReturnValue:
    """One negocio, its sucursales and the first of its products."""
    _, negocios, sucursales = await base().read(_shelves)
    negocio = next((n for n in negocios if n.clave == clave), None)
    if negocio is None:
        raise Problem(404, "no_existe", "No encontramos ese negocio.")
    productos, _ = await base().read(select_productos, Filtro(negocio=clave), limite=POR_PAGINA)
    return await render_template(
        "ahorro/negocio.html",
        negocio=negocio,
        sucursales=[s for s in sucursales if s.negocio_id == negocio.id],
        productos=productos,
        total=await base().read(count_productos, Filtro(negocio=clave)),
    )


async def _lista(
    con: Connection, f: Filtro, orden: str, cursor: str
) -> tuple[list[Producto], str | None, int, tuple[list[Categoria], list[Negocio], list[Sucursal]]]:
    productos, siguiente = await select_productos(con, f, orden=orden, limite=POR_PAGINA, cursor=cursor)
    total = await count_productos(con, f) if cursor or siguiente else len(productos)
    return productos, siguiente, total, await _shelves(con)


@routes.get("/productos")
@anyone
async def get_productos() -> ResponseReturnValue:
    """The catalogue: searched, filtered, ordered by a GET form."""
    f, orden, cursor = await con_promociones(leer_filtro()), leer_texto("orden"), leer_texto("cursor", 400)
    productos, siguiente, total, (categorias, negocios, sucursales) = await base().read(_lista, f, orden, cursor)
    if f.q and not productos and not cursor and not _puestos(f):
        with suppress(Unavailable):  # the answer is the same when nothing can be written
            await base().do(anotar_busqueda, f.q)
    return await render_template(
        "ahorro/productos.html",
        f=f,
        orden=orden,
        titulo=_titulo(f, categorias, negocios),
        busqueda=f.q,
        productos=productos,
        total=total,
        siguiente=_address(f, orden=orden, cursor=siguiente) if siguiente else "",
        adelante=bool(cursor),
        sugerencia=await base().read(_sugerencia, f.q) if f.q and not productos else "",
        nota=nota(f.q),
        aca=_address(f, orden=orden),
        filtros_puestos=_puestos(f),
        ordenes=[("", "Lo más parecido primero"), *ORDENES_CON_NOMBRE[1:]] if f.q else ORDENES_CON_NOMBRE,
        categorias=categorias,
        negocios=negocios,
        sucursales=sucursales,
    )


def _titulo(f: Filtro, categorias: list[Categoria], negocios: list[Negocio]) -> str:
    if f.q:
        return f"Resultados de «{f.q}»"
    categoria = next((c.nombre for c in categorias if f.categoria in (c.clave, str(c.id), c.nombre)), "")
    negocio = next((n.nombre for n in negocios if f.negocio in (n.clave, str(n.id), n.nombre)), "")
    que = categoria or negocio
    if f.ofertas:
        return f"Ofertas en {que}" if que else "Ofertas de la semana"
    return que or "Todos los productos"


async def _sugerencia(con: Connection, q: str) -> str:
    """The nearest search that finds something: by words that are near, without a size, by the words that there are."""
    words, sizes = leer(q)
    conocidas = {*await select_palabras(con, *se_busca_cerca(words)), *SINONIMOS}
    posibles = {word: [word] if word in conocidas else parecidas(word, conocidas) for word in words}
    vendidas = await select_a_la_venta(con, {each for near in posibles.values() for each in near}) | SINONIMOS.keys()
    mejor = {word: next((each for each in near if each in vendidas), "") for word, near in posibles.items()}
    ways = ([mejor[w] or w for w in words], words if sizes else [], [mejor[w] for w in words if mejor[w]])
    for text in dict.fromkeys(" ".join(way) for way in ways if way and (way != words or sizes)):
        if (await select_productos(con, Filtro(q=text), limite=1))[0]:
            return text
    return ""


@routes.get("/productos/<clave>")
@anyone
async def get_producto(clave: str) -> ResponseReturnValue:
    """One product."""
    found = await base().read(_producto, clave)
    if found is None:
        raise Problem(404, "producto_no_existe", "Ese producto no existe o ya no está a la venta.")
    p, categorias, negocios, parecidos = found
    return await render_template(
        "ahorro/producto.html",
        p=p,
        categoria=next(c for c in categorias if c.id == p.categoria_id),
        negocio=next(n for n in negocios if n.id == p.negocio_id),
        parecidos=[o for o in parecidos if o.id != p.id][:5],
    )


async def _producto(
    con: Connection, clave: str
) -> tuple[Producto, list[Categoria], list[Negocio], list[Producto]] | None:
    p = await select_producto_por_clave(con, clave)
    if p is None:
        return None
    parecidos, _ = await select_productos(con, Filtro(categoria=str(p.categoria_id)), limite=6)
    return p, await select_categorias(con, contadas=False), await select_negocios(con), parecidos


@routes.errorhandler(CampoInvalido)
async def bad_address(error: CampoInvalido) -> ResponseReturnValue:
    """An address of a list that nobody could have come to by a link."""
    detail = f"La dirección de esta página no sirve: {error.campo}: {error.detalle}"
    return await respond(Problem(400, "datos_invalidos", detail))
