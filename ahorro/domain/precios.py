"""Prices that move together: what each product would cost, and what its owner should know before it does."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ahorro.domain.catalogo import Producto
from ahorro.domain.filas import Json, en_json
from belgrano.words.money import pesos_justos

REDONDEOS = (1, 10, 50, 100)  # pesos
ENTERO = 10_000  # a price as it is, in hundredths of a per cent


@dataclass(frozen=True, slots=True)
class Regla:
    """How prices move: by `por_diez_mil` (hundredths of a per cent) or by `monto` (centavos), either way.

    The outcome is the nearest multiple of `redondeo` (centavos), half up.
    """

    por_diez_mil: int = 0
    monto: int = 0
    redondeo: int = 1

    def __str__(self) -> str:
        """In words: `+ 4 %`, `- $ 150, redondeado a $ 10`."""
        sign = "+" if self.sube else "-"
        much = (
            f"{abs(self.por_diez_mil) / 100:g} %".replace(".", ",")
            if self.por_diez_mil
            else pesos_justos(abs(self.monto))
        )
        return f"{sign} {much}{self.redondeado}"

    @property
    def redondeado(self) -> str:
        """How it is rounded, as the words that follow others; nothing for to the centavo."""
        return f", redondeado a {pesos_justos(self.redondeo)}" if self.redondeo > 1 else ""

    @property
    def sube(self) -> bool:
        """Whether it is meant to make things dearer."""
        return self.por_diez_mil >= 0 and self.monto >= 0

    def precio(self, antes: int) -> int:
        """What a price (centavos) comes to, rounded once; it may be 0 or less."""
        exacto, paso = antes * (ENTERO + self.por_diez_mil) + self.monto * ENTERO, self.redondeo * ENTERO
        return (2 * exacto + paso) // (2 * paso) * self.redondeo


@dataclass(frozen=True, slots=True)
class Vigente:
    """What a product costs now (centavos), its offer with its dates (ms UTC), and whether it is on sale."""

    id: int
    nombre: str
    precio_centavos: int
    oferta_centavos: int | None
    oferta_desde: int | None
    oferta_hasta: int | None
    activo: bool


@dataclass(frozen=True, slots=True)
class Movimiento:
    """A product's price before and after, in centavos; `sin_oferta`: its offer would be no offer any more.

    `oferta` is the one that goes: centavos, and from when to before when (ms UTC; None: no end on that side).
    `a_la_venta`: it was on sale where this was seen.
    """

    id: int
    nombre: str
    antes: int
    despues: int
    sin_oferta: bool = False
    oferta: tuple[int, int | None, int | None] | None = None
    a_la_venta: bool = True

    @property
    def es_salto(self) -> bool:
        """Whether it changes by more than half."""
        return abs(self.despues - self.antes) * 2 > self.antes


@dataclass(frozen=True, slots=True)
class CambioDePrecio:
    """A line of the history of a product's price: when (ms UTC), by whom, from what to what (centavos).

    Without `antes` it was new, without a `lote` it was changed alone.
    """

    en: int
    quien_nombre: str
    antes: int | None
    despues: int
    lote: str | None


def escalera(cambios: Sequence[CambioDePrecio], ahora: int) -> list[tuple[float, float]]:
    """The price as a line of steps, the oldest change first, up to an instant (ms UTC); x and y from 0 to 1.

    Of fewer than two changes there is no line.
    """
    if len(cambios) < 2:
        return []
    desde, largo = cambios[0].en, max(ahora - cambios[0].en, 1)
    precios = [each.despues for each in cambios]
    menor, alto = min(precios), max(max(precios) - min(precios), 1)
    points: list[tuple[float, float]] = []
    for each in cambios:
        x, y = max(0.0, min((each.en - desde) / largo, 1.0)), 1 - (each.despues - menor) / alto
        if points:
            points.append((x, points[-1][1]))
        points.append((x, y))
    return [*points, (1.0, points[-1][1])]


@dataclass(frozen=True, slots=True)
class Aviso:
    """What to know of a product: `salto`, `cero`, `al_reves`, `bajo_costo`, `sin_oferta`, `programado`.

    `al_reves`: rounding turns a rise into a fall, or a fall into a rise; `programado`: another change waits for it.
    """

    producto_id: int
    nombre: str
    que: str
    detalle: str


@dataclass(frozen=True, slots=True)
class Movida:
    """All that moves, and what is to be known of it. What would cost nothing stays as it is and is named only."""

    movimientos: list[Movimiento]
    avisos: list[Aviso]

    @property
    def huella(self) -> str:
        """A hash of what each would cost and of all there is to know: previews with the same one are the same."""
        said = ";".join(f"{m.id}:{m.antes}:{m.despues}" for m in self.movimientos)
        said += "".join(f";{a.producto_id}:{a.que}:{a.detalle}" for a in self.avisos)
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def pide_forzar(self) -> bool:
        """Whether there is something in it that looks like a slip."""
        return any(aviso.que in ("salto", "cero") for aviso in self.avisos)


@dataclass(frozen=True, slots=True)
class Alistada:
    """A Movida ready to be written: `precios` are [id, antes, despues, the offer that goes or 0], in centavos."""

    movida: Movida
    huella: str
    precios: Json
    respuesta: str


def alistar(movida: Movida) -> Alistada:
    """Make it ready. Of thousands this takes longer than the writing: best done before the act."""
    filas = ((m.id, m.antes, m.despues, m.oferta[0] if m.oferta else int(m.sin_oferta)) for m in movida.movimientos)
    said = {"movimientos": movida.movimientos, "avisos": movida.avisos}
    respuesta = json.dumps(said, ensure_ascii=False, default=_campos)
    return Alistada(movida, movida.huella, en_json(filas), respuesta)


def _campos(each: Movimiento | Aviso) -> dict[str, object]:
    return {name: getattr(each, name) for name in each.__slots__}  # `asdict` copies all it meets: ten times as long


def mover(productos: Iterable[Producto], regla: Regla) -> Movida:
    """What a rule makes of these products' prices; those that come out the same are left out."""
    movida = Movida([], [])
    for p in productos:
        each = movimiento_de(p, regla.precio(p.precio_centavos))
        if each.despues == each.antes:
            continue
        said = avisos_de(each, p.costo_centavos, sube=regla.sube)
        movida.avisos.extend(Aviso(p.id, p.nombre, que, detalle) for que, detalle in said)
        if each.despues > 0:
            movida.movimientos.append(each)
    return movida


def movimiento_de(p: Producto | Vigente, despues: int) -> Movimiento:
    """A product's way to a price (centavos), and the offer that it loses by it."""
    oferta = None
    if p.oferta_centavos is not None and p.oferta_centavos >= despues:
        oferta = (p.oferta_centavos, p.oferta_desde, p.oferta_hasta)
    return Movimiento(p.id, p.nombre, p.precio_centavos, despues, oferta is not None, oferta, p.activo)


def avisos_de(each: Movimiento, costo: int | None, *, sube: bool) -> Iterator[tuple[str, str]]:
    """What its owner should know before a price moves, as code and words; `sube`: it was meant to."""
    if each.despues <= 0:
        yield "cero", "Quedaría en $ 0 o menos: no cambia."
        return
    if each.es_salto:
        yield "salto", "Cambia más de un 50 %."
    if (each.despues > each.antes) != sube:
        yield "al_reves", f"Con ese redondeo {'baja' if sube else 'sube'}."
    if costo is not None and each.despues < costo:
        yield "bajo_costo", "Queda por debajo de lo que cuesta."
    if each.sin_oferta:
        yield "sin_oferta", "Su oferta ya no es menor que el precio: se quita."
