"""Money for people, out of centavos. The scripts write it the same way (static/js/words/formats.js)."""

from belgrano.words.numbers import miles

SIGNO = "$\u00a0"  # a space that does not break


def pesos(centavos: int | None) -> str:
    """123450 is `$ 1.234,50`; nothing for None."""
    if centavos is None:
        return ""
    enteros, resto = divmod(abs(centavos), 100)
    return f"{SIGNO}{'-' if centavos < 0 else ''}{miles(enteros)},{resto:02d}"


def pesos_justos(centavos: int) -> str:
    """Without centavos where there are none: `$ 1.234`, `$ 1.234,50`."""
    return pesos(centavos).removesuffix(",00")
