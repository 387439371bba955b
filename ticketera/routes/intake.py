"""Intake: an order from a shop becomes one ticket.

`recibir` is all of it but the wire, from headers and bytes to status and bytes, so that the door in front of Quart
(`ticketera/live/door.py`) and the route behind it answer alike.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator
from quart import Blueprint, Response, request
from quart_schema import document_request

from belgrano.http.access import allow_key
from belgrano.http.answers import answers
from belgrano.http.json_input import LIMIT, check_type, parse_bytes
from belgrano.http.peer import Scope, header
from belgrano.http.problems import PROBLEM_JSON, Problem
from belgrano.http.shapes import is_blank, parse
from belgrano.words.numbers import whole
from belgrano.words.times import iso
from ticketera.actions.intake import Recibido, recibir_ticket, revisar_ticket
from ticketera.domain.intake import encargo_de
from ticketera.routes.answers import tickets
from ticketera.routes.errors import problem_of
from ticketera.routes.fields import (
    Body,
    Id,
    Latitud,
    Longitud,
    Opcional50,
    Opcional120,
    Opcional2000,
    Pesos,
    Pista50,
    Pista120,
    PistaInstante,
    Prioridad,
    Texto50,
    Texto120,
    Texto200,
    number,
)
from ticketera.routes.house import House, house
from ticketera.wire.text import encode, pesos

_JSON = (b"content-type", b"application/json")
MOST_PRODUCTOS = 500


def leer_productos(value: Any) -> list[Any]:
    """1 to 500 products: each a text, or an object with `nombre` and `cantidad`. Raises ValueError naming which."""
    if not isinstance(value, list):
        raise ValueError("tiene que ser una lista.")
    if not 1 <= len(value) <= MOST_PRODUCTOS:
        raise ValueError(f"tiene que traer entre 1 y {MOST_PRODUCTOS} productos.")
    for place, producto in enumerate(value, 1):
        if problem := _wrong_with(producto):
            raise ValueError(f"el producto {place} {problem}")
    return value


def _wrong_with(producto: Any) -> str:
    if isinstance(producto, str):
        return "no puede quedar en blanco." if is_blank(producto) else ""
    if not isinstance(producto, dict):
        return "tiene que ser un texto o un objeto."
    nombre = producto.get("nombre")
    if not isinstance(nombre, str) or is_blank(nombre):
        return "necesita un nombre."
    for campo, least in (("cantidad", "más que cero"), ("precio", "cero o más"), ("subtotal", "cero o más")):
        value = producto.get(campo)
        if value is None and campo != "cantidad":
            continue
        try:
            amount = number(value)
        except ValueError:
            return f"necesita una {campo} que sea un número." if campo == "cantidad" else f"tiene mal el {campo}."
        if amount < 0 or (campo == "cantidad" and amount == 0):
            return f"tiene mal {'la' if campo == 'cantidad' else 'el'} {campo}: tiene que ser {least}."
    return ""


class TicketData(Body):
    """The body of POST /api/tickets; `total` becomes centavos. null is like leaving a field out."""

    numero: Texto50
    cliente_nombre: Texto120
    cliente_direccion: Texto200
    productos: Annotated[list[Any], BeforeValidator(leer_productos)]
    total: Pesos
    cliente_telefono: Opcional50 = None
    cliente_email: Opcional120 = None
    metodo_pago: Opcional50 = None
    indicaciones: Opcional2000 = None
    prioridad: Prioridad | None = None
    tipo_cliente: Literal["cliente", "comerciante"] | None = None
    estado: Literal["pendiente"] | None = None
    repartidor_id: Id | None = None
    cliente_lat: Latitud = None
    cliente_lng: Longitud = None
    # Beyond the contract: used when they are well-formed, ignored when not, and no part of what makes orders the same.
    cliente_piso: Pista50 = None
    cliente_barrio: Pista120 = None
    negocio: Pista120 = None
    franja_desde: PistaInstante = None
    franja_hasta: PistaInstante = None


class Reply(NamedTuple):
    """An answer as ASGI sends it."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


async def recibir(house: House, scope: Scope, receive: Callable[[], Awaitable[Any]]) -> Reply:
    """Answer POST /api/tickets, from its ASGI scope and body. Errors are answers too."""
    try:
        house.keys.admit(scope)
        return await _recibir(house, scope, await _read(scope, receive))
    except Exception as error:
        problem = problem_of(error)
        headers = [(name.lower().encode(), value.encode()) for name, value in problem.headers.items()]
        return Reply(problem.status, [(b"content-type", PROBLEM_JSON.encode()), *headers], problem.body())


async def _recibir(house: House, scope: Scope, raw: bytes) -> Reply:
    data = parse(TicketData, parse_bytes(raw, header(scope, b"content-type")))
    nuevo = encargo_de(**data.model_dump(exclude={"estado"}))
    if b"validar" in scope["query_string"] and b"validar=1" in scope["query_string"].split(b"&"):
        await house.base.read(revisar_ticket, nuevo)
        return Reply(200, [_JSON], b'{"exito":true,"validado":true}')
    recibido = await house.base.do(recibir_ticket, nuevo)
    location = f"/api/tickets/{recibido.ticket.id}".encode()
    return Reply(200 if recibido.repetido else 201, [_JSON, (b"location", location)], _confirmation(recibido))


def _confirmation(recibido: Recibido) -> bytes:
    ticket = recibido.ticket
    told: dict[str, Any] = {
        "exito": True,
        "ticket_id": ticket.id,
        "numero": ticket.numero,
        "estado": ticket.estado,
        "version": ticket.version,
        "repartidor_id": ticket.repartidor_id,
        "repartidor_asignado": ticket.repartidor_nombre,
        "fecha_creacion": iso(ticket.creado_en),
        "cliente_nombre": ticket.cliente_nombre,
        "total": pesos(ticket.total),
    }
    if recibido.repetido:
        told["idempotent"] = True
    return encode(told).encode()


async def _read(scope: Scope, receive: Callable[[], Awaitable[Any]]) -> bytes:
    """The whole body. Raises Problem 415, 413 without reading on, and the guard's 408 for one that drips."""
    check_type(header(scope, b"content-type"))
    announced = header(scope, b"content-length") or "0"
    length = whole(announced)
    if length is None or length > LIMIT:
        raise Problem(413, "demasiado_grande", f"El contenido supera los {LIMIT // 1024} KiB.")
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Problem(400, "envio_cortado", "El envío se cortó.")
        size += len(message.get("body", b""))
        if size > LIMIT:
            raise Problem(413, "demasiado_grande", f"El contenido supera los {LIMIT // 1024} KiB.")
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


routes = Blueprint("intake", __name__)


@routes.post("/api/tickets")
@allow_key
@document_request(TicketData)
@answers(tickets.Recibido, 201)
@answers(tickets.Repetido | tickets.Validado)
async def post_ticket() -> Response:
    """Take an order in."""
    # The door in front of Quart answers a program in the same words without coming this far.
    raw = await request.get_data()
    told = iter([{"type": "http.request", "body": raw}])

    async def receive() -> Any:
        return next(told)

    reply = await recibir(house(), request.scope, receive)  # type: ignore[arg-type]
    response = Response(reply.body, reply.status)
    response.headers.update({name.decode(): value.decode() for name, value in reply.headers})
    return response
