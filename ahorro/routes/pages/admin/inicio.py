"""The back office's first page: what waits for a person, and in a new shop what comes first."""

import asyncio
from math import floor
from typing import Any

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.domain.cuenta import ADMIN, ENCARGADOS, PERSONAL
from ahorro.routes.house import base, house, me
from ahorro.store.pendientes import select_pendientes
from ahorro.store.primeros import select_primeros
from belgrano.database.drill import copies_in_words
from belgrano.database.incidents import select_lives, up_share
from belgrano.http.access import allow
from belgrano.outbox.outgoing import select_outgoing_status
from belgrano.words.times import SEGUNDO, comienzo_del_dia, dia_de, local, ms_of, now

LOOKED_MS = 30 * SEGUNDO  # since the app last looked after itself, which it does every few seconds
routes = Blueprint("admin_inicio", __name__)

# What a new shop needs, in order: what `select_primeros` calls it, who may do it and where, what they read.
PASOS = (
    ("configuracion", ADMIN, "/admin/configuracion", "Los datos de la tienda",
     "Cómo se llama, adónde te transfieren, qué días y por qué zonas repartís."),
    ("negocios", ENCARGADOS, "/admin/negocios", "Un negocio", "Quién vende: tu almacén, y los que vendan con vos."),
    ("categorias", ENCARGADOS, "/admin/categorias", "Las categorías",
     "Las góndolas por las que la gente recorre la tienda."),
    ("productos", ENCARGADOS, "/admin/productos/nuevo", "Los primeros productos",
     "De a uno, o todos juntos desde una planilla."),
    ("pedidos", ENCARGADOS, "/", "Un pedido de prueba", "Comprá algo como lo haría un cliente y mirá cómo llega."),
    ("personal", ADMIN, "/admin/personal", "Quién te ayuda",
     "Otra persona de confianza, con lo que puede hacer cada una."),
)  # fmt: skip
SI_HAY = {"personal"}  # who keeps shop alone is done without it

# What waits for a person: what `select_pendientes` calls it, who may see to it, where, and what one and several read.
ESPERAN = (
    ("arrepentimientos", ADMIN, "/admin/arrepentimientos", "arrepentimiento sin contestar",
     "arrepentimientos sin contestar"),
    ("apartados", ADMIN, "/admin/envios", "envío que Ticketera no aceptó", "envíos que Ticketera no aceptó"),
    ("diferencias", ENCARGADOS, "/admin/pedidos", "cambio que llegó tarde a Ticketera",
     "cambios que llegaron tarde a Ticketera"),
    ("recibidos", PERSONAL, "/admin/armado", "pedido por preparar", "pedidos por preparar"),
    ("sin_par", ADMIN, "/admin/envios#sin-par", "pedido no es igual en Ticketera",
     "pedidos no son iguales en Ticketera"),
    ("por_pagar", ENCARGADOS, "/admin/pedidos?estado=recibido&por_pagar=1", "espera una transferencia",
     "esperan una transferencia"),
    ("por_volver", ADMIN, "/admin/devoluciones", "pedido no entregado con mercadería por volver",
     "pedidos no entregados con mercadería por volver"),
    ("comercios", ADMIN, "/admin/comerciantes", "comercio por aprobar", "comercios por aprobar"),
    ("paquetes", ENCARGADOS, "/admin/paquetes", "paquete que no pudo salir", "paquetes que no pudieron salir"),
    ("sin_tocar", ENCARGADOS, "/admin/precios", "producto no se tocó en un cambio programado",
     "productos no se tocaron en un cambio programado"),
    ("sin_stock", ENCARGADOS, "/admin/productos?estado=sin_stock", "producto sin stock", "productos sin stock"),
    ("poco_stock", ENCARGADOS, "/admin/productos?estado=poco_stock", "producto con poco stock",
     "productos con poco stock"),
)  # fmt: skip
URGEN = {"arrepentimientos", "apartados", "diferencias", "sin_par"}


@routes.get("/admin")
@allow(*PERSONAL)
async def get_inicio() -> ResponseReturnValue:
    """Where to go from here."""
    hechos, ahora = await base().read(select_primeros), now()
    cuantos, rol, hoy = await base().read(select_pendientes, comienzo_del_dia(ahora)), me().rol, dia_de(ahora)
    pasos = [
        (clave, camino, nombre, detalle, "Listo" if hechos[clave] else "Si querés" if clave in SI_HAY else "Falta")
        for clave, roles, camino, nombre, detalle in PASOS
        if rol in roles
    ]
    faltan = [each for each in pasos if each[-1] == "Falta"]
    return await render_template(
        "ahorro/admin/inicio.html",
        pasos=faltan if hechos["pedidos"] else pasos if faltan else [],
        abierta=hechos["pedidos"],
        esperan=[
            (cuantos[que], uno if cuantos[que] == 1 else varios, camino, que in URGEN)
            for que, roles, camino, uno, varios in ESPERAN
            if rol in roles and cuantos[que]
        ],
        de_hoy=cuantos["de_hoy"],
        los_de_hoy=f"/admin/pedidos?desde={hoy}&hasta={hoy}",
        hora=ahora,
        estado=await _estado(ahora) if rol == "admin" else None,
    )


async def _estado(ahora: int) -> dict[str, Any]:
    """How the app goes, as it sees itself: all well or not, and which part of this month it could work."""
    watch = house().watch
    mes = ms_of(local(ahora).replace(day=1, hour=0, minute=0, second=0, microsecond=0))
    desde, vidas = await base().read(select_lives, mes)
    cola = await base().read(select_outgoing_status)
    if fresco := ahora - watch.looked_at < LOOKED_MS:
        vidas.append((watch.looked_at, ahora))
    return {
        "bien": fresco and not watch.open,
        "mes": porciento(up_share(vidas, max(mes, desde or ahora), ahora)),
        "desde": desde if desde and desde > mes else None,
        "pendientes": cola["pendientes"],
        "copias": await _copias(ahora),
    }


def porciento(parte: float) -> str:
    """A share to the hundredth, never rounded up to the whole: `99,98 %`."""
    return f"{floor(parte * 10_000) / 100:.2f} %".replace(".", ",").replace("100,00", "100")


async def _copias(ahora: int) -> str:
    """What is said of the shop's copies, read from their folder."""
    try:
        return await asyncio.to_thread(copies_in_words, house().settings.copies, "ahorro", ahora)
    except OSError:
        return "Las copias no se pueden leer."
