"""The owner's products as pages: a list to search, and the form of one, new or there already."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from urllib.parse import urlencode

from quart import Blueprint, redirect, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.actions.fichas import cambiar_producto, cambiar_varios
from ahorro.actions.imagenes import crear_con_imagenes
from ahorro.domain.catalogo import MEDIDAS, Filtro, Producto
from ahorro.domain.cuenta import ENCARGADOS
from ahorro.domain.errors import CampoInvalido, ProductoNoExiste, VersionVieja
from ahorro.domain.imagen import IMAGENES_MAXIMAS
from ahorro.routes.admin.productos import CambiosDesde, Nuevo, datos_de, leer_filtro, quien
from ahorro.routes.catalogo import leer_texto
from ahorro.routes.house import base, me
from ahorro.routes.pages.admin.fotos import fotos_mandadas, let_photos_in
from ahorro.routes.pages.admin.historia import historia_de
from ahorro.routes.pages.admin.marco import secciones_de
from ahorro.routes.pages.forms import check, form, go, number, own_path, sentence
from ahorro.store.catalogo import (
    count_por_estado,
    select_categorias,
    select_negocios,
    select_producto_aun,
    select_productos,
)
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.words.numbers import whole
from belgrano.words.times import dia_de

routes = Blueprint("paginas_admin_productos", __name__)

POR_PAGINA = 50
SOLAPAS = (
    ("", "Todos"), ("activo", "A la venta"), ("inactivo", "Fuera de la venta"), ("sin_stock", "Sin stock"),
    ("poco_stock", "Poco stock"), ("sin_foto", "Sin foto"),
)  # fmt: skip
TEXTOS = (
    "nombre", "precio", "oferta_precio", "oferta_desde", "oferta_hasta", "negocio", "categoria", "codigo_barras",
    "stock", "stock_minimo", "estante", "descripcion", "unidad", "cuanto_trae", "medida", "iva", "internos", "costo",
    "ingredientes", "advertencias",
)  # fmt: skip
# Fields of the form that have another name in the JSON: a page has one `contenido` already, its own.
DEL_JSON = {"cuanto_trae": "contenido", "oferta_precio": "oferta"}
DE_LA_FICHA = {campo: nombre for nombre, campo in DEL_JSON.items()}
TILDES = ("activo", "por_peso", "mayores", "destacado")
DINERO, ENTEROS = ("precio", "costo"), ("stock", "stock_minimo", "cuanto_trae")
NUEVA = {**dict.fromkeys(TEXTOS + TILDES, ""), "iva": "21", "internos": "0", "activo": "1"}
PROPIO = {"codigo_barras": "", "stock": "", "estante": ""}  # what a copy of a product does not take along
SIN_ELEGIR = {"categoria": "Elegí una categoría.", "negocio": "Elegí un negocio."}
_MONTO = re.compile(r"\d{1,3}(\.\d{3})+(,\d{1,2})?|\d+(,\d{1,2})?|\d+\.\d{1,2}")


@routes.get("/admin/productos")
@allow(*ENCARGADOS)
async def get_productos() -> ResponseReturnValue:
    """All products, by what they lack, and searched by name, bar code or clave."""
    f, cursor = leer_filtro(), leer_texto("cursor", 400)
    if f.q.isdecimal() and len(f.q) >= 8 and not f.codigo:  # what a scanner types
        f = Filtro(codigo=f.q, estado=f.estado, negocio=f.negocio, categoria=f.categoria)
    productos, siguiente, cuentas, categorias, negocios = await base().read(_list, f, cursor)
    return await render_template(
        "ahorro/admin/productos.html",
        f=f,
        productos=productos,
        solapas=[(nombre, _address(f, estado=e), cuentas[e], e == f.estado) for e, nombre in SOLAPAS],
        siguiente=_address(f, cursor=siguiente) if siguiente else "",
        principio=_address(f) if cursor else "",
        categorias=categorias,
        negocios=negocios,
        aca=_address(f, cursor=cursor),
        ninguno=_address(f, cursor=cursor) == _address(Filtro(estado="")) and not productos,
        deshacer=_deshacer(),
        con_precios=any(each.camino == "/admin/precios" for each in secciones_de(me().rol)),
    )


def _deshacer() -> tuple[str, dict[int, int | None], int] | None:
    """What was put on sale (`1`) or taken off (`0`) just now, which, and how many were left alone; None: nothing."""
    que, tocados = leer_texto("quedaron"), whole(leer_texto("tocados"), 2) or 0
    return (que, _elegidos(request.args.getlist("cual")), tocados) if que in {"0", "1"} else None


def _elegidos(textos: Sequence[str]) -> dict[int, int | None]:
    """Ids, or ids with the version that was seen (`12-3`), as many as a page has."""
    found = {}
    for texto in textos[:POR_PAGINA]:
        cual, _, version = texto.partition("-")
        if (producto_id := whole(cual)) is not None:
            found[producto_id] = whole(version)
    return found


@routes.post("/admin/productos/varios")
@allow(*ENCARGADOS)
async def post_varios() -> ResponseReturnValue:
    """Put the chosen ones on sale or take them off; the list says which, and takes back what nobody touched since."""
    textos = await form("activo", "a")
    elegidos = _elegidos((await request.form).getlist("id"))
    if textos["activo"] not in {"0", "1"}:
        raise CampoInvalido("activo", "tiene que ser 1 o 0.")
    changed, tocados = await base().do(cambiar_varios, quien(), elegidos, textos["activo"] == "1")
    which = urlencode(
        [
            ("quedaron", textos["activo"]),
            *(("cual", f"{p.id}-{p.version}") for p in changed),
            *([("tocados", tocados)] if tocados else []),
        ]
    )
    back = own_path(textos["a"], "/admin/productos")
    return redirect(f"{back}{'&' if '?' in back else '?'}{which}", 303)


async def _list(con: Connection, f: Filtro, cursor: str):  # type: ignore[no-untyped-def]
    productos, siguiente = await select_productos(con, f, limite=POR_PAGINA, cursor=cursor)
    cuentas = await count_por_estado(con, f)
    return productos, siguiente, cuentas, await select_categorias(con, contadas=False), await select_negocios(con)


def _address(f: Filtro, **more: str) -> str:
    parts = {"q": f.q or f.codigo, "negocio": f.negocio, "categoria": f.categoria, "estado": f.estado, **more}
    return "/admin/productos?" + urlencode({name: value for name, value in parts.items() if value})


@routes.get("/admin/productos/nuevo")
@allow(*ENCARGADOS)
async def get_nuevo() -> ResponseReturnValue:
    """The form of a new product, filed where the last one was, or filled like the one that `como` names."""
    como = whole(leer_texto("como"), 18)
    if como is not None:
        return await _form(None, textos_de(await _producto(como)) | PROPIO, {})
    last = {campo: leer_texto(campo) for campo in ("negocio", "categoria", "codigo_barras")}
    return await _form(None, NUEVA | last, {})


@routes.post("/admin/productos/nuevo")
@allow(*ENCARGADOS)
async def post_nuevo() -> ResponseReturnValue:
    """A new product with its photos, or its form with what is wrong."""
    let_photos_in()
    textos = await form(*TEXTOS, *TILDES)
    fotos, wrong = await fotos_mandadas()
    said = {campo for campo in TEXTOS + TILDES if textos[campo] != NUEVA[campo]}
    nuevo, errores = check(Nuevo, _said(textos, said | {"nombre", "precio", "negocio", "categoria"}))
    errores |= {campo: detalle for campo, detalle in SIN_ELEGIR.items() if not textos[campo]}
    errores |= {"imagen": " ".join(wrong)} if wrong else {}
    if nuevo is not None and not errores:
        try:
            made = await base().do(crear_con_imagenes, quien(), datos_de(nuevo), [nueva for _, nueva in fotos])
        except CampoInvalido as error:
            errores = {error.campo: sentence(error.campo, error.detalle)}
        else:
            last = urlencode({"negocio": made.negocio_id, "categoria": made.categoria_id})
            return go(f"/admin/productos/nuevo?{last}", "producto_nuevo")
    if fotos and "imagen" not in errores:
        errores["imagen"] = "Volvé a elegir la foto: el navegador no la guarda."
    return await _form(None, textos, errores, status=400)


@routes.get("/admin/productos/<int:producto_id>")
@allow(*ENCARGADOS)
async def get_producto(producto_id: int) -> ResponseReturnValue:
    """The form of one."""
    producto = await _producto(producto_id)
    return await _form(producto, textos_de(producto), {})


@routes.post("/admin/productos/<int:producto_id>")
@allow(*ENCARGADOS)
async def post_producto(producto_id: int) -> ResponseReturnValue:
    """What was changed in the form, from the version that was seen; what is as it was is not written."""
    textos = await form(*TEXTOS, *TILDES, "version", "stock_visto")
    producto = await _producto(producto_id)
    antes = textos_de(producto)
    said = {campo for campo in TEXTOS + TILDES if textos[campo].replace("\r\n", "\n") != antes[campo]}
    data = _said(textos, said) | {"version": number(textos["version"])}
    if "stock" in said and textos["stock_visto"].strip():
        data["stock_visto"] = number(textos["stock_visto"])
    cambios, errores = check(CambiosDesde, data)
    errores |= {campo: detalle for campo, detalle in SIN_ELEGIR.items() if not textos[campo]}
    if cambios is not None and not errores:
        try:
            await base().do(cambiar_producto, quien(), producto_id, cambios.version, datos_de(cambios))
        except CampoInvalido as error:
            errores = {error.campo: sentence(error.campo, error.detalle)}
        except VersionVieja as error:
            ahora = {campo: f"Ahora dice: {antes[campo] or 'nada'}" for campo in said}
            return await _form(producto, textos, {"": error.detalle}, ahora=ahora, status=409)
        else:
            return go(f"/admin/productos/{producto_id}", "guardado")
    # Still from the version that was seen: a form with a slip in it is no fresh look.
    return await _form(producto, textos, errores, version=textos["version"], status=400)


async def get_con_errores(producto_id: int, errores: Mapping[str, str], status: int) -> ResponseReturnValue:
    """The form of one as it is now, under what is wrong with something else on its page."""
    producto = await _producto(producto_id)
    return await _form(producto, textos_de(producto), errores, status=status)


async def _producto(producto_id: int) -> Producto:
    producto = await base().read(select_producto_aun, producto_id) if producto_id < 2**63 else None
    if producto is None:
        raise ProductoNoExiste
    return producto


async def _form(
    producto: Producto | None,
    textos: Mapping[str, str],
    errores: Mapping[str, str],
    *,
    ahora: Mapping[str, str] | None = None,
    version: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    page = await render_template(
        "ahorro/admin/producto.html",
        p=producto,
        **await historia_de(producto),
        datos=textos,
        errores={DE_LA_FICHA.get(campo, campo): detalle for campo, detalle in errores.items()},
        ahora=ahora or {},
        version=version or (producto.version if producto else ""),
        stock_visto=textos["stock_visto"] if version else textos_de(producto)["stock"] if producto else "",
        medidas=MEDIDAS,
        maximo_de_fotos=IMAGENES_MAXIMAS,
        categorias=await base().read(select_categorias, contadas=False),
        negocios=await base().read(select_negocios),
    )
    return page, status


def textos_de(p: Producto) -> dict[str, str]:
    """A product as its form shows it: `1234,50`, `10,5`, days of Buenos Aires; a tick is `1`."""

    def text(value: object) -> str:
        return "" if value is None else str(value)

    return {
        "nombre": p.nombre,
        "precio": pesos_de(p.precio_centavos),
        "oferta_precio": pesos_de(p.oferta_centavos),
        "oferta_desde": "" if p.oferta_desde is None else dia_de(p.oferta_desde).isoformat(),
        "oferta_hasta": "" if p.oferta_hasta is None else dia_de(p.oferta_hasta - 1).isoformat(),
        "negocio": str(p.negocio_id),
        "categoria": str(p.categoria_id),
        "codigo_barras": text(p.codigo_barras),
        "stock": text(p.stock),
        "stock_minimo": text(p.stock_minimo),
        "estante": p.estante,
        "descripcion": p.descripcion,
        "unidad": text(p.unidad),
        "cuanto_trae": text(p.contenido),
        "medida": text(p.medida),
        "iva": text(p.iva_por_ciento).replace(".", ","),
        "internos": f"{p.internos_por_mil / 10:g}".replace(".", ","),
        "costo": pesos_de(p.costo_centavos),
        "ingredientes": p.ingredientes,
        "advertencias": p.advertencias,
        **{tilde: "1" if getattr(p, tilde) else "" for tilde in TILDES},
    }


def pesos_de(centavos: int | None) -> str:
    """An amount as a form shows it, `1234,50`; empty for None."""
    return "" if centavos is None else f"{centavos // 100},{centavos % 100:02d}".removesuffix(",00")


def _said(textos: Mapping[str, str], campos: set[str]) -> dict[str, object]:
    """The fields of the form as the JSON says them; what nobody can read stays a text, for the shape to refuse."""
    data: dict[str, object] = {}
    for campo in campos - {"oferta_precio", "oferta_desde", "oferta_hasta"}:
        text = textos[campo].strip()
        if campo in TILDES:
            data[campo] = text == "1"
        elif campo in (*DINERO, "iva", "internos"):
            data[campo] = monto(text) if text or campo != "costo" else None
        elif campo in ENTEROS:
            data[DEL_JSON.get(campo, campo)] = number(text) if text else None
        else:
            data[campo] = text or (None if campo in {"codigo_barras", "unidad", "medida"} else "")
    if campos & {"oferta_precio", "oferta_desde", "oferta_hasta"}:
        precio, desde, hasta = (textos[f"oferta_{each}"].strip() for each in ("precio", "desde", "hasta"))
        some = precio or desde or hasta
        data["oferta"] = {"precio": monto(precio), "desde": desde or None, "hasta": hasta or None} if some else None
    return data


def monto(text: str) -> Decimal | str:
    """The number that an Argentine types, `1.234,50` or `$ 950`; any other text as it is, for the shape to refuse."""
    bare = re.sub(r"[\s$]", "", text)
    if not bare.isascii() or len(bare) > 20 or not _MONTO.fullmatch(bare):
        return text
    if "," in bare or not re.fullmatch(r"\d+\.\d{1,2}", bare):
        bare = bare.replace(".", "").replace(",", ".")
    return Decimal(bare)
