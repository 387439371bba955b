"""The paquete automático: a comerciante's recurring bundle of products."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from ahorro.domain.cambio import Cambio
from ahorro.domain.carrito import Renglon
from ahorro.domain.pedido import Entrega

FRECUENCIAS = ("semanal", "quincenal", "mensual")
SALTO_POR_CIENTO = 10  # a line that costs more than this above what was seen is not ordered without a word


@dataclass(frozen=True, slots=True)
class Paquete:
    """A bundle that becomes a pedido on `proxima_el` (Buenos Aires) and then every `frecuencia`.

    `dia` is the day of the month it was begun on, so that a mensual of the 31st comes back to it after February.
    `ritmo_el` is there while the pedido of that date could not be made: `proxima_el` is the next try. `items` holds
    what is off sale or short for now, too.
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

    @property
    def salen(self) -> tuple[Renglon, ...]:
        """What would be ordered today."""
        return tuple(r for r in self.items if r.se_vende and r.alcanza)

    @property
    def a_la_venta(self) -> tuple[Renglon, ...]:
        """What of it is sold, whether there is enough or not."""
        return tuple(r for r in self.items if r.se_vende)

    @property
    def total_centavos(self) -> int:
        """What it would come to today."""
        return sum(r.subtotal_centavos for r in self.salen)

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
        return tuple(
            r
            for r in self.salen
            if r.visto_centavos is not None and r.precio_centavos * 100 > r.visto_centavos * (100 + SALTO_POR_CIENTO)
        )

    @property
    def sin(self) -> str | None:
        """What a pedido of today leaves out, as a sentence; None when it is whole."""
        missing = [f"{r.nombre} ({_por_que(r)})" for r in self.items if r not in self.salen]
        return f"Salió sin {', '.join(missing)}." if missing else None


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
