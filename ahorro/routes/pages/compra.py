"""Checkout: the form, and the pedido that it makes."""

import re
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
from ahorro.store.pedidos import select_pedidos
from belgrano.access import allow
from belgrano.pages import pesos

routes = Blueprint("paginas_compra", __name__)

METODOS = (
    ("efectivo", "Efectivo", "Le pagás al repartidor cuando llega."),
    ("tarjeta", "Débito o crédito", "El repartidor lleva el posnet."),
    ("transferencia", "Transferencia", "Al alias que te damos al confirmar."),
    ("mercadopago", "Mercado Pago", "Con el QR que lleva el repartidor."),
)
AMOUNT = re.compile(r"(\d{1,9}|\d{1,3}(?:\.\d{3}){1,2})(?:,(\d{1,2}))?", re.ASCII)
CAMPOS = ("clave", "total", "direccion", "piso", "depto", "barrio", "telefono", "metodo_pago", "paga_con", "notas")
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
    """The form; the address and telephone of the account, or of the last pedido, are already in it."""
    usuario = await me()
    carrito = await base().read(select_carrito, (await my_session()).token_hash)
    if not carrito.renglones:
        return go("/carrito")
    antes = next(iter(await base().read(select_pedidos, usuario.id, 1)), None)
    datos = {
        **EMPTY,
        "direccion": usuario.direccion or (antes.entrega.direccion if antes else ""),
        "telefono": usuario.telefono or (antes.entrega.telefono if antes else ""),
        "metodo_pago": antes.entrega.metodo_pago if antes else "efectivo",
    }
    return await _page(carrito, datos, {})


@routes.post("/checkout")
@allow(*CLIENTES)
async def post_checkout() -> ResponseReturnValue:
    """Make the pedido and show that it was received; with something wrong, the form again as it was filled in."""
    datos = await fields(*CAMPOS)
    usuario, session = await me(), await my_session()
    vuelto, errores = cash_note(datos)
    whole = {
        "clave": datos["clave"] or nueva_clave(),
        "direccion": whole_address(datos),
        "telefono": datos["telefono"],
        "metodo_pago": datos["metodo_pago"],
        "notas": "\n".join(filter(None, (datos["notas"].strip(), vuelto))),
    }
    confirmacion, mas = check(Confirmacion, given(whole, "notas"))
    errores |= mas
    if not datos["direccion"].strip():
        errores["direccion"] = "La dirección no puede quedar en blanco."
    if confirmacion is None or errores:
        if "clave" in errores:
            errores = {"": "La página quedó vieja. Revisá los datos y volvé a confirmar."}
            datos["clave"] = ""
        return await _page(await base().read(select_carrito, session.token_hash), datos, errores, 400)
    try:
        pedido = await base().do(
            confirmar_pedido,
            usuario,
            session.token_hash,
            confirmacion.clave,
            confirmacion.entrega,
            seen_total(datos),
        )
    except CarritoVacio:
        return go("/carrito")
    except ClaveReusada:
        return go("/pedidos", "ya_confirmado")
    except (SinStock, TotalCambio, CampoInvalido) as error:
        carrito = await base().read(select_carrito, session.token_hash)
        return await _page(carrito, datos, {"": str(error)}, 409)
    return go(f"/pedidos/{pedido.numero}/listo")


def seen_total(datos: dict[str, str]) -> int | None:
    """The total that the customer was looking at, in centavos."""
    total = number(datos["total"])
    return total if isinstance(total, int) else None


def cash_note(datos: dict[str, str]) -> tuple[str, dict[str, str]]:
    """What the repartidor has to know about the change, or what is wrong with the amount."""
    text, total = datos["paga_con"].strip(), seen_total(datos)
    if not text or total is None or datos["metodo_pago"] != "efectivo":
        return "", {}
    paga = read_pesos(text)
    if paga is None:
        return "", {"paga_con": "Escribí con cuánto pagás en pesos, como 20.000."}
    if paga < total:
        return "", {"paga_con": f"Con {pesos(paga)} no alcanza: el total es {pesos(total)}."}
    return f"Paga con {pesos(paga)}: vuelto {pesos(paga - total)}." if paga > total else "Paga justo.", {}


def read_pesos(text: str) -> int | None:
    """Centavos of an amount as people write it: `20000`, `20.000`, `$ 20.000,50`."""
    found = AMOUNT.fullmatch(text.replace("$", "").strip())
    if found is None:
        return None
    return int(found[1].replace(".", "")) * 100 + int((found[2] or "0").ljust(2, "0"))


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
