"""Checkout: the form, and the pedido that it makes."""

import secrets

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.actions.pedidos import confirmar_pedido
from ahorro.domain.carrito import Carrito
from ahorro.domain.errors import CampoInvalido, CarritoVacio, ClaveReusada, SinStock, TotalCambio
from ahorro.routes.house import base, me, my_session
from ahorro.routes.pages.forms import check, fields, given, go, number
from ahorro.routes.pedidos import CLIENTES, Confirmacion, mi_pedido
from ahorro.store.carritos import select_carrito
from belgrano.access import allow

routes = Blueprint("paginas_compra", __name__)

METODOS = (
    ("efectivo", "Efectivo", "Le pagás al repartidor cuando llega."),
    ("tarjeta", "Débito o crédito", "El repartidor lleva el posnet."),
    ("transferencia", "Transferencia", "Al alias que te damos al confirmar."),
    ("mercadopago", "Mercado Pago", "Con el QR que lleva el repartidor."),
)
CAMPOS = ("clave", "total", "direccion", "piso", "depto", "barrio", "telefono", "metodo_pago", "notas")
EMPTY = dict.fromkeys(CAMPOS, "")


def nueva_clave() -> str:
    """What makes a form sent twice one pedido."""
    return secrets.token_urlsafe(16)


async def _page(
    carrito: Carrito, datos: dict[str, str], errores: dict[str, str], status: int = 200
) -> ResponseReturnValue:
    page = await render_template(
        "ahorro/checkout.html",
        carrito=carrito,
        datos=datos,
        errores=errores,
        metodos=METODOS,
        clave=datos["clave"] or nueva_clave(),
    )
    return page, status


@routes.get("/checkout")
@allow(*CLIENTES)
async def get_checkout() -> ResponseReturnValue:
    """The form; the address and telephone of the account are already in it."""
    usuario = await me()
    carrito = await base().read(select_carrito, (await my_session()).token_hash)
    if not carrito.renglones:
        return go("/carrito")
    datos = {
        **EMPTY,
        "direccion": usuario.direccion,
        "telefono": usuario.telefono,
        "metodo_pago": "efectivo",
    }
    return await _page(carrito, datos, {})


@routes.post("/checkout")
@allow(*CLIENTES)
async def post_checkout() -> ResponseReturnValue:
    """Make the pedido and show that it was received; with something wrong, the form again as it was filled in."""
    datos = await fields(*CAMPOS)
    usuario, session = await me(), await my_session()
    whole = {
        "clave": datos["clave"] or nueva_clave(),
        "direccion": whole_address(datos),
        "telefono": datos["telefono"],
        "metodo_pago": datos["metodo_pago"],
        "notas": datos["notas"],
    }
    confirmacion, errores = check(Confirmacion, given(whole, "notas"))
    if not datos["direccion"].strip():
        errores["direccion"] = "La dirección no puede quedar en blanco."
    if confirmacion is None or errores:
        carrito = await base().read(select_carrito, session.token_hash)
        if "clave" in errores:
            errores = {"": "La página quedó vieja. Revisá los datos y volvé a confirmar."}
            datos["clave"] = ""
        return await _page(carrito, datos, errores, 400)
    total = number(datos["total"])
    try:
        pedido = await base().do(
            confirmar_pedido,
            usuario,
            session.token_hash,
            confirmacion.clave,
            confirmacion.entrega,
            total if isinstance(total, int) else None,
        )
    except CarritoVacio:
        return go("/carrito")
    except ClaveReusada:
        return go("/pedidos", "ya_confirmado")
    except (SinStock, TotalCambio, CampoInvalido) as error:
        carrito = await base().read(select_carrito, session.token_hash)
        return await _page(carrito, datos, {"": str(error)}, 409)
    return go(f"/pedidos/{pedido.numero}/listo")


def whole_address(datos: dict[str, str]) -> str:
    """One line of what may have come in four fields: `Av. Cabildo 2042, piso 3, depto B, Belgrano`."""
    parts = [datos["direccion"].strip()]
    parts += [
        f"{rotulo} {datos[name].strip()}"
        for name, rotulo in (("piso", "piso"), ("depto", "depto"))
        if datos[name].strip()
    ]
    parts += [datos["barrio"].strip()] if datos["barrio"].strip() else []
    return ", ".join(parts)


@routes.get("/pedidos/<numero>/listo")
@allow(*CLIENTES)
async def get_listo(numero: str) -> ResponseReturnValue:
    """That the pedido was received, and what comes next."""
    return await render_template("ahorro/listo.html", p=await mi_pedido(numero))
