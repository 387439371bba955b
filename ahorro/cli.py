"""The shop's operator commands, as `belgrano` calls them; what each must do stands in belgrano/README.md."""

import asyncio
import smtplib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import cast

from pydantic import BaseModel, ValidationError

from ahorro.actions.borrado import borrar_cuenta
from ahorro.actions.cuentas import cambiar_password, registrar_usuario
from ahorro.actions.limpieza import nueva_epoca
from ahorro.actions.segundo_paso import restablecer_segundo_paso
from ahorro.demo.load import load
from ahorro.demo.stream import stream
from ahorro.domain.auditoria import EL_SISTEMA
from ahorro.domain.cuenta import PERSONAL, ROLES, normalizar_correo
from ahorro.domain.errors import CorreoEnUso, PedidosAbiertos
from ahorro.legado.catalogo import leer_json
from ahorro.legado.importar import importar
from ahorro.legado.traslado import Traslado
from ahorro.routes.fields import Correo, Nombre, PasswordNueva
from ahorro.settings import Settings
from ahorro.store.borrado import select_lo_que_no_vuelve
from ahorro.store.cuentas import select_usuario_por_email
from belgrano.accounts.passwords import LONGEST, SHORTEST, hash_password
from belgrano.http.client import new_client
from belgrano.http.reasons import why
from belgrano.legado.informe import Informe
from belgrano.mail import connected
from belgrano.operator.database import maybe_opened, opened
from belgrano.operator.reach import TICKET, TIMEOUT, Grade, Reached, other_app, try_it

__all__ = [
    "EPOCA_NUEVA", "LO_QUE_NO_VUELVE", "PUEDE_VOLVER", "ROLES", "checks", "create_user", "demo_data", "erase_account",
    "import_legacy",    "reset_second_step", "set_password", "stream",
]  # fmt: skip

EPOCA_NUEVA, LO_QUE_NO_VUELVE = nueva_epoca, select_lo_que_no_vuelve
PUEDE_VOLVER = (
    "quien borró su cuenta después de la copia volvió con ella: si sabés de alguien, `belgrano erase-account --email "
    "CORREO`. Los códigos de rescate ya no sirven: quien los quiera quita el segundo paso y lo pone otra vez."
)

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


async def set_password(settings: Settings, email: str, password: str) -> None:
    """A new password for an account that is active; its sessions end. Raises ValueError in Spanish."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise ValueError(MALO["password"])
    hashed = await hash_password(password)
    async with opened(settings) as base:
        usuario = await base.read(select_usuario_por_email, normalizar_correo(email))
        if usuario is None or not usuario.activo:
            raise ValueError(f"en ahorro no hay una cuenta activa con el correo {email}.")
        await base.do(cambiar_password, usuario.id, hashed)


async def reset_second_step(settings: Settings, email: str) -> None:
    """Switch the second step of an account off, written down as the shop's own doing. Raises ValueError in Spanish."""
    async with opened(settings) as base:
        usuario = await base.read(select_usuario_por_email, normalizar_correo(email))
        if usuario is None or usuario.rol not in PERSONAL:
            raise ValueError(f"nadie que trabaje en la tienda tiene el correo {email}.")
        await base.do(restablecer_segundo_paso, EL_SISTEMA, usuario.id)


async def erase_account(settings: Settings, email: str) -> None:
    """Forget a customer who asked for it and cannot come in. Raises ValueError in Spanish."""
    async with opened(settings) as base:
        usuario = await base.read(select_usuario_por_email, normalizar_correo(email))
        if usuario is None or usuario.rol in PERSONAL:
            raise ValueError(f"ningún cliente tiene el correo {email}.")
        try:
            await base.do(borrar_cuenta, usuario.id)
        except PedidosAbiertos:
            raise ValueError(f"{email} tiene pedidos sin entregar; se borra cuando lleguen o se cancelen.") from None


async def demo_data(settings: Settings) -> list[dict[str, str]]:
    """Make the demo's catalogue, people and pedidos; the accounts to print."""
    async with opened(settings) as base:
        return await load(base)


async def import_legacy(settings: Settings, files: Mapping[str, Path | None], informe: Informe, *, apply: bool) -> None:
    """Bring the earlier shop's catalogue, people and pedidos; without `apply` only tell what would come."""
    ahorro, tickets, productos = (cast(Path, files[each]) for each in ("ahorro", "tickets", "productos"))
    catalogo = leer_json(productos)
    async with maybe_opened(settings, make=apply) as base:
        await importar(Traslado(base, informe, apply), ahorro, tickets, catalogo, files["imagenes"])


async def checks(settings: Settings) -> AsyncIterator[Reached]:
    """What `belgrano doctor` asks beyond what both apps have: Ticketera, its key, and the mail."""
    for each in await other_app(settings.ticketera_url, "ticketera"):
        yield each
    yield await try_it("Clave de la API", lambda: _key(settings))
    yield await asyncio.to_thread(_mail, settings)


async def _key(settings: Settings) -> Reached:
    """A ticket that is only looked at, with the shop's key."""
    what, headers = "Clave de la API", {"X-API-Key": settings.api_key} if settings.api_key else {}
    async with new_client(settings.ticketera_url, timeout=TIMEOUT, at_once=1) as client:
        answer = await client.post("/api/tickets", params={"validar": "1"}, json=TICKET, headers=headers)
    if answer.status_code in {401, 403}:
        return "mal", what, f"Ticketera no la acepta ({answer.status_code}): TICKETERA_API_KEY es otra de cada lado."
    if answer.status_code != 200:
        return "mal", what, f"Ticketera no toma el pedido de prueba ({answer.status_code})."
    return "bien", what, "Ticketera la acepta; el pedido de prueba no se guardó"


def _mail(settings: Settings) -> Reached:
    """Whether the mail server takes us; nothing is sent."""
    what = "Correo"
    if not settings.smtp_url:
        grade: Grade = "atención" if settings.production else "bien"
        where = "no sale ninguno: falta AHORRO_SMTP_URL." if settings.production else f"queda en {settings.mailbox}/"
        return grade, what, where
    if settings.mail_from.endswith("localhost>") and settings.production:
        return "atención", what, "AHORRO_MAIL_FROM no está dicha: sale de no-responder@localhost y nadie lo acepta."
    try:
        with connected(settings.smtp_url) as server:
            server.noop()
    except smtplib.SMTPAuthenticationError:
        return "mal", what, "AHORRO_SMTP_URL: el servidor no acepta ese usuario y contraseña."
    except (OSError, smtplib.SMTPException) as error:
        return "mal", what, f"AHORRO_SMTP_URL: no se puede usar: {why(error)}."
    return "bien", what, "el servidor nos acepta"
