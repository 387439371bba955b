"""The small rules of the pages; what people see of them is in tests/browser."""

import json

import pytest

from ticketera.routes.pages.configuracion import numero
from ticketera.routes.pages.cuentas import allowed, local
from ticketera.routes.pages.frame import json_block

ELSEWHERE = ("https://evil.test", "//evil.test", "/\\evil.test", "javascript:alert(1)", "", "x", "/a\nb", "/\t/x")


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "a & b", "\u2028\u2029", '"\\'])
def test_nothing_in_the_data_ends_its_block_and_all_of_it_arrives(text: str) -> None:
    block = str(json_block({"x": text}))

    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block) == {"x": text}


@pytest.mark.parametrize(
    "address",
    ["https://evil.test", "//evil.test", "/\\evil.test", "javascript:alert(1)", "", "tablero", "/a\nb", "/\t/x"],
)
def test_a_login_sends_nobody_to_another_site(address: str) -> None:
    assert local(address) == ""


def test_a_login_leads_back_to_a_page_of_this_role() -> None:
    assert local("/tickets/7?x=1") == "/tickets/7?x=1"
    assert allowed("/reparto/tickets/7", "repartidor")
    assert not allowed("/reparto", "admin")
    assert not allowed("/tablero", "repartidor")
    assert allowed("/repartidores", "admin")


def test_a_setting_is_a_whole_number_or_left_to_be_refused() -> None:
    assert [numero(text) for text in ("7", " 12 ", "-1", "1.5", "", "٣", "9" * 30)] == [
        7, 12, "-1", "1.5", "", "٣", "9" * 30,
    ]  # fmt: skip
