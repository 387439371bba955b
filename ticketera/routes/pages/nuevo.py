"""A ticket by hand, for an order that came by telephone.

The form brings the end of its ticket's numero along: sent twice, or again after a lost answer, it is one ticket.
"""

import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from quart import Blueprint, redirect
from quart.typing import ResponseReturnValue

from belgrano.contract import PRIORIDADES
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.words.numbers import whole
from belgrano.words.times import BUENOS_AIRES
from ticketera.actions.intake import recibir_ticket
from ticketera.domain.encargo import CAMPOS, Prioridad
from ticketera.domain.errors import CamposInvalidos, NumeroEnConflicto
from ticketera.routes.house import base, quien
from ticketera.routes.pages.escritos import pedido_de
from ticketera.routes.pages.forms import REFUSALS, errors_of, form
from ticketera.routes.pages.frame import admin_page
from ticketera.store.busqueda import select_negocios
from ticketera.store.tickets import select_numero
from ticketera.store.usuarios import select_repartidores

routes = Blueprint("pagina_nuevo", __name__)
ENTRADAS = (*(each.name for each in CAMPOS.values() if each.label), "franja_fecha", "franja_desde", "franja_hasta")
# First the one that is meant where nobody chooses, then what is more urgent, then what is less.
A_ELEGIR = [each.name for each in (*list(Prioridad)[Prioridad.normal :], Prioridad.baja)]
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another
CLAVE = re.compile(rf"20[0-9]{{6}}-[{LETTERS}]{{4}}")


@routes.get("/tickets/nuevo")
@allow("admin")
async def get_nuevo() -> str:
    """The form, empty."""
    return await _page(await _clave_libre(), {}, {}, None)


@routes.post("/tickets/nuevo")
@allow("admin")
async def post_nuevo() -> ResponseReturnValue:
    """Make the ticket, and go to it on the board."""
    sent = await form()
    clave = sent.get("clave", "")
    if not CLAVE.fullmatch(clave):
        clave = await _clave_libre()
    fields = {campo: sent.get(campo, "") for campo in ENTRADAS}
    try:
        nuevo = pedido_de(
            {campo: fields[campo] for campo in ENTRADAS if campo != "repartidor_id"},
            numero=f"MAN-{clave}",
            repartidor_id=_id(fields["repartidor_id"]),
        )
        recibido = await base().do(recibir_ticket, nuevo, quien())
    except NumeroEnConflicto:
        known = await base().read(select_numero, f"MAN-{clave}")
        return await _page(await _clave_libre(), fields, {}, None, ya=known), 409
    except REFUSALS as error:
        status, said, errores = errors_of(error)
        return await _page(clave, fields, errores, said), status
    return redirect(f"/tickets/{recibido.ticket.id}", 303)


def _id(text: str) -> int | None:
    if not text:
        return None
    found = whole(text)
    if found is None:
        raise CamposInvalidos(("repartidor_id", "no existe o está dado de baja"))
    return found


async def _clave_libre() -> str:
    """Today in Buenos Aires, and four letters that no ticket made by hand today has."""
    return str(await base().read(_clave))


async def _clave(con: Connection) -> str:
    today = datetime.now(UTC).astimezone(BUENOS_AIRES)
    while True:
        clave = f"{today:%Y%m%d}-{''.join(secrets.choice(LETTERS) for _ in range(4))}"
        if await select_numero(con, f"MAN-{clave}") is None:
            return clave


async def _page(
    clave: str, fields: Mapping[str, str], errores: Mapping[str, str], error: str | None, ya: object = None
) -> str:
    people = await base().read(select_repartidores)
    return await admin_page(
        "ticketera/nuevo.html",
        "/tablero",
        clave=clave,
        valores={campo: fields.get(campo, "") for campo in ENTRADAS},
        errores=errores,
        error=error,
        ya=ya,
        prioridades=[(each, PRIORIDADES[each]["oficina"]) for each in A_ELEGIR],
        hoy=f"{datetime.now(UTC).astimezone(BUENOS_AIRES):%Y-%m-%d}",
        repartidores=[each for each in people if each.activo],
        negocios=await base().read(select_negocios),
    )
