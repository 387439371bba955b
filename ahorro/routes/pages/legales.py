"""Help, terms, privacy, and the button to withdraw from a purchase."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import StringConstraints
from quart import Blueprint, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.actions.cancelaciones import Arrepentimiento, arrepentirse
from ahorro.domain.envio import siempre_gratis
from ahorro.domain.legales import parrafos
from ahorro.routes.fields import Body, Correo, Nombre, Notas
from ahorro.routes.house import base, configuracion, house, visitor
from ahorro.routes.pages.forms import check, form, given
from belgrano.http.access import anyone
from belgrano.http.problems import Problem

routes = Blueprint("paginas_legales", __name__)

TITULOS = {
    "terminos": "Términos y condiciones",
    "privacidad": "Privacidad",
    "defensa": "Defensa del Consumidor",
}


class PedidoDeArrepentimiento(Body):
    """A withdrawal from a purchase."""

    numero: Annotated[Nombre, StringConstraints(max_length=50)]
    email: Correo
    detalle: Notas | None = None


async def _arrepentimiento(
    datos: Mapping[str, str], errores: Mapping[str, str], hecho: Arrepentimiento | None = None
) -> str:
    excepciones = parrafos((await configuracion()).arrepentimiento)
    return await render_template(
        "ahorro/arrepentimiento.html", datos=datos, errores=errores, hecho=hecho, excepciones=excepciones
    )


@routes.get("/arrepentimiento")
@anyone
async def get_arrepentimiento() -> ResponseReturnValue:
    """The form: no account asked for."""
    usuario = await visitor()
    datos = {
        "numero": request.args.get("numero", "")[:50],
        "email": usuario.email if usuario is not None else "",
        "detalle": "",
    }
    return await _arrepentimiento(datos, {})


@routes.post("/arrepentimiento")
@anyone
async def post_arrepentimiento() -> ResponseReturnValue:
    """Take it in and give the code at once, as the law wants it."""
    datos = await form("numero", "email", "detalle")
    pedido, errores = check(PedidoDeArrepentimiento, given(datos, "detalle"))
    if pedido is None:
        return await _arrepentimiento(datos, errores), 400
    await house().limits.check_signup(request)
    usuario = await visitor()
    hecho = await base().do(
        arrepentirse,
        numero=pedido.numero,
        email=pedido.email,
        detalle=pedido.detalle or "",
        usuario_id=usuario.id if usuario is not None else None,
    )
    return await _arrepentimiento(datos, {}, hecho)


@routes.get("/ayuda")
@anyone
async def get_ayuda() -> ResponseReturnValue:
    """Questions and answers, and how to reach somebody."""
    tienda = await configuracion()
    return await render_template("ahorro/ayuda.html", gratis=siempre_gratis(tienda.envio, tienda.zonas))


@routes.get("/legales/<tema>")
@anyone
async def get_legales(tema: str) -> ResponseReturnValue:
    """One of the legal texts."""
    if tema not in TITULOS:
        raise Problem(404, "no_existe", "Lo que buscás no existe o ya no está.")
    texto = "" if tema == "defensa" else getattr(await configuracion(), tema)
    return await render_template("ahorro/legales.html", tema=tema, titulo=TITULOS[tema], parrafos=parrafos(texto))
