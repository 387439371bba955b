"""What the shop knows of a customer, for them to take along, and the way to have it forgotten (law 25.326)."""

from quart import Blueprint, Response
from quart_schema import document_request
from typing_extensions import TypedDict

from ahorro.actions.borrado import borrar_cuenta
from ahorro.domain.errors import CampoInvalido, CredencialInvalida
from ahorro.domain.paquete import Paquete
from ahorro.routes.answers import Pedido
from ahorro.routes.cuentas import comprobar
from ahorro.routes.fields import Body, Password
from ahorro.routes.house import answer, base, body, house, me
from ahorro.store.borrado import select_arrepentimientos_de
from ahorro.store.clientes import select_cliente
from ahorro.store.cuentas import select_comercio
from ahorro.store.paquetes import select_paquetes
from ahorro.store.pedidos import con_renglones, select_pedidos
from ahorro.wire.pedido import pedido_json
from ahorro.wire.text import Json
from belgrano.accounts.devices import select_open_sessions
from belgrano.database.work import Connection
from belgrano.http.access import allow
from belgrano.http.answers import Instant, answers, answers_nothing
from belgrano.words.times import iso, now

routes = Blueprint("mis_datos", __name__)
COMPRAN = ("cliente", "comerciante")
MOST = 1_000_000  # pedidos of one customer, more than there can be


class MiCuenta(TypedDict):
    """The account; `nota` is what the shop wrote down about it."""

    id: int
    nombre: str
    email: str
    rol: str
    telefono: str
    direccion: str
    nota: str
    creado_en: Instant


class MiComercio(TypedDict):
    """A comerciante's business."""

    nombre: str
    cuit: str
    direccion: str
    telefono: str
    tipo: str


class EnPaquete(TypedDict):
    """A line of a paquete."""

    nombre: str
    cantidad: int


class MiPaquete(TypedDict):
    """A paquete; `proxima_el` is a date of Buenos Aires."""

    nombre: str
    frecuencia: str
    proxima_el: str
    activo: bool
    direccion: str
    telefono: str
    metodo_pago: str
    notas: str
    items: list[EnPaquete]


class MiArrepentimiento(TypedDict):
    """A withdrawal."""

    codigo: str
    numero: str
    detalle: str
    creado_en: Instant


class MiSesion(TypedDict):
    """Where the account is open."""

    equipo: str
    desde: Instant
    vista_en: Instant


class MisDatos(TypedDict):
    """All of it."""

    cuenta: MiCuenta
    comercio: MiComercio | None
    pedidos: list[Pedido]
    paquetes: list[MiPaquete]
    arrepentimientos: list[MiArrepentimiento]
    sesiones: list[MiSesion]


class Borrar(Body):
    """One's password, again."""

    password: Password


@routes.get("/api/mis-datos")
@allow(*COMPRAN)
@answers(MisDatos)
async def get_mis_datos() -> Response:
    """Everything of mine, as a file."""
    data = await base().read(_todo, me().id, house().sessions.idle_ms(me().rol))
    return answer(data, headers={"Content-Disposition": 'attachment; filename="mis-datos.json"'})


@routes.post("/api/cuenta/borrar")
@allow(*COMPRAN)
@document_request(Borrar)
@answers_nothing
async def post_borrar() -> Response:
    """Have it forgotten; all sessions end."""
    await borrar((await body(Borrar)).password)
    return Response("", 204)


async def borrar(password: str) -> None:
    """Erase the account of whoever asks. Raises CampoInvalido for a wrong password, PedidosAbiertos, 429."""
    try:
        await comprobar(me().email, password)
    except CredencialInvalida:
        raise CampoInvalido("password", "no es la de ahora.") from None
    await base().do(borrar_cuenta, me().id)
    house().sessions.forget()


async def _todo(con: Connection, usuario_id: int, idle: int) -> Json:
    cliente = await select_cliente(con, usuario_id)
    comercio = await select_comercio(con, usuario_id)
    pedidos = [await con_renglones(con, each) for each in await select_pedidos(con, usuario_id, MOST)]
    email, ahora = cliente.email if cliente is not None else "", now()
    return {
        "cuenta": {
            "id": usuario_id,
            "nombre": me().nombre,
            "email": email,
            "rol": me().rol,
            "telefono": me().telefono,
            "direccion": me().direccion,
            "nota": cliente.nota if cliente is not None else "",
            "creado_en": iso(cliente.creado_en if cliente is not None else ahora),
        },
        "comercio": None
        if comercio is None
        else {
            "nombre": comercio.nombre,
            "cuit": comercio.cuit,
            "direccion": comercio.direccion,
            "telefono": comercio.telefono,
            "tipo": comercio.tipo,
        },
        "pedidos": [pedido_json(each) for each in pedidos],
        "paquetes": [_paquete(each) for each in await select_paquetes(con, usuario_id)],
        "arrepentimientos": [
            {**each, "creado_en": iso(int(str(each["creado_en"])))}
            for each in await select_arrepentimientos_de(con, usuario_id, email)
        ],
        "sesiones": [
            {"equipo": each.device, "desde": iso(each.since), "vista_en": iso(ahora - each.idle)}
            for each in await select_open_sessions(con, usuario_id, idle)
        ],
    }


def _paquete(paquete: Paquete) -> Json:
    return {
        "nombre": paquete.nombre,
        "frecuencia": paquete.frecuencia,
        "proxima_el": paquete.proxima_el.isoformat(),
        "activo": paquete.activo,
        "direccion": paquete.entrega.direccion,
        "telefono": paquete.entrega.telefono,
        "metodo_pago": paquete.entrega.metodo_pago,
        "notas": paquete.entrega.notas,
        "items": [{"nombre": each.nombre, "cantidad": each.cantidad} for each in paquete.items],
    }
