"""Both apps against the shapes of the contract: who reads takes what a shape allows, and nothing else."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from ahorro.routes.webhooks import Reporte
from belgrano import contract
from belgrano.http.json_input import parse_bytes
from belgrano.http.problems import Problem
from belgrano.http.shapes import parse
from ticketera.domain.encargo import CAMPOS
from ticketera.routes.intake import TicketData

FOLDER = Path(contract.__file__).parent
TICKET = contract.read("cases/ticket.json")
REPORTE = {
    "type": "ticket.entregado",
    "timestamp": "2026-11-24T15:00:00.250Z",
    "data": {
        "numero": "PED-20261124-7K3M9QWX", "estado": "entregado", "epoca": "e1", "version": 4,
        "repartidor_nombre": "Rita", "en": "2026-11-24T15:00:00.000Z", "motivo": None, "cobrado": 1234.56,
        "medio": "efectivo",
    },
}  # fmt: skip
# Read where it is well-formed and not at all where it is not: such a field never costs an order.
HINTS = {name for name, campo in CAMPOS.items() if campo.hint}
UNREAD = {"timestamp"}  # the shop goes by `en`


def schema(name: str) -> Any:
    """A shape, exact: 0.01 is no float."""
    return json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"), parse_float=Decimal)


def edges(shape: dict[str, Any]) -> Iterator[Any]:
    """Values of a field on both sides of each of its limits, and of other kinds."""
    yield from (None, True, 7, -1, 1.5, "", " ", "uno", [], {})
    yield from shape.get("enum", [])
    if most := shape.get("maxLength"):
        yield from ("ñ" * most, "ñ" * (most + 1))
    for limit in (shape.get("minimum"), shape.get("maximum")):
        if limit is not None:
            yield from (limit, limit - 1, limit + 1)
    if "multipleOf" in shape:
        yield from (0.01, 0.1, 950.55, 0.001)
    if shape.get("format") == "date-time":
        yield from ("2026-11-24T18:00:00.000Z", "2026-11-24T15:00:00-03:00")
    if "items" in shape:
        cosa = {"nombre": "Pan", "cantidad": 1}
        yield from (["Pan"], [cosa], ["Pan"] * 500, ["Pan"] * 501, [" "], [7], [None])
        for more in ({"cantidad": 0}, {"cantidad": 0.5}, {"cantidad": "2"}, {"nombre": ""}, {"precio": None}):
            yield [cosa | more]
        for more in ({"precio": -1}, {"precio": 950.5, "subtotal": 0}, {"marca": "X"}):
            yield [cosa | more]
        yield from ([{"nombre": "Pan"}], [{"cantidad": 1}])


def bodies(shape: dict[str, Any], whole: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The whole body with one field at an edge, or without it, by the field's name."""
    for field, inside in shape["properties"].items():
        if inside.get("type") == "object":
            yield from ((name, whole | {field: body}) for name, body in bodies(inside, whole[field]))
            continue
        yield field, {name: value for name, value in whole.items() if name != field}
        yield from ((field, whole | {field: value}) for value in edges(inside))


def taken(model: type[BaseModel], body: dict[str, Any]) -> bool:
    try:
        parse(model, parse_bytes(json.dumps(body).encode()))
    except Problem:
        return False
    return True


def allowed(shape: dict[str, Any], body: dict[str, Any]) -> bool:
    """Whether the shape allows it; an instant has to be one."""
    said = json.loads(json.dumps(body), parse_float=Decimal)
    return Draft202012Validator(shape).is_valid(said) and all(
        value is None or "T" in str(value)
        for field, value in (said | said.get("data", {})).items()
        if field in ("franja_desde", "franja_hasta", "timestamp", "en")
    )


@pytest.mark.parametrize(
    ("name", "model", "whole"),
    [("ticket", TicketData, TICKET), ("reporte", Reporte, REPORTE)],
    ids=["ticket", "reporte"],
)
def test_who_reads_takes_what_the_shape_allows_and_nothing_else(
    name: str, model: type[BaseModel], whole: dict[str, Any]
) -> None:
    shape = schema(name)
    Draft202012Validator.check_schema(shape)
    assert allowed(shape, whole)

    sent = list(bodies(shape, whole))
    wrong = [
        (field, body.get(field, body.get("data")))
        for field, body in sent
        if taken(model, body) is not (allowed(shape, body) or field in HINTS | UNREAD)
    ]

    assert not wrong
    assert 20 < sum(allowed(shape, body) for _, body in sent) < len(sent)


def test_the_shapes_name_the_fields_and_the_codes_that_there_are() -> None:
    ticket, reporte = schema("ticket")["properties"], schema("reporte")["properties"]["data"]["properties"]

    assert set(ticket) == set(TicketData.model_fields)
    assert {name: campo.most for name, campo in CAMPOS.items() if campo.es_texto} == {
        name: ticket[name]["maxLength"] for name, campo in CAMPOS.items() if campo.es_texto
    }
    assert ticket["prioridad"]["enum"] == [*contract.PRIORIDADES, None]
    assert reporte["estado"]["enum"] == [*contract.ESTADOS]
