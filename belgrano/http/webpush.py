"""Web push, as the standards say it: a message that only one browser can read (RFC 8291), and who sends it (RFC 8292).

vapid = Vapid.read(text, "mailto:sistemas@belgrano.example")
authorization, content = vapid.authorization(endpoint, time.time()), encrypt(b"{}", Keys("BP4z…", "BTBZ…"))
"""

from __future__ import annotations

import base64
import json
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from belgrano.later import Later

if TYPE_CHECKING:
    from cryptography import exceptions
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.ciphers import aead
    from cryptography.hazmat.primitives.kdf import hkdf
else:
    exceptions = Later("cryptography.exceptions")
    hashes, serialization, aead, hkdf, ec, utils = (
        Later(f"cryptography.hazmat.primitives.{name}")
        for name in ("hashes", "serialization", "ciphers.aead", "kdf.hkdf", "asymmetric.ec", "asymmetric.utils")
    )

CURVE = "secp256r1"
RECORD = 4096
TOKEN_S = 12 * 3600  # a service takes none that is good for more than a day

# Names that lead nowhere from outside (RFC 2606, 6761, 6762, 8375 and what routers make up).
NOWHERE = frozenset(
    {"alt", "arpa", "corp", "domain", "example", "home", "internal", "intranet", "invalid", "lan", "local"}
    | {"localdomain", "localhost", "mail", "onion", "private", "server", "test", "workgroup"}
)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|xn--[A-Za-z0-9-]{{1,59}})", re.ASCII)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*", re.ASCII)


def is_reachable(subject: str) -> bool:
    """Whether a push service could write to it: some, Apple's among them, refuse every message of one who is not."""
    if not subject.isascii() or len(subject) > 300 or re.search(r"\s", subject):
        return False
    if subject.startswith("mailto:"):
        local, _, domain = subject.removeprefix("mailto:").rpartition("@")
        known = _LOCAL.fullmatch(local) is not None
    else:
        try:
            parts = urlsplit(subject)
            known, domain = parts.scheme == "https" and "@" not in parts.netloc, parts.hostname or ""
            known = known and parts.port != 0
        except ValueError:
            return False
    return known and _DOMAIN.fullmatch(domain) is not None and domain.rpartition(".")[2].lower() not in NOWHERE


def to_text(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """Base64, plain or url-safe, padded or not. Raises ValueError."""
    bare = text.rstrip("=").replace("+", "-").replace("/", "_")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", bare):
        raise ValueError("no es base64.")
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4))


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key in the 65 bytes that browsers speak of."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


@dataclass(frozen=True)
class Keys:
    """What a browser wants its messages encrypted with: a public key and a secret, as it gives them."""

    p256dh: str
    auth: str

    def parts(self) -> tuple[ec.EllipticCurvePublicKey, bytes]:
        """The public key and the secret as bytes. Raises ValueError where they are malformed."""
        public, secret = to_bytes(self.p256dh), to_bytes(self.auth)
        if len(public) != 65 or len(secret) != 16:
            raise ValueError("no son las claves de una suscripción.")
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public), secret


@dataclass(frozen=True)
class Vapid:
    """Who sends: a key of ours, and where a push service finds us."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    subject: str

    @classmethod
    def read(cls, text: str, subject: str) -> Vapid:
        """From PEM, or from the 32 bytes of the number in base64. Raises ValueError."""
        if text.startswith("-----BEGIN"):
            try:
                pem = serialization.load_pem_private_key(text.replace("\\n", "\n").encode(), None)
            except (
                TypeError,
                exceptions.UnsupportedAlgorithm,
            ):  # wants a password, or is of an unknown kind
                raise ValueError("no es una clave P-256.") from None
            if not isinstance(pem, ec.EllipticCurvePrivateKey) or pem.curve.name != CURVE:
                raise ValueError("no es una clave P-256.")
            return cls(pem, subject)
        raw = to_bytes(text)
        if len(raw) != 32:
            raise ValueError("no son 32 bytes.")
        return cls(ec.derive_private_key(int.from_bytes(raw), ec.SECP256R1()), subject)

    @property
    def public(self) -> str:
        """What a browser subscribes with."""
        return to_text(point(self.key.public_key()))

    def authorization(self, endpoint: str, now: float) -> str:
        """The Authorization header of a message; `now` in s UTC."""
        parts = urlsplit(endpoint)
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(now) + TOKEN_S, "sub": self.subject}
        signed = ".".join(to_text(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
        r, s = utils.decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"vapid t={signed}.{to_text(r.to_bytes(32) + s.to_bytes(32))}, k={self.public}"


def encrypt(
    message: bytes, keys: Keys, own: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """The body of a message, Content-Encoding aes128gcm. `own` and `salt` are new each time."""
    theirs, secret = keys.parts()
    own, salt = own or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    context = b"WebPush: info\0" + point(theirs) + point(own.public_key())
    shared = hkdf.HKDF(hashes.SHA256(), 32, secret, context).derive(own.exchange(ec.ECDH(), theirs))
    key = hkdf.HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(shared)
    nonce = hkdf.HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(shared)
    head = salt + RECORD.to_bytes(4) + bytes([65]) + point(own.public_key())
    return head + aead.AESGCM(key).encrypt(nonce, message + b"\x02", None)
