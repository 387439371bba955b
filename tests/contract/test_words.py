"""The tables of words: each row is whole, and the codes that the code names are those of the table."""

from pathlib import Path

import pytest

from belgrano import contract
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


def test_the_codes_that_rules_name_are_those_of_the_tables() -> None:
    assert [*contract.ESTADOS] == [*Estado]
    assert [*contract.PRIORIDADES] == [each.name for each in sorted(Prioridad)]
    assert [f"prueba_{each}" for each in contract.PRUEBAS] == [
        name for name in Configuracion.__slots__ if name.removeprefix("prueba_") in contract.PRUEBAS
    ]
    assert next(iter(contract.PAGOS)) == EFECTIVO
    assert "otro" in contract.MOTIVOS
