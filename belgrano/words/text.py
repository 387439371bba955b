"""Text as it is compared (what somebody types finds what somebody else has written), and words in a row."""

import re
import unicodedata
from collections.abc import Sequence

_LATIN_MARKS = re.compile("[\u0300-\u036f]+")


def unaccented(text: str) -> str:
    """Lower case, each letter without its marks: `Ñandú` is `nandu`, `ﬁ` is `fi`."""
    if text.isascii():
        return text.lower()
    parted = _LATIN_MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    # Almost every text is done here. Marks of other scripts are rare, and looked for letter by letter.
    return parted if parted.isascii() else "".join(each for each in parted if not unicodedata.combining(each))


def folded(text: str) -> str:
    """Unaccented, its words one blank apart, none around."""
    return " ".join(unaccented(text).split())


def enumerar(words: Sequence[str], last: str = "y") -> str:
    """`Belgrano, Núñez y Colegiales`."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
