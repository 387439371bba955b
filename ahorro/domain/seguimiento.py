"""What a customer follows the delivery with: the link to Ticketera's page and the PIN, both derived, never asked for.

So they are there while Ticketera is away, and the same after any restore. `belgrano/contract/cases` has examples that
both apps are held to. The key is TICKETERA_WEBHOOK_SECRET as it stands in the environment, UTF-8.
"""

import base64
import hashlib
import hmac
from urllib.parse import quote


def token_de(secreto: str, numero: str) -> str:
    """43 characters of base64url: HMAC-SHA256 over `seguir:` + numero."""
    return base64.urlsafe_b64encode(_hmac(secreto, f"seguir:{numero}")).decode().rstrip("=")


def pin_de(secreto: str, numero: str) -> str:
    """Four digits: HMAC-SHA256 over `pin:` + numero, as one big-endian number modulo 10000."""
    return f"{int.from_bytes(_hmac(secreto, f'pin:{numero}'), 'big') % 10_000:04d}"


def enlace_de(ticketera: str, secreto: str, numero: str) -> str:
    """The address of a pedido's page at Ticketera (`https://…`, no slash at its end); nothing without one."""
    return f"{ticketera}/seguir/{quote(numero, safe='')}/{token_de(secreto, numero)}" if ticketera else ""


def _hmac(secreto: str, text: str) -> bytes:
    return hmac.new(secreto.encode(), text.encode(), hashlib.sha256).digest()
