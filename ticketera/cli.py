"""Ticketera's operator commands, for `belgrano`. Each opens its own database and may run while the app does."""

from belgrano.accounts.passwords import LONGEST, SHORTEST, hash_password
from belgrano.operator.database import opened
from ticketera.actions.limpieza import nueva_epoca
from ticketera.actions.usuarios import crear_usuario
from ticketera.demo.load import load
from ticketera.demo.stream import stream as stream
from ticketera.domain.errors import DomainError
from ticketera.settings import Settings

ROLES = ("admin", "repartidor")
EPOCA_NUEVA = nueva_epoca


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
