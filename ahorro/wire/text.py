"""JSON as it leaves: its text, money in pesos, instants in ISO 8601."""

import json
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


def encode(value: object) -> str:
    """JSON text, without blanks that nobody reads."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pesos(centavos: int) -> int | float:
    """The number of pesos as JSON carries it; exact, as a double holds these sizes with two decimals."""
    return centavos // 100 if centavos % 100 == 0 else centavos / 100


def iso(ms: int) -> str:
    """An instant (ms UTC) as UTC, ISO 8601 with milliseconds."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_o_nada(ms: int | None) -> str | None:
    """An instant as above; None stays None."""
    return None if ms is None else iso(ms)
