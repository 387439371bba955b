"""A form that came after its session had ended: it waits in the login page and goes on with whoever filled it in.

The fields travel in that page, signed and kept nowhere else. They come out again only for the person whose session it
was, within the hour, and are sent once more by a form that this person presses; passwords never travel so.
"""

import hashlib
import json
import re
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer
from quart import request

from belgrano.http.cookies import Sessions

NAME = "pendiente"  # of the field that carries it
LIVES_S = 60 * 60
MOST = 24 * 1024  # characters, signed: the login form has to bring them back
SECRET = re.compile(r"pass|contrase|actual|nueva|repetida|token", re.IGNORECASE)


@dataclass(frozen=True)
class Unsent:
    """A form as it came: where to, and its fields in their order."""

    path: str
    fields: tuple[tuple[str, str], ...]


class Keeper:
    """Packs and unpacks the unsent forms of one app."""

    def __init__(self, sessions: Sessions, secret: str, salt: str) -> None:
        self._sessions = sessions
        self._signer = URLSafeTimedSerializer(secret, salt=salt, signer_kwargs={"digest_method": hashlib.sha512})

    async def pack(self) -> str:
        """The request's form as text for a hidden field; empty when there is nothing in it that may be carried on."""
        if request.method != "POST" or request.mimetype != "application/x-www-form-urlencoded":
            return ""
        fields = [(name, value) for name, value in (await request.form).items(multi=True)]
        if not any(value.strip() for _, value in fields) or any(SECRET.search(name) for name, _ in fields):
            return ""
        whose = await self._sessions.whose()
        if whose is None:  # left open in a shared browser, it would wait for whoever comes in next
            return ""
        text = str(self._signer.dumps([whose, request.full_path.rstrip("?"), fields]))
        return text if len(text) <= MOST else ""

    def unpack(self, text: str, user_id: int) -> Unsent | None:
        """What `pack` packed, for the person whose session it was; None for anybody else and for anything else."""
        try:
            whose, path, fields = self._signer.loads(text[: MOST + 1], max_age=LIVES_S)
        except (BadData, ValueError, TypeError, json.JSONDecodeError):
            return None
        return Unsent(path, tuple((name, value) for name, value in fields)) if whose == user_id else None
