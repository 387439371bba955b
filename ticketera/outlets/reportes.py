"""Reports to the shop: each change of state, posted in the Standard Webhooks form from the stored queue.

A report is signed anew at each attempt under the same `webhook-id`: a backlog is older than a signature may be.
"""

from datetime import UTC, datetime

import httpx
from standardwebhooks import Webhook

from belgrano.http.client import new_client
from belgrano.http.reasons import why
from belgrano.outbox.outcome import outcome
from belgrano.outbox.outgoing import Outgoing, Verdict, retry

PATH = "/api/webhooks/ticketera"
TIMEOUT = httpx.Timeout(5.0, connect=2.0)


class Reportes:
    """Posts reports to one shop."""

    def __init__(self, ahorro_url: str, secret: str) -> None:
        self._webhook = Webhook(secret)
        self._client = new_client(ahorro_url, timeout=TIMEOUT, at_once=8)

    async def send(self, row: Outgoing) -> Verdict:
        """Post one report; what became of it, as `belgrano.outbox.outcome` judges the answer."""
        try:
            response = await self.post(row.key, row.body)
        except httpx.ReadTimeout:
            return retry("el comercio no contestó a tiempo", own=True)
        except httpx.HTTPError as error:
            return retry(f"el comercio no responde: {why(error)}")
        return outcome(
            response.status_code,
            response.headers,
            peer="el comercio",
            proof="la firma",
            said=lambda: response.text[:200],
            refuses_elsewhere=True,
        )

    async def post(self, key: str, body: str) -> httpx.Response:
        """The shop's answer to a report that is signed now. Raises `httpx.HTTPError`."""
        now = datetime.now(UTC)
        headers = {
            "content-type": "application/json",
            "webhook-id": key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(key, now, body),
        }
        return await self._client.post(PATH, content=body.encode(), headers=headers)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()
