"""Packing a pedido: which act it takes when, what becomes of its lines, and what it comes to then.

What it comes to, line by line:

1. A line is its price times what was packed of it, and as long as nobody has packed it, times what was asked for.
   A price is the one at which it was ordered, whatever the shelf says now.
2. What stands in for something costs the lower of the two prices.
3. What promotions and a coupon took off a line when it was ordered keeps its share of that line, to the nearest
   centavo, half up: of two of which one is missing, half of it. What stands in for a line takes its place in that.
   It grows only with the weight of what is weighed, and never by more than was ordered where it is a coupon's.
4. Delivery costs what was shown.
5. More than a tenth above what was shown is asked first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ahorro.domain.carrito import Cuanto, Renglon
from ahorro.domain.catalogo import Producto
from ahorro.domain.cuenta import ENCARGADOS, PERSONAL
from ahorro.domain.descuentos import Descuento
from ahorro.domain.errors import CampoInvalido, FaltaPesar, NoSePuedeAhora, TotalMayor
from ahorro.domain.pedido import ESTADOS_DE_TIENDA, Pedido

SIN_SALIR = ("recibido", "en_armado", "listo")
DE_MAS_POR_MIL = 100  # what it may cost above what was shown, without asking


@dataclass(frozen=True, slots=True)
class Acto:
    """Who may do it, in which of the shop's words for a pedido, and what else a body says for it."""

    roles: Sequence[str]
    desde: Sequence[str]
    pide: Sequence[str] = ()


ACTOS = {
    "armar": Acto(PERSONAL, SIN_SALIR),
    "renglon": Acto(PERSONAL, ("en_armado",), ("producto_id",)),
    "reemplazar": Acto(PERSONAL, ("en_armado",), ("producto_id", "por")),
    "deshacer": Acto(PERSONAL, ("en_armado",), ("producto_id",)),
    "listo": Acto(PERSONAL, ("en_armado",)),
    "pagado": Acto(ENCARGADOS, ESTADOS_DE_TIENDA, ("medio", "monto")),
    "devolver": Acto(ENCARGADOS, ESTADOS_DE_TIENDA, ("monto", "motivo")),
    "cancelar": Acto(ENCARGADOS, SIN_SALIR, ("motivo",)),
    "devuelto": Acto(PERSONAL, ("fallido",)),
    "nota": Acto(PERSONAL, ESTADOS_DE_TIENDA, ("texto",)),
}
DE_ARMADO = ("armar", "renglon", "reemplazar", "deshacer", "listo")
# Why a pedido in each of these states takes no such act.
POR_QUE_NO = {
    "recibido": ("sin_armar", "Todavía nadie empezó a armarlo: empezá por ahí."),
    "en_armado": ("en_armado", "Se está armando: no se puede hacer ahora."),
    "listo": ("ya_listo", "Ya está listo. Para cambiarlo, volvé a armarlo."),
    "en_camino": ("en_camino", "Ya salió con el repartidor: desde acá no se puede cambiar."),
    "entregado": ("cerrado", "Ya se entregó."),
    "fallido": ("cerrado", "No se pudo entregar: ya no se arma ni se cancela."),
    "cancelado": ("cerrado", "Está cancelado."),
}


def check_acto(pedido: Pedido, accion: str) -> None:
    """Raise NoSePuedeAhora unless the pedido takes this act as it stands."""
    estado = pedido.estado_de_tienda
    if estado not in ACTOS[accion].desde:
        raise NoSePuedeAhora(*POR_QUE_NO[estado])
    if accion in DE_ARMADO and pedido.se_cancela:
        raise NoSePuedeAhora("se_cancela", "El cliente pidió cancelarlo: no lo armes, se está cancelando.")


def ajustado(pedido: Pedido) -> Pedido:
    """The pedido with what is taken off its lines and its total as they are packed now."""
    antes: dict[int, int] = {}  # what the discounts before took off each line when it was ordered
    descuentos = []
    for d in pedido.descuentos:
        descuentos.append(replace(d, monto_centavos=_queda_de(d, pedido, antes.get(d.producto_id, 0))))
        antes[d.producto_id] = antes.get(d.producto_id, 0) + _era(d)
    total = sum(r.subtotal_centavos for r in pedido.items) - sum(d.monto_centavos for d in descuentos)
    return replace(pedido, descuentos=tuple(descuentos), total_centavos=total + pedido.envio_centavos)


def _era(d: Descuento) -> int:
    return d.monto_centavos if d.pedido_centavos is None else d.pedido_centavos


def _queda_de(d: Descuento, pedido: Pedido, antes: int) -> int:
    """What is left of a discount: its share of what its line comes to now.

    It is what all up to it take off less what those before it did (`antes`), so that no two roundings take off more
    than there is.
    """
    era = _era(d)
    suyo = next((r for r in pedido.items if r.producto_id == d.producto_id and r.en_lugar_de is None), None)
    if suyo is None:
        return era
    pedia = replace(suyo, armado=None).subtotal_centavos
    va = suyo.subtotal_centavos + sum(r.subtotal_centavos for r in pedido.items if r.en_lugar_de == d.producto_id)
    if not pedia:
        return era
    cuanto = va if suyo.por_peso and not d.codigo else min(va, pedia)
    hasta, hasta_antes = ((2 * each * cuanto + pedia) // (2 * pedia) for each in (antes + era, antes))
    return hasta - hasta_antes


def renglon_de(pedido: Pedido, producto_id: int) -> Renglon:
    """The pedido's line of a product. Raises CampoInvalido."""
    for r in pedido.items:
        if r.producto_id == producto_id:
            return r
    raise CampoInvalido("producto_id", "no es de este pedido.")


def con_renglon(pedido: Pedido, producto_id: int, cuanto: Cuanto | None) -> Pedido:
    """The pedido with so much of a product in the bag; None: there is none of it.

    What stands in for it goes when all of it was found after all, and is no line any more when there is none of it.
    Raises CampoInvalido, also for more units than were asked for.
    """
    r = renglon_de(pedido, producto_id)
    armado = 0 if cuanto is None else cuanto.para(por_peso=r.por_peso)
    if not r.por_peso and r.en_lugar_de is None and armado > r.cantidad:
        raise CampoInvalido("cantidad", f"Pidió {r.cantidad}: no se le puede poner más sin que lo pida.")
    if r.en_lugar_de is not None and not armado:
        return replace(pedido, items=tuple(each for each in pedido.items if each != r))
    hecho = replace(pedido, items=tuple(replace(each, armado=armado) if each == r else each for each in pedido.items))
    return _sin_reemplazos(hecho, producto_id) if r.en_lugar_de is None and armado >= r.cantidad else hecho


def deshecho(pedido: Pedido, producto_id: int) -> Pedido:
    """The pedido with a line as if nobody had packed it, nor put anything in its place. Raises CampoInvalido."""
    r = renglon_de(pedido, producto_id)
    original = producto_id if r.en_lugar_de is None else r.en_lugar_de
    libre = _sin_reemplazos(pedido, original)
    return replace(libre, items=tuple(replace(e, armado=None) if e.producto_id == original else e for e in libre.items))


def _sin_reemplazos(pedido: Pedido, producto_id: int) -> Pedido:
    return replace(pedido, items=tuple(r for r in pedido.items if r.en_lugar_de != producto_id))


def reemplazado(pedido: Pedido, producto_id: int, por: Producto, cuanto: Cuanto) -> Pedido:
    """The pedido with so much of another product in the place of what is missing of a line.

    What was packed of the line stays, unless it was all of it. Raises CampoInvalido.
    """
    r = renglon_de(pedido, producto_id)
    if r.en_lugar_de is not None:
        raise CampoInvalido("producto_id", "ya va en lugar de otra cosa.")
    if por.por_peso != r.por_peso:
        how = "por peso" if por.por_peso else "por unidad"
        raise CampoInvalido("por", f"se vende {how}, y lo que falta no.")
    before = next((each for each in pedido.items if each.producto_id == por.id), None)
    if before is not None and before.en_lugar_de != producto_id:
        raise CampoInvalido("por", "ya está en este pedido: elegí otro.")
    nuevo = Renglon(
        por.id,
        por.nombre,
        0,
        min(r.precio_centavos, por.vigente_centavos),
        por.negocio_nombre,
        por.categoria_nombre,
        por_peso=por.por_peso,
        armado=cuanto.para(por_peso=por.por_peso),
        en_lugar_de=producto_id,
    )
    queda = r.armado if r.armado is not None and r.armado < r.cantidad else 0
    others = (replace(each, armado=queda) if each == r else each for each in pedido.items if each != before)
    return replace(pedido, items=(*others, nuevo))


def lo_que_cambio(pedido: Pedido) -> list[str]:
    """What is in the bag otherwise than it was asked for, as its customer reads it."""
    found = []
    for r in pedido.items:
        if r.en_lugar_de is not None or r.armado in {None, r.cantidad}:
            continue
        otros = [f"{s.cuanto} de {s.nombre}" for s in pedido.items if s.en_lugar_de == r.producto_id]
        if r.por_peso and r.armado:
            found.append(f"{r.nombre}: pesó {r.cuanto}, pediste {r.cuanto_pedido}.")
        elif r.armado:
            found.append(f"{r.nombre}: van {r.cuanto} de {r.cuanto_pedido}.")
        elif not otros:
            found.append(f"{r.nombre}: no había.")
        if otros:
            found.append(f"En lugar de {r.nombre}: {' y '.join(otros)}.")
    return found


def listo(pedido: Pedido, *, acordado: bool) -> Pedido:
    """The pedido, packed: a line of units that nobody touched is as it was asked for.

    Raises FaltaPesar, NoSePuedeAhora where nothing is in the bag, and TotalMayor unless that was `acordado` with its
    customer.
    """
    sin_pesar = [r.nombre for r in pedido.items if r.por_peso and r.armado is None]
    if sin_pesar:
        raise FaltaPesar(sin_pesar)
    hecho = ajustado(replace(pedido, items=tuple(replace(r, armado=r.va) for r in pedido.items), etapa="listo"))
    if not any(r.va for r in hecho.items):
        raise NoSePuedeAhora("nada_que_llevar", "No hay nada para llevar: cancelalo.")
    mostrado = hecho.total_centavos if hecho.mostrado_centavos is None else hecho.mostrado_centavos
    if hecho.total_centavos * 1000 > mostrado * (1000 + DE_MAS_POR_MIL) and not acordado:
        raise TotalMayor(mostrado, hecho.total_centavos)
    return hecho
