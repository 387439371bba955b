"""The text of a file whose encoding nobody tells: what makes Spanish of its bytes.

UTF-8 can hardly be anything else. The rest is one byte a letter, and every file can be read in each of those: Excel
saves Windows-1252, for Mac its own, as “MS-DOS” CP850. The letters that Spanish has, where words have them, decide.
"""

import re
from itertools import islice

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BINARY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_C1 = re.compile("[\x80-\x9f]")
_SHARES = 0.3  # of NULs among the bytes of UTF-16 that does not say so
_SURE = 3  # by how much another encoding has to be more Spanish than Windows-1252
_ENOUGH = 5_000  # letters that are weighed

_SPANISH = "áéíóúüñÁÉÍÓÚÜÑ"
_FOREIGN = "àèìòâêîôäëïöãõåçÀÈÌÒÂÊÎÔÄËÏÖÃÕÅÇß"
_SIGNS = "\u2018“”«»…•·`®™€\u00d7\u00a0"  # a quotation mark, the sign of times, a blank that does not break
_APOSTROPHES, _NEVER_BEHIND_A_LETTER = "\u2019\u00b4", "\u2013—½¼¾²³"
_BEYOND = re.compile(r"[^\x00-\x7f]")


def ilegible(texto: str) -> bool:
    """Whether there is something in a text that no person writes."""
    return _BINARY.search(texto) is not None


def decodificar(crudo: bytes) -> str | None:
    """The text of a file; None where its bytes are no text. UTF-8 that was saved as if it were another is put right."""
    known = next((encoding for bom, encoding in _BOMS if crudo.startswith(bom)), None) or _utf_16(crudo)
    try:
        return enderezar(crudo.decode(known or "utf-8"))
    except UnicodeDecodeError:
        if known:
            return None
    windows = enderezar("".join(_WINDOWS[byte] for byte in crudo))
    others = [enderezar(crudo.decode(encoding)) for encoding in ("mac_roman", "cp850")]
    best = max(others, key=_spanish)
    unreadable = _C1.search(windows) is not None
    least = 1 + min(len(_BEYOND.findall(best)), _ENOUGH) // 4 if unreadable else _spanish(windows) + _SURE
    if _spanish(best) >= least and not _C1.search(best):
        return best
    # Neither in one nor in the other: an alphabet that we do not know.
    return None if unreadable or _spanish(windows) < -_SURE else windows


def enderezar(texto: str) -> str:
    """A text without what comes of UTF-8 that somebody read as another encoding: `MarÃ­a` is `María`."""
    for _ in range(3):
        before = texto
        for pattern, encoding in _TWICE:
            if texto.isascii():
                break
            texto = pattern.sub(lambda found, as_=encoding: _again(found[0], as_), texto)  # type: ignore[misc]
        if texto == before:
            break
    return texto.removeprefix("\ufeff")


def _again(garbled: str, encoding: str) -> str:
    try:
        if encoding == "cp1252":
            return bytes(_BYTES[letter] for letter in garbled).decode()
        return garbled.encode(encoding).decode()
    except (UnicodeError, KeyError):
        return garbled


def _utf_16(crudo: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of our letters is NUL."""
    some = crudo[:2_000]
    if some.count(0) < _SHARES * len(some):
        return None
    return "utf-16-le" if some[1::2].count(0) > some[0::2].count(0) else "utf-16-be"


def _spanish(texto: str) -> int:
    """How much the letters beyond ASCII are those of Spanish, where words have them."""
    padded = f"  {texto} "
    marked = islice(_BEYOND.finditer(padded), _ENOUGH)
    return sum(_weigh(*padded[found.start() - 2 : found.end() + 1]) for found in marked)


def _weigh(before: str, left: str, letter: str, right: str) -> int:
    """One letter between its neighbours; `before` stands in front of the left one."""
    inside = left.isalpha() and right.isalpha()
    digit = left.isdigit() or right.isdigit()
    if letter.isalpha() and letter not in "ºª":
        known = letter in _SPANISH
        if digit or (left.islower() and letter.isupper()) or (left.isupper() and letter.isupper() and right.islower()):
            return -1 if known else -2
        if left.isupper() and letter.islower() and (right.isupper() or before.isupper() or not right.isalpha()):
            return -1
        if known:
            return 2 if left.isalpha() or right.isalpha() else 0
        return 0 if letter in _FOREIGN and (left.isalpha() or letter.isupper()) else -1
    if letter in "°ºª":
        return 1 if left.isdigit() or left.lower() in ("n", "d") or not left.isalnum() else -2
    if letter in "¿¡":
        return 1 if not left.isalnum() and right.isalpha() else -2
    if letter in _APOSTROPHES:
        return -2 if inside and not left.isupper() else 0
    if letter in _NEVER_BEHIND_A_LETTER:
        return -2 if left.isalpha() else 0
    return (-2 if inside else 0) if letter in _SIGNS else -2


_WINDOWS = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
_BYTES = {letter: byte for byte, letter in enumerate(_WINDOWS)} | {chr(byte): byte for byte in range(0x80, 0xA0)}


def _twice(encoding: str) -> str:
    """What the sequences of UTF-8 that Spanish needs look like to whoever reads them in an encoding of one byte."""

    def any_of(least: int, most: int) -> str:
        letters = {bytes([byte]).decode(encoding, "ignore") for byte in range(least, most + 1)}
        if encoding == "cp1252":
            letters |= {chr(byte) for byte in range(least, most + 1)}
        return f"[{''.join(map(re.escape, sorted(filter(None, letters))))}]"

    more = any_of(0x80, 0xBF)
    two = any_of(0xC2, 0xC3) + more
    # Windows-1252 read twice has letters of its own.
    own = f"|{any_of(0xC5, 0xC6)}{more}" if encoding == "cp1252" else ""
    three = any_of(0xE2, 0xE2) + any_of(0x80, 0x84) + more
    mark = any_of(0xEF, 0xEF) + any_of(0xBB, 0xBB) + any_of(0xBF, 0xBF)
    return f"{two}{own}|{three}|{mark}"


_AS_WINDOWS = re.compile(_twice("cp1252"))
_AS_MAC = re.compile(_twice("mac_roman"))
_AS_DOS = re.compile(_twice("cp850"))
_TWICE = ((_AS_WINDOWS, "cp1252"), (_AS_MAC, "mac_roman"), (_AS_DOS, "cp850"))
