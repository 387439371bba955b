"""No regular expression of the packages costs more than linear time, whatever text somebody sends.

A text that is bounded before it is looked at may be named here with its bound; everything else is tried with 16 KB.
"""

from __future__ import annotations

import ast
import importlib
import re
import sys
from pathlib import Path

import pytest

from tests.expressions import METHODS, Expression, cost, expressions, modules

FOUND = expressions()
BOUNDED = {"belgrano.database.postgres_wire.NAME": 2_048}  # SQL of our own, never somebody's text


@pytest.mark.parametrize("expression", FOUND, ids=lambda e: f"{e.where}-{e.name}")
def test_an_expression_takes_linear_time(expression: Expression) -> None:
    took, text = cost(expression, BOUNDED.get(f"{expression.where.partition(':')[0]}.{expression.name}", 16_384))
    assert not took, f"{expression.pattern.pattern!r} costs {took * 1000:.0f} ms for {text}"


def test_every_expression_that_lives_in_a_module_was_found() -> None:
    known = {e.pattern.pattern for e in FOUND}
    for name, _ in modules():
        for label, value in vars(importlib.import_module(name)).items():
            if isinstance(value, re.Pattern):
                assert value.pattern in known, f"{name}.{label}"


def test_nobody_hides_an_expression_behind_another_name() -> None:
    """`from re import …`, or an alias of the module, would pass by the walk."""
    for name, path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module in {"re", "regex"}:
                assert not {a.name for a in node.names} & (METHODS | {"compile"}), name
            if isinstance(node, ast.Import):
                assert not [a for a in node.names if a.name in {"re", "regex"} and a.asname], name


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', "finditer"),  # a string that never ends
        (r"[\w.+-]+@[\w-]+\.[\w.-]+", "sub"),
        (r"(a+)+b", "fullmatch"),
        (r"\s+$", "search"),
        (r"(\d|\d\d)*x", "match"),
    ],
)
def test_the_walk_knows_a_slow_one(pattern: str, method: str) -> None:
    assert cost(Expression("here", "", re.compile(pattern), {method}))[0]


def test_the_walk_finds_each_way_of_writing_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd_one.py").write_text(
        "import re\nLETTERS = 'ab'\nA = re.compile(rf'[{LETTERS}]+')\n"
        "def f(text):\n    A.search(text)\n    return re.sub('c', '', text), re.split(pattern='d', string=text)\n"
        "def Field(pattern): pass\nx = Field(pattern=r'^e$')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("tests.expressions.modules", lambda: iter([("odd_one", tmp_path / "odd_one.py")]))
    try:
        found = {e.pattern.pattern: e.methods for e in expressions()}
    finally:
        sys.modules.pop("odd_one", None)
    assert found == {"[ab]+": {"search"}, "c": {"sub"}, "d": {"split"}, "^e$": {"search"}}
