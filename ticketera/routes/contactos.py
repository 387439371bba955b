"""What a typed phone number is good for, as board and phone ask it."""

from typing import Annotated

from pydantic import StringConstraints
from quart import Blueprint, Response

from belgrano.http.access import allow
from belgrano.http.answers import answers
from belgrano.http.contactos import Contacto, contacto
from ticketera.domain.ticket import Rol
from ticketera.routes.fields import Body
from ticketera.routes.house import answer, me, query

routes = Blueprint("contactos", __name__)


class Pregunta(Body):
    """The number as somebody typed it."""

    telefono: Annotated[str, StringConstraints(max_length=50)] = ""


@routes.get("/api/contacto")
@allow("admin", "repartidor")
@answers(Contacto)
async def get_contacto() -> Response:
    """The links that a number allows. A board may keep them; a phone, which two people may share, forgets them."""
    headers = {"Cache-Control": "private, max-age=86400"} if me().rol is Rol.ADMIN else None
    return answer(contacto(query(Pregunta).telefono), headers=headers)
