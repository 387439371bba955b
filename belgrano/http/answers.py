"""What a route answers, said at its handler: `openapi` publishes it, and tests hold real answers to it.

    @routes.get("/api/tickets/<int:number>")
    @allow("admin")
    @answers(Ticket)
    @refuses(Stale, 409)
    async def get_ticket(number): ...

A shape is a TypedDict, a dataclass, or a union of them; it costs a request nothing. Whatever else is
refused (400, 401, 404 …) is a `Refusal`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, NotRequired, TypeVar

from pydantic import WithJsonSchema
from typing_extensions import TypedDict

from belgrano.http.problems import PROBLEM_JSON

MARK = "__belgrano_answers__"
JSON = "application/json"
F = TypeVar("F", bound=Callable[..., Any])

Instant = Annotated[
    str,
    WithJsonSchema(
        {"type": "string", "format": "date-time", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$"}
    ),
]
Amount = Annotated[Decimal, WithJsonSchema({"type": "number", "description": "pesos, exact"})]


class WrongField(TypedDict):
    """One field of a body or query that does not do."""

    campo: str
    detalle: str


class Refusal(TypedDict):
    """RFC 9457, with `codigo` for programs and `errores` where fields are wrong; `error` says the same as `detail`."""

    type: str
    title: str
    status: int
    detail: str
    codigo: str
    error: str
    errores: NotRequired[list[WrongField]]


@dataclass(frozen=True)
class Answer:
    """One answer: its media types (none: it has no body), and the shape of what is JSON."""

    media: tuple[str, ...] = ()
    shape: Any = None


def answers(shape: Any, *statuses: int) -> Callable[[F], F]:
    """JSON of this shape, under each of these statuses (200 unless said)."""
    return _said(statuses or (200,), Answer((JSON,), shape))


def answers_nothing(handler: F) -> F:
    """204, done, and nothing to say."""
    return _said((204,), Answer())(handler)


def sends(*media: str) -> Callable[[F], F]:
    """What is not JSON: a picture, a stream of events, plain text."""
    return _said((200,), Answer(media))


def refuses(shape: Any, *statuses: int) -> Callable[[F], F]:
    """A problem that carries more than a `Refusal` does."""
    return _said(statuses, Answer((PROBLEM_JSON,), shape))


def answers_of(handler: Callable[..., Any]) -> Mapping[int, Answer]:
    """What a handler says that it answers, by status."""
    said: Mapping[int, Answer] = getattr(handler, MARK, {})
    return said


def _said(statuses: tuple[int, ...], answer: Answer) -> Callable[[F], F]:
    def mark(handler: F) -> F:
        setattr(handler, MARK, {**answers_of(handler), **dict.fromkeys(statuses, answer)})
        return handler

    return mark
