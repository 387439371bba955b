"""A browser that asked for notices: its keys, and how it reads what comes (RFC 8291 from the other side)."""

import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from belgrano.http.webpush import point, to_text
from ticketera.domain.avisos import Suscripcion


class Suscriptor:
    """One browser at a push service."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = os.urandom(16)

    @property
    def alta(self) -> dict[str, Any]:
        """What its page posts."""
        claves = {"p256dh": to_text(point(self.key.public_key())), "auth": to_text(self.auth)}
        return {"endpoint": self.endpoint, "claves": claves}

    @property
    def suscripcion(self) -> Suscripcion:
        return Suscripcion(self.endpoint, *self.alta["claves"].values())

    def read(self, body: bytes) -> Any:
        """The JSON of a message."""
        salt, theirs, sealed = body[:16], body[21:86], body[86:]
        assert body[16:21] == (4096).to_bytes(4) + bytes([65])
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        info = b"WebPush: info\0" + point(self.key.public_key()) + theirs
        ikm = HKDF(hashes.SHA256(), 32, self.auth, info).derive(shared)
        key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(ikm)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(ikm)
        plain = AESGCM(key).decrypt(nonce, sealed, None)
        assert plain.endswith(b"\x02")
        return json.loads(plain[:-1])
