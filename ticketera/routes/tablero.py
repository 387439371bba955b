"""The board: all of it, what it or a phone missed, and how an admin likes it."""

from typing import Annotated

from pydantic import BeforeValidator, Field
from quart import Blueprint, Response
from quart_schema import document_querystring, document_request

from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import answers
from belgrano.words.times import now
from ticketera.actions.tablero import cambiar_preferencias
from ticketera.domain import tablero
from ticketera.routes.answers.tablero import Novedades, NovedadesDelTablero, Tablero, TodoElTablero, TodoMisTickets
from ticketera.routes.fields import Body, ExactBody, Id, whole
from ticketera.routes.house import answer, base, body, me, query
from ticketera.store.novedades import AT_MOST_BYTES, select_acuses, select_perdidas, select_posicion
from ticketera.store.tablero import select_mis_tickets, select_preferencias, select_tablero
from ticketera.store.usuarios import select_repartidores
from ticketera.wire.novedad import acuse_json, novedades
from ticketera.wire.repartidor import repartidor_json
from ticketera.wire.tablero import mis_tickets_json, tablero_json
from ticketera.wire.text import Json, array, encode

routes = Blueprint("tablero", __name__)


@routes.get("/api/tablero")
@allow("admin")
@answers(Tablero)
async def get_tablero() -> Response:
    """The whole board with the number of its newest change."""
    return answer(tablero_json(await base().read(select_tablero, now())))


class Desde(Body):
    """From where on. Without an epoca, or with another one, the answer is the whole."""

    epoca: str = ""
    desde: Annotated[int, BeforeValidator(whole)] = 0


@routes.get("/api/novedades")
@allow("admin", "repartidor")
@document_querystring(Desde)
@answers(NovedadesDelTablero | Novedades | TodoElTablero | TodoMisTickets)
async def get_novedades() -> Response:
    """The changes after `desde` of the one who asks, the same objects that were pushed; or the whole."""
    asked, user = query(Desde), me()
    oyente = 0 if user.rol == "admin" else user.id
    return answer(await base().read(read_novedades, oyente, asked.epoca, asked.desde, now()))


async def read_novedades(con: Connection, oyente: int, epoca: str, desde: int, ahora: int) -> str:
    """The JSON text of GET /api/novedades for a listener: the tablero (0), or a repartidor by id.

    What came after `desde`, the very objects that were pushed. Or the whole, when that is more than 500 or 1 MiB, older
    than 7 days, of another epoca, or above the newest number.
    """
    actual, seq = await select_posicion(con, oyente)
    rows = await select_perdidas(con, oyente, desde, seq, ahora) if epoca == actual else None
    missed = None if rows is None else novedades(oyente, actual, rows)
    told: Json = {"epoca": actual, "seq": seq}
    if missed is not None and sum(len(text.encode()) for text in missed) <= AT_MOST_BYTES:
        told["novedades"] = array(missed)
    elif oyente == 0:
        told |= {"completo": True, **tablero_json(await select_tablero(con, ahora))}
    else:
        told |= {"completo": True, **mis_tickets_json(await select_mis_tickets(con, oyente))}
    if oyente == 0:
        if "repartidores" not in told:
            told["repartidores"] = [repartidor_json(u) for u in await select_repartidores(con)]
        acuses = await select_acuses(con)
        told["acuses"] = [acuse_json(r["id"], r["recibido_en"], r["visto_en"]) for r in acuses]
    return encode(told)


class Preferencias(ExactBody):
    """Pinned columns in their order (ids of repartidores), how high the cards are, and the theme.

    `densidad` is `comoda` or `compacta`; `tema` is `automatico` (as their system says), `claro` or `oscuro`.
    """

    fijadas: list[Id] = Field(default_factory=list)
    densidad: str = tablero.DENSIDADES[0]
    tema: str = tablero.TEMAS[0]


@routes.get("/api/preferencias")
@allow("admin")
@answers(tablero.Preferencias)
async def get_preferencias() -> Response:
    """One's own."""
    return answer(await base().read(select_preferencias, me().id))


@routes.patch("/api/preferencias")
@allow("admin")
@document_request(Preferencias)
@answers(tablero.Preferencias)
async def patch_preferencias() -> Response:
    """Change some of one's own."""
    cambios = (await body(Preferencias)).model_dump(exclude_unset=True)
    return answer(await base().do(cambiar_preferencias, me().id, cambios))
