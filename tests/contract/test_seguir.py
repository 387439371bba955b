"""The customer's link: its token is derived on both sides, said by neither to the other."""

import json
from pathlib import Path
from typing import Any

import pytest

from ahorro.domain import seguimiento as shop
from ticketera.domain import seguimiento

EXAMPLES = json.loads(Path(__file__).with_name("seguir.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["numero"])
def test_ticketera_derives_the_tokens_of_the_file(example: dict[str, Any]) -> None:
    assert seguimiento.token_de(example["secreto"], example["numero"]) == example["token"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["numero"])
def test_the_shop_derives_the_same(example: dict[str, Any]) -> None:
    assert shop.token_de(example["secreto"], example["numero"]) == example["token"]
