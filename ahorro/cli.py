"""The shop's operator commands, as `belgrano` calls them; what each must do stands in belgrano/README.md."""

from typing import Any

from pydantic import BaseModel, ValidationError

from ahorro.actions.cuentas import registrar_usuario
from ahorro.actions.outbox import reintentar
from ahorro.actions.restauracion import nueva_vida
from ahorro.demo.load import load
from ahorro.demo.stream import stream
from ahorro.domain.cuenta import ROLES
from ahorro.domain.errors import CorreoEnUso
from ahorro.routes.fields import Correo, Nombre, PasswordNueva
from ahorro.settings import MIGRATIONS, Settings
from belgrano.accounts.passwords import LONGEST, SHORTEST, hash_password
from belgrano.database.base import Base
from belgrano.outbox.outgoing import select_outgoing

__all__ = [
    "EPOCA_NUEVA",
    "ROLES",
    "create_user",
    "demo_data",
    "init_db",
    "nueva_epoca",
    "outbox_list",
    "outbox_retry",
    "stream",
]

EPOCA_NUEVA = nueva_vida

MALO = {
    "nombre": "el nombre tiene que tener entre 1 y 120 caracteres.",
    "email": "el correo no parece una dirección.",
    "password": f"la contraseña tiene que tener entre {SHORTEST} y {LONGEST} caracteres.",
}


class _Alta(BaseModel):
    nombre: Nombre
    email: Correo
    password: PasswordNueva


def opened(settings: Settings) -> Base:
    """The shop's database; `async with` opens it for one command, and the app may be running."""
    return Base(settings.database, app="ahorro", migrations=MIGRATIONS, tell=lambda events: None)


async def init_db(settings: Settings) -> None:
    """Make and migrate the database."""
    async with opened(settings):
        pass


async def create_user(settings: Settings, email: str, name: str, role: str, password: str) -> int:
    """A new account; its id. Raises ValueError in Spanish."""
    if role not in ROLES:
        raise ValueError(f"en ahorro los roles son: {', '.join(ROLES)}.")
    try:
        alta = _Alta(nombre=name, email=email, password=password)
    except ValidationError as error:
        raise ValueError(MALO[str(error.errors()[0]["loc"][0])]) from None
    hashed = await hash_password(alta.password)
    async with opened(settings) as base:
        try:
            return await base.do(
                registrar_usuario, nombre=alta.nombre, email=alta.email, password_hash=hashed, rol=role
            )
        except CorreoEnUso:
            raise ValueError(f"ya hay una cuenta con el correo {alta.email}.") from None


async def demo_data(settings: Settings) -> list[dict[str, str]]:
    """Make the demo's catalogue, people and pedidos; the accounts to print."""
    async with opened(settings) as base:
        return await load(base)


async def nueva_epoca(settings: Settings) -> None:
    """After a restore: end all sessions and skip ids that the lost rows may have had."""
    async with opened(settings) as base:
        await base.do(nueva_vida)


async def outbox_list(settings: Settings) -> list[dict[str, Any]]:
    """What waits and what was set aside."""
    async with opened(settings) as base:
        apartados = await base.read(select_outgoing, state="apartado")
        pendientes = await base.read(select_outgoing, state="pendiente")
    return [dict(row) for row in (*apartados, *pendientes)]


async def outbox_retry(settings: Settings, desde: int | None) -> int:
    """Queue again what was set aside, with `desde` (ms UTC) everything since then; how many."""
    async with opened(settings) as base:
        return await base.do(reintentar, desde=desde)
