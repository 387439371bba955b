"""The cart, by forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from quart import Blueprint, make_response, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.actions.carritos import (
    agregar_al_carrito,
    poner_en_el_carrito,
    quitar_cupon,
    quitar_del_carrito,
    vaciar_carrito,
)
from ahorro.domain.area import Punto
from ahorro.domain.configuracion import Configuracion
from ahorro.domain.envio import Tarifa, tarifa_de
from ahorro.domain.errors import CampoInvalido, CarritoVacio, DomainError, ProductoNoExiste
from ahorro.domain.zona import zona_de
from ahorro.routes.carrito import Agregado, Codigo, Cuantos, check_id, con_cupon, en_el_carrito, ver_carrito
from ahorro.routes.house import base, configuracion, house, visitor
from ahorro.routes.pages.barrio import OTRO, barrio_dicho, recordar
from ahorro.routes.pages.forms import check, form, go, number, own_path
from ahorro.routes.pages.ubicacion import leer_ubicacion, recordar_ubicacion, ubicacion_dicha
from ahorro.routes.pedidos import NUMERO
from ahorro.store.catalogo import select_producto
from ahorro.store.pedidos import select_pedido
from belgrano.http.access import anyone
from belgrano.http.problems import Problem
from belgrano.words.text import folded

routes = Blueprint("paginas_carrito", __name__)


@dataclass(frozen=True, slots=True)
class Lugar:
    """Where it would be brought, as far as that is known: `tarifa` is None as long as it is not, or outside.

    `afuera` says that the shop does not go there.
    """

    barrio: str
    tarifa: Tarifa | None
    afuera: str = ""

    def es(self, barrio: str) -> bool:
        """Whether this barrio is the one that was said."""
        return folded(barrio) == folded(self.barrio)


def lugar_de(tienda: Configuracion, barrio: str, punto: Punto | None = None) -> Lugar:
    """What holds for delivery to a barrio, or to a point of the map; without either, only where there are no zones."""
    if tienda.zonas and not barrio and punto is None:
        return Lugar("", None)
    try:
        return Lugar(barrio, tarifa_de(tienda.envio, zona_de(tienda.zonas, barrio, "", punto)))
    except CampoInvalido as outside:
        return Lugar(barrio, None, outside.detalle)


async def _page(error: str = "", status: int = 200, **more: str) -> ResponseReturnValue:
    carrito = await ver_carrito()
    agregado_id = number(request.args.get("agregado", ""))
    tienda, escrita = await configuracion(), more.pop("ubicacion", "") or ubicacion_dicha()
    punto, _ = leer_ubicacion(escrita) if tienda.dibuja else (None, "")
    aviso = {"aviso": {"clase": "error", "texto": error}} if error else {}
    page = await render_template(
        "ahorro/carrito.html",
        carrito=carrito,
        agregado=next((r for r in carrito.renglones if r.producto_id == agregado_id), None),
        lugar=lugar_de(tienda, await barrio_dicho(), punto),
        ubicacion=escrita,
        otro=OTRO,
        volver=own_path(request.args.get("volver", ""), "/productos"),
        ya=await _ya(request.args.get("ya", "")),
        **aviso,
        **more,
    )
    return page, status


async def _ya(numero: str) -> str:
    """The numero of one's own pedido that the cart was ordered with, if it is one."""
    usuario = await visitor()
    mine = usuario is not None and NUMERO.fullmatch(numero)
    return numero if mine and usuario and await base().read(select_pedido, usuario.id, numero) is not None else ""


@routes.get("/carrito")
@anyone
async def get_carrito() -> ResponseReturnValue:
    """What is in the cart."""
    return await _page()


@routes.post("/carrito/agregar")
@anyone
async def post_agregar() -> ResponseReturnValue:
    """Add to the cart and show it."""
    data = await form("producto_id", "cantidad", "peso_g", "volver")
    agregado, errores = check(Agregado, {"producto_id": number(data["producto_id"]), **_cuanto(data)})
    if agregado is None:
        detalle = errores.get("cantidad") or errores.get("peso_g") or str(ProductoNoExiste())
        return await _page(detalle, 400)
    if await base().read(select_producto, agregado.producto_id) is None:
        return await _page(str(ProductoNoExiste()), 404)
    try:
        await en_el_carrito(agregar_al_carrito, agregado.producto_id, agregado.cuanto)
    except DomainError as error:
        return await _page(str(error), 400 if isinstance(error, CampoInvalido) else 409)
    volver = own_path(data["volver"], "/productos")
    return go(f"/carrito?agregado={agregado.producto_id}&volver={quote(volver, safe='/?=')}")


def _cuanto(data: Mapping[str, str]) -> dict[str, object]:
    """How much a form asks for: `peso_g` where it says so, else `cantidad`, one unless it says more."""
    if data["peso_g"].strip():
        return {"peso_g": number(data["peso_g"])}
    return {"cantidad": number(data["cantidad"] or "1")}


@routes.post("/carrito/items/<int:producto_id>")
@anyone
async def post_item(producto_id: int) -> ResponseReturnValue:
    """Change how many of a product are in the cart, or take it out."""
    data = await form("cantidad", "peso_g", "accion")
    if data["accion"] == "quitar" or "0" in {data["cantidad"].strip(), data["peso_g"].strip()}:
        session = await house().sessions.current()
        if session is not None:
            await base().do(quitar_del_carrito, session.token_hash, check_id(producto_id))
        return go("/carrito", "quitado")
    cuantos, errores = check(Cuantos, _cuanto(data))
    if cuantos is None:
        return await _page(errores.get("cantidad") or errores.get("peso_g", ""), 400)
    try:
        await en_el_carrito(poner_en_el_carrito, check_id(producto_id), cuantos.cuanto)
    except DomainError as error:
        return await _page(str(error), 400 if isinstance(error, CampoInvalido) else 409)
    return go("/carrito", "cantidad")


@routes.post("/carrito/barrio")
@anyone
async def post_barrio() -> ResponseReturnValue:
    """Say where it would be brought, to see what that costs."""
    data = await form("barrio", "ubicacion")
    escrita = data["ubicacion"].strip()
    _, error = leer_ubicacion(escrita)
    if error:
        return await _page(status=400, ubicacion=escrita, error_de_ubicacion=error)
    back = await make_response(go("/carrito"))
    recordar(back, data["barrio"].strip())
    recordar_ubicacion(back, escrita)
    return back


@routes.post("/carrito/cupon")
@anyone
async def post_cupon() -> ResponseReturnValue:
    """Put a coupon in, or take it out."""
    data = await form("codigo", "accion")
    if data["accion"] == "quitar_cupon":
        session = await house().sessions.current()
        if session is not None:
            await base().do(quitar_cupon, session.token_hash)
        return go("/carrito", "cupon_quitado")
    error, status = await usar_cupon(data["codigo"])
    if error:
        return await _page(status=status, codigo=data["codigo"], error_de_cupon=error)
    return go("/carrito", "cupon")


async def usar_cupon(text: str) -> tuple[str, int]:
    """Put the coupon that was typed into the cart; what is wrong with it as a sentence, and the status of that."""
    codigo, errores = check(Codigo, {"codigo": text})
    if codigo is None or not text.strip():
        return errores.get("codigo", "Escribí el código del cupón."), 400
    try:
        await con_cupon(codigo.codigo)
    except CampoInvalido as error:
        return error.detalle, 400
    except CarritoVacio as error:
        return error.detalle, 409
    except Problem as problem:  # too many in a short time
        return problem.detail, problem.status
    return "", 200


@routes.post("/carrito/vaciar")
@anyone
async def post_vaciar() -> ResponseReturnValue:
    """Take everything out."""
    session = await house().sessions.current()
    if session is not None:
        await base().do(vaciar_carrito, session.token_hash)
    return go("/carrito", "vaciado")
