"""The shop's later word on an order: what was packed, weighed, replaced or paid after it went out.

Pure. A ticket takes what is newer than the word it has, and never loses by it what a repeat of the order is told by.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ticketera.domain.intake import indicaciones_de, limpio
from ticketera.domain.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Revision:
    """What the shop says now of the order `numero`; None is what it does not speak of.

    `revision` is the shop's own count for that order. `productos` is JSON text, `total` centavos, the window ms UTC.
    """

    numero: str
    revision: int
    productos: str | None = None
    total: int | None = None
    pagado: bool | None = None
    preparado: bool | None = None
    indicaciones: str | None = None
    franja_desde: int | None = None
    franja_hasta: int | None = None


def revisado(ticket: Ticket, revision: Revision, ahora: int) -> Ticket:
    """The ticket as the shop says that it is. `ahora` is when it was packed, where this word is the first to say so."""
    preparado_en = ticket.preparado_en
    if revision.preparado is not None:
        preparado_en = (preparado_en or ahora) if revision.preparado else None
    desde, hasta = _franja(ticket, revision)
    return replace(
        ticket,
        revision=revision.revision,
        productos=ticket.productos if revision.productos is None else revision.productos,
        total=ticket.total if revision.total is None else revision.total,
        pagado=ticket.pagado if revision.pagado is None else revision.pagado,
        preparado_en=preparado_en,
        indicaciones=(
            ticket.indicaciones if revision.indicaciones is None else indicaciones_de(limpio(revision.indicaciones))
        ),
        franja_desde=desde,
        franja_hasta=hasta,
    )


def _franja(ticket: Ticket, revision: Revision) -> tuple[int | None, int | None]:
    """The window, each end the newest that was said; two ends that make none are no word on it."""
    desde = ticket.franja_desde if revision.franja_desde is None else revision.franja_desde
    hasta = ticket.franja_hasta if revision.franja_hasta is None else revision.franja_hasta
    if desde is None or (hasta is not None and desde >= hasta):
        return ticket.franja_desde, ticket.franja_hasta
    return desde, hasta


_DICHOS = ("total", "pagado", "preparado_en", "indicaciones", "franja_desde", "franja_hasta")


def lo_que_cambio(antes: Ticket, despues: Ticket) -> dict[str, Any]:
    """What the history says of a revision: each field from what to what, of the products the lines that differ."""
    detalle: dict[str, Any] = {}
    if antes.productos != despues.productos:
        de, a = renglones(antes.productos), renglones(despues.productos)
        detalle["productos"] = {"de": _sin(de, a), "a": _sin(a, de)}
        if not any(detalle["productos"].values()):
            del detalle["productos"]  # another price or another order of the lines: the total says what it comes to
    for campo in _DICHOS:
        de, a = getattr(antes, campo), getattr(despues, campo)
        if de != a:
            detalle[campo] = {"de": de, "a": a}
    return detalle


def renglones(productos: str) -> list[Any]:
    """The lines of an order as people tell them apart: a text, or the name and how many; of JSON text."""
    return [
        {"nombre": each["nombre"], "cantidad": each["cantidad"]} if isinstance(each, Mapping) else each
        for each in json.loads(productos)
    ]


def _sin(unos: Sequence[Any], otros: Sequence[Any]) -> list[Any]:
    """The lines of `unos` that are not in `otros`, as often as they are more there."""
    quedan = Counter(map(_clave, otros))
    sobran = []
    for each in unos:
        quedan[_clave(each)] -= 1
        if quedan[_clave(each)] < 0:
            sobran.append(each)
    return sobran


def _clave(renglon: Any) -> tuple[object, ...]:
    return (renglon["nombre"], renglon["cantidad"]) if isinstance(renglon, Mapping) else (renglon,)
