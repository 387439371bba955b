"""The API keys of shops: who holds one, and how fast each may post."""

import hmac
from collections.abc import Sequence

from belgrano.bucket import Bucket
from belgrano.http.peer import Scope, header, is_loopback
from belgrano.http.problems import Problem

PER_SECOND, AT_ONCE = 100, 200


class ApiKeys:
    """The keys that open intake. Without any, which only development allows, loopback clients are let in."""

    def __init__(self, keys: Sequence[str], *, limits: bool = True) -> None:
        self._keys = [key.encode() for key in keys]
        self._limits = limits
        self._buckets = [Bucket(PER_SECOND, AT_ONCE) for _ in keys or [""]]  # one a key

    @property
    def set(self) -> bool:
        """Whether there are keys at all."""
        return bool(self._keys)

    def find(self, scope: Scope) -> int | None:
        """Which key the caller shows, None for none of ours. Takes as long for a wrong key as for a right one."""
        if not self._keys:
            return 0 if is_loopback(scope) else None
        shown = (header(scope, b"x-api-key") or "").encode()
        found = None
        for place, key in enumerate(self._keys):
            if hmac.compare_digest(key, shown):
                found = place
        return found

    def admit(self, scope: Scope) -> None:
        """Let a shop's post pass. Raises Problem 401 without a key, 429 above 100 a second (200 at once)."""
        place = self.find(scope)
        if place is None:
            raise Problem(401, "clave_invalida", "La clave de la API falta o no es válida.")
        if self._limits and not self._buckets[place].take():
            raise Problem(
                429, "demasiados_pedidos", "Son demasiados pedidos por segundo. Esperá un momento.",
                headers={"Retry-After": "1"},
            )  # fmt: skip
