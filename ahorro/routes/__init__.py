"""HTTP in: parse, authorise, one action, answer. Pages and JSON side by side, one subject a file."""

from quart import Quart

from ahorro.routes import (
    admin,
    carrito,
    catalogo,
    cuentas,
    imagenes,
    mis_datos,
    outbox,
    pages,
    pedidos,
    recuperacion,
    salud,
    segundo_paso,
    sesiones,
    webhooks,
)
from belgrano.http.pages import allow_larger

SUBJECTS = (
    catalogo,
    imagenes,
    carrito,
    cuentas,
    recuperacion,
    pedidos,
    webhooks,
    outbox,
    salud,
    segundo_paso,
    sesiones,
    mis_datos,
    *admin.SUBJECTS,
    *pages.SUBJECTS,
)


def register_routes(app: Quart) -> None:
    """Every route of the shop."""
    allow_larger(app, admin.planilla.LARGER, admin.planilla.MOST_BYTES)
    allow_larger(app, pages.admin.importar.LARGER, pages.admin.importar.MOST_BODY)
    allow_larger(app, pages.admin.proveedores.LARGER, pages.admin.importar.MOST_BODY)
    allow_larger(app, pages.admin.fotos.LARGER, pages.admin.fotos.MOST_BODY)
    allow_larger(app, admin.imagenes.LARGER, admin.imagenes.MOST_BYTES)
    for subject in SUBJECTS:
        app.register_blueprint(subject.routes)
