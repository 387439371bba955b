"""Whether Ticketera is there: asked when somebody asks for our health, and remembered for a second."""

import asyncio
import time

import httpx

from belgrano.http.client import new_client

REMEMBER_S = 1.0
LIMIT_S = 0.6  # of the second in which /health answers


class Vecina:
    """The other app, as far as its `/healthz` tells."""

    def __init__(self, url: str) -> None:
        self._client = new_client(url, timeout=httpx.Timeout(LIMIT_S), at_once=1)
        self._asking: asyncio.Task[bool] | None = None
        self._asked_at = -REMEMBER_S

    async def esta(self) -> bool:
        """Whether it answers; whoever asks within the same second gets the same answer."""
        now = time.monotonic()
        if self._asking is None or (self._asking.done() and now - self._asked_at > REMEMBER_S):
            self._asked_at = now
            self._asking = asyncio.create_task(self._ask())
        return await asyncio.shield(self._asking)

    async def _ask(self) -> bool:
        try:
            async with asyncio.timeout(LIMIT_S):
                return (await self._client.get("/healthz")).status_code == 200
        except (TimeoutError, httpx.HTTPError):
            return False

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()
