"""What promotions and a coupon take off what is bought: the one rule that cart, checkout, pedido and paquete go by.

1. A promotion counts where it rules at that instant and for that way to pay, and where its `alcance` names the line.
2. An offer price is the price already: a line on offer takes part only in what is `sobre_ofertas`.
3. Each unit takes at most one promotion. First come those of `mezcla`, which take units of several products together
   (`mezcla.py` says which): the one that takes off the larger part before the others, of equals the one with the lower
   id, each of what those before it left.
4. Of what is left units of one product go together, never those of two: nxm and segunda want their number of the same
   product. A line takes what is best for its customer, whatever number it is; between equals the one with the lower
   id. What is sold by weight takes one `porcentaje`, and nothing that counts units.
5. A coupon is taken off what is left then, of the lines that it is for, where all that is bought comes to its least
   purchase without what the promotions took off. It is spread over its lines in proportion to what is left of each.
6. Centavos are rounded half up: a unit's percentage once a unit, a weighed line's and a coupon's once. No line comes to
   less than 0. What is paid for the goods is the sum of the lines less the sum of these discounts, to the centavo, and
   by that the least and the free delivery go.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from ahorro.domain.mezcla import Pila, mezclar
from ahorro.domain.promociones import Promocion, por_que_no
from ahorro.domain.unidades import Grupo, de_a_unidades, rebaja_de
from belgrano.words.money import pesos_justos


@dataclass(frozen=True, slots=True)
class Linea:
    """A line as promotions see it. `unidades` None: sold by weight. `categorias` are its own and the one above it."""

    producto_id: int
    negocio_id: int
    categorias: tuple[int, ...]
    precio_centavos: int
    subtotal_centavos: int
    unidades: int | None
    en_oferta: bool = False


@dataclass(frozen=True, slots=True)
class Descuento:
    """What one promotion takes off one line, in centavos; `codigo` where it is a coupon's.

    Of a pedido `pedido_centavos` is what it took off when the pedido was made; None: the same.
    """

    promocion_id: int
    producto_id: int
    nombre: str
    texto: str
    monto_centavos: int
    codigo: str = ""
    pedido_centavos: int | None = None


@dataclass(frozen=True, slots=True)
class Reglas:
    """What may be taken off a cart: what whoever buys gets, and the coupon under `codigo` (None: nobody knows it).

    `usados` is how often that was used in all, `mios` by who asks.
    """

    automaticas: tuple[Promocion, ...] = ()
    codigo: str = ""
    cupon: Promocion | None = None
    usados: int = 0
    mios: int = 0

    def por_que_no(self, ahora: int, metodo: str) -> str:
        """Why the coupon gives nothing now (ms UTC), whatever is bought, as a sentence; nothing when it does."""
        if self.cupon is None:
            return f"No conocemos el cupón {self.codigo}." if self.codigo else ""
        return por_que_no(self.cupon, ahora, metodo, self.usados, self.mios)


def rebajar(lineas: Sequence[Linea], reglas: Reglas, ahora: int, metodo: str = "") -> tuple[tuple[Descuento, ...], str]:
    """What is taken off at an instant (ms UTC) for a way to pay ("": none chosen yet), and why the coupon is not."""
    automaticas = [p for p in reglas.automaticas if p.rige(ahora, metodo)]
    aviso = reglas.por_que_no(ahora, metodo)
    cupon = None if aviso else reglas.cupon
    found = descuentos_de(lineas, automaticas, cupon)
    if cupon is None or any(d.codigo for d in found):
        return found, aviso
    which = f"El cupón {cupon.codigo}"
    falta = falta_para(cupon, lineas, found)
    if falta:
        desde = pesos_justos(cupon.minimo_centavos)
        return found, f"{which} es para compras desde {desde}: te faltan {pesos_justos(falta)}."
    return found, f"{which} no es para lo que llevás."


def descuentos_de(
    lineas: Sequence[Linea], promociones: Iterable[Promocion], cupon: Promocion | None = None
) -> tuple[Descuento, ...]:
    """What is taken off, line by line, the promotions' before the coupon's; all that are given rule now."""
    automaticas = sorted(promociones, key=lambda p: p.id)
    propias = [p for p in automaticas if not p.mezcla]
    juntos, quedan = _juntos(lineas, [p for p in automaticas if p.mezcla], propias)
    found = []
    for linea in lineas:
        found += [d for d in juntos if d.producto_id == linea.producto_id]
        resto = replace(linea, unidades=quedan.get(linea.producto_id))
        found += _de_la_linea(resto, [p for p in propias if vale_para(p, linea)])
    return (*found, *(_del_cupon(cupon, lineas, found) if cupon is not None else ()))


def dichos(descuentos: Sequence[Descuento]) -> list[Descuento]:
    """As they are said: the promotions' line by line, and the coupon's, which is spread over its lines, in one."""
    del_cupon = [d for d in descuentos if d.codigo]
    junto = [replace(del_cupon[0], monto_centavos=sum(d.monto_centavos for d in del_cupon))] if del_cupon else []
    return [*(d for d in descuentos if not d.codigo), *junto]


def resumen(descuentos: Sequence[Descuento]) -> dict[str, int]:
    """What each promotion takes off in all, in centavos, by its name or as `Cupón LUNES`."""
    found: dict[str, int] = {}
    for d in descuentos:
        name = f"Cupón {d.codigo}" if d.codigo else d.nombre
        found[name] = found.get(name, 0) + d.monto_centavos
    return found


def vale_para(p: Promocion, linea: Linea) -> bool:
    """Whether a line is among what a promotion is for."""
    if linea.en_oferta and not p.sobre_ofertas:
        return False
    match p.alcance:
        case "categoria":
            return not set(p.cuales).isdisjoint(linea.categorias)
        case "negocio":
            return linea.negocio_id in p.cuales
        case "producto":
            return linea.producto_id in p.cuales
        case _:
            return True


def falta_para(cupon: Promocion, lineas: Sequence[Linea], descuentos: Iterable[Descuento]) -> int:
    """How much more has to be bought for a coupon, in centavos, beside what the promotions took off."""
    comprado = sum(linea.subtotal_centavos for linea in lineas)
    return max(0, cupon.minimo_centavos - comprado + sum(d.monto_centavos for d in descuentos if not d.codigo))


def _juntos(
    lineas: Sequence[Linea], mezclas: Sequence[Promocion], propias: Sequence[Promocion]
) -> tuple[list[Descuento], dict[int, int]]:
    """What is taken off units of several products together, and how many units of each product are left then."""
    linea_de = {linea.producto_id: linea for linea in lineas}
    quedan = {linea.producto_id: linea.unidades for linea in lineas if linea.unidades is not None}

    @cache
    def por_su_cuenta(producto_id: int, unidades: int) -> int:
        linea = linea_de[producto_id]
        suyas = [p for p in propias if vale_para(p, linea)]
        return sum(g.ahorro * veces for g, veces in de_a_unidades(suyas, linea.precio_centavos, unidades))

    found: list[Descuento] = []
    for p in sorted(mezclas, key=lambda p: (-_parte(p), p.id)):
        pilas = [
            Pila(each, linea_de[each].precio_centavos, n, _rebaja(p, linea_de[each].precio_centavos))
            for each, n in quedan.items()
            if n and vale_para(p, linea_de[each])
        ]
        for toma in mezclar(pilas, *_grupo_de(p), lambda pila, n: por_su_cuenta(pila.producto_id, n)):
            producto_id, monto = toma.pila.producto_id, toma.rebajadas * toma.pila.rebaja
            quedan[producto_id] -= toma.unidades
            if monto:
                found.append(Descuento(p.id, producto_id, p.nombre, _texto_junto(p, toma.rebajadas), monto))
    return found, quedan


def _grupo_de(p: Promocion) -> tuple[int, int]:
    """Of how many units together how many are reduced."""
    return (p.lleva or 1, (p.lleva or 0) - (p.paga or 0)) if p.tipo == "nxm" else (2, 1)


def _rebaja(p: Promocion, precio: int) -> int:
    """What is taken off one of the units that are reduced."""
    return precio if p.tipo == "nxm" else rebaja_de(precio, p)


def _parte(p: Promocion) -> Fraction:
    """Which part it takes off units of one price."""
    de_a, rebajadas = _grupo_de(p)
    return Fraction(rebajadas * (100 if p.tipo == "nxm" else p.por_ciento or 0), de_a)


def _texto_junto(p: Promocion, rebajadas: int) -> str:
    de_a, _ = _grupo_de(p)
    if p.tipo == "nxm":
        return f"{p.insignia} combinando: {rebajadas} gratis, lo más barato de cada {de_a}"
    veces = f", {rebajadas} veces" if rebajadas > 1 else ""
    return f"{p.por_ciento} % en la 2.ª unidad, combinando: en la más barata de cada {de_a}{veces}"


def _de_la_linea(linea: Linea, promociones: Sequence[Promocion]) -> list[Descuento]:
    if linea.unidades is None:
        tomadas = _al_peso(linea, promociones)
    else:
        tomadas = de_a_unidades(promociones, linea.precio_centavos, linea.unidades)
    return [
        Descuento(g.promocion.id, linea.producto_id, g.promocion.nombre, _texto(g, veces), g.ahorro * veces)
        for g, veces in tomadas
    ]


def _al_peso(linea: Linea, promociones: Sequence[Promocion]) -> list[tuple[Grupo, int]]:
    grupos = [Grupo(p, 0, rebaja_de(linea.subtotal_centavos, p)) for p in promociones if p.tipo == "porcentaje"]
    mejor = max(grupos, key=lambda g: g.ahorro, default=None)  # the first of equals
    return [(mejor, 1)] if mejor is not None and mejor.ahorro else []


def _texto(g: Grupo, veces: int) -> str:
    p = g.promocion
    match p.tipo:
        case "nxm":
            return f"{p.insignia}: llevás {g.unidades * veces}, pagás {(p.paga or 0) * veces}"
        case "segunda":
            return f"{p.por_ciento} % en la 2.ª unidad" + (f", {veces} veces" if veces > 1 else "")
        case _:
            return f"{p.por_ciento} % menos"


def _del_cupon(cupon: Promocion, lineas: Sequence[Linea], hechos: Sequence[Descuento]) -> list[Descuento]:
    if falta_para(cupon, lineas, hechos):
        return []
    dejado = {linea.producto_id: linea.subtotal_centavos for linea in lineas if vale_para(cupon, linea)}
    for d in hechos:
        if d.producto_id in dejado:
            dejado[d.producto_id] -= d.monto_centavos
    base = sum(dejado.values())
    monto = min(base, cupon.monto_centavos or 0) if cupon.tipo == "monto" else rebaja_de(base, cupon)
    found, antes, hasta = [], 0, 0
    for producto_id, queda in dejado.items():
        hasta += queda
        parte = monto * hasta // base - antes if base else 0
        antes += parte
        if parte:
            texto = f"Cupón {cupon.codigo}: {cupon.insignia} menos"
            found.append(Descuento(cupon.id, producto_id, cupon.nombre, texto, parte, cupon.codigo))
    return found


PRECIO_DE_EJEMPLO = 100_000


def ejemplo_de(p: Promocion) -> str:
    """What a promotion does to something that costs $ 1.000, or to a purchase that a coupon is for, as a sentence."""
    if p.tipo == "monto" or p.minimo_centavos:
        compra = max(p.minimo_centavos, 2 * (p.monto_centavos or 0), PRECIO_DE_EJEMPLO)
        linea, what = Linea(1, 1, (1,), compra, compra, 1), f"Comprando por {pesos_justos(compra)}"
    else:
        unidades = {"nxm": p.lleva or 1, "segunda": 2}.get(p.tipo, 1)
        linea = Linea(1, 1, (1,), PRECIO_DE_EJEMPLO, PRECIO_DE_EJEMPLO * unidades, unidades)
        what = (
            f"Llevando {unidades} {'productos' if p.mezcla else 'de un producto'} de {pesos_justos(PRECIO_DE_EJEMPLO)}"
        )
    libre = replace(p, alcance="todo", cuales=())
    found = descuentos_de([linea], [] if p.codigo else [libre], libre if p.codigo else None)
    ahorro = sum(d.monto_centavos for d in found)
    return f"{what}, se pagan {pesos_justos(linea.subtotal_centavos - ahorro)}: se ahorran {pesos_justos(ahorro)}."
