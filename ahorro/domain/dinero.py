"""Money as JSON carries it, and as sentences say it."""


def pesos(centavos: int) -> int | float:
    """The number of pesos as JSON carries it; exact, as a double holds these sizes with two decimals."""
    return centavos // 100 if centavos % 100 == 0 else centavos / 100


def en_pesos(centavos: int) -> str:
    """Money in a sentence: 123450 is `$ 1.234,50`, its space one that does not break, as on the pages."""
    whole, cents = divmod(centavos, 100)
    return f"$\u00a0{whole:,}".replace(",", ".") + f",{cents:02}"
