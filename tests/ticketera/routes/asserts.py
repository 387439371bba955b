"""What these tests ask of every refusal."""

from collections.abc import Iterable

import httpx

from tests.people import Json, body

MEMBERS = ("type", "title", "status", "detail", "codigo", "error")


def refused(answer: httpx.Response, status: int, codigo: str | None = None, campos: Iterable[str] = ()) -> Json:
    """The problem+json of an answer that must be a refusal of this kind, naming exactly these fields."""
    assert answer.status_code == status, f"{answer.status_code}: {answer.text[:300]}"
    assert answer.headers["content-type"] == "application/problem+json"
    told: Json = body(answer)
    assert not [member for member in MEMBERS if member not in told]
    assert told["status"] == status
    assert told["error"] == told["detail"]
    if codigo:
        assert told["codigo"] == codigo, told
    if campos:
        assert {each["campo"] for each in told["errores"]} == set(campos), told["errores"]
        assert len(told["errores"]) == len(set(campos))
        assert all(each["detalle"] for each in told["errores"])
    return told
