"""Strict JSON input: nothing that arrives can surprise what stands behind it.

Only application/json, strict UTF-8, no duplicate keys, NaN, lone surrogates or NUL, integers within 64 bits,
decimals exact, depth and size bounded. Every refusal is a `Problem` in Spanish, and costs no more than reading the
text once.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from functools import cache
from itertools import chain
from typing import Any

from quart import Request
from werkzeug.http import parse_options_header

from belgrano.http.problems import Problem

LIMIT = 64 * 1024
LONGEST_TYPE = 200
DEPTH = 16

_INT64 = range(-(2**63), 2**63)


async def read_json(request: Request, limit: int = LIMIT) -> Any:
    """The request's body, read up to `limit` bytes and parsed.

    Raises Problem 413, 415 or 400.
    """
    check_type(request.content_type)
    if (request.content_length or 0) > limit:
        raise _too_big(limit)
    body = bytearray()
    async for chunk in request.body:
        body += chunk
        if len(body) > limit:
            raise _too_big(limit)
    return parse_bytes(bytes(body))


def check_type(content_type: str | None) -> None:
    """Raises Problem 415 unless the content type is application/json, in UTF-8."""
    if content_type == "application/json":
        return
    kind, options = (
        parse_options_header(content_type) if content_type and len(content_type) <= LONGEST_TYPE else ("", {})
    )
    if kind.lower() != "application/json" or options.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise Problem(415, "tipo_no_admitido", "El contenido tiene que ser application/json en UTF-8.")


def parse_bytes(body: bytes, content_type: str | None = "application/json", limit: int = LIMIT) -> Any:
    """JSON from bytes, the ASGI intake's way in.

    Raises Problem 413, 415 or 400.
    """
    check_type(content_type)
    if len(body) > limit:
        raise _too_big(limit)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise _bad("El texto no es UTF-8 válido.") from None
    may_be_deep = body.count(b"[") + body.count(b"{") > DEPTH
    try:
        data = _decode(text, may_be_deep)
    except (ValueError, RecursionError, InvalidOperation):
        raise _bad("El contenido no es JSON válido.") from None
    if b"\\u" in body and _refusal(data):
        raise _unfit(data)
    return data


class _Refused(ValueError):
    """Valid JSON that we do not take; its text is for people."""


_REPEATED = "El JSON repite una clave."
_UNSTORABLE = "Hay un carácter que no se puede guardar."


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _Refused(_REPEATED)
    return made


def _int(text: str) -> int:
    if len(text) > 20 or (value := int(text)) not in _INT64:
        raise _Refused("Hay un número entero demasiado grande.")
    return value


def _decimal(text: str) -> Decimal:
    exponent = text.lower().partition("e")[2].lstrip("+-0")
    if len(text) > 64 or len(exponent) > 3:
        raise _Refused("Hay un número fuera de rango.")
    return Decimal(text)


def _constant(text: str) -> Any:
    raise _Refused(f"{text} no es un número válido en JSON.")


def _kept(hook: Callable[[str], Any]) -> Callable[[str], Any]:
    """The hook, with its refusal in the value's place."""

    def keep(text: str) -> Any:
        try:
            return hook(text)
        except _Refused as refused:
            return refused

    return keep


def _kept_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    times = Counter(key for key, _ in pairs)
    return {key: _Refused(_REPEATED) if times[key] > 1 else value for key, value in pairs}


_STRICT = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_int, parse_float=_decimal, parse_constant=_constant)
# Slower, only to say where in a refused text the trouble is.
_LENIENT = json.JSONDecoder(
    object_pairs_hook=_kept_pairs,
    parse_int=_kept(_int),
    parse_float=_kept(_decimal),
    parse_constant=cache(_kept(_constant)),  # of three texts
)


def _decode(text: str, may_be_deep: bool) -> Any:
    try:
        data, refused = _STRICT.decode(text), False
    except _Refused:
        data, refused = _LENIENT.decode(text), True
    if may_be_deep and _is_deep(data):
        raise _bad(f"El JSON tiene más de {DEPTH} niveles.")
    if refused:
        raise _unfit(data)
    return data


def _is_deep(data: Any) -> bool:
    """Whether anything lies more than DEPTH lists or objects deep: level by level, each value looked at once."""
    level = [data]
    for _ in range(DEPTH):
        level = [inner for each in level if isinstance(each, dict | list) for inner in _inside(each)]
    return any(isinstance(each, dict | list) for each in level)


def _inside(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value


def _refusal(value: Any) -> str | None:
    """Why a value is not taken: the first reason found in it."""
    if isinstance(value, _Refused):
        return str(value)
    if isinstance(value, str):
        return _UNSTORABLE if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value) else None
    inside = chain.from_iterable(value.items()) if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next(filter(None, map(_refusal, inside)), None)


def _unfit(data: Any) -> Problem:
    """The 400 of a body with something in it that is not taken, and in which of its fields."""
    fields = data.items() if isinstance(data, dict) else ()
    found = [(campo, _refusal(value)) for campo, value in fields if not _refusal(campo)]
    return _bad(_refusal(data) or "", *({"campo": campo, "detalle": why} for campo, why in found if why))


def _bad(detail: str, *errores: dict[str, str]) -> Problem:
    return Problem(400, "json_invalido", detail, errores=list(errores))


def _too_big(limit: int) -> Problem:
    return Problem(413, "demasiado_grande", f"El contenido supera los {limit // 1024} KiB.")
