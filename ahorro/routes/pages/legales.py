"""Help, terms, privacy, and the button to withdraw from a purchase."""

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from belgrano.access import anyone
from belgrano.problems import Problem

routes = Blueprint("paginas_legales", __name__)

TITULOS = {
    "terminos": "Términos y condiciones",
    "privacidad": "Privacidad",
    "defensa": "Defensa del Consumidor",
}


@routes.get("/ayuda")
@anyone
async def get_ayuda() -> ResponseReturnValue:
    """Questions and answers, and how to reach somebody."""
    return await render_template("ahorro/ayuda.html")


@routes.get("/legales/<tema>")
@anyone
async def get_legales(tema: str) -> ResponseReturnValue:
    """One of the legal texts."""
    if tema not in TITULOS:
        raise Problem(404, "no_existe", "Lo que buscás no existe o ya no está.")
    return await render_template("ahorro/legales.html", tema=tema, titulo=TITULOS[tema])
