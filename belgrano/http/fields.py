"""The kinds of values that both apps take in, strict, each with what is wrong in Spanish.

Routes take these from their app's own `routes/fields.py`, which adds the kinds that are its own. Money comes in as a
JSON number, exact (int or Decimal, never float), and goes on as whole centavos.
"""

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from belgrano.accounts.passwords import LONGEST, SHORTEST
from belgrano.http.shapes import is_blank

MOST_ID = 2**63 - 1


class Body(BaseModel):
    """A body: strict types; what it does not name is ignored."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class ExactBody(BaseModel):
    """A body of our own pages: a field that it does not name is an error."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def not_blank(text: str) -> str:
    """The text, if there is something to read in it."""
    if is_blank(text):
        raise ValueError("no puede quedar en blanco.")
    return text


def number(value: Any) -> Decimal:
    """A JSON number as an exact decimal; a boolean or a text is none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("tiene que ser un número.")
    return Decimal(value)


def centavos(value: Any, most_pesos: int) -> int:
    """Pesos ≥ 0 with at most two decimals, as whole centavos."""
    pesos = number(value)
    if pesos < 0:
        raise ValueError("no puede ser negativo.")
    if pesos > most_pesos:
        raise ValueError(f"no puede superar {most_pesos:,}.".replace(",", "."))
    # Compared before multiplying: 1e-400 must not be rounded into something that fits.
    if pesos != pesos.quantize(Decimal("0.01")):
        raise ValueError("puede tener hasta dos decimales.")
    return int(pesos * 100)


Id = Annotated[int, Field(ge=1, le=MOST_ID)]
# What somebody types to get in may be anything; what they choose has to be long enough.
Password = Annotated[str, StringConstraints(max_length=LONGEST)]
PasswordNueva = Annotated[str, StringConstraints(min_length=SHORTEST, max_length=LONGEST)]
