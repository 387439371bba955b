"""HTTP in: parse, authorise, one action, answer. Pages and JSON side by side, one subject a file."""

from quart import Quart

from ticketera.routes import cuentas, intake, novedades, reparto, tablero


def register_routes(app: Quart) -> None:
    """Every route of Ticketera."""
    for subject in (cuentas, intake, novedades, reparto, tablero):
        app.register_blueprint(subject.routes)
