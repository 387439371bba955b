"""Accounts: repartidores and admins come, change and go. Passwords arrive here as hashes."""

from belgrano.work import Work
from ticketera.domain.errors import EmailEnUso
from ticketera.domain.intake import limpio
from ticketera.domain.ticket import Rol
from ticketera.domain.usuario import Usuario
from ticketera.store import usuarios


async def crear_usuario(
    work: Work, *, nombre: str, email: str, password_hash: str, rol: str, telefono: str = ""
) -> Usuario:
    """A new admin or repartidor. Raises EmailEnUso."""
    usuario = await usuarios.insert_usuario(
        work.con,
        nombre=limpio(nombre),
        email=correo(email),
        password_hash=password_hash,
        rol=Rol(rol),
        telefono=limpio(telefono),
        ahora=work.ahora,
    )
    if usuario is None:
        raise EmailEnUso
    return usuario


def correo(email: str) -> str:
    """An address as it is kept and compared."""
    return limpio(email).lower()
