"""Where the pages of the earlier shop are now: bookmarks and what search engines know lead there, for good."""

from urllib.parse import urlencode

from quart import Blueprint, redirect
from quart.typing import ResponseReturnValue

from ahorro.domain.ficha import clave_de
from belgrano.http.access import anyone

routes = Blueprint("paginas_de_antes", __name__)

ANTES = {
    "/cambiar-password-recuperacion": "/recuperar",
    "/comerciantes": "/comercio/paquetes",
    "/comerciantes/carrito": "/carrito",
    "/comerciantes/checkout": "/checkout",
    "/comerciantes/login": "/login",
    "/comerciantes/paquetes": "/comercio/paquetes",
    "/comerciantes/paquetes/crear": "/comercio/paquetes/nuevo",
    "/comerciantes/pedidos": "/pedidos",
    "/comerciantes/registro": "/registro",
    "/contacto": "/ayuda",
    "/contacto-soporte": "/ayuda",
    "/mis_pedidos": "/pedidos",
    "/perfil": "/cuenta",
    "/recuperar-password": "/recuperar",
    "/register": "/registro",
    "/sobre-nosotros": "/ayuda",
    "/verificar-codigo": "/recuperar",
}


@anyone
async def get_antes(donde: str) -> ResponseReturnValue:
    """The page that took its place."""
    return redirect(donde, 301)


for _antes, _ahora in ANTES.items():
    routes.add_url_rule(_antes, f"get_{_antes}", get_antes, methods=["GET"], defaults={"donde": _ahora})


@routes.get("/confirmacion/<numero>")
@routes.get("/comerciantes/confirmacion/<numero>")
@anyone
async def get_confirmacion(numero: str) -> ResponseReturnValue:
    """The pedido that was confirmed: pedidos keep their numero."""
    return redirect(f"/pedidos/{clave_de_numero(numero)}", 301)


@routes.get("/negocio/<clave>")
@anyone
async def get_negocio(clave: str) -> ResponseReturnValue:
    """A negocio, under its name in addresses."""
    return redirect(f"/negocios/{clave_de(clave)}", 301)


@routes.get("/categoria/<clave>")
@anyone
async def get_categoria(clave: str) -> ResponseReturnValue:
    """What is sold of a categoria."""
    return redirect(f"/productos?{urlencode({'categoria': clave_de(clave)})}", 301)


def clave_de_numero(numero: str) -> str:
    """A numero as an address may have it."""
    return "".join(each for each in numero if each.isascii() and (each.isalnum() or each == "-"))[:50]
