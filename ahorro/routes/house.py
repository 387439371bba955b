"""What every route needs: the house that app.py built, the person who asks, the body, the answer."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from quart import current_app, request

from ahorro.domain.configuracion import Configuracion
from ahorro.domain.correo import Mensaje
from ahorro.domain.cuenta import Usuario
from ahorro.settings import Settings
from ahorro.store.configuracion import select_configuracion
from belgrano.accounts.sessions import Session
from belgrano.http import house as ground
from belgrano.http.access import caller
from belgrano.http.house import HOUSE, Shape, answer, base, body, form
from belgrano.http.peer import is_at_this_machine
from belgrano.http.problems import Problem

__all__ = [
    "House", "Shape", "answer", "base", "body", "configuracion", "form", "house", "me", "my_session", "shows_mailbox",
    "visitor",
]  # fmt: skip


class Vivo(Protocol):
    """Where an open page waits for news of its customer's pedidos."""

    def listen(self, usuario_id: int, token_hash: str) -> AsyncIterator[None]:
        """One turn at once and one for each piece of news; ends with the session, and after a while by itself."""
        ...


class Correo(Protocol):
    """The mail outlet, as far as a route asks it."""

    @property
    def puede_mandar(self) -> bool:
        """Whether there is a way for mail to leave."""
        ...


class Cola(Protocol):
    """The relay, as far as a route asks it: `yendo`, `esperando` or `detenida`, and why."""

    @property
    def state(self) -> str:
        """How it goes."""
        ...

    @property
    def reason(self) -> str:
        """Why it does not."""
        ...


@dataclass(frozen=True, kw_only=True)
class House(ground.House):
    """What app.py built and routes use; `buzon()` reads the development mailbox, which production has none of."""

    settings: Settings
    vivo: Vivo
    correo: Correo
    cola: Cola
    buzon: Callable[[], Sequence[Mensaje]]


def house() -> House:
    """The house of the app that handles this request."""
    built: House = current_app.extensions[HOUSE]
    return built


async def configuracion() -> Configuracion:
    """What the owner has decided about the shop, as it is now."""
    return await base().read(select_configuracion, house().settings.de_fabrica)


def shows_mailbox() -> bool:
    """Whether the mails of development may be read by whoever asks: what they carry opens accounts."""
    return not house().settings.production and is_at_this_machine(request.scope)  # type: ignore[arg-type]


async def visitor() -> Usuario | None:
    """Who asks, when they are logged in."""
    session = await house().sessions.current()
    user: Usuario | None = session.user if session is not None else None
    return user


def me() -> Usuario:
    """The person who asks; the access check has let them in."""
    user: Usuario = caller()
    return user


async def my_session() -> Session:
    """The session of whoever is logged in. The access check has let them in; raises 401 if they left meanwhile."""
    session = await house().sessions.current()
    if session is None:
        raise Problem(401, "sin_sesion", "Entrá con tu cuenta para seguir.")
    return session
