"""The customer's four digits: derived on both sides, said by neither to the other."""

from typing import Any

import pytest

from ahorro.domain import seguimiento as shop
from belgrano.contract import read
from ticketera.domain import prueba

EXAMPLES = read("cases/pin.json")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["numero"])
def test_ticketera_derives_the_pins_of_the_file(example: dict[str, Any]) -> None:
    assert prueba.pin_de(example["secreto"], example["numero"]) == example["pin"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["numero"])
def test_the_shop_derives_the_same(example: dict[str, Any]) -> None:
    assert shop.pin_de(example["secreto"], example["numero"]) == example["pin"]
