"""Ticketera broken on purpose, for the runs that must go red; what Hypercorn is pointed at, and nothing else uses it.

BELGRANO_TEST_BROKEN says how: `answers_first` says 201 before anything is stored, `forgets_numeros` looks up no numero
(and the test has taken the unique index away).
"""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import ticketera.actions.intake
from ticketera.asgi import app as whole

LATE_S = 0.1


async def answers_first(scope: Any, receive: Any, send: Any) -> None:
    """The order is acknowledged at once, and stored a little later."""
    if scope["type"] != "http" or (scope["method"], scope["path"]) != ("POST", "/api/tickets"):
        await whole(scope, receive, send)
        return
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)

    async def store() -> None:
        await asyncio.sleep(LATE_S)
        parts = iter([{"type": "http.request", "body": body, "more_body": False}])
        await whole(scope, lambda: asyncio.sleep(0, next(parts)), lambda message: asyncio.sleep(0))

    background.add(task := asyncio.create_task(store()))
    task.add_done_callback(background.discard)
    answer = json.dumps({"exito": True, "ticket_id": 0, "numero": json.loads(body)["numero"]}).encode()
    head = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 201, "headers": head})
    await send({"type": "http.response.body", "body": answer})


async def unknown(*_: Any) -> None:
    """No numero was ever seen before."""


background: set[asyncio.Task[None]] = set()
app: Any = whole
match os.environ["BELGRANO_TEST_BROKEN"]:
    case "answers_first":
        app = answers_first
    case "forgets_numeros":
        ticketera.actions.intake._conocido = unknown  # type: ignore[assignment]
