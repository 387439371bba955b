"""The bodies that carry the fields of an order, made of the one table of them (`domain/encargo.json`)."""

from dataclasses import MISSING, fields
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, create_model

from belgrano.http.shapes import is_blank
from ticketera.domain.encargo import CAMPOS, Campo, Encargo
from ticketera.domain.intake import encargo_de
from ticketera.routes.fields import (
    Body,
    ExactBody,
    Id,
    Instante,
    Pesos,
    PistaInstante,
    Prioridad,
    Version,
    grados,
    number,
    opcional,
    pista,
    texto,
)

MOST_PRODUCTOS = 500
NECESARIOS = frozenset(each.name for each in fields(Encargo) if each.default is MISSING)
# What an edition may not empty.
NUNCA_VACIOS = tuple(
    each.name for each in CAMPOS.values() if each.editable and (each.name in NECESARIOS or each.kind == "prioridad")
)


def leer_productos(value: Any) -> list[Any]:
    """1 to 500 products: each a text, or an object with `nombre` and `cantidad`. Raises ValueError naming which."""
    if not isinstance(value, list):
        raise ValueError("tiene que ser una lista.")
    if not 1 <= len(value) <= MOST_PRODUCTOS:
        raise ValueError(f"tiene que traer entre 1 y {MOST_PRODUCTOS} productos.")
    for place, producto in enumerate(value, 1):
        if problem := _wrong_with(producto):
            raise ValueError(f"el producto {place} {problem}")
    return value


def _wrong_with(producto: Any) -> str:
    if isinstance(producto, str):
        return "no puede quedar en blanco." if is_blank(producto) else ""
    if not isinstance(producto, dict):
        return "tiene que ser un texto o un objeto."
    nombre = producto.get("nombre")
    if not isinstance(nombre, str) or is_blank(nombre):
        return "necesita un nombre."
    for campo, least in (("cantidad", "más que cero"), ("precio", "cero o más"), ("subtotal", "cero o más")):
        value = producto.get(campo)
        if value is None and campo != "cantidad":
            continue
        try:
            amount = number(value)
        except ValueError:
            return f"necesita una {campo} que sea un número." if campo == "cantidad" else f"tiene mal el {campo}."
        if amount < 0 or (campo == "cantidad" and amount == 0):
            return f"tiene mal {'la' if campo == 'cantidad' else 'el'} {campo}: tiene que ser {least}."
    return ""


Productos = Annotated[list[Any], BeforeValidator(leer_productos)]
_KINDS: dict[str, Any] = {
    "productos": Productos,
    "pesos": Pesos,
    "prioridad": Prioridad | None,
    "tipo": Literal["cliente", "comerciante"] | None,
    "repartidor": Id | None,
    "instante": Instante,
}


def _kind(campo: Campo, *, pistas: bool) -> Any:
    """The kind of a field's value. With `pistas` a hint that is none is ignored, else it is an error."""
    if campo.es_texto:
        if campo.name in NECESARIOS:
            return texto(campo.most)
        return pista(campo.most) if pistas and campo.hint else opcional(campo.most)
    if campo.kind == "instante" and pistas:
        return PistaInstante
    return grados(campo.most) if campo.kind == "grados" else _KINDS[campo.kind]


def _pedido(name: str, doc: str, *, pistas: bool) -> type[Body]:
    shape: dict[str, Any] = {
        each.name: (_kind(CAMPOS[each.name], pistas=pistas), ... if each.name in NECESARIOS else None)
        for each in fields(Encargo)
    }
    shape["estado"] = (Literal["pendiente"] | None, None)
    return create_model(name, __base__=Body, __doc__=doc, __module__=__name__, **shape)


TicketData = _pedido(
    "TicketData",
    "The body of POST /api/tickets; `total` becomes centavos. null is like leaving a field out.",
    pistas=True,
)
TicketEscrito = _pedido(
    "TicketEscrito",
    "An order whose hints are not ignored when they are too long: who wrote it is there to put it right.",
    pistas=False,
)


def encargo_dicho(data: Body) -> Encargo:
    """The order that a TicketData or a TicketEscrito says."""
    dicho = dict(vars(data))  # model_dump copies each product: 4 us of every intake
    del dicho["estado"]  # it may say the only state that a new ticket has
    return encargo_de(**dicho)


class _Edicion(ExactBody):
    version: Version


def _editable(campo: Campo) -> Any:
    kind = _kind(campo, pistas=False)
    return kind | None if campo.name in NECESARIOS else kind


_EDITABLES: dict[str, Any] = {each.name: (_editable(each), None) for each in CAMPOS.values() if each.editable}
Edicion = create_model(
    "Edicion",
    __base__=_Edicion,
    __doc__="The fields of a ticket that an admin may change, and the version they were looking at.",
    __module__=__name__,
    **_EDITABLES,
)
