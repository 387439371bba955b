"""The contract as data: what both apps, the scripts in the browser and the tests read, so that each is said once.

Words and tables only, no rule. README.md beside this file says what each file and each column is for.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Table = Mapping[str, Mapping[str, Any]]  # {code: {column: what stands there}}, in the order in which they are offered


def read(name: str) -> Any:
    """What a file of this folder holds: `acciones.json`."""
    return json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


def words(table: Table, column: str) -> dict[str, str]:
    """{code: words} of one column, without the codes that say nothing there."""
    return {code: row[column] for code, row in table.items() if column in row}


ESTADOS: Table = read("words/estados.json")
MOTIVOS: Table = read("words/motivos.json")
PAGOS: Table = read("words/pagos.json")
PRIORIDADES: Table = read("words/prioridades.json")
PRUEBAS: Table = read("words/pruebas.json")
CODIGOS: Table = read("words/codigos.json")
RECEPTORES: Table = read("words/receptores.json")
ACCIONES: Table = read("acciones.json")
