"""Money as sentences say it."""


def en_pesos(centavos: int) -> str:
    """Money in a sentence: 123450 is `$ 1.234,50`, its space one that does not break, as on the pages."""
    whole, cents = divmod(centavos, 100)
    return f"$\u00a0{whole:,}".replace(",", ".") + f",{cents:02}"
