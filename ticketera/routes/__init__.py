"""HTTP in: parse, authorise, one action, answer. Pages and JSON side by side, one subject a file."""

from quart import Quart

from belgrano.pages import allow_larger
from ticketera.routes import (
    caja,
    configuracion,
    conflictos,
    contacto,
    cuentas,
    fotos,
    intake,
    invitaciones,
    mudanzas,
    novedades,
    ofertas,
    pages,
    preferencias,
    prueba,
    repartidores,
    reparto,
    sugerencias,
    tablero,
    tickets,
)

SUBJECTS = (
    intake, cuentas, tablero, reparto, novedades, tickets, prueba, fotos, mudanzas, conflictos, repartidores, invitaciones,
    configuracion, preferencias, caja, contacto, ofertas, sugerencias, *pages.SUBJECTS,
)  # fmt: skip


def register_routes(app: Quart) -> None:
    """Every route of Ticketera."""
    allow_larger(app, fotos.LARGER, fotos.MOST_BYTES)
    allow_larger(app, pages.importar.LARGER, pages.importar.MOST_BODY)
    for subject in SUBJECTS:
        app.register_blueprint(subject.routes)
