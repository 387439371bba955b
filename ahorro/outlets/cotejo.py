"""Asks Ticketera in which life it is and which tickets it has."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import httpx

from ahorro.domain.cotejo import Par
from belgrano.http.client import new_client

PATH = "/api/tickets/numeros"


class Pagina(NamedTuple):
    """Some tickets, in the epoca that says which life it is; `siguiente` is after which the next ones come."""

    epoca: str
    tickets: Sequence[Par]
    siguiente: int | None


class Numeros:
    """The tickets of one Ticketera, by their numeros."""

    def __init__(self, ticketera_url: str, api_key: str) -> None:
        headers = {"user-agent": "belgrano-ahorro"} | ({"x-api-key": api_key} if api_key else {})
        self._client = new_client(ticketera_url, headers=headers, timeout=httpx.Timeout(5.0, connect=2.0), at_once=1)

    async def page(self, desde: int, limite: int = 500) -> Pagina | None:
        """The tickets after one, the oldest first; None where Ticketera is away, or says nothing that we know."""
        try:
            response = await self._client.get(PATH, params={"desde": desde, "limite": limite})
            response.raise_for_status()
            said = response.json()
            pares = [Par(each["numero"], each["estado"], _instante(each["creado_en"])) for each in said["tickets"]]
            return Pagina(said["epoca"], pares, said["siguiente"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return None

    async def close(self) -> None:
        """Close the connection."""
        await self._client.aclose()


def _instante(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp() * 1000)
