"""Tickets on paper: one a page, or the open ones of a repartidor as the sheet of their route."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import segno
from markupsafe import Markup
from quart import Blueprint, render_template, request

from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.contactos import contacto
from belgrano.http.shapes import invalid
from belgrano.words.numbers import whole
from belgrano.words.times import now, otro_dia
from ticketera.domain.errors import NoExiste
from ticketera.domain.ticket import Ticket
from ticketera.routes.fields import MOST_PESOS
from ticketera.routes.house import base
from ticketera.routes.repartidores import find_repartidor
from ticketera.routes.tickets import ticket_id
from ticketera.store.tickets import select_columna, select_ticket

routes = Blueprint("pagina_imprimir", __name__)
MOST = 100


@dataclass(frozen=True, slots=True)
class Producto:
    """One line of an order, as it is printed; `subtotal` in centavos."""

    cantidad: str
    nombre: str
    subtotal: int | None


@routes.get("/tickets/<int:number>/imprimir")
@allow("admin")
async def get_uno(number: int) -> str:
    """One ticket on a page."""
    return await _page(await base().read(_select, [ticket_id(number)]))


@routes.get("/tickets/imprimir")
@allow("admin")
async def get_varios() -> str:
    """`ids=1,2,3`: each on a page, in this order; `hoja=1` as one list. `repartidor_id`: the route of a column."""
    named = request.args.get("repartidor_id", "")
    if named:
        return await _hoja(_numero("repartidor_id", named))
    ids = [_numero("ids", each) for each in request.args.get("ids", "").split(",") if each.strip()]
    if not 1 <= len(ids) <= MOST:
        raise invalid([{"campo": "ids", "detalle": f"tiene que nombrar entre 1 y {MOST} tickets."}])
    tickets = await base().read(_select, [ticket_id(each) for each in dict.fromkeys(ids)])
    return await _page(tickets, hoja="Tickets elegidos" if request.args.get("hoja") else None)


def _numero(campo: str, text: str) -> int:
    found = whole(text.strip())
    if found is None:
        raise invalid([{"campo": campo, "detalle": "tiene que ser números, separados por comas."}])
    return found


async def _select(con: Connection, ids: list[int]) -> list[Ticket]:
    found = [await select_ticket(con, each) for each in ids]
    if None in found:
        raise NoExiste("Ese ticket no existe.")
    return [each for each in found if each is not None]


async def _hoja(repartidor_id: int) -> str:
    usuario = await find_repartidor(repartidor_id)
    tickets = await base().read(select_columna, usuario.id)
    return await _page(tickets, hoja=f"Recorrido de {usuario.nombre}")


async def _page(tickets: list[Ticket], hoja: str | None = None) -> str:
    return await render_template(
        "ticketera/imprimir.html",
        tickets=tickets,
        hoja=hoja,
        ahora=now(),
        a_cobrar=sum(each.total for each in tickets if each.se_cobra),
        otro_dia=lambda ms: otro_dia(ms, now()),
        qr=qr,
        productos=productos,
        telefono=lambda ticket: contacto(ticket.cliente_telefono)["texto"],
    )


def qr(numero: str) -> Markup:
    """The numero as a QR code, drawn in the page."""
    drawn = segno.make(numero, error="m", micro=False)
    return Markup(drawn.svg_inline(border=0, omitsize=True, svgclass="qr", lineclass=None))  # noqa: S704


def productos(ticket: Ticket) -> list[Producto]:
    """What is in the order."""
    return [_producto(each) for each in json.loads(ticket.productos, parse_float=Decimal)]


def _producto(producto: Any) -> Producto:
    if not isinstance(producto, Mapping):
        return Producto("", str(producto), None)
    cantidad = producto.get("cantidad", 1)
    return Producto(str(cantidad).replace(".", ","), str(producto.get("nombre", "")), _subtotal(producto, cantidad))


def _subtotal(producto: Mapping[str, Any], cantidad: Any) -> int | None:
    """Centavos; None where none is said, or one that no order can have: intake takes any number here."""
    pesos = producto.get("subtotal")
    if pesos is None and producto.get("precio") is not None:
        pesos = producto["precio"] * cantidad
    return round(pesos * 100) if pesos is not None and pesos <= MOST_PESOS else None
