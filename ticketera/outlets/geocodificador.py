"""Asks a Nominatim-style service where an address is, and nobody else: one host, no redirect, a small answer, soon.

Which hosts may be asked at all `domain/direccion.py` says; it is held to the addresses that the name has, before the
question, and to the one that was asked, before the answer is believed.

What is asked is a street and a number: no name, no telephone. Nothing of it is logged.
"""

import asyncio
import json
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

import httpx

from belgrano.http.client import address_of_peer, new_client
from belgrano.outbox.outcome import asked_for
from ticketera.domain.direccion import lugar_de, pregunta, se_pregunta_a
from ticketera.domain.ruta import Punto

DEADLINE_S = 10.0  # for the whole answer, however it drips
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

    def __init__(self, contact: str | None, *, permitidos: Collection[str] = (), lejos: bool = False) -> None:
        """`contact`: where whoever runs the service finds us, as its rules of use ask. The rest: `se_pregunta_a`."""
        self._permitidos, self._lejos = permitidos, lejos
        agent = "Ticketera" + (f"; {contact}" if contact else "")
        headers = {"user-agent": agent, "accept": "application/json", "accept-language": "es-AR"}
        self._client = new_client(headers=headers, timeout=TIMEOUT, at_once=1)

    async def buscar(self, plantilla: str, texto: str) -> Punto | None:
        """Where an address is; None when the service knows no such place. Raises Away."""
        try:
            async with asyncio.timeout(DEADLINE_S):
                body = await self._ask(pregunta(plantilla, texto))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
            raise Away(type(error).__name__) from None
        try:
            return lugar_de(json.loads(body))
        except (ValueError, RecursionError):
            raise Away("the answer is no list of places") from None

    async def _ask(self, url: str) -> bytes:
        parts = urlsplit(url)
        host = parts.hostname or ""
        found = await asyncio.get_running_loop().getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)
        self._check(host, [str(each[4][0]) for each in found])
        async with self._client.stream("GET", url) as response:
            self._check(host, [address_of_peer(response)])
            if response.status_code != 200:
                raise Away(str(response.status_code), asked_for(response.headers, LONGEST_WAIT_S))
            body = b""
            async for part in response.aiter_bytes():
                body += part
                if len(body) > MOST_BYTES:
                    raise Away("the answer is too long")
            return body

    def _check(self, host: str, addresses: Collection[str]) -> None:
        """Raise Away unless each of these addresses of a host may be asked."""
        if not all(se_pregunta_a(host, each, self._permitidos, lejos=self._lejos) for each in addresses):
            raise Away("an address that may not be asked")

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()
