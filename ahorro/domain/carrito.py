"""The cart: lines of products, so many units or grams of each, and what they come to today."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ahorro.domain.cambio import Cambio, Visto
from ahorro.domain.descuentos import Descuento, Linea, Reglas, rebajar
from ahorro.domain.errors import CampoInvalido
from belgrano.words.numbers import peso

CANTIDAD_MAXIMA = 999
KILO = 1_000  # grams
PESO_MAXIMO = CANTIDAD_MAXIMA * KILO
RENGLONES_MAXIMOS = 150


def check_cantidad(cantidad: int) -> int:
    """A quantity is a whole number from 1 to 999; anything else raises CampoInvalido."""
    if type(cantidad) is not int or not 1 <= cantidad <= CANTIDAD_MAXIMA:
        raise CampoInvalido("cantidad", f"La cantidad va de 1 a {CANTIDAD_MAXIMA}, en unidades enteras.")
    return cantidad


def check_peso(gramos: int) -> int:
    """A weight is a whole number of grams up to 999 kilos; anything else raises CampoInvalido."""
    if type(gramos) is not int or not 1 <= gramos <= PESO_MAXIMO:
        raise CampoInvalido("peso_g", f"El peso va de 1 a {PESO_MAXIMO} gramos, en gramos enteros.")
    return gramos


@dataclass(frozen=True, slots=True)
class Cuanto:
    """How much of a product somebody asks for: units, or grams where they said so. Raises CampoInvalido."""

    numero: int
    en_gramos: bool = False

    def __post_init__(self) -> None:
        check_peso(self.numero) if self.en_gramos else check_cantidad(self.numero)

    def para(self, *, por_peso: bool) -> int:
        """The quantity of a line: units, or grams of what is sold by weight, where a unit is a kilo.

        Raises CampoInvalido for grams of what is sold by the unit.
        """
        if self.en_gramos and not por_peso:
            raise CampoInvalido("peso_g", "Este producto se vende por unidad: decinos la cantidad.")
        return self.numero * KILO if por_peso and not self.en_gramos else self.numero


def sumar_cantidad(habia: int, agregada: int, *, por_peso: bool = False) -> int:
    """What is there after adding, units or grams: the sum keeps to the same bounds."""
    most = PESO_MAXIMO if por_peso else CANTIDAD_MAXIMA
    if habia + agregada > most:
        tiene, tope = (peso(habia), peso(most)) if por_peso else (habia, most)
        raise CampoInvalido(
            "cantidad", f"Ya tenés {tiene} en el carrito: podés llevar hasta {tope} del mismo producto."
        )
    return habia + agregada


@dataclass(frozen=True, slots=True)
class Renglon:
    """A line of a cart, a pedido or a paquete, with its price in centavos.

    What is sold `por_peso` has `cantidad` (and `stock`) in grams, and the price of a kilo. `visto_centavos` is what one
    cost when whoever it is of last saw it; None: they did not, or saw that it is off sale. Of a pedido `armado` is how
    much is in the bag, None until somebody packs it; a line `en_lugar_de` another product was not asked for.
    """

    producto_id: int
    nombre: str
    cantidad: int
    precio_centavos: int
    negocio: str
    categoria: str
    imagen: str | None = None
    stock: int | None = None
    se_vende: bool = True
    visto_centavos: int | None = None
    mayores: bool = False  # for adults only
    negocio_id: int = 0
    categorias: tuple[int, ...] = ()  # its own, and the one above it
    en_oferta: bool = False
    huella: str | None = None  # of the picture that its owner put first
    por_peso: bool = False
    armado: int | None = None
    en_lugar_de: int | None = None

    @property
    def va(self) -> int:
        """How much of it goes to the customer, as far as is known: what was packed, or what was asked for."""
        return self.cantidad if self.armado is None else self.armado

    @property
    def subtotal_centavos(self) -> int:
        """Price times what goes; of a weight to the nearest centavo, half up."""
        if self.por_peso:
            return (2 * self.precio_centavos * self.va + KILO) // (2 * KILO)
        return self.precio_centavos * self.va

    @property
    def cuanto(self) -> str:
        """How much of it goes in words: `3`, `750 g`."""
        return peso(self.va) if self.por_peso else str(self.va)

    @property
    def cuanto_pedido(self) -> str:
        """How much of it was asked for in words."""
        return peso(self.cantidad) if self.por_peso else str(self.cantidad)

    @property
    def enteras(self) -> int:
        """Whole units or kilos of it, at least one: a paquete counts in these."""
        return max(1, self.cantidad // KILO) if self.por_peso else self.cantidad

    @property
    def alcanza(self) -> bool:
        """Whether there is enough of it."""
        return self.stock is None or self.stock >= self.cantidad

    @property
    def linea(self) -> Linea:
        """It as promotions see it."""
        return Linea(
            self.producto_id,
            self.negocio_id,
            self.categorias,
            self.precio_centavos,
            self.subtotal_centavos,
            None if self.por_peso else self.cantidad,
            self.en_oferta,
        )

    def cambio(self, que: Literal["no_se_vende", "cambio_precio", "sin_stock"]) -> Cambio:
        """That this happened to it since it was last seen."""
        numbers: tuple[int | None, int | None] = (None, None)
        if que == "cambio_precio":
            numbers = self.visto_centavos, self.precio_centavos
        elif que == "sin_stock":
            numbers = self.cantidad, self.stock
        return Cambio(self.producto_id, self.nombre, que, *numbers, por_peso=self.por_peso)


@dataclass(frozen=True, slots=True)
class Carrito:
    """The lines in the order in which they were put in; `caidos` are in it still and off sale.

    `descuentos` is what promotions take off them today and a coupon, whose code is `cupon`; `cupon_aviso` says why it
    takes off nothing. `descuento_visto_centavos` is how much that was when its customer last saw it.
    """

    renglones: tuple[Renglon, ...] = ()
    caidos: tuple[Renglon, ...] = ()
    descuentos: tuple[Descuento, ...] = ()
    cupon: str = ""
    cupon_aviso: str = ""
    descuento_visto_centavos: int = 0
    usuario_id: int | None = None

    @property
    def subtotal_centavos(self) -> int:
        """What its lines come to today."""
        return sum(r.subtotal_centavos for r in self.renglones)

    @property
    def descuento_centavos(self) -> int:
        """What is taken off them today."""
        return sum(d.monto_centavos for d in self.descuentos)

    @property
    def total_centavos(self) -> int:
        """What is paid for the goods today."""
        return self.subtotal_centavos - self.descuento_centavos

    def rebajado(self, reglas: Reglas, ahora: int, metodo: str = "") -> "Carrito":
        """The cart with what is taken off at an instant (ms UTC) for a way to pay ("": none chosen yet)."""
        descuentos, aviso = rebajar([r.linea for r in self.renglones], reglas, ahora, metodo)
        return replace(self, descuentos=descuentos, cupon_aviso=aviso)

    @property
    def unidades(self) -> int:
        """How many things are in it, for the number beside the cart; what is weighed is one."""
        return sum(1 if r.por_peso else r.cantidad for r in self.renglones)

    @property
    def aproximado(self) -> bool:
        """Whether something in it is weighed: what it comes to is settled when it is packed."""
        return any(r.por_peso for r in self.renglones)

    @property
    def para_mayores(self) -> bool:
        """Whether anything in it is for adults only."""
        return any(r.mayores for r in self.renglones)

    @property
    def a_la_vista(self) -> dict[int, int | None]:
        """What whoever looks at it sees each product cost; None: off sale."""
        return {r.producto_id: r.precio_centavos for r in self.renglones} | {r.producto_id: None for r in self.caidos}

    @property
    def sin_ver(self) -> tuple[Cambio, ...]:
        """What is not as its customer last saw it."""
        caidos = (r.cambio("no_se_vende") for r in self.caidos if r.visto_centavos is not None)
        cambiados = (r.cambio("cambio_precio") for r in self.renglones if r.visto_centavos != r.precio_centavos)
        return (*caidos, *cambiados)

    @property
    def avisos(self) -> tuple[Cambio, ...]:
        """What has to be said beside its lines: what is off sale as long as it is in, new prices, what is short."""
        cortos = (r.cambio("sin_stock") for r in self.renglones if not r.alcanza)
        caidos = (r.cambio("no_se_vende") for r in self.caidos)
        return tuple(dict.fromkeys((*caidos, *self.sin_ver, *cortos)))

    def cambios_desde(self, visto: Mapping[int, Visto]) -> tuple[Cambio, ...]:
        """What would be bought otherwise than it was seen."""
        found = [r.cambio("no_se_vende") for r in self.caidos if r.producto_id in visto]
        for r in self.renglones:
            seen = visto.get(r.producto_id)
            if seen is None or seen.precio_centavos != r.precio_centavos:
                antes = seen.precio_centavos if seen is not None else None
                found.append(Cambio(r.producto_id, r.nombre, "cambio_precio", antes, r.precio_centavos))
            elif seen.cantidad is not None and seen.cantidad != r.cantidad:
                found.append(Cambio(r.producto_id, r.nombre, "cantidad", seen.cantidad, r.cantidad, r.por_peso))
        return tuple(found)
