"""HTTP in: parse, authorise, one action, answer. Pages and JSON side by side, one subject a file."""

from quart import Quart

from ahorro.routes import admin, carrito, catalogo, cuentas, outbox, pages, pedidos, recuperacion, salud, webhooks

SUBJECTS = (
    catalogo,
    carrito,
    cuentas,
    recuperacion,
    pedidos,
    webhooks,
    outbox,
    salud,
    *admin.SUBJECTS,
    *pages.SUBJECTS,
)


def register_routes(app: Quart) -> None:
    """Every route of the shop."""
    for subject in SUBJECTS:
        app.register_blueprint(subject.routes)
