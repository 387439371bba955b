"""What does not fit a shape is named, field by field, in words."""

from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, StringConstraints, field_validator

from belgrano.http.problems import Problem
from belgrano.http.shapes import parse


class Order(BaseModel):
    """A shape with one of everything."""

    numero: Annotated[str, StringConstraints(min_length=1, max_length=5)]
    cantidad: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    prioridad: Literal["baja", "alta"] = "baja"
    productos: Annotated[list[Annotated[str, StringConstraints(max_length=3)]], Field(max_length=4)] = []

    @field_validator("numero")
    @classmethod
    def no_blanks(cls, value: str) -> str:
        if value.isspace():
            raise ValueError("no puede estar en blanco.")
        return value


def wrong(data: Any) -> dict[str, str]:
    with pytest.raises(Problem) as caught:
        parse(Order, data)
    assert caught.value.status == 400
    errores = caught.value.extra["errores"]
    assert len({each["campo"] for each in errores}) == len(errores)
    return {each["campo"]: each["detalle"] for each in errores}


@pytest.mark.parametrize("cantidad", [True, "3", Decimal("1.0"), 0])
def test_a_quantity_that_is_none_is_named(cantidad: Any) -> None:
    assert list(wrong({"numero": "A", "cantidad": cantidad})) == ["cantidad"]


def test_every_wrong_field_is_named_once_in_spanish() -> None:
    errores = wrong({"cantidad": 0, "prioridad": "nunca", "productos": ["a", "long", 5]})

    assert errores == {
        "numero": "es obligatorio.",
        "cantidad": "tiene que ser 1 o más.",
        "prioridad": "tiene que ser uno de: 'baja' o 'alta'.",
        "productos": "el elemento 2 puede tener hasta 3 caracteres.",
    }


@pytest.mark.parametrize(
    ("data", "errores"),
    [
        ({"numero": ""}, {"numero": "no puede quedar en blanco."}),
        ({"numero": "A", "cantidad": 1_000_001}, {"cantidad": "tiene que ser 1.000.000 o menos."}),
        ({"numero": "A", "productos": ["a"] * 5}, {"productos": "puede tener hasta 4 elementos."}),
    ],
)
def test_a_bound_is_said_in_a_whole_sentence(data: Any, errores: dict[str, str]) -> None:
    assert wrong(data) == errores


def test_a_validators_own_words_are_kept() -> None:
    assert wrong({"numero": " "}) == {"numero": "no puede estar en blanco."}


@pytest.mark.parametrize("data", [[], "text", 3, None])
def test_what_is_no_object_is_a_400(data: Any) -> None:
    with pytest.raises(Problem) as caught:
        parse(Order, data)

    assert caught.value.status == 400
