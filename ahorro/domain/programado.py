"""Prices that move together at a moment to come: what was confirmed, and what it leaves alone when it comes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ahorro.domain.auditoria import Quien
from ahorro.domain.errors import CampoInvalido
from ahorro.domain.precios import Movida, Movimiento, Regla, Vigente, movimiento_de
from belgrano.words.times import DIA, comienzo_del_dia, fecha_hora, hora, otro_dia

ANTELACION = 365 * DIA  # ms; what is further off is a slip of the year
SE_PROGRAMO, SE_CANCELO = "programado", "cancelado"  # as the book has it
Estado = Literal["programado", "aplicado", "cancelado"]


@dataclass(frozen=True, slots=True)
class SinTocar:
    """A product that a change left alone, and why: `otro_precio` (not the one that was seen), `no_se_vende`."""

    id: int
    nombre: str
    codigo: Literal["otro_precio", "no_se_vende"]


@dataclass(frozen=True, slots=True)
class Programado:
    """A change of prices that waits for `desde`, or waited; instants are ms UTC.

    `movida` is what whoever scheduled it was shown: that, and nothing else, comes true. `terminado_en` is when it was
    applied or cancelled (`cancelado_por`). `por_ver` is how many of `sin_tocar` nobody has read yet.
    """

    lote: str
    huella: str
    regla: Regla
    movida: Movida
    desde: int
    creado_en: int
    quien: Quien
    estado: Estado = "programado"
    terminado_en: int | None = None
    cancelado_por: str = ""
    sin_tocar: tuple[SinTocar, ...] = ()
    por_ver: int = 0


def check_desde(desde: int | None, ahora: int) -> None:
    """Raise CampoInvalido for a moment that is more than a year ahead; one that has passed is at once."""
    if desde is not None and desde > ahora + ANTELACION:
        raise CampoInvalido("desde", "puede ser hasta un año más adelante.")


def al_llegar(
    confirmados: Iterable[Movimiento], vigentes: Mapping[int, Vigente]
) -> tuple[list[Movimiento], list[SinTocar]]:
    """What moves when the moment has come, and what is left alone.

    A product goes from the price that was seen to the one that was seen. Where it costs something else by now, or was
    taken off sale since, it stays as it is. An offer that would be none any more goes, whoever made it since.
    """
    mueven: list[Movimiento] = []
    quedan: list[SinTocar] = []
    for each in confirmados:
        vigente = vigentes.get(each.id)
        if vigente is None or (each.a_la_venta and not vigente.activo):
            quedan.append(SinTocar(each.id, each.nombre, "no_se_vende"))
        elif vigente.precio_centavos != each.antes:
            quedan.append(SinTocar(each.id, vigente.nombre, "otro_precio"))
        else:
            mueven.append(movimiento_de(vigente, each.despues))
    return mueven, quedan


def cuando_dicho(desde: int, ahora: int) -> str:
    """A moment as people say it: `esta noche a las 00:00`, `hoy a las 18:30`, `el jue 3/12 a las 08:00`."""
    if desde == comienzo_del_dia(ahora + DIA):
        return "esta noche a las 00:00"
    if desde < ahora:
        return f"el {fecha_hora(desde)}"
    dia = otro_dia(desde, ahora)
    return f"{'hoy' if not dia else dia if dia == 'mañana' else f'el {dia}'} a las {hora(desde)}"
