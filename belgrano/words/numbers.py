"""Numbers for people, and whole numbers out of what people and programs write."""


def miles(number: int) -> str:
    """`1.234`."""
    return f"{number:,}".replace(",", ".")


def distancia(metros: int) -> str:
    """`350 m`, `1,2 km`."""
    return f"{metros} m" if metros < 1000 else f"{metros / 1000:.1f} km".replace(".", ",")


def peso(gramos: int) -> str:
    """`750 g`, from a kilo on `1,25 kg`."""
    return f"{gramos} g" if gramos < 1000 else f"{gramos / 1000:.3f}".rstrip("0").rstrip(".").replace(".", ",") + " kg"


def is_whole(text: str) -> bool:
    """Whether a text is nothing but the digits 0 to 9: other alphabets' digits, signs and blanks are none."""
    return text.isascii() and text.isdigit()


def whole(text: str, most: int = 18) -> int | None:
    """The whole number that a text is; None for any other text, and for more than `most` digits.

    Eighteen digits always fit into the database's BIGINT.
    """
    return int(text) if is_whole(text) and len(text) <= most else None
