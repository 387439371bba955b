"""Promotions and coupons: what the owner gives off, on what, on which days, and for which way to pay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

from ahorro.domain.errors import CampoInvalido
from belgrano.contract import PAGOS
from belgrano.words.money import pesos_justos
from belgrano.words.text import enumerar
from belgrano.words.times import dia_de

Tipo = Literal["nxm", "segunda", "porcentaje", "monto"]
Alcance = Literal["todo", "categoria", "negocio", "producto"]
Estado = Literal["rige", "hoy_no", "empieza", "termino", "apagada"]
TIPOS: tuple[Tipo, ...] = ("nxm", "segunda", "porcentaje", "monto")
ALCANCES: tuple[Alcance, ...] = ("todo", "categoria", "negocio", "producto")
DE_CUPON: tuple[Tipo, ...] = ("porcentaje", "monto")
DE_A_UNIDADES = ("nxm", "segunda")  # those that count units
LLEVA_MAXIMO = 10
CUALES_MAXIMO = 200
DIAS_EN_PALABRAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábados", "domingos")
LIMITES = ("usos", "por_cliente", "minimo_centavos")


@dataclass(frozen=True, slots=True)
class Promocion:
    """A promotion; with a `codigo` it is a coupon, which whoever types it gets.

    `tipo` says which of `lleva` and `paga` (nxm: take so many of a product, pay so many), `por_ciento` (segunda: off
    every second unit of a product; porcentaje: off each) and `monto_centavos` counts. With `mezcla` units of all the
    products that it is for count together, and the cheaper ones are those that are reduced. It is for what `alcance`
    names, by the ids in `cuales`. It rules from `desde` until just before `hasta` (ms UTC; None: no end on that side),
    on `dias` (1 is Monday, in Buenos Aires; none: all) and for `medios` (ways to pay; none: all). `sobre_ofertas`: for
    what has an offer price, too. A coupon may have `usos` in all and `por_cliente`, and a least purchase.
    """

    id: int
    version: int
    nombre: str
    tipo: Tipo
    alcance: Alcance = "todo"
    cuales: tuple[int, ...] = ()
    lleva: int | None = None
    paga: int | None = None
    por_ciento: int | None = None
    monto_centavos: int | None = None
    desde: int | None = None
    hasta: int | None = None
    dias: tuple[int, ...] = ()
    medios: tuple[str, ...] = ()
    sobre_ofertas: bool = False
    mezcla: bool = False
    codigo: str = ""
    usos: int | None = None
    por_cliente: int | None = None
    minimo_centavos: int = 0
    activa: bool = True

    def estado(self, ahora: int) -> Estado:
        """How it is at an instant (ms UTC)."""
        if not self.activa:
            return "apagada"
        if self.hasta is not None and self.hasta <= ahora:
            return "termino"
        if self.desde is not None and ahora < self.desde:
            return "empieza"
        return "hoy_no" if self.dias and dia_de(ahora).isoweekday() not in self.dias else "rige"

    def rige(self, ahora: int, metodo: str = "") -> bool:
        """Whether it rules at an instant for a way to pay; "" is none chosen yet."""
        return self.estado(ahora) == "rige" and (not self.medios or metodo in self.medios)

    @property
    def insignia(self) -> str:
        """What it gives, as short as a badge: `2x1`, `70 % en la 2.ª`, `15 %`, `$ 500`."""
        match self.tipo:
            case "nxm":
                return f"{self.lleva}x{self.paga}"
            case "segunda":
                return f"{self.por_ciento} % en la 2.ª"
            case "porcentaje":
                return f"{self.por_ciento} %"
            case "monto":
                return pesos_justos(self.monto_centavos or 0)

    @property
    def insignia_entera(self) -> str:
        """The badge with the way to pay that it is for: `10 % en efectivo`."""
        return " ".join(filter(None, (self.insignia, self.medios_dichos.removeprefix("pagando "))))

    @property
    def que_da(self) -> str:
        """What it gives, in words."""
        match self.tipo:
            case "nxm":
                return self.insignia
            case "segunda":
                return f"{self.por_ciento} % en la 2.ª unidad"
            case _:
                return f"{self.insignia} menos"

    def en_palabras(self, nombres: Sequence[str]) -> str:
        """What it gives, for what (by name), when and how it is paid: `15 % menos en Lácteos, los martes`."""
        where = enumerar(nombres[:3]) if len(nombres) <= 3 else f"{', '.join(nombres[:2])} y {len(nombres) - 2} más"
        what = f"{self.que_da} en {where}" if nombres else f"{self.que_da} en toda la tienda"
        juntas = self.tipo in DE_A_UNIDADES and not (self.alcance == "producto" and len(nombres) == 1)
        same = "llevando del mismo producto" if juntas else ""
        if self.mezcla:
            same = "combinando como quieras: el descuento va en los más baratos"
        return ", ".join(filter(None, (what, same, self.dias_dichos, self.medios_dichos)))

    @property
    def dias_dichos(self) -> str:
        """`los martes y jueves`; nothing for every day."""
        return f"los {enumerar([DIAS_EN_PALABRAS[dia - 1] for dia in self.dias])}" if self.dias else ""

    @property
    def medios_dichos(self) -> str:
        """`pagando en efectivo`; nothing for any way."""
        return f"pagando {enumerar([PAGOS[medio]['como'] for medio in self.medios], 'o')}" if self.medios else ""


CAMPOS = tuple(each.name for each in fields(Promocion) if each.name not in {"id", "version"})


def normalizar_codigo(text: str) -> str:
    """A coupon's code as it is kept, however it was typed: no blanks, capitals."""
    return "".join(text.split()).upper()


def check_promocion(p: Promocion) -> None:
    """Raise CampoInvalido, naming the field, where what is said of it makes no sense."""
    numbers = {
        "lleva": p.tipo == "nxm", "paga": p.tipo == "nxm", "por_ciento": p.tipo in {"segunda", "porcentaje"},
        "monto_centavos": p.tipo == "monto",
    }  # fmt: skip
    for campo, wanted in numbers.items():
        if wanted and getattr(p, campo) is None:
            raise CampoInvalido(_WIRE.get(campo, campo), "Hace falta para lo que das.")
        if not wanted and getattr(p, campo) is not None:
            raise CampoInvalido(_WIRE.get(campo, campo), "No va con lo que das.")
    todo, al_reves = p.alcance == "todo", p.desde is not None and p.hasta is not None and p.hasta <= p.desde
    for campo, wrong, detalle in (
        ("paga", p.tipo == "nxm" and (p.paga or 0) >= (p.lleva or 0), "tiene que ser menos de lo que se lleva."),
        ("hasta", al_reves, "tiene que ser después de que empieza."),
        ("cuales", not todo and not p.cuales, "Elegí al menos uno."),
        ("cuales", todo and bool(p.cuales), "No va cuando es para todo."),
        ("mezcla", p.mezcla and p.tipo not in DE_A_UNIDADES, "Se combinan las que cuentan unidades, como 3x2."),
        ("tipo", bool(p.codigo) and p.tipo not in DE_CUPON, "Un cupón descuenta un porcentaje o un monto."),
        ("codigo", not p.codigo and p.tipo == "monto", "Hace falta: un monto fijo se descuenta con un cupón."),
    ):
        if wrong:
            raise CampoInvalido(campo, detalle)
    for campo in LIMITES:
        if not p.codigo and getattr(p, campo):
            raise CampoInvalido(_WIRE.get(campo, campo), "Es de los cupones: hace falta el código.")


_WIRE = {"por_ciento": "porcentaje", "monto_centavos": "monto", "minimo_centavos": "minimo"}


def por_que_no(cupon: Promocion, ahora: int, metodo: str, usados: int, mios: int) -> str:
    """Why a coupon gives nothing now, as a sentence; nothing when it does.

    `usados` is how often it was used in all, `mios` by who asks. What the cart lacks for it says `falta_para`.
    """
    which = f"El cupón {cupon.codigo}"
    match cupon.estado(ahora):
        case "apagada" | "termino":
            return f"{which} ya no vale."
        case "empieza":
            return f"{which} todavía no vale."
        case "hoy_no":
            return f"{which} vale {cupon.dias_dichos}."
    if cupon.usos is not None and usados >= cupon.usos:
        return f"{which} ya se usó todas las veces que se podía."
    if cupon.por_cliente is not None and mios >= cupon.por_cliente:
        return f"{which} ya lo usaste."
    if cupon.medios and metodo not in cupon.medios:
        return f"{which} vale {cupon.medios_dichos}."
    return ""


@dataclass(frozen=True, slots=True)
class PromocionDicha:
    """A promotion with what its `cuales` are called, by id, and how often it was used for how much (centavos)."""

    promocion: Promocion
    nombres: Mapping[int, str]
    usada: int = 0
    rebajado_centavos: int = 0
