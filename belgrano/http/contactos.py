"""What a typed phone number is good for: calling, WhatsApp, reading.

Argentine mobiles are written in many ways; abroad and for WhatsApp they need a 9 that nobody types. People write their
mobile without it, so that a number that looks like a landline gets it for WhatsApp. What is not exactly a number gives
no link: it would lead to a stranger.
"""

from typing import TYPE_CHECKING, NotRequired

from typing_extensions import TypedDict

from belgrano.later import Later
from belgrano.words.telefono import cifras, cortes, partes, sin_prefijos, tramos

if TYPE_CHECKING:
    import phonenumbers
    from phonenumbers import PhoneNumber
else:
    phonenumbers = Later("phonenumbers")

REGION, COUNTRY, AREA = "AR", 54, "11"  # a number without an area code is Buenos Aires'
SHORTEST, LONGEST = 6, 17


class Enlaces(TypedDict):
    """What one number allows."""

    llamar: str | None
    whatsapp: str | None
    texto: str


class Contacto(Enlaces):
    """The links of the first number of a text, and where there are more, that number itself and the others."""

    primero: NotRequired[str]
    otros: NotRequired[list[Enlaces]]


def contacto(telefono: str) -> Contacto:
    """`llamar` in E.164, `whatsapp` digits only, `texto` for people; None where the number is good for neither.

    `texto` is the number in our form where nothing else is written, else all that was typed. Of several numbers
    `primero` is the one that the links are for, and `otros` have links of their own.
    """
    numbers, alone = _numbers(telefono)
    if not numbers:
        return {"llamar": None, "whatsapp": None, "texto": telefono}
    first, *others = [_links(each) for each in numbers]
    known = Contacto(llamar=first["llamar"], whatsapp=first["whatsapp"], texto=first["texto"] if alone else telefono)
    if others:
        known |= {"primero": first["texto"], "otros": others}
    return known


def _links(number: "PhoneNumber") -> Enlaces:
    mobile, forms = _mobile(number), phonenumbers.PhoneNumberFormat
    return {
        "llamar": phonenumbers.format_number(number, forms.E164),
        "whatsapp": phonenumbers.format_number(mobile, forms.E164).lstrip("+") if mobile else None,
        "texto": phonenumbers.format_number(
            number, forms.NATIONAL if number.country_code == COUNTRY else forms.INTERNATIONAL
        ),
    }


def _numbers(telefono: str) -> "tuple[list[PhoneNumber], bool]":
    """The numbers in a text, each once, and whether the first is all of it."""
    found: list[PhoneNumber] = []
    alone = False
    for tramo, entero in tramos(telefono):
        area = next((code for each in reversed(found) if (code := _area(each))), AREA)
        several, whole = _read(tramo, area)
        alone = entero and whole
        found += several
    once = {_links(number)["whatsapp"] or number.national_number: number for number in reversed(found)}
    return list(reversed(once.values())), alone and len(once) == 1


def _read(tramo: str, area: str) -> "tuple[list[PhoneNumber], bool]":
    """The numbers of a stretch, and whether it is one number as a whole."""
    pieces = partes(tramo)
    several: list[PhoneNumber] = []
    # A number and what is behind a stroke may happen to be a number as a whole, of somebody else.
    for piece in pieces if len(pieces) > 1 else []:
        if number := _whole(piece, (_area(several[-1]) if several else None) or area):
            several.append(number)
    if several:
        return several, False
    number = _whole(tramo, area)
    return ([number], True) if number else (_side_by_side(tramo, area), False)


def _whole(text: str, area: str) -> "PhoneNumber | None":
    """The number that all of a text is; without an area code it is one of `area`, else of ours."""
    digits = cifras(text)
    if not SHORTEST <= len(digits) <= LONGEST or len(set(digits)) == 1:  # `1111111111`: no number was known
        return None
    rest = sin_prefijos(digits)
    local = [f"{code}{each}" for code in (area, AREA) for each in (digits, digits.removeprefix("15"))]
    # Both the 9 of abroad and the 15 of here; or the 15 without its area.
    spelled = [f"0{rest}", f"{area}{rest.removeprefix('15')}"] if rest != digits and "15" in rest[:6] else []
    for form in (text, *local, *spelled):
        try:
            number = phonenumbers.parse(form, REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
    return None


def _side_by_side(text: str, area: str) -> "list[PhoneNumber]":
    """The numbers of a text that is nothing but numbers, a blank apart; none where it can be cut in two ways."""
    ways = []
    for pieces in cortes(text):
        numbers = [_whole(piece, area) for piece in pieces]
        if all(numbers):
            ways.append([number for number in numbers if number is not None])
    return ways[0] if len(ways) == 1 else []


def _area(number: "PhoneNumber") -> str | None:
    """The area code of one of our numbers."""
    if number.country_code != COUNTRY:
        return None
    national = str(number.national_number).removeprefix("9")
    plain = phonenumbers.PhoneNumber(country_code=COUNTRY, national_number=int(national))
    return national[: phonenumbers.length_of_geographical_area_code(plain)] or None


def _mobile(number: "PhoneNumber") -> "PhoneNumber | None":
    """The number as a mobile, with the 9; None where it cannot be one."""
    if number.country_code != COUNTRY:
        return number if phonenumbers.number_type(number) != phonenumbers.PhoneNumberType.FIXED_LINE else None
    national = str(number.national_number)
    if national.startswith("9"):
        return number
    mobile = phonenumbers.PhoneNumber(country_code=COUNTRY, national_number=int(f"9{national}"))
    return mobile if phonenumbers.is_valid_number(mobile) else None
