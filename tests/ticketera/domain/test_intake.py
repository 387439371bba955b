"""What makes two orders the same."""

import json
import random
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ticketera.cast import un_pedido
from ticketera.domain.celdas import numero_de
from ticketera.domain.encargo import CAMPOS, Encargo
from ticketera.domain.intake import encargo_de, huella, huella_de, limpio

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(max_size=5)
    | st.decimals(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(json_values)
def test_an_order_written_otherwise_is_the_same(value: Any) -> None:
    def shuffled(v: Any) -> Any:
        if isinstance(v, dict):
            items = list(v.items())
            random.Random(1).shuffle(items)
            return {k: shuffled(x) for k, x in items}
        if isinstance(v, list):
            return [shuffled(x) for x in v]
        if isinstance(v, int) and not isinstance(v, bool):
            return Decimal(f"{v}.00")
        return v

    assert huella_de(value) == huella_de(shuffled(value))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1], [True]),
        ([1], ["1"]),
        ([1], [[1]]),
        ([], {}),
        ([None], [0]),
        ({"a": 1}, [["a", 1]]),
        ([0.1], [Decimal("0.10000000000000001")]),
        ([Decimal("1e400")], [Decimal("1e401")]),
        ([""], [[]]),
    ],
)
def test_what_differs_is_told_apart(one: Any, other: Any) -> None:
    assert huella_de(one) != huella_de(other)


@pytest.mark.parametrize("number", ["1e999999", "1e-999999", "0.1" + "0" * 5000 + "1"])
def test_a_monstrous_number_is_no_work(number: str) -> None:
    assert huella_de([Decimal(number)]) != huella_de([1])


def test_zero_is_zero_however_it_is_signed() -> None:
    assert huella_de([0]) == huella_de([Decimal("-0.00")]) == huella_de([0.0])


def test_defaults_count_as_given() -> None:
    numero = "A-1"
    bare = un_pedido(numero=numero, prioridad=None, tipo_cliente=None, metodo_pago=None)
    full = un_pedido(numero=numero, prioridad="normal", tipo_cliente="cliente", metodo_pago="  ")

    assert huella(bare) == huella(full)


def test_accents_composed_or_not_are_the_same_text() -> None:
    composed, apart = "José", "Jose\u0301"

    assert limpio(f" {apart} ") == composed
    assert huella(un_pedido(numero="1", productos=[{"nombre": composed}])) == huella(
        un_pedido(numero="1", productos=[{"nombre": apart}])
    )


@given(st.text())
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert limpio(limpio(text)) == limpio(text)
    assert json.loads(json.dumps(limpio(text))) == limpio(text)


def test_each_field_of_an_order_has_its_row_in_the_table() -> None:
    assert sorted(CAMPOS) == sorted(each.name for each in fields(Encargo))


PAN = {"numero": "A-1", "cliente_nombre": " Ana ", "cliente_direccion": "Moreno 1", "total": 100}


@pytest.mark.parametrize(
    ("more", "print_", "numero"),
    [
        ({}, "4e8175fb7119c3a0", "IMP-EEBE21982004"),
        ({"prioridad": "alta", "tipo_cliente": "comerciante"}, "17bb1dd7a7f6351f", "IMP-47FE7B69832F"),
        ({"cliente_lat": -34.5, "cliente_lng": 0.0}, "69873d34b28570e0", "IMP-BE6C64B8A4BA"),
        ({"repartidor_id": 3}, "0e1c600d28d17258", "IMP-EEBE21982004"),
        ({"cliente_piso": "4", "negocio": "x"}, "4e8175fb7119c3a0", "IMP-B02E1D2E63C0"),
        ({"franja_desde": 5, "franja_hasta": 9}, "4e8175fb7119c3a0", "IMP-7C9E5912FB23"),
    ],
)
def test_what_is_stored_of_an_order_still_tells_its_repeat(more: Any, print_: str, numero: str) -> None:
    """Databases keep these: a new field must not change them."""
    productos = ["Pan", {"nombre": "Y", "cantidad": Decimal("2.0"), "negocio": "Don"}]
    encargo = encargo_de(productos=productos, **PAN, **more)

    assert huella(encargo).startswith(print_)
    assert numero_de(encargo) == numero
