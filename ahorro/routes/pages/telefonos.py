"""A telephone as it was written, as an address that a phone calls or writes to."""

from typing import TYPE_CHECKING

from belgrano.later import Later

if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = Later("phonenumbers")

REGION = "AR"
MOVIL = "9"  # stands before an Argentine number in WhatsApp, and in no other writing of it


def llamar(text: str) -> str:
    """`tel:+541152634000`; empty for what is no telephone."""
    number = _read(text)
    return f"tel:{phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)}" if number else ""


def whatsapp(text: str) -> str:
    """`https://wa.me/5491155551234`; empty for what is no telephone."""
    number = _read(text)
    if number is None:
        return ""
    national = str(number.national_number)
    if number.country_code == phonenumbers.country_code_for_region(REGION) and not national.startswith(MOVIL):
        national = MOVIL + national
    return f"https://wa.me/{number.country_code}{national}"


def _read(text: str) -> "phonenumbers.PhoneNumber | None":
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
