"""HTTP in: parse, authorise, one action, answer. Pages and JSON side by side, one subject a file."""

from quart import Quart, request

from belgrano.http.access import caller
from belgrano.http.house import HOUSE
from belgrano.http.pages import allow_larger
from ticketera.routes import (
    avisos,
    caja,
    configuracion,
    conflictos,
    contactos,
    cuentas,
    fotos,
    intake,
    invitaciones,
    mudanzas,
    numeros,
    ofertas,
    olvidos,
    pages,
    prueba,
    repartidores,
    reparto,
    revisiones,
    sugerencias,
    tablero,
    tickets,
)
from ticketera.routes.house import same_person
from ticketera.settings import Settings

SUBJECTS = (
    intake, revisiones, olvidos, numeros, cuentas, tablero, reparto, tickets, prueba, fotos, mudanzas, conflictos,
    repartidores, invitaciones, configuracion, caja, contactos, ofertas, sugerencias, *pages.SUBJECTS,
)  # fmt: skip


def register_routes(app: Quart) -> None:
    """Every route of Ticketera."""
    app.before_request(check_same_person)
    allow_larger(app, fotos.LARGER, fotos.MOST_BYTES)
    allow_larger(app, pages.importar.LARGER, pages.importar.MOST_BODY)
    for subject in SUBJECTS:
        app.register_blueprint(subject.routes)
    settings: Settings = app.extensions[HOUSE].settings
    if settings.vapid:
        app.register_blueprint(avisos.routes)


async def check_same_person() -> None:
    """After the access check: the page and its session are one person's."""
    same_person(request.headers.get("X-Usuario"), caller())
