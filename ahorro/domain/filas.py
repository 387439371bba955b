"""Thousands of rows as one statement takes them, made ready before the act that writes them: orders wait for that."""

import json
from collections.abc import Iterable, Sequence
from itertools import islice

AT_ONCE = 5_000  # rows of one statement: PostgreSQL is given 3 s for each, and needs 0.2 s for these
Fila = Sequence[object]
Json = Sequence[str]  # batches of rows, each an object of arrays by their number, which both databases read


def en_json(filas: Iterable[Fila]) -> Json:
    """These rows as JSON."""
    rest, batches = enumerate(filas), []
    while some := dict(islice(rest, AT_ONCE)):
        batches.append(json.dumps(some, ensure_ascii=False))
    return batches
