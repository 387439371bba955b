"""The paquete automático: a comerciante's recurring bundle of products."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ahorro.domain.cambio import Cambio
from ahorro.domain.carrito import Carrito, Renglon
from ahorro.domain.configuracion import Configuracion
from ahorro.domain.descuentos import Reglas
from ahorro.domain.envio import costo_convenido
from ahorro.domain.errors import CampoInvalido, PaqueteMasCaro
from ahorro.domain.pedido import Entrega
from belgrano.contract import PAGOS
from belgrano.words.money import pesos
from belgrano.words.times import BUENOS_AIRES, ms_of

FRECUENCIAS = ("semanal", "quincenal", "mensual")
SALTO_POR_CIENTO = 10  # a line that costs more than this above what was seen is not ordered without a word


@dataclass(frozen=True, slots=True)
class Paquete:
    """A bundle that becomes a pedido on `proxima_el` (Buenos Aires) and then every `frecuencia`.

    `dia` is the day of the month it was begun on, so that a mensual of the 31st comes back to it after February.
    `ritmo_el` is there while the pedido of that date could not be made: `proxima_el` is the next try. `items` holds
    what is off sale or short for now, too. `total_visto_centavos` (of the goods, None: of before that was kept) and
    `envio_visto_centavos` are what its comerciante saw it come to.
    """

    id: int
    usuario_id: int
    nombre: str
    frecuencia: str
    proxima_el: date
    dia: int
    activo: bool
    entrega: Entrega
    ultimo_numero: str | None
    aviso: str | None
    items: tuple[Renglon, ...] = ()
    ritmo_el: date | None = None
    total_visto_centavos: int | None = None
    envio_visto_centavos: int = 0

    @property
    def salen(self) -> tuple[Renglon, ...]:
        """What would be ordered today."""
        return tuple(r for r in self.items if r.se_vende and r.alcanza)

    @property
    def a_la_venta(self) -> tuple[Renglon, ...]:
        """What of it is sold, whether there is enough or not."""
        return tuple(r for r in self.items if r.se_vende)

    @property
    def espera(self) -> bool:
        """Whether the last pedido could not be made and is tried again."""
        return self.ritmo_el is not None

    @property
    def cambios(self) -> tuple[Cambio, ...]:
        """What is not as its comerciante last saw it: what is missing, and other prices."""
        found = []
        for r in self.items:
            if not r.se_vende:
                found.append(r.cambio("no_se_vende"))
            elif not r.alcanza:
                found.append(r.cambio("sin_stock"))
            elif r.visto_centavos not in {None, r.precio_centavos}:
                found.append(r.cambio("cambio_precio"))
        return tuple(found)

    @property
    def saltos(self) -> tuple[Renglon, ...]:
        """The lines that cost so much more than was seen that somebody has to say yes."""
        return tuple(r for r in self.salen if _salta(r.visto_centavos, r.precio_centavos))

    @property
    def sin(self) -> str | None:
        """What a pedido of today leaves out, as a sentence; None when it is whole."""
        missing = [f"{r.nombre} ({_por_que(r)})" for r in self.items if r not in self.salen]
        return f"Salió sin {', '.join(missing)}." if missing else None


@dataclass(frozen=True, slots=True)
class Estimado:
    """What a paquete comes to at an instant: its goods with what is taken off them then, and its delivery (centavos).

    `se_paga`: whether its way to pay is offered still.
    """

    carrito: Carrito
    envio_centavos: int
    entrega: Entrega
    se_paga: bool

    @property
    def total_centavos(self) -> int:
        """What is paid for all of it."""
        return self.carrito.total_centavos + self.envio_centavos

    def check_medio(self) -> None:
        """Raise CampoInvalido, naming `metodo_pago`, where its way to pay was withdrawn."""
        if not self.se_paga:
            como = PAGOS[self.entrega.metodo_pago]["como"]
            detalle = f"Ya no se puede pagar {como}: elegí otra forma de pago en el paquete."
            raise CampoInvalido("metodo_pago", detalle)

    def check_lo_visto(self, paquete: Paquete) -> None:
        """Raise PaqueteMasCaro where it costs what its comerciante has not said yes to.

        That is a line or all of the goods at over a tenth more than they saw, and any dearer delivery.
        """
        saltos = [(r.nombre, r.visto_centavos or 0, r.precio_centavos) for r in paquete.saltos]
        comprado, visto = self.carrito.total_centavos, paquete.total_visto_centavos
        if not saltos and _salta(visto, comprado):
            saltos.append(("El total sin envío", visto or 0, comprado))
        if self.envio_centavos > paquete.envio_visto_centavos:
            saltos.append(("El envío", paquete.envio_visto_centavos, self.envio_centavos))
        if saltos:
            raise PaqueteMasCaro(saltos)

    def distinto(self, paquete: Paquete) -> str | None:
        """That it costs something else than its comerciante saw, and why, as sentences; None when it does not.

        Where something is left out the total is another one anyway: only prices are told then.
        """
        found = [
            f"{r.nombre} pasó de {pesos(r.visto_centavos)} a {pesos(r.precio_centavos)}."
            for r in self.carrito.renglones
            if r.visto_centavos is not None and r.visto_centavos != r.precio_centavos
        ]
        comprado = paquete.total_visto_centavos
        visto = self.total_centavos if comprado is None else comprado + paquete.envio_visto_centavos
        if paquete.sin is None and visto != self.total_centavos:
            found.insert(0, f"Salió por {pesos(self.total_centavos)}; cuando lo viste daba {pesos(visto)}.")
        return " ".join(found) or None


def estimar(salen: Sequence[Renglon], entrega: Entrega, reglas: Reglas, tienda: Configuracion, ahora: int) -> Estimado:
    """What these lines come to at an instant (ms UTC), brought and paid like this."""
    carrito = Carrito(tuple(salen)).rebajado(reglas, ahora, entrega.metodo_pago)
    envio = costo_convenido(tienda.envio, tienda.zonas, entrega, carrito.total_centavos)
    return Estimado(carrito, envio, entrega, entrega.metodo_pago in tienda.medios_de_pago)


def sale_en(proxima_el: date, ahora: int) -> int:
    """When the pedido of this day is made (ms UTC): as it begins in Buenos Aires, or now if that was before."""
    return max(ahora, ms_of(datetime.combine(proxima_el, time(), BUENOS_AIRES)))


def _salta(visto: int | None, ahora: int) -> bool:
    """Whether this is so much above what was seen that somebody has to say yes."""
    return visto is not None and ahora * 100 > visto * (100 + SALTO_POR_CIENTO)


def _por_que(r: Renglon) -> str:
    """Why a line is not ordered."""
    if not r.se_vende:
        return "ya no se vende"
    return f"{'queda' if r.stock == 1 else 'quedan'} {r.stock}" if r.stock else "sin stock"


def siguiente(desde: date, frecuencia: str, dia: int) -> date:
    """The date after `desde` in this rhythm."""
    if frecuencia == "semanal":
        return desde + timedelta(days=7)
    if frecuencia == "quincenal":
        return desde + timedelta(days=15)
    anio, mes = (desde.year + 1, 1) if desde.month == 12 else (desde.year, desde.month + 1)
    return date(anio, mes, min(dia, calendar.monthrange(anio, mes)[1]))


def proxima_despues(paquete: Paquete, hoy: date) -> date:
    """The next date after today: what was missed while the shop was off is made once, not once for each."""
    proxima = paquete.ritmo_el or paquete.proxima_el
    while proxima <= hoy:
        proxima = siguiente(proxima, paquete.frecuencia, paquete.dia)
    return proxima
