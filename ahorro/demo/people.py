"""The demo's people: an admin, customers and a comerciante, all with one printed password.

Addresses are on real streets of Belgrano, Núñez and Colegiales; the people are invented.
"""

# ruff: noqa: E501 - a table and drawings read better in one line each

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "Belgrano-2026"  # noqa: S105 - printed by `make run`; production refuses demo data


@dataclass(frozen=True, slots=True)
class PersonaDemo:
    """Somebody with an account in the shop; those not `printed` only order in the stream."""

    email: str
    nombre: str
    rol: str = "cliente"
    telefono: str = ""
    direccion: str = ""
    printed: bool = False


PERSONAS = (
    PersonaDemo("admin@ahorro.test", "Silvia Ferreyra", "admin", "11 5263-4001", printed=True),
    PersonaDemo("clara@ahorro.test", "Clara Benítez", "cliente", "11 5555-0101", "Moldes 2145, 4.º B, Belgrano", True),
    PersonaDemo("julian@ahorro.test", "Julián Ocampo", "cliente", "11 5555-0102", "Juramento 2890, Belgrano", True),
    PersonaDemo("mirta@ahorro.test", "Mirta Sosa", "cliente", "11 5555-0103", "Jaramillo 2375, PB 2, Núñez", True),
    PersonaDemo(
        "marta@ahorro.test", "Marta Quiroga", "comerciante", "11 5555-0110", "Av. Federico Lacroze 2920, Colegiales", True
    ),
    PersonaDemo("tomas@ahorro.test", "Tomás Iriarte", "cliente", "11 5555-0104", "Amenábar 3120, 7.º C, Núñez"),
    PersonaDemo("nadia@ahorro.test", "Nadia Karam", "cliente", "11 5555-0105", "Zapiola 1830, Belgrano"),
    PersonaDemo("ezequiel@ahorro.test", "Ezequiel Roldán", "cliente", "11 5555-0106", "Vidal 2760, 2.º A, Belgrano"),
    PersonaDemo("lucia@ahorro.test", "Lucía Martinelli", "cliente", "11 5555-0107", "Cuba 3355, 9.º F, Núñez"),
    PersonaDemo("ramiro@ahorro.test", "Ramiro Peralta", "cliente", "11 5555-0108", "Conesa 955, Colegiales"),
    PersonaDemo("sofia@ahorro.test", "Sofía Aguirre", "cliente", "11 5555-0109", "Teodoro García 2480, 5.º D, Colegiales"),
    PersonaDemo("hernan@ahorro.test", "Hernán Villalba", "cliente", "11 5555-0111", "Arcos 2610, Belgrano"),
    PersonaDemo("paula@ahorro.test", "Paula Giménez", "cliente", "11 5555-0112", "Iberá 2540, 1.º 3, Núñez"),
)  # fmt: skip

NOTAS = (
    "Timbre 4B. Si no contesto, dejalo en portería.",
    "El portero eléctrico no anda: llamame al llegar.",
    "Hay perro, es bueno.",
    "",
    "Pago justo en efectivo.",
    "Casa al fondo, portón verde.",
    "",
    "Por favor, que las frutas vengan firmes.",
    "Dejalo con Rosa en el kiosco de al lado.",
    "",
)
