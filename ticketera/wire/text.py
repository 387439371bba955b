"""JSON as it leaves: its text, money as exact pesos, texts that are already JSON inside a larger value."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(decimal_format="number")
Json = dict[str, Any]


def encode(value: object) -> str:
    """JSON text; decimals as exact numbers."""
    return _encoder.encode(value).decode()


def array(items: Sequence[str]) -> msgspec.Raw:
    """JSON texts as one JSON array, to be put into a larger value as it is."""
    return msgspec.Raw(f"[{','.join(items)}]")


def pesos(centavos: int | None) -> Decimal | None:
    """Centavos as the exact number of pesos that JSON carries."""
    return None if centavos is None else Decimal(centavos).scaleb(-2)
