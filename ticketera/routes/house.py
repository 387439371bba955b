"""What every route needs: the house that app.py built, the person who asks, the body, the answer."""

from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel
from quart import Response, current_app, request

from belgrano.access import caller
from belgrano.base import Base
from belgrano.json_input import parse, read_json
from belgrano.sessions import Sessions
from ticketera.domain.ticket import TIENDA, Quien
from ticketera.domain.usuario import Usuario
from ticketera.keys import ApiKeys
from ticketera.settings import Settings
from ticketera.store.wire import encode

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True)
class House:
    """What app.py built and routes use."""

    settings: Settings
    base: Base
    sessions: Sessions
    keys: ApiKeys


def house() -> House:
    """The house of the app that handles this request."""
    built: House = current_app.extensions["ticketera"]
    return built


def base() -> Base:
    """The database of the app that handles this request."""
    return house().base


def me() -> Usuario:
    """The person who asks; the access check has let them in."""
    user: Usuario = caller()
    return user


def quien() -> Quien:
    """Whoever asks: a person, or the shop with its key."""
    user: Usuario | None = caller()
    return TIENDA if user is None else user.quien


async def body(shape: type[Shape]) -> Shape:
    """The request's JSON body in this shape. Raises Problem 400, 413 or 415."""
    return parse(shape, await read_json(request))


def query(shape: type[Shape]) -> Shape:
    """The query string in this shape; what is empty counts as left out. Raises Problem 400."""
    return parse(shape, {name: value for name, value in request.args.items() if value != ""})


def answer(data: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer in JSON: text as it is, or data to encode."""
    text = data if isinstance(data, str) else encode(data)
    return Response(text, status, headers, content_type="application/json")
