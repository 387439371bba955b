"""The owner's customers: a list to search, and one of them with pedidos, a note, and whether they may come in."""

from collections.abc import Mapping
from typing import Any

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.actions.clientes import cambiar_cliente
from ahorro.domain.cliente import Cliente
from ahorro.domain.cuenta import ADMIN
from ahorro.domain.errors import CampoInvalido, CuentaBorrada, NoExiste, VersionVieja
from ahorro.domain.pedido import Pedido
from ahorro.routes.admin.clientes import Cambios, leer_cursor
from ahorro.routes.admin.productos import quien
from ahorro.routes.catalogo import leer_texto
from ahorro.routes.house import base, form
from ahorro.routes.pages.admin.pedidos import PALABRAS
from ahorro.routes.pages.forms import check, go, number, sentence
from ahorro.store.clientes import select_cliente, select_clientes
from ahorro.store.pedidos import select_pedidos
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.contactos import contacto
from belgrano.http.fields import MOST_ID

routes = Blueprint("paginas_admin_clientes", __name__)

PEDIDOS_POR_PAGINA = 20


@routes.get("/admin/clientes")
@allow(*ADMIN)
async def get_clientes() -> ResponseReturnValue:
    """Who buys here, the newest first, and who of them is looked for."""
    q = leer_texto("q")
    clientes, siguiente = await base().read(select_clientes, q, antes_de=leer_cursor())
    return await render_template("ahorro/admin/clientes.html", clientes=clientes, siguiente=siguiente, q=q)


@routes.get("/admin/clientes/<int:cliente_id>")
@allow(*ADMIN)
async def get_cliente(cliente_id: int) -> ResponseReturnValue:
    """One customer with their pedidos."""
    return await _show(cliente_id, {}, {})


@routes.post("/admin/clientes/<int:cliente_id>")
@allow(*ADMIN)
async def post_cliente(cliente_id: int) -> ResponseReturnValue:
    """What one of the page's forms says: a note and a price list, in or out, a comercio approved or not."""
    textos = await form()
    said: dict[str, Any] = {"version": number(textos.get("version", ""))}
    said |= {campo: textos[campo].replace("\r\n", "\n") for campo in ("nota", "lista") if campo in textos}
    said |= {campo: textos[campo] == "1" for campo in ("activo", "aprobado") if campo in textos}
    cambios, errores = check(Cambios, said)
    if cambios is None:
        return await _show(cliente_id, textos, errores, 400)
    datos = cambios.model_dump(exclude_unset=True, exclude={"version"})
    try:
        await base().do(cambiar_cliente, quien(), min(cliente_id, MOST_ID), cambios.version, datos)
    except CampoInvalido as error:
        return await _show(cliente_id, textos, {error.campo: sentence(error.campo, error.detalle)}, 400)
    except CuentaBorrada as error:
        return await _show(cliente_id, {}, {"": error.detalle}, 409)
    except VersionVieja:
        detalle = "Alguien lo cambió mientras lo mirabas. Mirá cómo quedó y volvé a intentar."
        return await _show(cliente_id, textos, {"": detalle}, 409)
    aviso = "guardado"
    if "activo" in datos:
        aviso = "cliente_adentro" if datos["activo"] else "cliente_afuera"
    elif datos.get("aprobado"):
        aviso = "aprobado"
    return go(f"/admin/clientes/{cliente_id}", aviso)


async def _whole(con: Connection, cliente_id: int, antes_de: int | None) -> tuple[Cliente, list[Pedido]] | None:
    cliente = await select_cliente(con, cliente_id)
    if cliente is None:
        return None
    return cliente, await select_pedidos(con, cliente_id, PEDIDOS_POR_PAGINA + 1, antes_de)


async def _show(
    cliente_id: int, textos: Mapping[str, str], errores: Mapping[str, str], status: int = 200
) -> ResponseReturnValue:
    """The page; what was typed stays in its fields, and beside it stands what it is now where somebody else wrote."""
    antes = number(leer_texto("antes"))
    antes_de = antes if isinstance(antes, int) and 0 < antes <= MOST_ID else None
    found = await base().read(_whole, cliente_id, antes_de) if cliente_id <= MOST_ID else None
    if found is None:
        raise NoExiste("No existe ese cliente.")
    cliente, pedidos = found
    ahora = {"nota": cliente.nota, "lista": cliente.comercio.lista if cliente.comercio else ""}
    page = await render_template(
        "ahorro/admin/cliente.html",
        c=cliente,
        contacto=contacto(cliente.telefono),
        pedidos=pedidos[:PEDIDOS_POR_PAGINA],
        siguiente=pedidos[PEDIDOS_POR_PAGINA - 1].id if len(pedidos) > PEDIDOS_POR_PAGINA else None,
        palabras=PALABRAS,
        datos={campo: textos.get(campo, valor) for campo, valor in ahora.items()},
        ahora={campo: v for campo, v in ahora.items() if status == 409 and textos.get(campo, v) != v},
        errores=errores,
    )
    return page, status
