"""How SQL text for SQLite becomes SQL text for PostgreSQL."""

import pytest

from belgrano.database.postgres_wire import translate


@pytest.mark.parametrize(
    ("sql", "translated", "names"),
    [
        ("SELECT :a, :b, :a", "SELECT $1, $2, $1", ("a", "b")),
        ("SELECT :a::bigint", "SELECT $1::bigint", ("a",)),
        ("SELECT ':no', 'it''s :no', \":no\"", "SELECT ':no', 'it''s :no', \":no\"", ()),
        ("SELECT 1 -- :no\n, :yes /* :no\n:no */", "SELECT 1 -- :no\n, $1 /* :no\n:no */", ("yes",)),
        ("SELECT array[1, 2][1:2]", "SELECT array[1, 2][1:2]", ()),
        ("SELECT '%', :uno_2", "SELECT '%', $1", ("uno_2",)),
    ],
)
def test_names_become_numbers_and_nothing_else_changes(sql: str, translated: str, names: tuple[str, ...]) -> None:
    assert translate(sql) == (translated, names)
