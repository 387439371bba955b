"""The form of a comerciante's paquete automático."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from quart import Blueprint, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.actions.paquetes import DatosDePaquete, cambiar_paquete, crear_paquete
from ahorro.domain.carrito import CANTIDAD_MAXIMA, RENGLONES_MAXIMOS
from ahorro.domain.catalogo import Filtro
from ahorro.domain.errors import CampoInvalido, PaqueteNoExiste, ProductoNoExiste
from ahorro.domain.paquete import Paquete, sale_en
from ahorro.domain.pedido import Entrega
from ahorro.domain.zona import zona_de
from ahorro.routes.fields import Body, Direccion, MetodoDePago, Nombre, Notas, Telefono
from ahorro.routes.house import base, configuracion, house, me, my_session
from ahorro.routes.pages.compra import metodos_de
from ahorro.routes.pages.forms import check, form, given, go, number, sentence
from ahorro.store.carritos import select_carrito
from ahorro.store.catalogo import select_productos
from ahorro.store.estimados import select_estimado
from ahorro.store.paquetes import select_paquete, select_renglones
from belgrano.http.access import allow
from belgrano.words.times import dia_de, now

routes = Blueprint("paginas_comercio", __name__)

CAMPOS = ("nombre", "frecuencia", "proxima_el", "direccion", "telefono", "metodo_pago", "notas")
ENCONTRADOS = 12


class Datos(Body):
    """The texts of the form."""

    nombre: Nombre
    direccion: Direccion
    telefono: Telefono
    metodo_pago: MetodoDePago
    notas: Notas | None = None


def hoy() -> date:
    """Today in Buenos Aires."""
    return dia_de(now())


async def mi_paquete(paquete_id: int) -> Paquete:
    """The paquete with this id, if it is of whoever asks. Raises PaqueteNoExiste."""
    paquete = await base().read(select_paquete, me().id, paquete_id) if paquete_id < 2**63 else None
    if paquete is None:
        raise PaqueteNoExiste
    return paquete


async def _form(
    paquete_id: int | None,
    datos: Mapping[str, str],
    cantidades: Mapping[int, int],
    errores: dict[str, str],
    *,
    buscar: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    renglones = await base().read(select_renglones, cantidades)
    found = (await base().read(select_productos, Filtro(q=buscar), limite=ENCONTRADOS))[0] if buscar else []
    proxima, ahora = _fecha(datos["proxima_el"]) or hoy(), now()
    entrega = Entrega(datos["direccion"], datos["telefono"], datos["metodo_pago"], datos["notas"])
    salen = [r for r in renglones if r.se_vende and r.alcanza]
    cuando = sale_en(proxima, ahora)
    tienda = await configuracion()
    page = await render_template(
        "ahorro/paquete.html",
        paquete_id=paquete_id,
        datos=datos,
        errores=errores,
        renglones=renglones,
        estimado=await base().read(select_estimado, salen, entrega, cuando, house().settings.de_fabrica),
        para=dia_de(cuando),
        buscar=buscar,
        encontrados=[p for p in found if p.id not in cantidades],
        metodos=metodos_de(tienda),
        hoy=hoy().isoformat(),
    )
    return page, status


@routes.get("/comercio/paquetes/nuevo")
@allow("comerciante")
async def get_nuevo() -> ResponseReturnValue:
    """The form for a new paquete."""
    usuario, medios = me(), (await configuracion()).medios_de_pago
    datos = dict.fromkeys(CAMPOS, "") | {
        "frecuencia": "semanal",
        "proxima_el": (hoy() + timedelta(days=7)).isoformat(),
        "direccion": usuario.direccion,
        "telefono": usuario.telefono,
        "metodo_pago": next((m for m in ("transferencia", *medios) if m in medios), ""),
    }
    return await _form(None, datos, {}, {})


@routes.get("/comercio/paquetes/<int:paquete_id>")
@allow("comerciante")
async def get_paquete(paquete_id: int) -> ResponseReturnValue:
    """The form to change one."""
    q = await mi_paquete(paquete_id)
    datos = {
        "nombre": q.nombre,
        "frecuencia": q.frecuencia,
        "proxima_el": q.proxima_el.isoformat(),
        "direccion": q.entrega.direccion,
        "telefono": q.entrega.telefono,
        "metodo_pago": q.entrega.metodo_pago,
        "notas": q.entrega.notas,
    }
    return await _form(paquete_id, datos, {r.producto_id: r.enteras for r in q.items}, {})


@routes.post("/comercio/paquetes/nuevo")
@allow("comerciante")
async def post_nuevo() -> ResponseReturnValue:
    """A step in filling in the form, or the new paquete."""
    return await _post(None, True)


@routes.post("/comercio/paquetes/<int:paquete_id>")
@allow("comerciante")
async def post_paquete(paquete_id: int) -> ResponseReturnValue:
    """A step in filling in the form, or the paquete changed."""
    return await _post(paquete_id, (await mi_paquete(paquete_id)).activo)


async def _post(paquete_id: int | None, activo: bool) -> ResponseReturnValue:
    datos = await form(*CAMPOS, "accion", "sumar", "buscar")
    cantidades, errores = _cantidades(await request.form)
    buscar = datos["buscar"].strip()[:100]
    sumar = number(datos["sumar"])
    if isinstance(sumar, int) and len(cantidades) < RENGLONES_MAXIMOS:
        cantidades.setdefault(sumar, 1)
        return await _form(paquete_id, datos, cantidades, {})
    if datos["accion"] == "total":
        return await _form(paquete_id, datos, cantidades, errores)
    if datos["accion"] == "buscar":
        return await _form(paquete_id, datos, cantidades, {}, buscar=buscar)
    if datos["accion"] == "carrito":
        carrito = await base().read(select_carrito, (await my_session()).token_hash)
        cantidades |= {r.producto_id: r.enteras for r in carrito.renglones}
        return await _form(paquete_id, datos, cantidades, {})
    textos, mas = check(Datos, given({name: datos[name] for name in CAMPOS}, "notas"))
    errores |= mas
    proxima = _fecha(datos["proxima_el"])
    if proxima is None:
        errores["proxima_el"] = "La fecha tiene que ser un día, como 30/11/2026."
    zonas = (await configuracion()).zonas
    # A paquete has no place on the map: where a zone is only drawn, nobody can tell by the address alone.
    if textos is not None and all(zona.barrios for zona in zonas):
        try:
            zona_de(zonas, "", textos.direccion)
        except CampoInvalido as error:
            errores["direccion"] = error.detalle
    if textos is None or proxima is None or errores:
        return await _form(paquete_id, datos, cantidades, errores, status=400)
    entrega = Entrega(textos.direccion, textos.telefono, textos.metodo_pago, textos.notas or "")
    whole = DatosDePaquete(
        textos.nombre, datos["frecuencia"], proxima, entrega, tuple(cantidades.items()), activo=activo
    )
    try:
        if paquete_id is None:
            await base().do(crear_paquete, me().id, whole)
        else:
            await base().do(cambiar_paquete, me().id, paquete_id, whole)
    except ProductoNoExiste:
        errores = {"items": "Algo de lo que elegiste ya no se vende: poné 0 para quitarlo."}
        return await _form(paquete_id, datos, cantidades, errores, status=400)
    except CampoInvalido as error:
        errores = {error.campo: sentence(error.campo, error.detalle)}
        return await _form(paquete_id, datos, cantidades, errores, status=400)
    return go("/comercio/paquetes", "paquete")


def _cantidades(form: Mapping[str, Any]) -> tuple[dict[int, int], dict[str, str]]:
    """The quantities of the form by product; those of 0 are left out."""
    cantidades: dict[int, int] = {}
    errores: dict[str, str] = {}
    for name in form:
        producto_id = number(name.removeprefix("item-"))
        if not name.startswith("item-") or not isinstance(producto_id, int):
            continue
        cantidad = number(str(form[name]))
        if not isinstance(cantidad, int) or cantidad > CANTIDAD_MAXIMA:
            errores["items"] = f"Cada cantidad va de 0 a {CANTIDAD_MAXIMA}, en unidades enteras."
        elif cantidad and len(cantidades) < RENGLONES_MAXIMOS:
            cantidades[producto_id] = cantidad
    return cantidades, errores


def _fecha(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        pass
    try:
        day, month, year = (int(part) for part in text.strip().split("/"))
        return date(year, month, day)
    except ValueError:
        return None
