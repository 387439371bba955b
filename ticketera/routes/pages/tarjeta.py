"""The texts of the board as the server draws it, before any script runs: word for word those of static/js/tablero.

`tarjeta` is what templates/ticketera/_tarjeta.html draws, `columna` what _columna.html does. Money in centavos,
instants in ms UTC, times of day those of Buenos Aires.
"""

# ruff: noqa: RUF001, RUF002  (dashes of a franja are dashes)

import json
from collections.abc import Mapping, Sequence
from typing import Any

from belgrano.contract import ESTADOS, PRIORIDADES
from belgrano.words.ages import hace, rato
from belgrano.words.money import pesos_justos
from belgrano.words.times import DIA, MINUTO, comienzo_del_dia, en_punto, hora, otro_dia
from ticketera.domain.ticket import Estado, Ticket
from ticketera.domain.usuario import Usuario

PRIMERAS = 6  # of a column, what a screen shows; the script draws the others
COLUMNAS = 8  # so many columns, the others with their head only
POR_VENCER = 30 * MINUTO
LEJOS = 5 * MINUTO
MUCHOS = 1_000_000_000


def tarjetas(orden: Sequence[Ticket], ahora: int, sin_ver: int) -> list[dict[str, Any]]:
    """The first cards of a column, in its order. `sin_ver` in ms: unseen for longer is marked."""
    return [tarjeta(t, ahora, sin_ver, lugar, len(orden)) for lugar, t in enumerate(orden[:PRIMERAS], 1)]


def tarjeta(t: Ticket, ahora: int, sin_ver: int, posicion: int, total: int) -> dict[str, Any]:
    """The texts of one card."""
    dicho, prioridad = ESTADOS[t.estado], PRIORIDADES[t.prioridad.name]
    estado = "Llegó" if t.estado is Estado.EN_CAMINO and t.llego_en else dicho["oficina"]
    acuse, acuse_clase = _acuse(t, ahora, sin_ver)
    plazo = _plazo(t, ahora)
    cobro = f"Cobrar {pesos_justos(t.total)}" if t.se_cobra else "Esperando el pago"
    cuando = franja(t, ahora)
    texto = {
        "id": t.id,
        "numero": t.numero,
        "estado": estado,
        "estado_nombre": str(t.estado),
        "estado_clase": _clases("chip", dicho["tono"]),
        "prioridad": prioridad["tarjeta"],
        "prioridad_nombre": t.prioridad.name,
        "prioridad_clase": _clases("chip", prioridad["tono"]),
        "direccion": ", ".join(filter(None, (t.cliente_direccion, t.cliente_piso))),
        "barrio": f"· {t.cliente_barrio}" if t.cliente_barrio else "",
        "cliente": f"{t.cliente_nombre} · {bultos(t.productos)}",
        "franja": cuando,
        "plazo": plazo,
        "plazo_clase": _clases("plazo", "demorado" if plazo.startswith("demorado") else ""),
        "demorado": t.abierto and t.franja_hasta is not None and ahora > t.franja_hasta,
        "cobro": cobro,
        "cobro_clase": _clases("tarjeta-cobro", "" if t.se_cobra else "espera-pago"),
        "indicaciones": f"“{t.indicaciones}”" if t.indicaciones else "",
        "acuse": acuse,
        "acuse_clase": acuse_clase,
        "tarde": acuse_clase == "acuse tarde",
        "demora": _demora(t),
        "edad": hace(t.creado_en, ahora).removeprefix("hace "),
    }
    texto["nombre_accesible"] = ", ".join(
        filter(None, (
            f"Ticket {t.numero}", " ".join(filter(None, (t.cliente_direccion, t.cliente_piso))),
            dicho["oficina"].lower(), "" if t.prioridad.name == "normal" else f"prioridad {t.prioridad.name}",
            f"franja {cuando}" if cuando else "", plazo, cobro[0].lower() + cobro[1:],
            f"de {t.repartidor_nombre}" if t.repartidor_nombre else "", f"posición {posicion} de {total}",
            acuse.lstrip("✓").strip().lower(),
        ))
    )  # fmt: skip
    return texto


def columna(
    u: Usuario, orden: Sequence[Ticket], hechos: int, tope: int, ahora: int, sin_ver: int, *, con_tarjetas: bool = True
) -> dict[str, Any]:
    """The texts of a repartidor's column, with its first cards where a screen shows them."""
    dibujadas = tarjetas(orden, ahora, sin_ver) if con_tarjetas else []
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


def _plazo(t: Ticket, ahora: int) -> str:
    if t.franja_hasta is None or not t.abierto or t.franja_hasta - ahora >= POR_VENCER:
        return ""
    queda = t.franja_hasta - ahora
    return f"demorado {rato(max(-queda, MINUTO))}" if queda < 0 else f"faltan {rato(max(queda, MINUTO))}"


def _acuse(t: Ticket, ahora: int, sin_ver: int) -> tuple[str, str]:
    if t.repartidor_id is None:
        return "", "acuse"
    if t.visto_en:
        return f"✓✓ Visto {hora(t.visto_en)}", "acuse visto"
    if t.estado is Estado.ASIGNADO and t.asignado_en and ahora - t.asignado_en > sin_ver:
        return ("✓ No lo vio" if t.recibido_en else "No le llegó"), "acuse tarde"
    return ("✓ Recibido" if t.recibido_en else "Enviado"), "acuse"


def _demora(t: Ticket) -> str:
    if not t.asignado_en or not t.recibido_en:
        return ""
    return f"Llegó al teléfono en {max(0, t.recibido_en - t.asignado_en)} ms"


def bultos(productos: str) -> str:
    """`5 productos`, counting quantities where they are given; of JSON text. One that nobody carries counts as one."""
    suma: float = 0
    for each in json.loads(productos):
        cantidad = each.get("cantidad") if isinstance(each, dict) else None
        suma += (cantidad if isinstance(cantidad, int | float) and cantidad <= MUCHOS else 0) or 1
    suma = int(suma) if suma == int(suma) else suma
    return "1 producto" if suma == 1 else f"{suma} productos"


def _cuantos(numero: int, uno: str) -> str:
    return f"{numero} {uno}{'' if numero == 1 else 's'}"


def _iniciales(nombre: str) -> str:
    palabras = nombre.split()
    return (palabras[0][:1] + (palabras[-1][:1] if len(palabras) > 1 else "")).upper() if palabras else ""


def _clases(una: str, otra: str) -> str:
    return f"{una} {otra}" if otra else una
