"""Photos and signatures of deliveries: in from the phone that took them, out to admins and to that phone."""

import re
from typing import Any, Literal

from quart import Blueprint, Response, request
from quart_schema import document_querystring

from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import answers, sends
from belgrano.http.images import BadImage, clean_drawing, clean_photo
from belgrano.http.problems import Problem
from belgrano.http.shapes import invalid
from belgrano.words.times import now
from ticketera.actions.fotos import admitir_foto, guardar_foto
from ticketera.domain.errors import NoExiste
from ticketera.domain.ticket import Rol
from ticketera.domain.usuario import Usuario
from ticketera.routes.answers.tickets import Foto, Fotos
from ticketera.routes.fields import Body
from ticketera.routes.house import answer, base, me, query
from ticketera.routes.tickets import ticket_id
from ticketera.store.fotos import select_datos, select_fotos
from ticketera.store.tickets import select_ticket
from ticketera.wire.foto import foto_json

routes = Blueprint("fotos", __name__)
MOST_BYTES = 600_000
LARGER = r"/api/tickets/\d+/fotos/[^/]+"
NAME = re.compile(r"[A-Za-z0-9._-]{1,64}")
TYPES = {"foto": "image/jpeg", "firma": "image/png"}


class Clase(Body):
    """What kind of picture comes."""

    tipo: Literal["foto", "firma"] = "foto"


@routes.put("/api/tickets/<int:number>/fotos/<foto_id>")
@allow("repartidor")
@document_querystring(Clase)
@answers(Foto, 200, 201)
async def put_foto(number: int, foto_id: str) -> Response:
    """Keep a picture (JPEG, PNG or WebP, up to 600 kB) under the name the phone gave it, however often it comes."""
    tipo = query(Clase).tipo
    number = ticket_id(number)
    if not NAME.fullmatch(foto_id):
        raise invalid([{"campo": "foto_id", "detalle": "tiene que ser de 1 a 64 letras, números, puntos o guiones."}])
    known = await base().read(admitir_foto, now(), me().id, number, foto_id)
    if known is not None:
        return answer(foto_json(known))
    sent = await _picture()
    try:
        datos = await (clean_photo if tipo == "foto" else clean_drawing)(sent)
    except BadImage as bad:
        raise Problem(400, "imagen_invalida", str(bad)) from None
    kept, new = await base().do(guardar_foto, me().id, number, foto_id, tipo, datos)
    return answer(foto_json(kept), 201 if new else 200)


@routes.get("/api/tickets/<int:number>/fotos")
@allow("admin", "repartidor")
@answers(Fotos)
async def get_fotos(number: int) -> Response:
    """The pictures of a ticket; a repartidor's own."""
    return answer({"fotos": [foto_json(foto) for foto in await base().read(select_visibles, me(), ticket_id(number))]})


@routes.get("/api/tickets/<int:number>/fotos/<foto_id>")
@allow("admin", "repartidor")
@sends(*TYPES.values())
async def get_foto(number: int, foto_id: str) -> Response:
    """One picture, as we encoded it."""
    foto = await base().read(select_datos, ticket_id(number), foto_id)
    if foto is None or (me().rol is not Rol.ADMIN and foto["repartidor_id"] != me().id):
        raise NoExiste("Ese ticket no existe.")
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": "inline",
    }
    return Response(bytes(foto["datos"]), 200, headers, content_type=TYPES[foto["tipo"]])


async def select_visibles(con: Connection, user: Usuario, number: int) -> list[Any]:
    """The pictures of a ticket that this person may see. Raises NoExiste where there is nothing for them."""
    ticket = await select_ticket(con, number)
    fotos = [] if ticket is None else await select_fotos(con, number)
    if user.rol is not Rol.ADMIN:
        fotos = [foto for foto in fotos if foto["repartidor_id"] == user.id]
    if ticket is None or (user.rol is not Rol.ADMIN and ticket.repartidor_id != user.id and not fotos):
        raise NoExiste("Ese ticket no existe.")
    return fotos


async def _picture() -> bytes:
    """The request's body. Raises Problem 400, 413 or 415."""
    if not (request.content_type or "").startswith("image/"):
        raise Problem(415, "tipo_no_admitido", "El contenido tiene que ser una imagen.")
    if (request.content_length or 0) > MOST_BYTES:
        raise _too_big()
    sent = bytearray()
    async for chunk in request.body:
        sent += chunk
        if len(sent) > MOST_BYTES:
            raise _too_big()
    if not sent:
        raise Problem(400, "imagen_invalida", "La foto llegó vacía.")
    return bytes(sent)


def _too_big() -> Problem:
    return Problem(413, "demasiado_grande", "La foto puede tener hasta 600 kB.")
