"""The demo's people, all with one printed password."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "Belgrano-2026"  # noqa: S105 - printed by `make run`; production refuses demo data
ADMIN = ("admin@ticketera.test", "Graciela Torres", "11 5263-5000")


@dataclass(frozen=True, slots=True)
class RepartidorDemo:
    """A repartidor; those `en_turno` are given tickets at once."""

    email: str
    nombre: str
    telefono: str
    vehiculo: str
    zona: str
    en_turno: bool = True


REPARTIDORES = (
    RepartidorDemo("martin@ticketera.test", "Martín Sosa", "11 5263-5101", "Moto", "Belgrano, Núñez"),
    RepartidorDemo("lucia@ticketera.test", "Lucía Prado", "11 5263-5102", "Bicicleta", "Belgrano"),
    RepartidorDemo("diego@ticketera.test", "Diego Acuña", "11 5263-5103", "Moto", "Núñez"),
    RepartidorDemo("rocio@ticketera.test", "Rocío Medina", "11 5263-5104", "Camioneta", "Belgrano, Colegiales"),
    RepartidorDemo("nahuel@ticketera.test", "Nahuel Correa", "11 5263-5105", "Moto", "Colegiales", en_turno=False),
)
