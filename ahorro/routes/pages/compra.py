"""Checkout: the page with its form, and the pedido that it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.actions.carritos import quitar_cupon
from ahorro.domain.cambio import Cambio, Visto
from ahorro.domain.carrito import Carrito
from ahorro.domain.configuracion import Configuracion
from ahorro.domain.domicilio import leer_domicilio
from ahorro.domain.envio import costo_de, siempre_gratis
from ahorro.domain.errors import (
    CampoInvalido,
    CarritoCambio,
    CarritoVacio,
    ClaveReusada,
    DemasiadosAbiertos,
    EnvioCambio,
    FranjaLlena,
    SinStock,
)
from ahorro.domain.franja import ULTIMAS, Franja, Horario, franjas_de
from ahorro.domain.pedido import METODOS_DE_PAGO, Pedido
from ahorro.domain.seguimiento import enlace_de, pin_de
from ahorro.domain.zona import nombrar, zona_de
from ahorro.routes.carrito import ver_carrito
from ahorro.routes.house import base, configuracion, house, me, my_session
from ahorro.routes.pages.barrio import OTRO, barrio_dicho
from ahorro.routes.pages.carrito import usar_cupon
from ahorro.routes.pages.confirmacion import (
    CAMPOS,
    DOMICILIO,
    EMPTY,
    YA,
    nueva_clave,
    read_domicilio,
    read_form,
    read_visto,
    seen_envio,
    seen_total,
    write_visto,
)
from ahorro.routes.pages.forms import form, go
from ahorro.routes.pages.frame import dia, qr
from ahorro.routes.pages.ubicacion import leer_ubicacion, ubicacion_dicha
from ahorro.routes.pedidos import CLIENTES, confirmar, mi_pedido
from ahorro.store.carritos import select_carrito
from ahorro.store.descuentos import select_reglas
from ahorro.store.pedidos import select_ocupacion, select_pedido, select_pedidos
from belgrano.contract import PAGOS
from belgrano.http.access import allow
from belgrano.http.problems import Problem
from belgrano.words.times import DIA, HORA, dia_de, now

routes = Blueprint("paginas_compra", __name__)

NBSP = "\u00a0"


async def _page(
    datos: dict[str, str],
    errores: dict[str, str],
    status: int = 200,
    cambios: Sequence[Cambio] = (),
    aviso: str = "",
) -> ResponseReturnValue:
    """The form; a cart with nothing to buy in it is shown instead, and says why."""
    carrito = await ver_carrito(datos["metodo_pago"])
    if not carrito.renglones:
        return go("/carrito")
    tienda = await configuracion()
    envio = _envio(tienda, carrito, datos)
    dias = await _dias(tienda.franjas)
    ya = sale_ya(tienda.franjas, dias)
    if datos["franja"] == YA and not ya:
        datos = {**datos, "franja": _primera(dias)}
    page = await render_template(
        "ahorro/checkout.html",
        carrito=carrito,
        visto=write_visto(carrito),
        avisos=dict.fromkeys((*cambios, *carrito.avisos)),
        aviso={"clase": "bien", "texto": aviso} if aviso else None,
        datos=datos,
        errores=errores,
        metodos=metodos_de(tienda),
        ahorros=await _ahorros(tienda, carrito),
        zona=nombrar(tienda.zonas),
        dias=dias,
        ya=ya,
        clave=datos["clave"] or nueva_clave(),
        envio=envio,
        total_centavos=carrito.total_centavos + (envio or 0),
    )
    return page, status


async def _ahorros(tienda: Configuracion, carrito: Carrito) -> dict[str, int]:
    """What is taken off for each way to pay, in centavos; empty where that is the same for all."""
    ahora = now()
    reglas = await base().read(select_reglas, ahora, carrito.cupon, me().id)
    found = {m: carrito.rebajado(reglas, ahora, m).descuento_centavos for m in tienda.medios_de_pago}
    return found if len(set(found.values())) > 1 else {}


def _envio(tienda: Configuracion, carrito: Carrito, datos: dict[str, str]) -> int | None:
    """What delivery to the address of the form costs, in centavos; None as long as that is not known."""
    domicilio, _ = read_domicilio(datos)
    try:
        punto, _ = leer_ubicacion(datos["ubicacion"])
        zona = zona_de(tienda.zonas, domicilio.barrio, domicilio.direccion, punto)
        return costo_de(tienda.envio, zona, carrito.total_centavos)
    except CampoInvalido:
        return 0 if siempre_gratis(tienda.envio, tienda.zonas) else None


@dataclass(frozen=True, slots=True)
class Opcion:
    """A window to choose; `quedan` is None while there is room enough not to count."""

    franja: Franja
    quedan: int | None


def metodos_de(tienda: Configuracion) -> list[tuple[str, str, str]]:
    """The ways to pay that are offered: code, name, what it means."""
    return [
        (pago, PAGOS[pago]["elegir"], PAGOS[pago]["detalle"])
        for pago in METODOS_DE_PAGO
        if pago in tienda.medios_de_pago
    ]


async def _dias(horario: Horario) -> list[tuple[str, list[Opcion]]]:
    """The windows that can be chosen, with the places that are left where they are few."""
    franjas = franjas_de(now(), horario)
    if not franjas:
        return []
    tomadas = await base().read(select_ocupacion, franjas[0].desde, franjas[-1].desde)
    dias: dict[str, list[Opcion]] = {}
    for franja in franjas:
        quedan = max(0, horario.cupo_de(franja.dia) - tomadas.get(franja.desde, 0))
        dias.setdefault(en_dia(franja.dia), []).append(Opcion(franja, quedan if quedan <= ULTIMAS else None))
    return list(dias.items())


def sale_ya(horario: Horario, dias: Sequence[tuple[str, Sequence[Opcion]]]) -> bool:
    """Whether "as soon as possible" can be chosen: while the shop delivers, or where it has nothing else to offer."""
    return horario.abierto(now()) or not _primera(dias)


def _primera(dias: Sequence[tuple[str, Sequence[Opcion]]]) -> str:
    """The first window with room, by its name; empty where there is none."""
    return next((o.franja.clave for _, opciones in dias for o in opciones if o.quedan != 0), "")


def en_dia(day: date) -> str:
    """`Hoy`, `Mañana`, else the date in words."""
    ahead = (day - dia_de(now())).days
    return {0: "Hoy", 1: "Mañana"}.get(ahead) or dia(day)


@routes.get("/checkout")
@allow(*CLIENTES)
async def get_checkout() -> ResponseReturnValue:
    """The form; the address and telephone of the account, or of the last pedido, are already in it."""
    usuario = me()
    carrito = await base().read(select_carrito, (await my_session()).token_hash)
    if not carrito.renglones and not carrito.caidos:
        return await _vacio(None)
    antes = next(iter(await base().read(select_pedidos, usuario.id, 1)), None)
    domicilio = leer_domicilio(usuario.direccion)
    if not usuario.direccion and antes is not None:
        domicilio = leer_domicilio(antes.entrega.direccion, antes.entrega.piso, antes.entrega.barrio)
    dicho = await barrio_dicho()
    if not domicilio.barrio and dicho != OTRO:
        domicilio = replace(domicilio, barrio=dicho)
    datos = {
        **EMPTY,
        **{name: getattr(domicilio, name) for name in DOMICILIO},
        "ubicacion": ubicacion_dicha() if (await configuracion()).dibuja else "",
        "franja": YA,
        "telefono": usuario.telefono or (antes.entrega.telefono if antes else ""),
        "metodo_pago": antes.entrega.metodo_pago if antes else "efectivo",
    }
    return await _page(datos, {})


@routes.post("/checkout")
@allow(*CLIENTES)
async def post_checkout() -> ResponseReturnValue:
    """Make the pedido and show that it was received; with something wrong, the form again as it was filled in."""
    datos = await form(*CAMPOS)
    usuario, session = me(), await my_session()
    if datos["codigo"].strip() and not datos["accion"]:
        datos["accion"] = "cupon"  # whoever typed one wants it: Enter in its field sends the form, too
    if datos["accion"]:
        return await _otra_vez(session.token_hash, datos)
    confirmacion, errores = read_form(datos)
    if not datos["mayor"] and (await base().read(select_carrito, session.token_hash)).para_mayores:
        errores = {**errores, "mayor": "Confirmá que tenés 18 años o más, o sacá del carrito lo que es para mayores."}
    if datos["franja"] == YA:
        horario = (await configuracion()).franjas
        if not sale_ya(horario, await _dias(horario)):
            errores = {**errores, "franja": "A esta hora no salimos a repartir: elegí cuándo lo querés."}
    if confirmacion is None or errores:
        if "clave" in errores:
            errores = {"": "La página quedó vieja. Revisá los datos y volvé a confirmar."}
            datos["clave"] = ""
        return await _page(datos, errores, 400)
    visto = read_visto(datos["visto"])
    try:
        pedido = await confirmar(usuario, session.token_hash, confirmacion, visto, seen_total(datos), seen_envio(datos))
    except CarritoVacio:
        return await _vacio(visto)
    except ClaveReusada:
        return go("/pedidos", "ya_confirmado")
    except FranjaLlena as error:
        return await _page({**datos, "franja": ""}, {"franja": str(error)}, 409)
    except CarritoCambio as error:
        return await _page(datos, {"": str(error)}, 409, error.cambios)
    except CampoInvalido as error:
        beside = error.campo in {"barrio", "franja", "metodo_pago", "ubicacion"}
        return await _page(datos, {error.campo if beside else "": error.detalle}, 400 if beside else 409)
    except (SinStock, DemasiadosAbiertos, EnvioCambio) as error:
        return await _page(datos, {"": str(error)}, 409)
    except Problem as problem:  # too many in a short time: what was filled in is not lost
        return await _page(datos, {"": problem.detail}, problem.status)
    return go(f"/pedidos/{pedido.numero}/listo")


async def _otra_vez(token_hash: str, datos: dict[str, str]) -> ResponseReturnValue:
    """The form as it was filled in, with another coupon or none, or with what it comes to by now."""
    if datos["accion"] == "quitar_cupon":
        await base().do(quitar_cupon, token_hash)
    elif datos["accion"] == "cupon":
        error, status = await usar_cupon(datos["codigo"])
        if error:
            return await _page(datos, {"codigo": error}, status)
        datos["codigo"] = ""
        return await _page(datos, {}, aviso="Pusimos el cupón. Revisá el total y confirmá.")
    return await _page(datos, {})


async def _vacio(visto: Mapping[int, Visto] | None) -> ResponseReturnValue:
    """The empty cart, and the pedido that it went into: one that holds what was seen here, or was made just now."""
    ultimo = next(iter(await base().read(select_pedidos, me().id, 1)), None)
    whole = await base().read(select_pedido, me().id, ultimo.numero) if ultimo is not None else None
    if whole is None or whole.creado_en < now() - (HORA if visto is None else DIA):
        return go("/carrito")
    if visto is not None and not visto.keys() <= {r.producto_id for r in whole.items}:
        return go("/carrito")
    return go(f"/carrito?ya={whole.numero}")


@routes.get("/pedidos/<numero>/listo")
@allow(*CLIENTES)
async def get_listo(numero: str) -> ResponseReturnValue:
    """That the pedido was received, and what comes next."""
    p = await mi_pedido(numero)
    return await render_template("ahorro/listo.html", p=p, **para_seguir(p))


def para_seguir(p: Pedido) -> dict[str, Any]:
    """What the pages of a pedido say besides: when it comes, the PIN, the link to its delivery and that as a QR."""
    settings = house().settings
    enlace = enlace_de(settings.ticketera_public_url, settings.webhook_secret, p.numero)
    franja = p.entrega.franja
    return {
        "cuando": f"{en_dia(franja.dia).lower()} de {franja.horas}".replace(" ", NBSP) if franja else "",
        "seguir": {
            "enlace": enlace,
            "qr": qr(enlace) if enlace else "",
            "pin": pin_de(settings.webhook_secret, p.numero),
        },
    }
