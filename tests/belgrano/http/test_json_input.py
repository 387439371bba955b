"""Nothing that arrives as JSON surprises what stands behind it."""

import contextlib
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belgrano.http.json_input import DEPTH, LIMIT, parse_bytes
from belgrano.http.problems import Problem
from tests.lag import MOST_S, cpu


def refused(body: bytes, content_type: str | None = "application/json") -> Problem:
    with pytest.raises(Problem) as caught:
        parse_bytes(body, content_type)
    return caught.value


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nothing",
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 9223372036854775808}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": 1e99999}',
        b'{"a": 0.' + b"1" * 100 + b"}",
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        b'{"a": ["x\\u0000"]}',
        b'{"a": "\xff"}',
        b'\xef\xbb\xbf{"a": 1}',
        '{"a": "ñ"}'.encode("latin-1"),
        '{"a": 1}'.encode("utf-16"),
        b'{"a": "tab\there"}',
        b"[" * 100_00 + b"]" * 100_00,
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"a": 1} x',
        b"[" * (DEPTH + 1) + b"]" * (DEPTH + 1),
        b'["\\"", ' + b"[" * DEPTH + b"]" * DEPTH + b"]",
    ],
)
def test_what_is_not_strict_json_is_a_400_in_spanish(body: bytes) -> None:
    problem = refused(body)

    assert (problem.status, problem.codigo) == (400, "json_invalido")
    assert {each["campo"] for each in problem.extra["errores"]} <= {"a"}


@pytest.mark.parametrize(
    ("value", "detail"),
    [
        (b"NaN", "NaN no es un número válido en JSON."),
        (b"9223372036854775808", "Hay un número entero demasiado grande."),
        (b"-" + b"9" * 5000, "Hay un número entero demasiado grande."),
        (b"1e99999", "Hay un número fuera de rango."),
        (b'[{"x": ["\\ud800"]}]', "Hay un carácter que no se puede guardar."),
        (b'{"\\u0000": 1}', "Hay un carácter que no se puede guardar."),
        (b'[{"x": 1, "x": 1}]', "El JSON repite una clave."),
        (b'1, "b": 2', "El JSON repite una clave."),
    ],
)
def test_what_is_json_but_not_taken_is_named_by_its_field(value: bytes, detail: str) -> None:
    problem = refused(b'{"a": 1, "b": %b, "c": "\\u00f1"}' % value)

    assert (problem.status, problem.codigo, problem.detail) == (400, "json_invalido", detail)
    assert problem.extra["errores"] == [{"campo": "b", "detalle": detail}]


def test_a_number_too_large_in_what_is_no_json_names_no_field() -> None:
    assert refused(b'{"a": 1e99999, "b"}').extra["errores"] == []


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "application/jsonp",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin-1",
    ],
)
def test_another_content_type_is_a_415(content_type: str | None) -> None:
    assert refused(b"{}", content_type).status == 415


@pytest.mark.parametrize(
    "content_type", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_by_any_of_its_names_is_taken(content_type: str) -> None:
    assert parse_bytes(b"{}", content_type) == {}


def test_a_body_over_the_limit_is_a_413() -> None:
    body = json.dumps({"a": "x" * LIMIT}).encode()

    assert refused(body).status == 413


def test_decimals_are_exact_and_integers_stay_integers() -> None:
    assert parse_bytes(b'{"a": 0.10, "b": 12, "c": 9223372036854775807, "d": 1E2}') == {
        "a": Decimal("0.10"),
        "b": 12,
        "c": 2**63 - 1,
        "d": Decimal(100),
    }


def test_as_deep_as_allowed_is_taken_and_brackets_in_text_do_not_count() -> None:
    text = "[" * 40 + '"\\"' + "{" * 40

    assert parse_bytes(b"[" * DEPTH + json.dumps(text).encode() + b"]" * DEPTH)
    assert parse_bytes(json.dumps({"a": [{"b": 1}] * 500}).encode())


@pytest.mark.parametrize(
    "body",
    [
        '"' + '\\"' * (LIMIT // 2),
        "[]" * 17 + '"' + '\\"' * (LIMIT // 2 - 20),
        "[" + "[]," * (LIMIT // 3 - 5) + "[]]",
        "[" * LIMIT,
        '{"a":' * (LIMIT // 5),
        "[" + '{"a":[[[[[[[[[[[[[' * (LIMIT // 18),
        "[" + "1e9," * (LIMIT // 4 - 2) + "1]",
        '{"a": ' + "9" * (LIMIT - 20) + "}",
        '{"a": 1.' + "9" * (LIMIT - 20) + "}",
        '{"a": "' + "\\ud800" * (LIMIT // 6 - 5) + '"}',
        "{" + '"a":1,' * (LIMIT // 6 - 5) + '"a":1}',
        "[NaN" + ",NaN" * (LIMIT // 4 - 5) + "]",
        " " * (LIMIT - 1) + "x",
        "\n" * (LIMIT - 1) + "x",
    ],
    ids=lambda body: body[:24],
)
def test_no_text_costs_more_than_reading_it_once(body: str) -> None:
    def parse() -> None:
        with contextlib.suppress(Problem):
            parse_bytes(body.encode()[:LIMIT])

    assert cpu(parse) <= MOST_S


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json;" + " " * 30_000 + "x",
        "application/json; charset=" * 1000,
        ';a="' + '\\"' * 15_000,
        "x" * 30_000,
    ],
)
def test_no_content_type_does_either(content_type: str) -> None:
    assert cpu(refused, b"{}", content_type) <= MOST_S


def test_a_pair_of_surrogates_is_one_letter() -> None:
    assert parse_bytes(b'["\\ud83d\\ude00"]') == ["😀"]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcñ", max_size=4), inner, max_size=4),
    max_leaves=12,
)


@given(json_values, st.booleans())
def test_what_is_good_comes_through_unchanged(value: Any, ascii_only: bool) -> None:
    assert parse_bytes(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_json_or_a_400(body: bytes) -> None:
    status = 200
    try:
        parse_bytes(body)
    except Problem as problem:
        status = problem.status
    assert status in {200, 400}
