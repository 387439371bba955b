"""The texts of the board as the server draws it, before any script runs.

`tarjeta` is what templates/ticketera/_tarjeta.html draws, `columna` what _columna.html does. Of a card it writes what
no clock changes; how old it is, what is left of its franja, whether it was seen, and the name that is read of it are
the script's alone (static/js/tablero/tarjeta.js). Money in centavos, instants in ms UTC, times of day those of Buenos
Aires.
"""

# ruff: noqa: RUF001, RUF002  (dashes of a franja are dashes)

import json
from collections.abc import Mapping, Sequence
from typing import Any

from belgrano.contract import ESTADOS, PRIORIDADES
from belgrano.words.ages import hace
from belgrano.words.money import pesos_justos
from belgrano.words.times import DIA, MINUTO, comienzo_del_dia, en_punto, hora, otro_dia
from ticketera.domain.ticket import Estado, Ticket
from ticketera.domain.usuario import Usuario

PRIMERAS = 6  # of a column, what a screen shows; the script draws the others
COLUMNAS = 8  # so many columns, the others with their head only
SU_LUGAR = "\u00a0"  # of a line that the script fills, so that nothing moves
LEJOS = 5 * MINUTO
MUCHOS = 1_000_000_000


def tarjetas(orden: Sequence[Ticket], ahora: int) -> list[dict[str, Any]]:
    """The first cards of a column, in its order."""
    return [tarjeta(t, ahora) for t in orden[:PRIMERAS]]


def tarjeta(t: Ticket, ahora: int) -> dict[str, Any]:
    """The texts of one card that do not grow old while it is looked at. `ahora` says which day is today."""
    dicho, prioridad = ESTADOS[t.estado], PRIORIDADES[t.prioridad.name]
    return {
        "id": t.id,
        "numero": t.numero,
        "estado": "Llegó" if t.estado is Estado.EN_CAMINO and t.llego_en else dicho["oficina"],
        "estado_nombre": str(t.estado),
        "estado_clase": _clases("chip", dicho["tono"]),
        "prioridad": prioridad["tarjeta"],
        "prioridad_nombre": t.prioridad.name,
        "prioridad_clase": _clases("chip", prioridad["tono"]),
        "direccion": t.calle_y_piso,
        "barrio": f"· {t.cliente_barrio}" if t.cliente_barrio else "",
        "cliente": f"{t.cliente_nombre} · {bultos(t.productos)}",
        "franja": franja(t, ahora),
        "preparado": f"Preparado {hora(t.preparado_en)}" if t.espera_preparado else "",
        "cobro": f"Cobrar {pesos_justos(t.total)}" if t.se_cobra else pago_dicho(t),
        "cobro_clase": _clases("tarjeta-cobro", "pagado" if t.pagado else "" if t.se_cobra else "espera-pago"),
        "indicaciones": f"“{t.indicaciones}”" if t.indicaciones else "",
        "acuse": "" if t.repartidor_id is None else SU_LUGAR,
    }


def pago_dicho(t: Ticket) -> str:
    """What is said where nothing is collected: what is paid beforehand is not paid until somebody saw the money."""
    return "Pagado" if t.pagado else "Esperando el pago"


def columna(
    u: Usuario, orden: Sequence[Ticket], hechos: int, tope: int, ahora: int, *, con_tarjetas: bool = True
) -> dict[str, Any]:
    """The texts of a repartidor's column, with its first cards where a screen shows them."""
    dibujadas = tarjetas(orden, ahora) if con_tarjetas else []
    presencia, clase = presencia_de(u, ahora)
    lleva = len(orden)
    return {
        "id": u.id,
        "nombre": u.nombre,
        "iniciales": _iniciales(u.nombre),
        "presencia": presencia,
        "presencia_clase": clase,
        "resumen": f"{_cuantos(lleva, 'activo')} · {_cuantos(hechos, 'hecho')}",
        "problemas": _problemas(dicho_por_el_telefono(u)),
        "rendir": f"{pesos_justos(u.por_rendir)} a rendir" if u.por_rendir else "",
        "carga": f"Lleva {lleva} de {min(tope, u.capacidad or tope)}",
        "tarjetas": dibujadas,
        "mas": lleva - len(dibujadas),
    }


def _problemas(told: Mapping[str, Any]) -> str:
    """What makes the central call: help is asked for, or something was refused for good."""
    refused = f"{told['problemas']} con problemas" if told.get("problemas") else ""
    return " · ".join(filter(None, ("Necesita ayuda" if told.get("ayuda") else "", refused)))


def dicho_por_el_telefono(u: Usuario) -> dict[str, Any]:
    """What the phone reported of itself (routes/reparto.py); nothing while it has reported nothing."""
    try:
        told = json.loads(u.permisos)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def presencia_de(u: Usuario, ahora: int) -> tuple[str, str]:
    """How a repartidor stands, in words, and the class of its sign."""
    if not u.activo:
        return "Dado de baja", "fuera"
    if not u.en_turno:
        return "Fuera de turno", "fuera"
    if u.en_linea:
        return "En línea", "en-linea"
    if not u.senal_en:
        return "Sin señal", "sin-senal"
    if ahora - u.senal_en > LEJOS:
        return f"Desconectado desde {hora(u.senal_en)}", "lejos"
    rato = hace(u.senal_en, ahora)
    return ("Sin señal" if rato == "recién" else f"Sin señal {rato}"), "sin-senal"


def franja(t: Ticket, ahora: int) -> str:
    """`18–20 h`, `mañana, 18:30–20 h`, `jue 3/12, desde las 18 h`; nothing where no time was agreed."""
    if t.franja_desde is None:
        return ""
    return ", ".join(filter(None, (otro_dia(t.franja_desde, ahora), _horas(t.franja_desde, t.franja_hasta, ahora))))


def _horas(desde: int, hasta: int | None, ahora: int) -> str:
    if hasta is None:
        return f"desde las {en_punto(desde)} h"
    if hasta - desde > DIA:
        return f"desde las {en_punto(desde)} h hasta {otro_dia(hasta, ahora) or 'hoy'}, {en_punto(hasta)} h"
    entero = desde == comienzo_del_dia(desde) and hasta - desde > DIA - 2 * MINUTO
    return "todo el día" if entero else f"{en_punto(desde)}–{en_punto(hasta)} h"


def bultos(productos: str) -> str:
    """`5 productos`, counting quantities where they are given; of JSON text.

    What nobody carries, and what is weighed, counts as one.
    """
    suma = 0
    for each in json.loads(productos):
        cantidad = each.get("cantidad") if isinstance(each, dict) else None
        suma += _cantidad_entera(cantidad) or 1
    return "1 producto" if suma == 1 else f"{suma} productos"


def _cantidad_entera(cantidad: object) -> int:
    """How many; 0 for what is no whole number, or one that nobody carries."""
    if not isinstance(cantidad, int | float) or not 0 < cantidad <= MUCHOS:
        return 0
    return int(cantidad) if cantidad == int(cantidad) else 0


def _cuantos(numero: int, uno: str) -> str:
    return f"{numero} {uno}{'' if numero == 1 else 's'}"


def _iniciales(nombre: str) -> str:
    palabras = nombre.split()
    return (palabras[0][:1] + (palabras[-1][:1] if len(palabras) > 1 else "")).upper() if palabras else ""


def _clases(una: str, otra: str) -> str:
    return f"{una} {otra}" if otra else una
