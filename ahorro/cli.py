"""The shop's operator commands, as `belgrano` calls them; what each must do stands in belgrano/README.md."""

from pydantic import BaseModel, ValidationError

from ahorro.actions.cuentas import registrar_usuario
from ahorro.actions.limpieza import nueva_epoca
from ahorro.actions.segundo_paso import restablecer_segundo_paso
from ahorro.demo.load import load
from ahorro.demo.stream import stream
from ahorro.domain.auditoria import EL_SISTEMA
from ahorro.domain.cuenta import PERSONAL, ROLES, normalizar_correo
from ahorro.domain.errors import CorreoEnUso
from ahorro.routes.fields import Correo, Nombre, PasswordNueva
from ahorro.settings import Settings
from ahorro.store.cuentas import select_usuario_por_email
from belgrano.accounts.passwords import LONGEST, SHORTEST, hash_password
from belgrano.operator.database import opened

__all__ = ["EPOCA_NUEVA", "ROLES", "create_user", "demo_data", "reset_second_step", "stream"]

EPOCA_NUEVA = nueva_epoca

MALO = {
    "nombre": "el nombre tiene que tener entre 1 y 120 caracteres.",
    "email": "el correo no parece una dirección.",
    "password": f"la contraseña tiene que tener entre {SHORTEST} y {LONGEST} caracteres.",
}


class _Alta(BaseModel):
    nombre: Nombre
    email: Correo
    password: PasswordNueva


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


async def reset_second_step(settings: Settings, email: str) -> None:
    """Switch the second step of an account off, written down as the shop's own doing. Raises ValueError in Spanish."""
    async with opened(settings) as base:
        usuario = await base.read(select_usuario_por_email, normalizar_correo(email))
        if usuario is None or usuario.rol not in PERSONAL:
            raise ValueError(f"nadie que trabaje en la tienda tiene el correo {email}.")
        await base.do(restablecer_segundo_paso, EL_SISTEMA, usuario.id)


async def demo_data(settings: Settings) -> list[dict[str, str]]:
    """Make the demo's catalogue, people and pedidos; the accounts to print."""
    async with opened(settings) as base:
        return await load(base)
