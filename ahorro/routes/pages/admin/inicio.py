"""The back office's first page: what waits for a person, and in a new shop what comes first."""

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.domain.cuenta import ADMIN, ENCARGADOS, PERSONAL
from ahorro.routes.house import base, me
from ahorro.store.pendientes import select_pendientes
from ahorro.store.primeros import select_primeros
from belgrano.http.access import allow
from belgrano.words.times import comienzo_del_dia, dia_de, now

routes = Blueprint("admin_inicio", __name__)

# What a new shop needs, in order: what `select_primeros` calls it, and what its owner reads.
PASOS = (
    ("negocios", "Un negocio", "Quién vende: tu almacén, y los que vendan con vos."),
    ("categorias", "Las categorías", "Las góndolas por las que la gente recorre la tienda."),
    ("productos", "Los primeros productos", "De a uno, o todos juntos desde una planilla."),
    ("personal", "Quién te ayuda", "Otra persona de confianza, con lo que puede hacer cada una."),
    ("pedidos", "Un pedido de prueba", "Comprá algo como lo haría un cliente y mirá cómo llega."),
)


# What waits for a person: what `select_pendientes` calls it, who may see to it, where, and what one and several read.
ESPERAN = (
    ("arrepentimientos", ADMIN, "/admin/arrepentimientos", "arrepentimiento sin contestar",
     "arrepentimientos sin contestar"),
    ("apartados", ADMIN, "/admin/envios", "envío que Ticketera no aceptó", "envíos que Ticketera no aceptó"),
    ("recibidos", PERSONAL, "/admin/pedidos?estado=recibido", "pedido por preparar", "pedidos por preparar"),
    ("por_pagar", ENCARGADOS, "/admin/pedidos?estado=recibido", "espera una transferencia",
     "esperan una transferencia"),
    ("por_volver", ADMIN, "/admin/devoluciones", "pedido no entregado con mercadería por volver",
     "pedidos no entregados con mercadería por volver"),
    ("comercios", ADMIN, "/admin/comerciantes", "comercio por aprobar", "comercios por aprobar"),
    ("sin_stock", ENCARGADOS, "/admin/productos?estado=sin_stock", "producto sin stock", "productos sin stock"),
    ("poco_stock", ENCARGADOS, "/admin/productos?estado=poco_stock", "producto con poco stock",
     "productos con poco stock"),
)  # fmt: skip
URGEN = {"arrepentimientos", "apartados"}


@routes.get("/admin")
@allow(*PERSONAL)
async def get_inicio() -> ResponseReturnValue:
    """Where to go from here."""
    hechos = await base().read(select_primeros)
    pasos = [(clave, nombre, detalle, hechos[clave]) for clave, nombre, detalle in PASOS]
    ahora = now()
    cuantos, rol, hoy = await base().read(select_pendientes, comienzo_del_dia(ahora)), me().rol, dia_de(ahora)
    return await render_template(
        "ahorro/admin/inicio.html",
        pasos=[] if all(hechos.values()) else pasos,
        carga=rol in ENCARGADOS,
        esperan=[
            (cuantos[que], uno if cuantos[que] == 1 else varios, camino, que in URGEN)
            for que, roles, camino, uno, varios in ESPERAN
            if rol in roles and cuantos[que]
        ],
        de_hoy=cuantos["de_hoy"],
        los_de_hoy=f"/admin/pedidos?desde={hoy}&hasta={hoy}",
        hora=ahora,
    )
