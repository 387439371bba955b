"""Money as JSON carries it."""


def pesos(centavos: int) -> int | float:
    """The number of pesos as JSON carries it; exact, as a double holds these sizes with two decimals."""
    return centavos // 100 if centavos % 100 == 0 else centavos / 100
