"""The back office's first page."""

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.domain.cuenta import PERSONAL
from belgrano.http.access import allow

routes = Blueprint("admin_inicio", __name__)


@routes.get("/admin")
@allow(*PERSONAL)
async def get_inicio() -> ResponseReturnValue:
    """Where to go from here."""
    return await render_template("ahorro/admin/inicio.html")
