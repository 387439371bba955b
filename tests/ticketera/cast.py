"""The people of Ticketera's tests, and what they do in one line."""

import itertools
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from belgrano.database.base import Base
from ticketera.actions import acciones, configuracion, intake, mudanzas, turnos, usuarios
from ticketera.domain.acciones import Acto
from ticketera.domain.encargo import Encargo
from ticketera.domain.events import Novedad
from ticketera.domain.intake import encargo_de
from ticketera.domain.mudanza import Mudanza
from ticketera.domain.ticket import Quien, Ticket
from ticketera.domain.usuario import Usuario
from ticketera.store import tickets
from ticketera.store.respuestas import Respuesta
from ticketera.store.usuarios import select_usuario
from ticketera.wire.novedad import novedad as novedad_json

_numbers = itertools.count(1)
SECRETO = "whsec_c2VjcmV0byBkZSBwcnVlYmE="


def dicha(novedad: Novedad) -> dict[str, Any]:
    """A novedad as its listener hears it."""
    text = novedad_json(novedad.oyente, novedad.seq, novedad.tipo, novedad.epoca, novedad.cambio)
    said: dict[str, Any] = json.loads(text)
    return said


def un_pedido(**cambios: Any) -> Encargo:
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
    return encargo_de(**{**fields, **cambios})


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

    async def set_turno(self, *people: Usuario) -> None:
        """They open their turno."""
        for person in people or (self.rita, self.raul):
            await self.base.do(turnos.abrir_turno, person.id)

    async def pedido(self, **cambios: Any) -> Ticket:
        """An order comes in."""
        return (await self.base.do(intake.recibir_ticket, un_pedido(**cambios))).ticket

    async def get_ticket(self, ticket_id: int) -> Ticket:
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
        parsed = [dicha(e) for e in told]
        return [n for n in parsed if ticket_id in (None, n["ticket_id"])]

    def tipos(self, oyente: Usuario | int, ticket_id: int | None = None) -> list[str]:
        """The tipos of those."""
        return [n["tipo"] for n in self.novedades(oyente, ticket_id)]

    async def act(self, quien: Usuario | Quien, ticket: Ticket | int, accion: str, **more: Any) -> Respuesta:
        """Somebody does an act; with an accion_id of its own unless one is given."""
        who = quien.quien if isinstance(quien, Usuario) else quien
        ticket_id = ticket if isinstance(ticket, int) else ticket.id
        secreto = more.pop("secreto", SECRETO)
        if "prueba" in more:
            more["prueba"] = json.dumps(more["prueba"])
        acto = Acto(ticket_id, accion, more.pop("accion_id", f"acto-{next(_numbers)}"), **more)
        return await self.base.do(acciones.actuar, who, acto, secreto)

    async def acts(self, quien: Usuario | Quien, ticket: Ticket | int, accion: str, **more: Any) -> Ticket:
        """Somebody does an act that must succeed; the ticket as it is stored then."""
        respuesta = await self.act(quien, ticket, accion, **more)
        assert respuesta.codigo is None, respuesta
        return await self.get_ticket(ticket if isinstance(ticket, int) else ticket.id)

    async def move(
        self, *moving: Ticket, a: Usuario | None, antes_de: Ticket | None = None, **more: Any
    ) -> dict[str, Any]:
        """Ana moves tickets; the answer, with its codigo."""
        quien = more.pop("quien", self.ana).quien
        mudanza = Mudanza(
            more.pop("clave", None) or str(uuid.uuid4()),
            [(t.id, t.version) for t in moving],
            None if a is None else a.id,
            None if antes_de is None else antes_de.id,
            **more,
        )
        respuesta = await self.base.do(mudanzas.mudar, quien, mudanza)
        return {"codigo": respuesta.codigo, **json.loads(respuesta.cuerpo)}

    async def columna(self, usuario: Usuario | None) -> list[int]:
        """The ids of a column's tickets, in their order."""
        found = await self.base.read(tickets.select_columna, 0 if usuario is None else usuario.id)
        return [t.id for t in found]

    async def configura(self, **cambios: Any) -> None:
        """Ana changes settings."""
        await self.base.do(configuracion.cambiar_configuracion, cambios)
