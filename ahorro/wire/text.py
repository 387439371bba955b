"""JSON as it leaves: its text, and money in pesos."""

import json
from typing import Any

Json = dict[str, Any]


def encode(value: object) -> str:
    """JSON text, without blanks that nobody reads."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def kilos(gramos: int) -> int | float:
    """A weight in kilos as JSON carries it."""
    return gramos // 1000 if gramos % 1000 == 0 else gramos / 1000


def pesos(centavos: int) -> int | float:
    """The number of pesos as JSON carries it; exact, as a double holds these sizes with two decimals."""
    return centavos // 100 if centavos % 100 == 0 else centavos / 100
