"""A conflicto: what a repartidor says happened in the street, about a ticket that had moved on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conflicto:
    """`accion` is entregar or fallar. Instants in ms UTC, `cobrado` in centavos; `decision` None while it is open."""

    id: int
    ticket_id: int
    numero: str
    repartidor_id: int
    repartidor_nombre: str
    accion: str
    motivo: str | None
    nota: str | None
    cobrado: int | None
    ocurrido_en: int
    creado_en: int
    decision: str | None
    medio: str | None = None
    prueba: str | None = None  # JSON text
