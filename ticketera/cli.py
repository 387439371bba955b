"""Ticketera's operator commands, for `belgrano`. Each opens its own database and may run while the app does."""

from typing import Any

from belgrano.accounts.passwords import LONGEST, SHORTEST, hash_password
from belgrano.database.base import Base
from belgrano.outbox.outgoing import retry_outgoing, select_outgoing
from ticketera.actions import limpieza
from ticketera.actions.usuarios import crear_usuario
from ticketera.demo.load import load
from ticketera.demo.stream import stream as stream
from ticketera.domain.errors import DomainError
from ticketera.settings import MIGRATIONS, Settings

ROLES = ("admin", "repartidor")
EPOCA_NUEVA = limpieza.nueva_epoca


def opened(settings: Settings) -> Base:
    """The database; `async with` opens it for one command, and the app may be running."""
    return Base(settings.database, app="ticketera", migrations=MIGRATIONS, tell=lambda events: None)


async def init_db(settings: Settings) -> None:
    """Make and migrate the database."""
    async with opened(settings):
        pass


async def create_user(settings: Settings, email: str, name: str, role: str, password: str) -> int:
    """A new admin or repartidor; the id. Raises ValueError with a sentence for the operator."""
    if role not in ROLES:
        raise ValueError(f"El rol de Ticketera es {' o '.join(ROLES)}.")
    if not SHORTEST <= len(password) <= LONGEST:
        raise ValueError(f"La contraseña tiene que tener entre {SHORTEST} y {LONGEST} caracteres.")
    if "@" not in email.strip()[1:-1] or len(email) > 120:
        raise ValueError("El correo no es válido.")
    if not name.strip() or len(name) > 120:
        raise ValueError("El nombre tiene que tener entre 1 y 120 caracteres.")
    hashed = await hash_password(password)
    async with opened(settings) as base:
        try:
            user = await base.do(crear_usuario, nombre=name, email=email, password_hash=hashed, rol=role)
        except DomainError as error:
            raise ValueError(error.detalle) from None
    return user.id


async def demo_data(settings: Settings) -> list[dict[str, str]]:
    """Make the demo's people and orders; the accounts to print."""
    async with opened(settings) as base:
        return await load(base)


async def nueva_epoca(settings: Settings) -> None:
    """Another epoca after a restore: listeners start anew, used ids are skipped, all sessions end."""
    async with opened(settings) as base:
        await base.do(limpieza.nueva_epoca)


async def outbox_list(settings: Settings) -> list[dict[str, Any]]:
    """The reports that were set aside, then those that wait."""
    async with opened(settings) as base:
        rows = [*await base.read(select_outgoing), *await base.read(select_outgoing, state="pendiente")]
    return [dict(row) for row in rows]


async def outbox_retry(settings: Settings, desde: int | None) -> int:
    """Send again what was set aside, and with `desde` (ms UTC) all since then; how many."""
    async with opened(settings) as base:
        return await base.do(retry_outgoing, desde)
