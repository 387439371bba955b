"""Accounts, by forms: come in, go out, register, change one's data."""

from contextlib import suppress

from quart import Blueprint, render_template, request
from quart.typing import ResponseReturnValue

from ahorro.actions.cuentas import cambiar_perfil, cerrar_la_marcada, cerrar_las_otras
from ahorro.domain.cuenta import PERSONAL, ROLES, TIPOS_DE_NEGOCIO
from ahorro.domain.errors import CampoInvalido, CorreoEnUso, CredencialInvalida, CuitEnUso, NoExiste
from ahorro.routes.cuentas import (
    Cambio,
    Credencial,
    DatosDeComercio,
    Registro,
    abrir_sesion,
    cambiar_la_mia,
    cerrar_sesion,
    leer_comercio,
    pide_codigo,
    reconocer,
    registrar,
)
from ahorro.routes.fields import Body, Direccion, Nombre, Telefono
from ahorro.routes.house import base, house, me, my_session, shows_mailbox, visitor
from ahorro.routes.pages.forms import check, form, given, go, own_path, sentence
from ahorro.routes.segundo_paso import mi_segundo_paso, paso_de
from ahorro.routes.sesiones import mis_sesiones
from ahorro.store.cuentas import select_comercio
from belgrano.accounts.devices import mark_of
from belgrano.http.access import allow, anyone
from belgrano.http.problems import Problem
from belgrano.words.ages import hace

routes = Blueprint("paginas_cuentas", __name__)

CAMPOS_DE_COMERCIO = ("negocio_nombre", "cuit", "negocio_direccion", "negocio_telefono", "tipo")


class Perfil(Body):
    """What a customer may change of their account."""

    nombre: Nombre
    telefono: Telefono | None = None
    direccion: Direccion | None = None


@routes.get("/login")
@anyone
async def get_login() -> ResponseReturnValue:
    """The form to come in; who is in already goes on."""
    volver = own_path(request.args.get("volver", ""))
    if await visitor() is not None:
        return go(volver)
    return await render_template("ahorro/login.html", volver=volver, datos={"email": ""}, errores={})


async def ask_to_come_in() -> ResponseReturnValue | None:
    """The form to come in, with the one that was just sent inside of it; None when that holds nothing to keep."""
    pendiente = await house().keeper.pack()
    if not pendiente:
        return None
    datos = {"email": "", "pendiente": pendiente}
    return await render_template("ahorro/login.html", volver="/", datos=datos, errores={}), 401


@routes.post("/login")
@anyone
async def post_login() -> ResponseReturnValue:
    """Come in and go on to where one was going."""
    datos = await form("email", "password", "volver", "pendiente")
    volver = own_path(datos["volver"])
    try:
        credencial, _ = check(Credencial, datos)
        if credencial is None:
            raise CredencialInvalida
        usuario = await reconocer(credencial.email, credencial.password)
    except CredencialInvalida as error:
        page = await render_template("ahorro/login.html", volver=volver, datos=datos, errores={"": str(error)})
        return page, 401
    except Problem as problem:
        if problem.status != 429:
            raise
        page = await render_template("ahorro/login.html", volver=volver, datos=datos, errores={"": problem.detail})
        return page, 429, problem.headers
    if await pide_codigo(usuario):
        paso, pendiente = paso_de(usuario), datos["pendiente"]
        return await render_template("ahorro/codigo.html", paso=paso, pendiente=pendiente, volver=volver, errores={})
    await house().limits.forgive_login(request, usuario.email)
    await abrir_sesion(usuario)
    unsent = house().keeper.unpack(datos["pendiente"], usuario.id)
    return go(volver) if unsent is None else await render_template("sigue.html", unsent=unsent, volver=volver)


@routes.post("/salir")
@anyone
async def post_salir() -> ResponseReturnValue:
    """Go out."""
    await cerrar_sesion()
    return go("/", "salida")


async def _registro(datos: dict[str, str], errores: dict[str, str], status: int = 200) -> ResponseReturnValue:
    page = await render_template(
        "ahorro/registro.html",
        datos=datos,
        errores=errores,
        cuenta="comerciante" if datos["cuenta"] == "comerciante" else "cliente",
        volver=own_path(datos["volver"]),
        tipos=TIPOS_DE_NEGOCIO,
    )
    return page, status


@routes.get("/registro")
@anyone
async def get_registro() -> ResponseReturnValue:
    """The form for a new account, a comerciante's with their business."""
    names = ("nombre", "email", "telefono", "direccion", *CAMPOS_DE_COMERCIO)
    args = {"cuenta": request.args.get("tipo", ""), "volver": request.args.get("volver", "")}
    return await _registro(dict.fromkeys(names, "") | args, {})


@routes.post("/registro")
@anyone
async def post_registro() -> ResponseReturnValue:
    """Make the account and come in with it."""
    datos = await form("nombre", "email", "password", "telefono", "direccion", "cuenta", "volver", *CAMPOS_DE_COMERCIO)
    registro, errores = check(Registro, given(datos, "telefono", "direccion"))
    comercio = None
    if datos["cuenta"] == "comerciante":
        de_comercio, sus_errores = check(DatosDeComercio, {name: datos[name] for name in CAMPOS_DE_COMERCIO})
        errores |= sus_errores
        try:
            comercio = leer_comercio(de_comercio) if de_comercio is not None else None
        except CampoInvalido as error:
            errores[error.campo] = sentence(error.campo, error.detalle)
    if registro is None or errores:
        return await _registro(datos, errores, 400)
    try:
        usuario = await registrar(registro, comercio)
    except CuitEnUso as error:
        return await _registro(datos, {"cuit": f"{error} Si es tuyo, ingresá con esa cuenta o llamanos."}, 409)
    except CorreoEnUso as error:
        return await _registro(datos, {"email": f"{error} Ingresá o recuperá tu contraseña."}, 409)
    await abrir_sesion(usuario)
    return go(own_path(datos["volver"]))


async def _cuenta(datos: dict[str, str] | None, errores: dict[str, str], status: int = 200) -> ResponseReturnValue:
    usuario = me()
    if datos is None:
        datos = {"nombre": usuario.nombre, "telefono": usuario.telefono, "direccion": usuario.direccion}
    comercio = await base().read(select_comercio, usuario.id)
    page = await render_template(
        "ahorro/cuenta.html",
        datos=datos,
        errores=errores,
        comercio=comercio,
        sesiones=await mis_sesiones(),
        esta=mark_of((await my_session()).token_hash),
        segundo_paso=await mi_segundo_paso() if usuario.rol in PERSONAL else None,
        dicho_hace=lambda idle: hace(0, idle),
    )
    return page, status


@routes.get("/cuenta")
@allow(*ROLES)
async def get_cuenta() -> ResponseReturnValue:
    """One's own data."""
    return await _cuenta(None, {})


@routes.post("/cuenta")
@allow(*ROLES)
async def post_cuenta() -> ResponseReturnValue:
    """Change one's own data."""
    datos = await form("nombre", "telefono", "direccion")
    perfil, errores = check(Perfil, given(datos, "telefono", "direccion"))
    if perfil is None:
        return await _cuenta(datos, errores, 400)
    await base().do(
        cambiar_perfil,
        me().id,
        nombre=perfil.nombre,
        telefono=perfil.telefono or "",
        direccion=perfil.direccion or "",
    )
    return go("/cuenta", "guardado")


@routes.post("/cuenta/sesiones")
@allow(*ROLES)
async def post_sesiones() -> ResponseReturnValue:
    """Close one of one's own sessions by its `marca`, or all the others (`otras`)."""
    marca = (await form("marca"))["marca"]
    if marca == "otras":
        await base().do(cerrar_las_otras, me().id, (await my_session()).token_hash)
        return go("/cuenta", "sesiones_cerradas")
    with suppress(NoExiste):  # somebody else was quicker
        await base().do(cerrar_la_marcada, me().id, marca)
    return go("/cuenta", "sesion_cerrada")


@routes.post("/cuenta/contrasena")
@allow(*ROLES)
async def post_contrasena() -> ResponseReturnValue:
    """Change one's own password; one's other sessions end."""
    cambio, errores = check(Cambio, await form("actual", "nueva"))
    if cambio is None:
        return await _cuenta(None, errores, 400)
    try:
        await cambiar_la_mia(cambio.actual, cambio.nueva)
    except CampoInvalido as error:
        return await _cuenta(None, {error.campo: sentence(error.campo, error.detalle)}, 400)
    return go("/cuenta", "contrasena")


@routes.get("/desarrollo/correo")
@anyone
async def get_buzon() -> ResponseReturnValue:
    """The mails that development would have sent. What they carry opens accounts: only this machine reads them."""
    if not shows_mailbox():
        raise Problem(404, "no_existe", "Lo que buscás no existe o ya no está.")
    return await render_template("ahorro/buzon.html", correos=house().buzon())
