"""Argentine numbers as people type them, and what they are good for."""

import pytest

from ticketera.routes.contacto import contacto

TYPED = (
    # typed, call, WhatsApp
    ("11 5555-1234", "+541155551234", "5491155551234"),
    ("1155551234", "+541155551234", "5491155551234"),
    ("011 15-5555-1234", "+5491155551234", "5491155551234"),
    ("+54 9 11 5555 1234", "+5491155551234", "5491155551234"),
    ("+54 11 5555-1234", "+541155551234", "5491155551234"),
    ("54 9 11 5555 1234", "+5491155551234", "5491155551234"),
    ("15 5555 1234", "+5491155551234", "5491155551234"),
    ("4555-1234", "+541145551234", "5491145551234"),
    ("(0223) 15 512-3456", "+5492235123456", "5492235123456"),
    ("0223 512-3456", "+542235123456", "5492235123456"),
    ("0341 4 123456", "+543414123456", "5493414123456"),
    ("3514567890", "+543514567890", "5493514567890"),
    ("+598 99 123 456", "+59899123456", "59899123456"),
)


@pytest.mark.parametrize(("typed", "call", "whatsapp"), TYPED)
def test_a_number_is_put_right_for_calling_and_for_whatsapp(typed: str, call: str, whatsapp: str) -> None:
    known = contacto(typed)

    assert (known["llamar"], known["whatsapp"]) == (call, whatsapp)


@pytest.mark.parametrize("typed", ["", "no tiene", "123", "0800", "9" * 50, "☎", "911"])
def test_what_is_no_number_gives_no_link_and_stays_as_it_was_typed(typed: str) -> None:
    assert contacto(typed) == {"llamar": None, "whatsapp": None, "texto": typed}


def test_a_service_line_is_called_but_not_written_to() -> None:
    assert contacto("0800 555 1234")["whatsapp"] is None
