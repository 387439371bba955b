"""The cart of this session."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from pydantic import StringConstraints
from quart import Blueprint, Response, request
from quart_schema import document_request

from ahorro.actions.carritos import (
    agregar_al_carrito,
    dar_por_visto,
    empezar_carrito,
    poner_cupon,
    poner_en_el_carrito,
    quitar_cupon,
    quitar_del_carrito,
)
from ahorro.domain.carrito import Carrito, Cuanto
from ahorro.domain.errors import CampoInvalido, CarritoVacio, ProductoNoExiste
from ahorro.domain.pedido import METODOS_DE_PAGO
from ahorro.routes import answers as shapes
from ahorro.routes.catalogo import leer_texto
from ahorro.routes.fields import MOST_ID, Body, Cantidad, Id, PesoG
from ahorro.routes.house import answer, base, body, house
from ahorro.store.descuentos import select_carrito_rebajado
from ahorro.wire.carrito import carrito_json
from belgrano.http.access import anyone
from belgrano.http.answers import Refusal, answers, refuses
from belgrano.words.times import now

routes = Blueprint("carrito", __name__)


class Cuantos(Body):
    """The body of PUT /api/carrito/items/<producto_id>: units, or grams of what is sold by weight."""

    cantidad: Cantidad | None = None
    peso_g: PesoG | None = None

    @property
    def cuanto(self) -> Cuanto:
        """The one that was said. Raises CampoInvalido for none, or both."""
        if self.peso_g is None:
            if self.cantidad is None:
                raise CampoInvalido("cantidad", "hace falta.")
            return Cuanto(self.cantidad)
        if self.cantidad is not None:
            raise CampoInvalido("peso_g", "va en lugar de la cantidad, no además.")
        return Cuanto(self.peso_g, en_gramos=True)


class Agregado(Cuantos):
    """The body of POST /api/carrito/items."""

    producto_id: Id


class Codigo(Body):
    """The body of POST /api/carrito/cupon."""

    codigo: Annotated[str, StringConstraints(max_length=60)]


async def ver_carrito(metodo: str = "") -> Carrito:
    """The cart of whoever asks, who has seen from now on what is in it and what it costs, paid in a way ("": any)."""
    session = await house().sessions.current()
    if session is None:
        return Carrito()
    carrito = await base().read(select_carrito_rebajado, session.token_hash, now(), metodo)
    unseen = carrito.sin_ver or carrito.descuento_visto_centavos != carrito.descuento_centavos
    if unseen and request.method != "HEAD":
        await base().do(dar_por_visto, session.token_hash, carrito.a_la_vista, carrito.descuento_centavos)
    return carrito


async def en_el_carrito(act: Callable[..., Coroutine[Any, Any, Carrito]], producto_id: int, cuanto: Cuanto) -> Carrito:
    """Add to this session's cart, or set what is in it; the cart then. Raises as agregar_al_carrito.

    A visitor without a session is given a guest's with the first thing that there is to keep, cookie and all.
    """
    session = await house().sessions.current()
    if session is not None:
        usuario_id = session.user.id if session.user is not None else None
        return await base().do(act, session.token_hash, usuario_id, producto_id, cuanto)
    house().limits.check_guest(request)
    token, carrito = await base().do(empezar_carrito, producto_id, cuanto)
    house().sessions.remember(token)
    return carrito


@routes.get("/api/carrito")
@anyone
@answers(shapes.Carrito)
async def get_carrito() -> Response:
    """What this session's cart holds; `avisos` says what is not as it was seen, and with this answer it is.

    `metodo_pago` shows what is taken off for who pays that way.
    """
    metodo = leer_texto("metodo_pago")
    if metodo and metodo not in METODOS_DE_PAGO:
        raise CampoInvalido("metodo_pago", f"tiene que ser uno de: {', '.join(METODOS_DE_PAGO)}.")
    return answer(carrito_json(await ver_carrito(metodo)))


@routes.post("/api/carrito/items")
@anyone
@document_request(Agregado)
@answers(shapes.Carrito)
@refuses(shapes.SinStock | Refusal, 409)
async def post_item() -> Response:
    """Add so many of a product; the cart as it is then."""
    agregado = await body(Agregado)
    return answer(carrito_json(await en_el_carrito(agregar_al_carrito, agregado.producto_id, agregado.cuanto)))


@routes.put("/api/carrito/items/<int:producto_id>")
@anyone
@document_request(Cuantos)
@answers(shapes.Carrito)
@refuses(shapes.SinStock | Refusal, 409)
async def put_item(producto_id: int) -> Response:
    """Set how many of a product are in the cart; the cart as it is then."""
    cuantos = await body(Cuantos)
    return answer(carrito_json(await en_el_carrito(poner_en_el_carrito, check_id(producto_id), cuantos.cuanto)))


@routes.delete("/api/carrito/items/<int:producto_id>")
@anyone
@answers(shapes.Carrito)
async def delete_item(producto_id: int) -> Response:
    """Take a product out, if it is in; the cart as it is then."""
    session = await house().sessions.current()
    if session is None:
        return answer(carrito_json(Carrito()))
    carrito = await base().do(quitar_del_carrito, session.token_hash, check_id(producto_id))
    return answer(carrito_json(carrito))


@routes.post("/api/carrito/cupon")
@anyone
@document_request(Codigo)
@answers(shapes.Carrito)
@refuses(Refusal, 409)
async def post_cupon() -> Response:
    """Put a coupon in, in place of the one there; the cart as it is then."""
    return answer(carrito_json(await con_cupon((await body(Codigo)).codigo)))


@routes.delete("/api/carrito/cupon")
@anyone
@answers(shapes.Carrito)
async def delete_cupon() -> Response:
    """Take the coupon out, if there is one; the cart as it is then."""
    session = await house().sessions.current()
    carrito = Carrito() if session is None else await base().do(quitar_cupon, session.token_hash)
    return answer(carrito_json(carrito))


async def con_cupon(codigo: str) -> Carrito:
    """The cart of whoever asks with this coupon in it. Raises as poner_cupon, and Problem 429 for who tries many."""
    session = await house().sessions.current()
    if session is None:
        raise CarritoVacio
    house().limits.check_coupon(request)
    return await base().do(poner_cupon, session.token_hash, codigo)


def check_id(producto_id: int) -> int:
    """An id from an address, if any product could have it. Raises ProductoNoExiste."""
    if not 1 <= producto_id <= MOST_ID:
        raise ProductoNoExiste
    return producto_id
