"""Notices to a phone whose screen is off: where they may be posted, and what a phone gives for them."""

import re
from collections.abc import Collection
from dataclasses import dataclass

MAS_LARGO = 1_024
POR_PERSONA = 5
# The push services of the browsers there are. Nobody else is posted to, whatever a phone says.
SERVICIOS = ("fcm.googleapis.com",)
FAMILIAS = (".push.apple.com", ".push.services.mozilla.com", ".notify.windows.com")
_ENDPOINT = re.compile(
    r"(https?://([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*)(?::[0-9]{1,5})?)/[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*"
)


@dataclass(frozen=True)
class Suscripcion:
    """Where one browser is posted to, and the keys it reads with (base64url)."""

    endpoint: str
    p256dh: str
    auth: str


def es_servicio(endpoint: str, otros: Collection[str] = ()) -> bool:
    """Whether this is an address at a known push service, or at one of the origins `otros`."""
    found = _ENDPOINT.fullmatch(endpoint) if len(endpoint) <= MAS_LARGO else None
    if found is None:
        return False
    origin, host = found[1], found[2]
    known = origin == f"https://{host}" and (host in SERVICIOS or host.endswith(FAMILIAS))
    return known or origin in otros
