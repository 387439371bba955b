"""Asks a Nominatim-style service where an address is, and nobody else: one host, no redirect, a small answer, soon.

What is asked is a street and a number: no name, no telephone. Nothing of it is logged.
"""

import json

import httpx

from ticketera.domain.direccion import lugar_de, pregunta
from ticketera.domain.ruta import Punto

TIMEOUT = httpx.Timeout(8.0, connect=3.0)
MOST_BYTES = 64 * 1024
LONGEST_WAIT_S = 3_600.0


class Away(Exception):
    """The service cannot be asked now: it is not there, refuses, or does not talk sense. `seconds` it asked for."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


class Geocodificador:
    """One connection to whichever service is configured."""

    def __init__(self, contact: str | None) -> None:
        """`contact`: where whoever runs the service finds us, as its rules of use ask."""
        agent = "Ticketera (Belgrano Ahorro)" + (f"; {contact}" if contact else "")
        self._client = httpx.AsyncClient(
            timeout=TIMEOUT,
            trust_env=False,
            follow_redirects=False,
            headers={"user-agent": agent, "accept": "application/json", "accept-language": "es-AR"},
            limits=httpx.Limits(max_connections=1),
        )

    async def buscar(self, plantilla: str, texto: str) -> Punto | None:
        """Where an address is; None when the service knows no such place. Raises Away."""
        try:
            async with self._client.stream("GET", pregunta(plantilla, texto)) as response:
                if response.status_code != 200:
                    raise Away(str(response.status_code), _seconds(response.headers.get("retry-after")))
                body = b""
                async for part in response.aiter_bytes():
                    body += part
                    if len(body) > MOST_BYTES:
                        raise Away("the answer is too long")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise Away(type(error).__name__) from None
        try:
            return lugar_de(json.loads(body))
        except (ValueError, RecursionError):
            raise Away("the answer is no list of places") from None

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()


def _seconds(text: str | None) -> float | None:
    return min(float(text), LONGEST_WAIT_S) if text and text.isascii() and text.isdigit() else None
