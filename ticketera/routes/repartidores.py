"""Repartidores and admins: who they are, and their coming and going."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints
from quart import Blueprint, Response
from quart_schema import document_request

from belgrano.accounts.passwords import hash_password
from belgrano.http.access import allow
from belgrano.http.answers import answers
from ticketera.actions.usuarios import REPARTO, cambiar_admin, cambiar_repartidor, crear_usuario
from ticketera.domain.configuracion import LIMITES
from ticketera.domain.errors import NoExiste
from ticketera.domain.usuario import Usuario
from ticketera.routes.answers import gente
from ticketera.routes.fields import (
    MOST_ID,
    Body,
    Id,
    Opcional50,
    Opcional120,
    Opcional500,
    PasswordNueva,
    Pesos,
    Texto120,
)
from ticketera.routes.house import answer, base, body, quien
from ticketera.store.usuarios import select_admins, select_repartidor, select_repartidores
from ticketera.wire.repartidor import repartidor_json
from ticketera.wire.usuario import usuario_json

routes = Blueprint("repartidores", __name__)


def correo(text: str) -> str:
    """An address that mail could reach, as far as its form says."""
    name, at, host = text.strip().rpartition("@")
    if not at or not name or "." not in host.strip(".") or any(letter.isspace() for letter in text.strip()):
        raise ValueError("tiene que ser un correo, como ana@ejemplo.com.")
    return text


Email = Annotated[str, StringConstraints(max_length=120), AfterValidator(correo)]


class Persona(Body):
    """A new person."""

    nombre: Texto120
    email: Email
    password: PasswordNueva
    telefono: Opcional50 = None


Capacidad = Annotated[int, Field(ge=1, le=LIMITES["max_tickets_por_repartidor"][1])] | None


class NuevoRepartidor(Persona):
    """A new repartidor, and how they deliver: own cap (null: the configured one), barrios by commas, whose orders."""

    vehiculo: Opcional50 = None
    capacidad: Capacidad = None
    zona: Opcional500 = None
    negocio: Opcional120 = None


class CambiosAdmin(Body):
    """What may change of an admin. null is not a value."""

    nombre: Texto120 = ""
    email: Email = ""
    telefono: Opcional50 = None
    password: PasswordNueva = ""
    activo: bool = True


class CambiosRepartidor(CambiosAdmin):
    """What may change of a repartidor; who goes may leave their open tickets to somebody.

    `fondo` is the change that was handed out, until the next rendición.
    """

    vehiculo: Opcional50 = None
    capacidad: Capacidad = None
    zona: Opcional500 = None
    negocio: Opcional120 = None
    fondo: Pesos = 0
    en_turno: bool = False
    tickets_a: Id | None = None


@routes.get("/api/repartidores")
@allow("admin")
@answers(gente.Repartidores)
async def get_repartidores() -> Response:
    """Every repartidor, active or not."""
    return answer({"repartidores": [repartidor_json(each) for each in await base().read(select_repartidores)]})


@routes.post("/api/repartidores")
@allow("admin")
@document_request(NuevoRepartidor)
@answers(gente.Repartidor, 201)
async def post_repartidor() -> Response:
    """A new repartidor."""
    return answer(repartidor_json(await crear(await body(NuevoRepartidor), "repartidor")), 201)


@routes.patch("/api/repartidores/<int:number>")
@allow("admin")
@document_request(CambiosRepartidor)
@answers(gente.Repartidor)
async def patch_repartidor(number: int) -> Response:
    """Change a repartidor; one that is deactivated loses sessions, sockets and tickets in the same commit."""
    asked = await body(CambiosRepartidor)
    cambios = await columns(asked)
    tickets_a = cambios.pop("tickets_a", None)
    return answer(repartidor_json(await base().do(cambiar_repartidor, quien(), person_id(number), cambios, tickets_a)))


@routes.get("/api/usuarios")
@allow("admin")
@answers(gente.Usuarios)
async def get_usuarios() -> Response:
    """Every admin, active or not."""
    return answer({"usuarios": [usuario_json(each) for each in await base().read(select_admins)]})


@routes.post("/api/usuarios")
@allow("admin")
@document_request(Persona)
@answers(gente.Usuario, 201)
async def post_usuario() -> Response:
    """A new admin."""
    return answer(usuario_json(await crear(await body(Persona), "admin")), 201)


@routes.patch("/api/usuarios/<int:number>")
@allow("admin")
@document_request(CambiosAdmin)
@answers(gente.Usuario)
async def patch_usuario(number: int) -> Response:
    """Change an admin; the last active one cannot be removed."""
    cambios = await columns(await body(CambiosAdmin))
    return answer(usuario_json(await base().do(cambiar_admin, person_id(number), cambios)))


async def crear(persona: Persona, rol: str) -> Usuario:
    """Make a person. Raises EmailEnUso."""
    hashed = await hash_password(persona.password)
    return await base().do(
        crear_usuario,
        nombre=persona.nombre,
        email=persona.email,
        password_hash=hashed,
        rol=rol,
        telefono=persona.telefono or "",
        reparto=reparto_de(persona.model_dump(exclude_unset=True)),
    )


def reparto_de(sent: dict[str, Any]) -> dict[str, Any]:
    """How somebody delivers, of what was sent; null empties a text."""
    return {campo: sent[campo] if campo == "capacidad" else sent[campo] or "" for campo in REPARTO if campo in sent}


async def columns(asked: CambiosAdmin) -> dict[str, Any]:
    """What was sent, a password as its hash."""
    cambios = asked.model_dump(exclude_unset=True)
    if "telefono" in cambios:
        cambios["telefono"] = cambios["telefono"] or ""
    cambios |= reparto_de(cambios)
    if "password" in cambios:
        cambios["password_hash"] = await hash_password(cambios.pop("password"))
    return cambios


def person_id(number: int) -> int:
    """A person's id out of an address. Raises NoExiste for one that nobody can have."""
    if not 0 < number <= MOST_ID:
        raise NoExiste("Esa persona no existe.")
    return number


async def find_repartidor(number: int) -> Usuario:
    """The repartidor of an address. Raises NoExiste."""
    found = await base().read(select_repartidor, person_id(number))
    if found is None:
        raise NoExiste("Ese repartidor no existe.")
    return found
