"""Intake: an order from a shop becomes one ticket.

`recibir` is all of it but the wire, from headers and bytes to status and bytes, so that the door in front of Quart
(`ticketera/live/door.py`) and the route behind it answer alike.
"""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from quart import Blueprint, Response, request
from quart_schema import document_request

from belgrano.http.access import allow_key
from belgrano.http.answers import answers
from belgrano.http.json_input import LIMIT, check_type, parse_bytes
from belgrano.http.peer import Scope, header
from belgrano.http.problems import PROBLEM_JSON, Problem
from belgrano.http.shapes import parse
from belgrano.words.numbers import whole
from belgrano.words.times import iso
from ticketera.actions.intake import Recibido, recibir_ticket, revisar_ticket
from ticketera.routes.answers import tickets
from ticketera.routes.encargo import TicketData, encargo_dicho
from ticketera.routes.errors import problem_of
from ticketera.routes.house import House, house
from ticketera.wire.text import encode, pesos

_JSON = (b"content-type", b"application/json")


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
    nuevo = encargo_dicho(data)
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
@routes.post("/api/tickets/recibir")
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
