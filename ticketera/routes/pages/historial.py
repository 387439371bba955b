"""Every ticket, newest first, with filters; works without scripts."""

from urllib.parse import urlencode

from quart import Blueprint

from belgrano.access import allow
from belgrano.problems import Problem
from ticketera.domain.ticket import Estado
from ticketera.routes.house import base, query
from ticketera.routes.pages.frame import admin_page
from ticketera.routes.tickets import Filtro
from ticketera.store.tickets import select_tickets
from ticketera.store.usuarios import select_repartidores

routes = Blueprint("pagina_historial", __name__)
PAGE = 50
ESTADOS = {
    Estado.PENDIENTE: "Sin asignar",
    Estado.ASIGNADO: "Asignado",
    Estado.EN_CAMINO: "En camino",
    Estado.ENTREGADO: "Entregado",
    Estado.FALLIDO: "No entregado",
    Estado.CANCELADO: "Cancelado",
}
MOTIVOS = {
    "cliente_ausente": "No había nadie",
    "no_contesta": "No contesta",
    "direccion_incorrecta": "Dirección incorrecta",
    "rechazado_por_cliente": "Rechazó el pedido",
    "sin_pago": "No tenía con qué pagar",
    "producto_faltante_o_danado": "Faltó o se rompió algo",
    "zona_insegura": "Zona insegura o sin paso",
    "vehiculo_averiado": "Problema con el vehículo",
    "fuera_de_horario": "Fuera de horario",
    "otro": "Otro motivo",
}


@routes.get("/historial")
@allow("admin")
async def get_historial() -> str:
    """A page of tickets; a filter that makes no sense is left out."""
    try:
        asked = query(Filtro)
    except Problem:
        asked = Filtro()
    found = await base().read(
        select_tickets,
        estado=asked.estado,
        repartidor_id=asked.repartidor_id,
        q=asked.q,
        limite=PAGE + 1,
        antes_de_id=asked.cursor,
    )
    more = None
    if len(found) > PAGE:
        kept = {
            "estado": asked.estado,
            "repartidor_id": asked.repartidor_id,
            "q": asked.q,
            "cursor": found[PAGE - 1].id,
        }
        more = "/historial?" + urlencode({name: value for name, value in kept.items() if value})
    return await admin_page(
        "ticketera/historial.html",
        "/historial",
        tickets=found[:PAGE],
        more=more,
        asked=asked,
        estados=ESTADOS,
        motivos=MOTIVOS,
        repartidores=await base().read(select_repartidores),
    )
