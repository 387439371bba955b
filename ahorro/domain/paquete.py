"""The paquete automático: a comerciante's recurring bundle of products."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from ahorro.domain.carrito import Renglon
from ahorro.domain.pedido import Entrega

FRECUENCIAS = ("semanal", "quincenal", "mensual")


@dataclass(frozen=True, slots=True)
class Paquete:
    """A bundle that becomes a pedido on `proxima_el` (Buenos Aires) and then every `frecuencia`.

    `dia` is the day of the month it was begun on, so that a mensual of the 31st comes back to it after February.
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

    @property
    def total_centavos(self) -> int:
        """What it would come to today."""
        return sum(r.subtotal_centavos for r in self.items)


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
    proxima = paquete.proxima_el
    while proxima <= hoy:
        proxima = siguiente(proxima, paquete.frecuencia, paquete.dia)
    return proxima
