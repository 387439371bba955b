"""Tickets as lines of a spreadsheet that opens right here, and that `planilla` and `celdas` read back.

Semicolons, decimal comma, days and times of Buenos Aires; no cell that a spreadsheet would run as a formula.
"""

import csv
import io
import json
from collections.abc import Sequence

from belgrano.contract import ESTADOS, MOTIVOS, words
from belgrano.words.times import fecha_hora
from ticketera.domain.armado import armar
from ticketera.domain.escrito import escribir_productos
from ticketera.domain.ticket import Ticket
from ticketera.domain.titulos import titulo

_LEIDOS = (
    "numero", "cliente_nombre", "cliente_direccion", "cliente_piso", "cliente_barrio", "cliente_telefono",
    "cliente_email", "negocio", "franja_desde", "franja_hasta", "productos", "total", "metodo_pago", "indicaciones",
    "prioridad", "tipo_cliente", "cliente_lat", "cliente_lng", "repartidor", "estado",
)  # fmt: skip
_TIEMPOS = {
    "Entró": "creado_en",
    "Asignado": "asignado_en",
    "Recibido en el teléfono": "recibido_en",
    "Visto": "visto_en",
    "Salió": "en_camino_en",
    "Llegó": "llego_en",
    "Cerrado": "cerrado_en",
}
_ESTADOS, _MOTIVOS = words(ESTADOS, "oficina"), words(MOTIVOS, "oficina")
TITULOS = (*map(titulo, _LEIDOS), *_TIEMPOS, "Motivo", "Nota del cierre", "Cobrado", "Medio de cobro")


def fila(ticket: Ticket) -> list[str]:
    """The cells of a ticket in the order of TITULOS."""
    leidos = celdas_de(ticket) | {
        "repartidor": ticket.repartidor_nombre or "",
        "estado": _ESTADOS.get(ticket.estado, ticket.estado),
    }
    return [
        *(leidos[campo] for campo in _LEIDOS),
        *(fecha_hora(getattr(ticket, campo)) for campo in _TIEMPOS.values()),
        _MOTIVOS.get(ticket.motivo or "", ticket.motivo or ""),
        ticket.nota or "",
        "" if ticket.cobrado is None else pesos(ticket.cobrado),
        ticket.medio or "",
    ]


def celdas_de(ticket: Ticket) -> dict[str, str]:
    """What a ticket says of its order, as `celdas.campos_de` reads it."""
    return {
        "numero": ticket.numero,
        "cliente_nombre": ticket.cliente_nombre,
        "cliente_direccion": ticket.cliente_direccion,
        "cliente_piso": ticket.cliente_piso,
        "cliente_barrio": ticket.cliente_barrio,
        "cliente_telefono": ticket.cliente_telefono,
        "cliente_email": ticket.cliente_email,
        "negocio": ticket.negocio,
        "franja_desde": fecha_hora(ticket.franja_desde),
        "franja_hasta": fecha_hora(ticket.franja_hasta),
        "productos": escribir_productos(json.loads(ticket.productos)),
        "total": pesos(ticket.total),
        "metodo_pago": ticket.metodo_pago,
        "indicaciones": ticket.indicaciones,
        "prioridad": ticket.prioridad.name,
        "tipo_cliente": ticket.tipo_cliente,
        "cliente_lat": grados(ticket.cliente_lat),
        "cliente_lng": grados(ticket.cliente_lng),
    }


def linea(celdas: Sequence[str]) -> str:
    """One line of the file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow([armar(each) for each in celdas])
    return text.getvalue()


def pesos(centavos: int) -> str:
    """`12450,50`: a number to a spreadsheet set to this country."""
    return f"{centavos // 100},{centavos % 100:02d}"


def grados(valor: float | None) -> str:
    """`-34,6037`; a degree that is off by a millionth is a tenth of a metre off."""
    return "" if valor is None else f"{valor:.6f}".replace(".", ",")
