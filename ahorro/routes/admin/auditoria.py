"""Who changed what in the shop."""

from typing import Any

from quart import Blueprint, Response, request
from typing_extensions import TypedDict

from ahorro.domain.cuenta import ADMIN
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.grupos import CATEGORIA, NEGOCIO
from ahorro.routes.admin.clientes import leer_cursor
from ahorro.routes.admin.ventas import check_orden
from ahorro.routes.catalogo import leer_limite, leer_texto
from ahorro.routes.fields import read_moment
from ahorro.routes.house import answer, base
from ahorro.store.auditoria import select_auditoria
from ahorro.store.grupos import select_grupos
from ahorro.wire.asiento import NOMBRES, Nombres, asientos_csv
from ahorro.wire.auditoria import asiento_json
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import Instant, answers, sends
from belgrano.words.numbers import whole

routes = Blueprint("admin_auditoria", __name__)

MOST_LINES = 10_000


class Cual(TypedDict):
    """Who or what a line is about; without an id it is the shop by itself, or the only one there is."""

    id: int | None
    nombre: str


class Asiento(TypedDict):
    """One field of one thing, from what to what; `campo` is `alta` for what is new."""

    id: int
    en: Instant
    quien: Cual
    que: str
    cual: Cual
    campo: str
    de: Any
    a: Any


class Asientos(TypedDict):
    """A page of the book, the newest first; `siguiente` is the cursor of what follows."""

    asientos: list[Asiento]
    siguiente: str | None


def leer_id() -> int | None:
    """`id` of the query string: of which thing. Raises CampoInvalido."""
    text = request.args.get("id", "")
    found = whole(text) if text else None
    if text and found is None:
        raise CampoInvalido("id", "tiene que ser un número entero.")
    return found


def leer_momento(name: str, *, ends: bool = False) -> int | None:
    """An instant of the query string, or a day, which is whole where it `ends` there; ms UTC. Raises CampoInvalido."""
    try:
        return read_moment(leer_texto(name) or None, ends=ends)
    except ValueError as error:
        raise CampoInvalido(name, str(error)) from None


def _leer_filtro() -> dict[str, Any]:
    """What the query string narrows the book to. Raises CampoInvalido."""
    que, desde, hasta = leer_texto("que"), leer_momento("desde"), leer_momento("hasta", ends=True)
    if que and que not in NOMBRES:
        raise CampoInvalido("que", f"tiene que ser uno de: {', '.join(NOMBRES)}.")
    check_orden(desde, hasta)
    return {"que": que, "cual_id": leer_id(), "quien": leer_texto("quien"), "desde": desde, "hasta": hasta}


async def select_en_palabras(con: Connection, /, **filtro: Any) -> tuple[list[dict[str, Any]], Nombres]:
    """Lines of the book, and what the ids in them are called now."""
    nombres = {
        f"{tipo.noun}_id": {grupo.id: grupo.nombre for grupo in await select_grupos(con, tipo)}
        for tipo in (CATEGORIA, NEGOCIO)
    }
    return await select_auditoria(con, **filtro), nombres


@routes.get("/api/admin/auditoria")
@allow(*ADMIN)
@answers(Asientos)
async def get_auditoria() -> Response:
    """A page of the book: of one noun (`que`), one thing of it (`id`), one person (`quien`, an id or part of a name),
    `desde` an instant or day `hasta` another."""
    limite = leer_limite(50)
    lines = await base().read(select_auditoria, **_leer_filtro(), antes_de=leer_cursor(), limite=limite + 1)
    siguiente = str(lines[limite - 1]["id"]) if len(lines) > limite else None
    return answer({"asientos": [asiento_json(each) for each in lines[:limite]], "siguiente": siguiente})


@routes.get("/api/admin/auditoria.csv")
@allow(*ADMIN)
@sends("text/csv")
async def get_auditoria_csv() -> Response:
    """The same in words for a spreadsheet: the newest MOST_LINES of what is looked for."""
    lines, nombres = await base().read(select_en_palabras, **_leer_filtro(), limite=MOST_LINES)
    names = {"Content-Disposition": 'attachment; filename="auditoria.csv"'}
    return Response(asientos_csv(lines, nombres), headers=names, content_type="text/csv; charset=utf-8")
