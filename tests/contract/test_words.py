"""The tables of words: each row is whole, and the codes that the code names are those of the table."""

from pathlib import Path

import pytest

from belgrano import contract
from tests.servers import ROOT
from ticketera.domain.caja import EFECTIVO
from ticketera.domain.configuracion import Configuracion
from ticketera.domain.encargo import Prioridad
from ticketera.domain.ticket import Estado

TABLES = sorted(path.name for path in (Path(contract.__file__).parent / "words").iterdir())


@pytest.mark.parametrize("name", TABLES)
def test_every_code_says_something_in_every_column(name: str) -> None:
    """But for the motivo that is not explained to a customer."""
    table: contract.Table = contract.read(f"words/{name}")
    columns = {column for row in table.values() for column in row}

    missing = [(code, column) for code, row in table.items() for column in columns if column not in row]

    assert missing == ([("otro", "cliente")] if name == "motivos.json" else [])


def test_a_motivo_is_said_in_the_table_alone() -> None:
    """So that a new one is one row: nothing that is shipped lists the codes or repeats what they say."""
    shipped = [
        path
        for part in ("belgrano", "ahorro", "ticketera", "static/js", "templates")
        for path in (ROOT / part).rglob("*")
        if path.suffix in {".py", ".js", ".html"} and "demo" not in path.parts
    ]
    said = {words for row in contract.MOTIVOS.values() for words in row.values()}

    wrong = [
        (str(path.relative_to(ROOT)), each)
        for path in shipped
        for text in [path.read_text(encoding="utf-8")]
        for each in (*(f'"{code}"' for code in contract.MOTIVOS if code != "otro"), *said)
        if each in text
    ]

    assert len(shipped) > 400
    assert not wrong


def test_the_codes_that_rules_name_are_those_of_the_tables() -> None:
    assert [*contract.ESTADOS] == [*Estado]
    assert [*contract.PRIORIDADES] == [each.name for each in sorted(Prioridad)]
    assert [f"prueba_{each}" for each in contract.PRUEBAS] == [
        name for name in Configuracion.__slots__ if name.removeprefix("prueba_") in contract.PRUEBAS
    ]
    assert next(iter(contract.PAGOS)) == EFECTIVO
    assert "otro" in contract.MOTIVOS
