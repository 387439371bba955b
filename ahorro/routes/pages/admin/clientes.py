"""The owner's customers: found, and shut out or let in again."""

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.actions.clientes import cambiar_cliente
from ahorro.domain.cuenta import ADMIN
from ahorro.domain.errors import NoExiste, VersionVieja
from ahorro.routes.admin.clientes import leer_cursor
from ahorro.routes.admin.productos import quien
from ahorro.routes.catalogo import leer_texto
from ahorro.routes.house import base, form
from ahorro.routes.pages.forms import go
from ahorro.store.clientes import select_clientes
from belgrano.http.access import allow
from belgrano.http.fields import MOST_ID
from belgrano.words.numbers import whole

routes = Blueprint("paginas_admin_clientes", __name__)


@routes.get("/admin/clientes")
@allow(*ADMIN)
async def get_clientes() -> ResponseReturnValue:
    """Who buys here, the newest first, and who of them is looked for."""
    q = leer_texto("q")
    clientes, siguiente = await base().read(select_clientes, q, antes_de=leer_cursor())
    return await render_template("ahorro/admin/clientes.html", clientes=clientes, siguiente=siguiente, q=q)


@routes.post("/admin/clientes/<int:cliente_id>")
@allow(*ADMIN)
async def post_cliente(cliente_id: int) -> ResponseReturnValue:
    """Shut a customer out, or let them in again."""
    said = await form("version", "activo")
    datos = {"activo": said["activo"] == "1"}
    if cliente_id > MOST_ID:
        raise NoExiste("No existe ese cliente.")
    try:
        await base().do(cambiar_cliente, quien(), cliente_id, whole(said["version"]) or 0, datos)
    except VersionVieja:
        return go("/admin/clientes", "cliente_viejo")
    return go("/admin/clientes", "cliente_adentro" if datos["activo"] else "cliente_afuera")
