"""Money as it leaves the shop."""

import json
from decimal import Decimal

import pytest

from ahorro.wire.text import pesos


@pytest.mark.parametrize("centavos", [0, 1, 10, 99, 100, 101, 1999, 385097, 99_999_999_999, 100_000_000_000])
def test_money_goes_out_exact_to_the_centavo(centavos: int) -> None:
    assert Decimal(json.dumps(pesos(centavos))) * 100 == centavos


def test_every_amount_up_to_a_million_pesos_survives_json() -> None:
    for centavos in range(0, 100_000_000, 997):
        assert Decimal(json.dumps(pesos(centavos))) * 100 == centavos
