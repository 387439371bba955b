"""A ticket of the earlier Ticketera as it is to come: both apps must find it in the same state."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from belgrano.contract import PRIORIDADES
from belgrano.legado.fila import Fila, NoViene, centavos_de, corto, decimal_de, limpio
from belgrano.legado.personas import Persona, Personas

# Its states, in all the ways in which its programs wrote them, as ours. Any other is `pendiente`, and told.
ESTADOS = {
    "pendiente": "pendiente",
    "en-camino": "en_camino",
    "en_camino": "en_camino",
    "entregado": "entregado",
    "completado": "entregado",
    "cancelado": "cancelado",
}
CERRADOS = ("entregado", "cancelado")
SIN_DETALLE = "Sin detalle de productos"
MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class TicketViejo:
    """What a row of the table `ticket` comes to. Money in centavos, instants in ms UTC.

    `estado` is one of ours; `persona` has it, or had it when it was closed. `cerrado_en` is None while it is open.
    """

    numero: str
    cliente: Mapping[str, str]  # nombre, direccion, telefono, email
    productos: tuple[object, ...]
    total: int
    estado: str
    prioridad: str
    indicaciones: str
    nota: str
    persona: Persona | None
    creado_en: int
    asignado_en: int | None
    cerrado_en: int | None


def leer_ticket(fila: Fila, personas: Personas) -> TicketViejo:
    """The ticket of a row; what was mended stands in its `avisos`. Raises NoViene."""
    numero = limpio(fila.datos.get("numero"))
    if not numero or len(numero) > 50:
        raise NoViene(f"numero: {corto(numero) or 'nada'} no puede ser el de un ticket.")
    creado_en = fila.instante("fecha_creacion")
    productos = _productos(fila)
    total = fila.centavos("total") if fila.hay("total") else _sumado(fila, productos)
    estado, persona = _estado(fila, personas)
    asignado_en = fila.instante_o_nada("fecha_asignacion")
    entregado_en = fila.instante_o_nada("fecha_entrega")
    return TicketViejo(
        numero=numero,
        cliente={
            "nombre": fila.texto("cliente_nombre", 120),
            "direccion": fila.texto("cliente_direccion", 200),
            "telefono": fila.texto("cliente_telefono", 50),
            "email": fila.texto("cliente_email", 120),
        },
        productos=productos,
        total=total,
        estado=estado,
        prioridad=_prioridad(fila),
        indicaciones=fila.texto("indicaciones", 2000, renglones=True),
        nota=fila.texto("notas_repartidor", 500, renglones=True),
        persona=persona,
        creado_en=creado_en,
        # Most rows do not say when: then it was at once.
        asignado_en=None if persona is None else asignado_en or creado_en,
        cerrado_en=(entregado_en or asignado_en or creado_en) if estado in CERRADOS else None,
    )


def _estado(fila: Fila, personas: Personas) -> tuple[str, Persona | None]:
    """Its state and who has it. What was being packed is nobody's yet; what nobody has waits for somebody."""
    said = limpio(fila.datos.get("estado")).lower()
    estado, persona = ESTADOS.get(said), personas.quien(fila)
    if estado in CERRADOS:
        return str(estado), persona
    if estado is None:
        fila.avisos.append(f"estado: {corto(said) or 'nada'} viene como pendiente, sin asignar.")
        return "pendiente", None
    if persona is not None and not persona.activo:
        fila.avisos.append(f"{persona.nombre} está dado de baja: queda sin asignar.")
        persona = None
    if persona is None:
        if estado == "en_camino":
            fila.avisos.append("estaba en camino y no tiene repartidor: queda pendiente, sin asignar.")
        return "pendiente", None
    return ("asignado" if estado == "pendiente" else estado), persona


def _prioridad(fila: Fila) -> str:
    said = limpio(fila.datos.get("prioridad")).lower() or "normal"
    if said in PRIORIDADES:
        return said
    fila.avisos.append(f"prioridad: {corto(said)} viene como normal.")
    return "normal"


def _productos(fila: Fila) -> tuple[object, ...]:
    """Its lines, as a ticket keeps them; a line that is none is left out, and told. Raises NoViene."""
    text = fila.datos.get("productos")
    if text is None or not limpio(text):
        return (SIN_DETALLE,)
    try:
        found = json.loads(limpio(text, renglones=True), parse_float=Decimal)
    except (ValueError, RecursionError):
        raise NoViene(f"productos: no se entienden ({corto(text)}).") from None
    if not isinstance(found, list):
        raise NoViene(f"productos: no son una lista ({corto(text)}).")
    lines = []
    for n, each in enumerate(found, 1):
        try:
            lines.append(_linea(each))
        except NoViene as error:
            fila.avisos.append(f"productos, renglón {n}: no viene: {error}")
    if found and not lines:
        raise NoViene("productos: ningún renglón se entiende.")
    if len(lines) > MOST_LINES:
        raise NoViene(f"productos: son {len(lines)} renglones, y entran {MOST_LINES}.")
    return tuple(lines) or (SIN_DETALLE,)


def _linea(each: Any) -> object:
    """A line of a ticket: a sentence, or a name with how many of it. Raises NoViene."""
    if isinstance(each, str) and limpio(each):
        return limpio(each)[:200]
    if not isinstance(each, dict):
        raise NoViene(f"{corto(each)} no es un producto.")
    nombre, cantidad = limpio(each.get("nombre"))[:200], decimal_de(each.get("cantidad", 1))
    if not nombre:
        raise NoViene("no dice qué es.")
    if cantidad is None or not 0 < cantidad < 1_000_000:
        raise NoViene(f"{corto(nombre)}: no se puede pedir {corto(each.get('cantidad'))}.")
    line: dict[str, object] = {"nombre": nombre, "cantidad": int(cantidad) if cantidad == int(cantidad) else cantidad}
    for campo in ("precio", "subtotal"):
        if each.get(campo) is not None:
            line[campo] = Decimal(centavos_de(each[campo], campo)).scaleb(-2)
    for campo in ("sucursal", "negocio", "categoria"):
        if isinstance(each.get(campo), str) and limpio(each[campo]):
            line[campo] = limpio(each[campo])[:120]
    return line


def _sumado(fila: Fila, productos: tuple[object, ...]) -> int:
    """What its lines come to, for a row of before there was a total. Raises NoViene."""
    subtotales = [each.get("subtotal") if isinstance(each, dict) else None for each in productos]
    if None in subtotales:
        raise NoViene("total: falta, y los renglones no lo dicen.")
    total = centavos_de(sum(each for each in subtotales if isinstance(each, Decimal)), "total")
    fila.avisos.append("total: no lo decía; es la suma de los renglones.")
    return total
