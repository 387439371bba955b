"""`belgrano verify`: are both apps up, and would Ticketera take an order from the shop? Nothing is kept.

Both health routes, then a test ticket through `?validar=1`, each with its time. The addresses and the key are those
that the shop itself uses, or the ones given.
"""

import time
from collections.abc import Awaitable, Callable

import click
import httpx

from belgrano.env import Environment
from belgrano.http.reasons import why
from belgrano.operator.reach import TICKET
from belgrano.settings import PORTS, local_url

TIMEOUT_S = 10.0


class Failed(Exception):
    """A check failed; the text says what, for the operator."""


async def verify(env: Environment, *, ahorro: str | None = None, ticketera: str | None = None) -> bool:
    """Run the three checks and print what each found; whether all of them held."""
    ahorro = ahorro or env.url(
        "BELGRANO_AHORRO_URL",
        "AHORRO_URL",
        default=local_url(env.port("AHORRO_PORT", default=PORTS["ahorro"])),
    )
    ticketera = ticketera or env.url(
        "TICKETERA_URL",
        "TICKETS_URL",
        default=local_url(env.port("TICKETS_PORT", default=PORTS["ticketera"])),
    )
    keys = env.keys("TICKETERA_API_KEY")
    async with httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as client:
        found = [
            await _check("Ahorro", ahorro, lambda: _health(client, ahorro)),
            await _check("Ticketera", ticketera, lambda: _health(client, ticketera)),
            await _check("Un ticket de prueba", ticketera, lambda: _ticket(client, ticketera, keys)),
        ]
    return all(found)


async def _check(what: str, url: str, check: Callable[[], Awaitable[str]]) -> bool:
    began = time.perf_counter()
    try:
        said, good = await check(), True
    except Failed as error:
        said, good = str(error), False
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        said, good = f"no se puede llegar: {why(error)}", False
    took = (time.perf_counter() - began) * 1000
    click.echo(f"{'bien' if good else 'MAL':4} {what} ({url}): {said}, {took:.0f} ms", err=not good)
    return good


async def _health(client: httpx.AsyncClient, url: str) -> str:
    answer = await client.get(f"{url}/health")
    health = _json(answer)
    status = str(health.get("status", "sin estado"))
    if answer.status_code != 200:
        raise Failed(f"responde {answer.status_code} ({status})")
    motivos = health.get("motivos")
    if status != "healthy":
        raise Failed(f"{status}: {'; '.join(map(str, motivos)) if isinstance(motivos, list) else 'no dice por qué'}")
    outbox = health.get("outbox")
    pending = outbox.get("pendientes") if isinstance(outbox, dict) else None
    return status + (f", {pending} pedidos por entregar a Ticketera" if pending else "")


async def _ticket(client: httpx.AsyncClient, url: str, keys: tuple[str, ...]) -> str:
    headers = {"X-API-Key": keys[0]} if keys else {}
    answer = await client.post(f"{url}/api/tickets", params={"validar": "1"}, json=TICKET, headers=headers)
    if answer.status_code == 401:
        raise Failed("no acepta la clave de TICKETERA_API_KEY (401)")
    if answer.status_code != 200 or not _json(answer).get("validado"):
        raise Failed(f"responde {answer.status_code}: {answer.text[:200]}")
    return "aceptado, no se guardó"


def _json(answer: httpx.Response) -> dict[str, object]:
    try:
        value = answer.json()
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
