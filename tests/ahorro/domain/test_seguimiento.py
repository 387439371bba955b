"""The link and the PIN as the shop derives them; tests/contract holds both sides to the same examples."""

from ahorro.domain.seguimiento import enlace_de, token_de


def test_a_link_is_made_only_where_customers_can_reach_ticketera() -> None:
    assert enlace_de("", "secreto", "PED-1") == ""
    assert enlace_de("https://reparto.test", "secreto", "A/B") == (
        f"https://reparto.test/seguir/A%2FB/{token_de('secreto', 'A/B')}"
    )
