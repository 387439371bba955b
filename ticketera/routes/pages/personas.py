"""Repartidores in words: when they were seen, what their phone may do, and the orders of their list."""

from collections.abc import Callable
from typing import Any

from belgrano.words.ages import hace
from belgrano.words.times import DIA, HORA, fecha, hora
from ticketera.domain.usuario import Usuario
from ticketera.routes.pages.tarjeta import dicho_por_el_telefono

# The column, its sort, and what a reader of the list calls it.
ORDENES: dict[str, str] = {
    "nombre": "Repartidor",
    "estado": "Estado",
    "visto": "Visto",
    "tickets": "Tickets",
    "vehiculo": "Vehículo",
    "zona": "Zona y negocio",
}
# What a phone reports (routes/reparto.py): key, and what to say of an answer that is not `si`.
PERMISOS: dict[str, dict[str | bool, str]] = {
    "sonido": {"no": "sin sonido", "bloqueado": "sonido bloqueado"},
    "ubicacion": {
        "no": "sin permiso de ubicación",
        "bloqueado": "ubicación bloqueada",
        "no_hay": "sin ubicación en este teléfono",
    },
    "avisos": {"no": "sin permiso de avisos", "bloqueado": "avisos bloqueados", "no_hay": "avisos no disponibles"},
    "instalada": {False: "sin instalar"},
}


def en_orden(people: list[Usuario], orden: str) -> list[Usuario]:
    """The list as `orden` says, `-` before it for the other way round; by name where that says nothing."""
    keys: dict[str, Callable[[Usuario], Any]] = {
        "nombre": lambda each: each.nombre.casefold(),
        "estado": lambda each: 2 if not each.en_turno else 0 if each.en_linea else 1,
        "visto": lambda each: -max(each.senal_en, 0),
        "tickets": lambda each: -each.tickets_abiertos,
        "vehiculo": lambda each: (not each.vehiculo, each.vehiculo.casefold()),
        "zona": lambda each: (not (each.zona or each.negocio), each.zona.casefold(), each.negocio.casefold()),
    }
    by_name = sorted(people, key=keys["nombre"])
    key = keys.get(orden.removeprefix("-"))
    return by_name if key is None else sorted(by_name, key=key, reverse=orden.startswith("-"))


def visto_en_palabras(usuario: Usuario, ahora: int) -> str:
    """When the phone was last seen: `ahora`, `recién`, `hace 5 min`, `hoy 14:05`, `ayer 14:05`, a day, `nunca`."""
    if not usuario.senal_en:
        return "nunca"
    since = ahora - usuario.senal_en
    if usuario.en_linea:
        return "ahora"
    if since < HORA:
        return hace(usuario.senal_en, ahora)
    for day, word in ((fecha(ahora), "hoy"), (fecha(ahora - DIA), "ayer")):
        if fecha(usuario.senal_en) == day:
            return f"{word} {hora(usuario.senal_en)}"
    return fecha(usuario.senal_en)


def permisos_en_palabras(usuario: Usuario) -> tuple[list[str], str]:
    """What the phone lacks, and its version; nothing while it has reported nothing."""
    told = dicho_por_el_telefono(usuario)
    lacks = [
        words[told[key]]
        for key, words in PERMISOS.items()
        if isinstance(told.get(key), str | bool) and told[key] in words
    ]
    if told.get("ayuda"):
        lacks.insert(0, "necesita ayuda")
    if refused := told.get("problemas"):
        lacks.append(f"{refused} {'acción' if refused == 1 else 'acciones'} con problemas")
    return lacks, str(told.get("version") or "")[:20]
