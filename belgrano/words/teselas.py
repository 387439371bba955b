"""Where the pictures of a map come from: an address with a place for each of their three numbers."""

import re

# {z}, {x} and {y} are filled in by the map. No user name, no space, no other placeholder, and nothing that could end a
# header or begin another directive; a path that begins with two slashes would be another host.
PLANTILLA = re.compile(
    r"(?P<origen>https?://[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::[0-9]{1,5})?)?"
    r"(?P<camino>/(?!/)[A-Za-z0-9._~!$&'()*+,=:@%/?{}-]*)"
)
LUGARES = ("{z}", "{x}", "{y}")


def origen_de_teselas(plantilla: str) -> str | None:
    """The origin that this tile address names, "" for our own; None for what is no tile address.

    `https://tiles.example:8443/{z}/{x}/{y}.png` is `https://tiles.example:8443`.
    """
    found = PLANTILLA.fullmatch(plantilla)
    if found is None:
        return None
    resto = found["camino"]
    for lugar in LUGARES:
        if resto.count(lugar) != 1:
            return None
        resto = resto.replace(lugar, "")
    origen: str = found["origen"] or ""
    port = origen.rpartition(":")[2]
    if set(resto) & set("{}") or ".." in origen or (port.isdigit() and not 0 < int(port) < 65_536):
        return None
    return origen
