"""The back office's first page: what waits for a person, and in a new shop what comes first."""

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.domain.cuenta import ENCARGADOS, PERSONAL
from ahorro.routes.house import base, me
from ahorro.store.primeros import select_primeros
from belgrano.http.access import allow

routes = Blueprint("admin_inicio", __name__)

# What a new shop needs, in order: what `select_primeros` calls it, and what its owner reads.
PASOS = (
    ("negocios", "Un negocio", "Quién vende: tu almacén, y los que vendan con vos."),
    ("categorias", "Las categorías", "Las góndolas por las que la gente recorre la tienda."),
    ("productos", "Los primeros productos", "De a uno, o todos juntos desde una planilla."),
    ("personal", "Quién te ayuda", "Otra persona de confianza, con lo que puede hacer cada una."),
    ("pedidos", "Un pedido de prueba", "Comprá algo como lo haría un cliente y mirá cómo llega."),
)


@routes.get("/admin")
@allow(*PERSONAL)
async def get_inicio() -> ResponseReturnValue:
    """Where to go from here."""
    hechos = await base().read(select_primeros)
    pasos = [(clave, nombre, detalle, hechos[clave]) for clave, nombre, detalle in PASOS]
    return await render_template(
        "ahorro/admin/inicio.html", pasos=[] if all(hechos.values()) else pasos, carga=me().rol in ENCARGADOS
    )
