"""HTTP in: parse, authorise, one action, answer. Pages and JSON side by side, one subject a file."""

from quart import Quart

from ticketera.routes import (
    configuracion,
    conflictos,
    contacto,
    cuentas,
    intake,
    mudanzas,
    novedades,
    pages,
    prueba,
    repartidores,
    reparto,
    tablero,
    tickets,
)

SUBJECTS = (
    intake, cuentas, tablero, reparto, novedades, tickets, prueba, mudanzas, conflictos, repartidores, configuracion,
    contacto, *pages.SUBJECTS,
)  # fmt: skip


def register_routes(app: Quart) -> None:
    """Every route of Ticketera."""
    for subject in SUBJECTS:
        app.register_blueprint(subject.routes)
