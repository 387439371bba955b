"""What every route needs, of either app: the house that app.py built, the body, the query, the form, the answer.

Routes take these from their app's own `routes/house.py`, which adds the person who asks.
"""

from dataclasses import dataclass
from typing import Protocol, TypeVar

import msgspec
from pydantic import BaseModel
from quart import Response, current_app, request

from belgrano.database.base import Base
from belgrano.database.incidents import Incident
from belgrano.http.cookies import Sessions
from belgrano.http.json_input import read_json
from belgrano.http.limits import Limits
from belgrano.http.shapes import invalid, parse
from belgrano.http.unsent import Keeper
from belgrano.settings import Settings

HOUSE = "house"  # its name among the app's extensions
Shape = TypeVar("Shape", bound=BaseModel)
_encoder = msgspec.json.Encoder(decimal_format="number")


class Watch(Protocol):
    """What is wrong with this app just now, as it sees it itself; `looked_at` in ms UTC, 0 before the first look."""

    open: tuple[Incident, ...]
    looked_at: int


@dataclass(frozen=True, kw_only=True)
class House:
    """What app.py built and routes use; each app adds what is its own."""

    settings: Settings
    base: Base
    sessions: Sessions
    limits: Limits
    keeper: Keeper
    watch: Watch


def base() -> Base:
    """The database of the app that handles this request."""
    house: House = current_app.extensions[HOUSE]
    return house.base


async def body(shape: type[Shape]) -> Shape:
    """The request's JSON body in this shape. Raises Problem 400, 413 or 415."""
    return parse(shape, await read_json(request))


def query(shape: type[Shape]) -> Shape:
    """The query string in this shape; what is empty counts as left out. Raises Problem 400."""
    given = {name: value for name, value in request.args.items() if value != ""}
    if unstorable := [name for name, value in given.items() if "\0" in value and name in shape.model_fields]:
        raise invalid([{"campo": name, "detalle": "tiene un carácter que no sirve."} for name in unstorable])
    return parse(shape, given)


async def form(*names: str) -> dict[str, str]:
    """The fields of the form that was sent, or these alone, an absent one empty.

    NUL, which PostgreSQL stores nowhere, is left out.
    """
    sent = {name: value.replace("\0", "") for name, value in (await request.form).items() if isinstance(value, str)}
    return {name: sent.get(name, "") for name in names} if names else sent


def answer(data: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer in JSON: text as it is, or data to encode; decimals as exact numbers."""
    text = data if isinstance(data, str) else _encoder.encode(data)
    return Response(text, status, headers, content_type="application/json")
