"""The outbox's way out: each row is posted to Ticketera until it has the ticket.

The body is the bytes that the pedido's commit stored, so every attempt is the same request; intake is idempotent
by `numero`. What became of a pedido since follows it in its lane, each time with a number above the last; Ticketera
takes no word on a ticket that is closed (409), which sets that row aside for a person. What is to be forgotten is
taken for an open ticket too, which Ticketera forgets when it is closed.
"""

import httpx

from ahorro.domain.pedido import CANCELACION, OLVIDO, REVISION
from belgrano.http.client import new_client
from belgrano.http.reasons import why
from belgrano.outbox.outcome import outcome
from belgrano.outbox.outgoing import DONE, Outgoing, Verdict, retry

PATH = "/api/tickets"
# Where each kind of row goes, by what its key begins with.
PATHS = {OLVIDO: f"{PATH}/olvidos", REVISION: f"{PATH}/revisiones"}
TIMEOUT = httpx.Timeout(5.0, connect=2.0)
TAKEN = frozenset({200, 201})  # a 204 says nothing of the ticket


class Ticketera:
    """Posts pedidos to one Ticketera."""

    def __init__(self, ticketera_url: str, api_key: str) -> None:
        headers = {"content-type": "application/json", "user-agent": "belgrano-ahorro", "x-origin": "belgrano_ahorro"}
        if api_key:
            headers["x-api-key"] = api_key
        self._client = new_client(ticketera_url, headers=headers, timeout=TIMEOUT, at_once=8)

    async def send(self, row: Outgoing) -> Verdict:
        """Post one pedido, or what became of it, or ask to cancel it or to forget whose it was; how that ended.

        The relay gives it a total time.
        """
        path = next((path for begins, path in PATHS.items() if row.key.startswith(begins)), PATH)
        try:
            response = await self._client.post(path, content=row.body.encode(), headers={"x-request-id": row.key})
            if row.key.startswith(CANCELACION) and response.is_success:
                return await self._cancel(row, response)
        except httpx.ReadTimeout:
            return retry("Ticketera no contestó a tiempo", own=True)
        except httpx.HTTPError as error:
            return retry(f"Ticketera no responde: {why(error)}")
        return _verdict(response)

    async def _cancel(self, row: Outgoing, known: httpx.Response) -> Verdict:
        """Ask to cancel the ticket that posting the pedido again has named."""
        try:
            ticket_id = int(known.json()["ticket_id"])
        except (ValueError, KeyError, TypeError):
            return retry("Ticketera no dijo qué ticket es", own=True)
        act = {"accion": "cancelar", "accion_id": row.key.replace(":", "-")}
        response = await self._client.post(f"{PATH}/{ticket_id}/acciones", json=act, headers={"x-request-id": row.key})
        # 409: it is on its way, or over. Its reports tell the customer so; there is nothing to ask for any more.
        return DONE if response.status_code == 409 else _verdict(response)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()


def _verdict(response: httpx.Response) -> Verdict:
    return outcome(
        response.status_code,
        response.headers,
        peer="Ticketera",
        proof="la clave de la API",
        said=lambda: _detail(response),
        taken=TAKEN,
    )


def _detail(response: httpx.Response) -> str:
    """What the problem says, for the admin: its detail and the fields it names, without their values."""
    try:
        problem = response.json()
        campos = ", ".join(f"{e['campo']} {e['detalle']}" for e in problem.get("errores") or [])
        return f"{problem.get('detail', '')} {campos}".strip()[:300]
    except (ValueError, AttributeError, KeyError, TypeError):
        return response.text[:200]
