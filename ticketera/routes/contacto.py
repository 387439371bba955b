"""What a typed phone number is good for: calling, WhatsApp, reading.

Argentine mobiles are written in many ways; abroad and for WhatsApp they need a 9 that nobody types. People write their
mobile without it, so that a number that looks like a landline gets it for WhatsApp.
"""

import re
from typing import Annotated

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType
from pydantic import StringConstraints
from quart import Blueprint, Response

from belgrano.access import allow
from ticketera.domain.ticket import Rol
from ticketera.routes.fields import Body
from ticketera.routes.house import answer, me, query

routes = Blueprint("contacto", __name__)
REGION, COUNTRY, AREA = "AR", 54, "11"  # a number without an area code is Buenos Aires'


class Pregunta(Body):
    """The number as somebody typed it."""

    telefono: Annotated[str, StringConstraints(max_length=50)] = ""


@routes.get("/api/contacto")
@allow("admin", "repartidor")
async def get_contacto() -> Response:
    """The links that a number allows. A board may keep them; a phone, which two people may share, forgets them."""
    headers = {"Cache-Control": "private, max-age=86400"} if me().rol is Rol.ADMIN else None
    return answer(contacto(query(Pregunta).telefono), headers=headers)


def contacto(telefono: str) -> dict[str, str | None]:
    """`llamar` in E.164, `whatsapp` digits only, `texto` for people; None where the number is good for neither."""
    number = _parse(telefono)
    if number is None:
        return {"llamar": None, "whatsapp": None, "texto": telefono}
    texto = phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if number.country_code == COUNTRY else PhoneNumberFormat.INTERNATIONAL
    )
    mobile = _mobile(number)
    return {
        "llamar": phonenumbers.format_number(number, PhoneNumberFormat.E164),
        "whatsapp": phonenumbers.format_number(mobile, PhoneNumberFormat.E164).lstrip("+") if mobile else None,
        "texto": texto,
    }


def _parse(telefono: str) -> PhoneNumber | None:
    digits = re.sub(r"\D", "", telefono)
    for text in (telefono, f"{AREA}{digits}", f"{AREA}{digits.removeprefix('15')}"):
        try:
            number = phonenumbers.parse(text, REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return number
    # Something is written beside it: a name, a second number.
    found = next(iter(phonenumbers.PhoneNumberMatcher(telefono, REGION)), None)
    return None if found is None else found.number


def _mobile(number: PhoneNumber) -> PhoneNumber | None:
    """The number as a mobile, with the 9; None where it cannot be one."""
    if number.country_code != COUNTRY:
        return number if phonenumbers.number_type(number) != PhoneNumberType.FIXED_LINE else None
    national = str(number.national_number)
    if national.startswith("9"):
        return number
    mobile = PhoneNumber(country_code=COUNTRY, national_number=int(f"9{national}"))
    return mobile if phonenumbers.is_valid_number(mobile) else None
