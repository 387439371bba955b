"""A second factor: codes of an app on the phone (TOTP, RFC 6238: six digits, 30 s), and recovery codes for without it.

The secret is kept sealed (AES-GCM), recovery codes as HMACs, both under a key that is derived from the app's own
secret: the database alone gives neither away, and with another app secret no code is right any more. A code counts in
its 30 seconds and the ones before and after, and never twice.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Set
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from belgrano.database.work import Connection, Work
from belgrano.later import Later

if TYPE_CHECKING:
    from cryptography import exceptions
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.ciphers import aead
    from cryptography.hazmat.primitives.kdf import hkdf
    from cryptography.hazmat.primitives.twofactor import totp
else:
    exceptions = Later("cryptography.exceptions")
    hashes = Later("cryptography.hazmat.primitives.hashes")
    aead = Later("cryptography.hazmat.primitives.ciphers.aead")
    hkdf = Later("cryptography.hazmat.primitives.kdf.hkdf")
    totp = Later("cryptography.hazmat.primitives.twofactor.totp")

STEP_S = 30
BEGUN_STEPS = 10 * 60 // STEP_S  # how long a secret waits for its first code
RECOVERY_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another
_NONCE = 12


def key_of(secret: str) -> bytes:
    """The key for everything here, out of the app's secret."""
    return hkdf.HKDF(hashes.SHA256(), 32, None, b"belgrano second factor").derive(secret.encode())


def create_tables(op: Any) -> None:
    """The tables, from an app's migration. `since` NULL: begun, and not yet confirmed by a code; `last_step` says when.

    Codes up to `last_step` are used up.
    """
    op.create_table(
        "second_factors",
        sa.Column("user_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), primary_key=True, autoincrement=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger),
        sa.Column("last_step", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("user_id", sa.BigInteger, sa.ForeignKey("usuarios.id"), primary_key=True, autoincrement=False),
        sa.Column("code_hash", sa.Text, primary_key=True),
    )


def code_at(secret: bytes, step: int) -> str:
    """The six digits of a step of 30 seconds."""
    return totp.TOTP(secret, 6, hashes.SHA1(), STEP_S).generate(step * STEP_S).decode()


def uri_of(secret: bytes, issuer: str, account: str) -> str:
    """What the QR says to the app on the phone."""
    return totp.TOTP(secret, 6, hashes.SHA1(), STEP_S).get_provisioning_uri(account, issuer)


def spelled(secret: bytes) -> str:
    """The secret as it is typed where no QR can be scanned: base32."""
    return base64.b32encode(secret).decode()


async def begin_factor(work: Work, user_id: int, key: bytes) -> bytes | None:
    """A new secret, good for nothing until a code confirms it, within ten minutes; None where one is on already."""
    secret = secrets.token_bytes(20)
    done = await work.con.fetch_val(
        """
        INSERT INTO second_factors (user_id, sealed, last_step)
        VALUES (:user_id, :sealed, :before)
            ON CONFLICT (user_id) DO UPDATE SET sealed = excluded.sealed, last_step = excluded.last_step
                                      WHERE second_factors.since IS NULL
        RETURNING user_id
        """,
        {"user_id": user_id, "sealed": _seal(key, user_id, secret), "before": _step_at(work.ahora) - 2},
    )
    return secret if done is not None else None


async def select_begun(con: Connection, user_id: int, key: bytes, ahora: int) -> bytes | None:
    """The secret that waits to be confirmed at `ahora` (ms UTC), if there is one and it was not begun too long ago."""
    sealed = await con.fetch_val(
        "SELECT sealed FROM second_factors WHERE user_id = :user_id AND since IS NULL AND last_step >= :oldest",
        {"user_id": user_id, "oldest": _step_at(ahora) - 2 - BEGUN_STEPS},
    )
    return _open(key, user_id, sealed) if sealed is not None else None


async def confirm_factor(work: Work, user_id: int, code: str, key: bytes) -> list[str] | None:
    """Switch on what was begun, by a code of it; the recovery codes, told this once. None: that code is not right."""
    secret = await select_begun(work.con, user_id, key, work.ahora)
    step = _step_of(secret, code, work.ahora, 0) if secret is not None else None
    if step is None:
        return None
    await work.con.execute(
        "UPDATE second_factors SET since = :ahora, last_step = :step WHERE user_id = :user_id",
        {"ahora": work.ahora, "step": step, "user_id": user_id},
    )
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    for each in codes:
        await work.con.execute(
            "INSERT INTO recovery_codes (user_id, code_hash) VALUES (:user_id, :code_hash)",
            {"user_id": user_id, "code_hash": _hash(key, user_id, each)},
        )
    return [f"{each[:5]}-{each[5:]}" for each in codes]


async def use_code(work: Work, user_id: int, code: str, key: bytes) -> str | None:
    """Use a code up: `app` or `recovery`, as what it was right; None where it is wrong or was used before."""
    row = await work.con.fetch_one(
        "SELECT sealed, last_step FROM second_factors WHERE user_id = :user_id AND since IS NOT NULL",
        {"user_id": user_id},
    )
    if row is None:
        return None
    secret = _open(key, user_id, row["sealed"])
    step = _step_of(secret, code, work.ahora, row["last_step"]) if secret is not None else None
    if step is not None:
        await work.con.execute(
            "UPDATE second_factors SET last_step = :step WHERE user_id = :user_id", {"step": step, "user_id": user_id}
        )
        return "app"
    used = await work.con.fetch_val(
        "DELETE FROM recovery_codes WHERE user_id = :user_id AND code_hash = :code_hash RETURNING user_id",
        {"user_id": user_id, "code_hash": _hash(key, user_id, code)},
    )
    return "recovery" if used is not None else None


async def drop_factor(work: Work, user_id: int) -> bool:
    """Switch it off and forget its recovery codes; whether it was on."""
    await work.con.execute("DELETE FROM recovery_codes WHERE user_id = :user_id", {"user_id": user_id})
    since = await work.con.fetch_val(
        "DELETE FROM second_factors WHERE user_id = :user_id RETURNING since", {"user_id": user_id}
    )
    return since is not None


async def keep_recovery_codes(work: Work, kept: Set[tuple[int, str]]) -> None:
    """Forget all recovery codes but these (whose, and their hash): a restored copy has some that were used since."""
    rows = await work.con.fetch_all("SELECT user_id, code_hash FROM recovery_codes", {})
    for row in rows:
        if (row["user_id"], row["code_hash"]) not in kept:
            await work.con.execute(
                "DELETE FROM recovery_codes WHERE user_id = :user_id AND code_hash = :code_hash",
                {"user_id": row["user_id"], "code_hash": row["code_hash"]},
            )


async def select_factor_on(con: Connection, user_id: int) -> bool:
    """Whether this person comes in with a code."""
    found = await con.fetch_val(
        "SELECT user_id FROM second_factors WHERE user_id = :user_id AND since IS NOT NULL", {"user_id": user_id}
    )
    return found is not None


async def select_codes_left(con: Connection, user_id: int) -> int:
    """How many recovery codes somebody has left."""
    left: int = await con.fetch_val(
        "SELECT count(*) FROM recovery_codes WHERE user_id = :user_id", {"user_id": user_id}
    )
    return left


def _step_at(ahora: int) -> int:
    return ahora // 1000 // STEP_S


def _step_of(secret: bytes, code: str, ahora: int, after: int) -> int | None:
    """The step whose code this is, of the present one and its neighbours, those up to `after` being used up."""
    code = code.replace(" ", "")
    here = _step_at(ahora)
    for step in (here, here - 1, here + 1):
        if step > after and hmac.compare_digest(code_at(secret, step).encode(), code.encode()):
            return step
    return None


def _hash(key: bytes, user_id: int, code: str) -> str:
    plain = code.lower().replace("-", "").replace(" ", "")
    return hmac.new(key, f"{user_id} {plain}".encode(), hashlib.sha256).hexdigest()


def _seal(key: bytes, user_id: int, secret: bytes) -> str:
    nonce = secrets.token_bytes(_NONCE)
    return base64.b64encode(nonce + aead.AESGCM(key).encrypt(nonce, secret, str(user_id).encode())).decode()


def _open(key: bytes, user_id: int, sealed: str) -> bytes | None:
    """The secret; None where it was sealed under another app secret."""
    raw = base64.b64decode(sealed)
    try:
        return aead.AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], str(user_id).encode())
    except exceptions.InvalidTag:
        return None
