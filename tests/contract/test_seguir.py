"""The customer's link: its token is derived on both sides, said by neither to the other."""

from typing import Any

import pytest

from ahorro.domain import seguimiento as shop
from belgrano.contract import read
from ticketera.domain import seguimiento

EXAMPLES = read("cases/seguir.json")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["numero"])
def test_ticketera_derives_the_tokens_of_the_file(example: dict[str, Any]) -> None:
    assert seguimiento.token_de(example["secreto"], example["numero"]) == example["token"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["numero"])
def test_the_shop_derives_the_same(example: dict[str, Any]) -> None:
    assert shop.token_de(example["secreto"], example["numero"]) == example["token"]
