"""Customers as the shop's owner finds and keeps them."""

from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from quart import Blueprint, Response, request
from quart_schema import document_request
from typing_extensions import TypedDict

from ahorro.actions.clientes import cambiar_cliente
from ahorro.domain.cuenta import ADMIN
from ahorro.domain.errors import CampoInvalido, NoExiste
from ahorro.routes.admin.productos import quien
from ahorro.routes.catalogo import leer_limite, leer_texto
from ahorro.routes.fields import ExactBody, Notas
from ahorro.routes.house import answer, base, body
from ahorro.store.clientes import select_clientes
from ahorro.wire.cliente import cliente_json
from belgrano.http.access import allow
from belgrano.http.answers import Amount, Instant, Refusal, answers, refuses
from belgrano.http.fields import MOST_ID, Id
from belgrano.words.numbers import whole

routes = Blueprint("admin_clientes", __name__)


class Comercio(TypedDict):
    """A comerciante's business; `lista` is the name of their price list."""

    nombre: str
    cuit: str
    aprobado: bool
    lista: str


class Cliente(TypedDict):
    """A customer; of a `borrado` one only the numbers. `gastado` in pesos, `ultimo_pedido` the newest one's instant."""

    id: int
    nombre: str
    email: str
    telefono: str
    rol: str
    activo: bool
    borrado: bool
    nota: str
    creado_en: Instant
    pedidos: int
    gastado: Amount
    ultimo_pedido: Instant | None
    comercio: Comercio | None
    version: int


class ClienteViejo(Refusal):
    """Somebody else changed them meanwhile: the customer as they are now."""

    cliente: Cliente


class Clientes(TypedDict):
    """A page of customers, the newest first; `siguiente` is the cursor of what follows."""

    clientes: list[Cliente]
    siguiente: str | None


class Cambios(ExactBody):
    """A change to the version that was seen; `aprobado` and `lista` are a comerciante's."""

    version: Id
    activo: bool | None = None
    nota: Notas | None = None
    aprobado: bool | None = None
    lista: Annotated[str, StringConstraints(max_length=60), AfterValidator(str.strip)] | None = None


def leer_cursor() -> int | None:
    """`cursor` of the query string: the number of the last one seen. Raises CampoInvalido."""
    text = request.args.get("cursor", "")
    cursor = whole(text) if text else None
    if text and not cursor:
        raise CampoInvalido("cursor", "no es de esta lista.")
    return cursor


@routes.get("/api/admin/clientes")
@allow(*ADMIN)
@answers(Clientes)
async def get_clientes() -> Response:
    """A page of customers; `q` is found in names, mails, telephones, businesses and CUITs."""
    clientes, siguiente = await base().read(
        select_clientes, leer_texto("q"), antes_de=leer_cursor(), limite=leer_limite(50)
    )
    return answer({"clientes": [cliente_json(c) for c in clientes], "siguiente": siguiente and str(siguiente)})


@routes.patch("/api/admin/clientes/<int:cliente_id>")
@allow(*ADMIN)
@document_request(Cambios)
@answers(Cliente)
@refuses(ClienteViejo, 409)
async def patch_cliente(cliente_id: int) -> Response:
    """Change some of it, from the version that was seen; `activo` false ends all their sessions at once."""
    cambios = await body(Cambios)
    datos = cambios.model_dump(exclude_unset=True, exclude={"version"})
    for campo, valor in datos.items():
        if valor is None:
            raise CampoInvalido(campo, "no puede quedar en blanco.")
    if cliente_id > MOST_ID:
        raise NoExiste("No existe ese cliente.")
    changed = await base().do(cambiar_cliente, quien(), cliente_id, cambios.version, datos)
    return answer(cliente_json(changed))
