"""Ticketera's operator commands, for `belgrano`. Each opens its own database and may run while the app does."""

import json
import secrets
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from belgrano.accounts.passwords import LONGEST, SHORTEST, hash_password
from belgrano.legado.informe import Informe
from belgrano.operator.database import maybe_opened, opened
from belgrano.operator.reach import Reached, other_app, try_it
from ticketera.actions.limpieza import nueva_epoca
from ticketera.actions.usuarios import cambiar_password, crear_usuario
from ticketera.demo.load import load
from ticketera.demo.stream import stream as stream
from ticketera.domain.errors import DomainError
from ticketera.legado.importar import importar
from ticketera.outlets.reportes import Reportes
from ticketera.settings import Settings
from ticketera.store.olvidos import select_olvidados
from ticketera.store.usuarios import select_credencial

ROLES = ("admin", "repartidor")
EPOCA_NUEVA, LO_QUE_NO_VUELVE = nueva_epoca, select_olvidados
PUEDE_VOLVER = (
    "los clientes que la tienda pidió olvidar después de la copia volvieron con ella. Para que los pida otra vez: "
    "`belgrano outbox retry ahorro --desde` con el día de la copia."
)


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


async def set_password(settings: Settings, email: str, password: str) -> None:
    """A new password for somebody who is active; their sessions end. Raises ValueError in Spanish."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise ValueError(f"La contraseña tiene que tener entre {SHORTEST} y {LONGEST} caracteres.")
    hashed = await hash_password(password)
    async with opened(settings) as base:
        found = await base.read(select_credencial, email)
        if found is None:
            raise ValueError(f"en ticketera no hay una cuenta activa con el correo {email}.")
        await base.do(cambiar_password, found[0], hashed)


async def demo_data(settings: Settings) -> list[dict[str, str]]:
    """Make the demo's people and orders; the accounts to print."""
    async with opened(settings) as base:
        return await load(base)


async def import_legacy(settings: Settings, files: Mapping[str, Path | None], informe: Informe, *, apply: bool) -> None:
    """Bring the earlier Ticketera's people and tickets; without `apply` only tell what would come."""
    async with maybe_opened(settings, make=apply) as base:
        await importar(cast(Path, files["tickets"]), cast(Path, files["ahorro"]), base, informe, aplicar=apply)


async def checks(settings: Settings) -> AsyncIterator[Reached]:
    """What `belgrano doctor` asks beyond what both apps have: the shop, the signature it takes, and Redis."""
    for each in await other_app(settings.ahorro_url, "ahorro"):
        yield each
    if settings.webhook_secret:
        yield await try_it("Firma de los avisos", lambda: _signature(settings))
    if settings.redis_url:
        yield await _redis(settings.redis_url)


async def _signature(settings: Settings) -> Reached:
    """A signed report of a numero that no shop has: 204, and nothing changes."""
    what, now = "Firma de los avisos", datetime.now(UTC)
    data = {"numero": "VERIFICACION", "estado": "pendiente", "epoca": "verificacion", "version": 1}
    body = json.dumps(
        {"type": "ticket.pendiente", "timestamp": now.isoformat(), "data": data | {"en": now.isoformat()}}
    )
    client = Reportes(settings.ahorro_url, settings.webhook_secret)
    try:
        status = (await client.post(f"verificacion-{secrets.token_hex(8)}", body)).status_code
    finally:
        await client.close()
    if status == 401:
        said = "la tienda no la acepta (401): TICKETERA_WEBHOOK_SECRET es otro de cada lado, o los relojes difieren."
        return "mal", what, said
    if status != 204:
        return "mal", what, f"la tienda no toma el aviso de prueba ({status})."
    return "bien", what, "la tienda la acepta"


async def _redis(url: str) -> Reached:
    client = Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5)
    try:
        await client.ping()
    except (RedisError, OSError) as error:
        return "mal", "Redis", f"REDIS_URL: no contesta ({type(error).__name__})."
    finally:
        await client.aclose()
    return "bien", "Redis", "contesta"
