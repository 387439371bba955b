"""The second step of coming in, by forms: the code after the password, and switching it on and off."""

from quart import Blueprint, render_template
from quart.typing import ResponseReturnValue

from ahorro.domain.cuenta import PERSONAL
from ahorro.domain.errors import CampoInvalido, CodigoInvalido, FaltaCodigo, NadaEmpezado, SegundoPasoPuesto
from ahorro.routes.cuentas import abrir_sesion, clave_de_codigos
from ahorro.routes.house import base, house, me
from ahorro.routes.pages.forms import form, go, own_path, sentence
from ahorro.routes.segundo_paso import confirmar, empezar, mi_segundo_paso, pasar, quitar, uri
from belgrano.accounts.second_factor import select_begun, spelled
from belgrano.http.access import allow, anyone
from belgrano.http.problems import Problem
from belgrano.http.qr import codigo_qr
from belgrano.words.times import now

routes = Blueprint("paginas_segundo_paso", __name__)


@routes.post("/login/codigo")
@anyone
async def post_codigo() -> ResponseReturnValue:
    """Come in by the code; `paso` says who gave their password just now."""
    datos = await form("paso", "codigo", "volver", "pendiente")
    volver, headers = own_path(datos["volver"]), None
    try:
        usuario = await pasar(datos["paso"], datos["codigo"])
    except (FaltaCodigo, CodigoInvalido) as error:
        errores, status = {"codigo": error.detalle}, 401
    except Problem as problem:
        if problem.status != 429:
            raise
        errores, status, headers = {"": problem.detail}, 429, problem.headers
    else:
        if usuario is None:
            return go("/login", "otra_vez")
        await abrir_sesion(usuario)
        unsent = house().keeper.unpack(datos["pendiente"], usuario.id)
        return go(volver) if unsent is None else await render_template("sigue.html", unsent=unsent, volver=volver)
    page = await render_template(
        "ahorro/codigo.html", paso=datos["paso"], pendiente=datos["pendiente"], volver=volver, errores=errores
    )
    return page, status, headers or {}


async def _poner(secreto: bytes, errores: dict[str, str], status: int = 200) -> ResponseReturnValue:
    page = await render_template(
        "ahorro/segundo_paso.html",
        secreto=spelled(secreto),
        codigo=codigo_qr(await uri(secreto), "Código QR para tu aplicación de códigos"),
        errores=errores,
    )
    return page, status


async def _poner_o_quitar(errores: dict[str, str], status: int) -> ResponseReturnValue:
    puesto, _ = await mi_segundo_paso()
    return await render_template("ahorro/segundo_paso_cambiar.html", puesto=puesto, errores=errores), status


@routes.post("/cuenta/segundo-paso")
@allow(*PERSONAL)
async def post_segundo_paso() -> ResponseReturnValue:
    """Begin, by one's password: the code for the phone to scan."""
    datos = await form("password")
    try:
        return await _poner(await empezar(datos["password"]), {})
    except CampoInvalido as error:
        return await _poner_o_quitar({error.campo: sentence(error.campo, error.detalle)}, 400)
    except SegundoPasoPuesto as error:
        return await _poner_o_quitar({"": error.detalle}, 409)


@routes.post("/cuenta/segundo-paso/confirmar")
@allow(*PERSONAL)
async def post_confirmar() -> ResponseReturnValue:
    """Switch it on; the recovery codes are shown this once."""
    datos = await form("codigo")
    try:
        return await render_template("ahorro/codigos_de_rescate.html", codigos=await confirmar(datos["codigo"]))
    except CampoInvalido as error:
        secreto = await base().read(select_begun, me().id, clave_de_codigos(), now())
        if secreto is not None:
            return await _poner(secreto, {"codigo": sentence(error.campo, error.detalle)}, 400)
        return await _poner_o_quitar({"": NadaEmpezado.detalle}, 409)
    except NadaEmpezado as error:
        puesto, _ = await mi_segundo_paso()
        return go("/cuenta") if puesto else await _poner_o_quitar({"": error.detalle}, 409)


@routes.post("/cuenta/segundo-paso/quitar")
@allow(*PERSONAL)
async def post_quitar() -> ResponseReturnValue:
    """Switch it off, by password and code."""
    datos = await form("password", "codigo")
    try:
        await quitar(datos["password"], datos["codigo"])
    except CampoInvalido as error:
        return await _poner_o_quitar({error.campo: sentence(error.campo, error.detalle)}, 400)
    return go("/cuenta", "segundo_paso_quitado")
