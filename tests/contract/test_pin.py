"""The customer's four digits: derived on both sides, said by neither to the other."""

import json
from pathlib import Path
from typing import Any

import pytest

from ahorro.domain import seguimiento as shop
from ticketera.domain import prueba

EXAMPLES = json.loads(Path(__file__).with_name("pin.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["numero"])
def test_ticketera_derives_the_pins_of_the_file(example: dict[str, Any]) -> None:
    assert prueba.pin_de(example["secreto"], example["numero"]) == example["pin"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["numero"])
def test_the_shop_derives_the_same(example: dict[str, Any]) -> None:
    assert shop.pin_de(example["secreto"], example["numero"]) == example["pin"]
