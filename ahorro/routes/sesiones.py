"""One's own open sessions: seen, and closed one by one or all the others."""

from quart import Blueprint, Response, request
from typing_extensions import TypedDict

from ahorro.actions.cuentas import cerrar_la_marcada, cerrar_las_otras
from ahorro.domain.cuenta import ROLES
from ahorro.domain.equipo import equipo_de
from ahorro.routes.house import answer, base, house, me, my_session
from belgrano.accounts.devices import OpenSession, mark_of, select_open_sessions
from belgrano.http.access import allow
from belgrano.http.answers import Instant, answers, answers_nothing
from belgrano.words.times import iso, now

routes = Blueprint("sesiones", __name__)


class SesionAbierta(TypedDict):
    """One of them. `id` is good for closing it; `equipo` is how its browser called itself, in people's words."""

    id: str
    equipo: str
    desde: Instant
    vista_en: Instant
    esta: bool


class Sesiones(TypedDict):
    """All of them, the one used last first."""

    sesiones: list[SesionAbierta]


def equipo() -> str:
    """What the request's browser is, in people's words."""
    return equipo_de(request.headers.get("User-Agent", ""))


async def mis_sesiones() -> list[OpenSession]:
    """The open ones of whoever asks."""
    idle = house().sessions.idle_ms(me().rol)
    found: list[OpenSession] = await base().read(select_open_sessions, me().id, idle)
    return found


@routes.get("/api/sesiones")
@allow(*ROLES)
@answers(Sesiones)
async def get_sesiones() -> Response:
    """Where I am logged in."""
    mine, ahora = mark_of((await my_session()).token_hash), now()
    return answer(
        {
            "sesiones": [
                {
                    "id": each.mark,
                    "equipo": each.device,
                    "desde": iso(each.since),
                    "vista_en": iso(ahora - each.idle),
                    "esta": each.mark == mine,
                }
                for each in await mis_sesiones()
            ]
        }
    )


@routes.delete("/api/sesiones/<marca>")
@allow(*ROLES)
@answers_nothing
async def delete_sesion(marca: str) -> Response:
    """Close one by its id, which may be this one, or all but this one (`otras`); what is closed is out at once."""
    if marca == "otras":
        await base().do(cerrar_las_otras, me().id, (await my_session()).token_hash)
    else:
        await base().do(cerrar_la_marcada, me().id, marca)
    return Response("", 204)
