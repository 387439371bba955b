"""In what the shop and Ticketera may differ after a copy took the place of one of their databases.

What is still to be delivered and Ticketera has not is posted to it again. The rest is a person's to decide: a pedido
that was delivered since the copy must not go out twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ahorro.domain.pedido import ESTADOS_CERRADOS

NUESTROS = ("PED-", "PAQ-")  # how a numero of the shop's begins: Ticketera has tickets of others too


@dataclass(frozen=True, slots=True)
class Par:
    """A pedido as the shop has it, or its ticket as Ticketera has it; `creado_en` in ms UTC.

    `revision` is how often the shop changed its mind about a pedido.
    """

    numero: str
    estado: str
    creado_en: int
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Cotejado:
    """What came of a comparison: pedidos to be posted again, those whose later word is to be (it may be newer than the
    copy), and by what they differ those that a person looks at."""

    otra_vez: list[Par] = field(default_factory=list)
    revisar: list[Par] = field(default_factory=list)
    sin_par: list[tuple[str, Par]] = field(default_factory=list)


def cotejar(mandados: Mapping[str, Par], tickets: Iterable[Par], pedidos: Mapping[str, str]) -> Cotejado:
    """Compare what Ticketera had confirmed with the tickets that it has; `pedidos` are the states of the shop's own.

    `sin_ticket`: closed here, and Ticketera knows nothing of it. `sin_pedido`: only Ticketera knows it. `reabierto`:
    closed here and open there.
    """
    hecho, vistos = Cotejado(), set()
    for ticket in tickets:
        vistos.add(ticket.numero)
        estado = pedidos.get(ticket.numero)
        if estado is None and ticket.numero.startswith(NUESTROS):
            hecho.sin_par.append(("sin_pedido", ticket))
        elif estado in ESTADOS_CERRADOS and ticket.estado not in ESTADOS_CERRADOS:
            hecho.sin_par.append(("reabierto", ticket))
    for numero, pedido in mandados.items():
        cerrado = pedido.estado in ESTADOS_CERRADOS
        if numero not in vistos and cerrado:
            hecho.sin_par.append(("sin_ticket", pedido))
        elif numero not in vistos:
            hecho.otra_vez.append(pedido)
        elif pedido.revision and not cerrado:
            hecho.revisar.append(pedido)
    return hecho
