"""The people of Ticketera's tests, and what they do in one line."""

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from belgrano.base import Base
from ticketera.actions import intake, turnos, usuarios
from ticketera.domain.events import Novedad
from ticketera.domain.intake import TicketNuevo, ticket_nuevo
from ticketera.domain.ticket import Ticket
from ticketera.domain.usuario import Usuario
from ticketera.store import tickets
from ticketera.store.usuarios import select_usuario

_numbers = itertools.count(1)


def un_pedido(**cambios: Any) -> TicketNuevo:
    """An order; each has a numero of its own unless one is given."""
    fields = {
        "numero": f"PED-20260101-{next(_numbers):08d}",
        "cliente_nombre": "Clara Gómez",
        "cliente_direccion": "Av. Belgrano 1234, piso 3",
        "cliente_telefono": "11 5555-1234",
        "cliente_email": "clara@example.com",
        "productos": [{"nombre": "Arroz 1kg", "cantidad": 2, "precio": 950}],
        "total": 190000,
        "metodo_pago": "efectivo",
        "indicaciones": "Timbre 2B",
    }
    return ticket_nuevo(**{**fields, **cambios})


@dataclass
class Cast:
    """Ana administers; Rita and Raúl deliver."""

    base: Base
    ana: Usuario
    rita: Usuario
    raul: Usuario
    more: list[Usuario] = field(default_factory=list)

    @classmethod
    async def of(cls, base: Base) -> "Cast":
        people = []
        for nombre, rol in (("Ana", "admin"), ("Rita", "repartidor"), ("Raúl", "repartidor")):
            people.append(
                await base.do(
                    usuarios.crear_usuario,
                    nombre=nombre,
                    email=f"{nombre}@example.com",
                    password_hash="x",
                    rol=rol,
                )
            )
        return cls(base, *people)

    async def otro(self, nombre: str = "Otro", rol: str = "repartidor") -> Usuario:
        """One more person."""
        email = f"{nombre}{next(_numbers)}@example.com"
        return await self.base.do(usuarios.crear_usuario, nombre=nombre, email=email, password_hash="x", rol=rol)

    async def turno(self, *people: Usuario) -> None:
        """They open their turno."""
        for person in people or (self.rita, self.raul):
            await self.base.do(turnos.abrir_turno, person.id)

    async def pedido(self, **cambios: Any) -> Ticket:
        """An order comes in."""
        return (await self.base.do(intake.recibir_ticket, un_pedido(**cambios))).ticket

    async def ticket(self, ticket_id: int) -> Ticket:
        """A ticket as it is stored."""
        found = await self.base.read(tickets.select_ticket, ticket_id)
        assert found is not None
        return found

    async def persona(self, usuario: Usuario) -> Usuario:
        """A person as they are stored."""
        found = await self.base.read(select_usuario, usuario.id)
        assert found is not None
        return found

    def novedades(self, oyente: Usuario | int, ticket_id: int | None = None) -> list[dict[str, Any]]:
        """What was told to a listener (0: the tablero), maybe of one ticket only."""
        listener = oyente if isinstance(oyente, int) else oyente.id
        told = [e for e in self.base.told if isinstance(e, Novedad) and e.oyente == listener]  # type: ignore[attr-defined]
        parsed = [json.loads(e.cuerpo) for e in told]
        return [n for n in parsed if ticket_id in (None, n["ticket_id"])]

    def tipos(self, oyente: Usuario | int, ticket_id: int | None = None) -> list[str]:
        """The tipos of those."""
        return [n["tipo"] for n in self.novedades(oyente, ticket_id)]
