"""Demo repartidores who deliver, through Ticketera's HTTP, so that a stream of pedidos does not fill everybody's hands.

Whoever is online is somebody's real phone and is left alone: take one of the demo's accounts and its tickets wait for
you.
"""

from __future__ import annotations

import asyncio
import random
import sys
import uuid
from collections.abc import Callable
from typing import Any

import httpx

from ticketera.demo.people import ADMIN, PASSWORD, REPARTIDORES
from ticketera.settings import Settings

TIMEOUT_S = 10.0
KEEP = 2  # open tickets each keeps, so that the board does not run empty
ACTS_PER_ORDER = 2.2
FAILS = 0.06
MOTIVOS = ("cliente_ausente", "no_contesta", "direccion_incorrecta", "sin_pago")


async def stream(
    settings: Settings, per_minute: float, *, say: Callable[[str], None] = print, seed: int | None = None
) -> None:
    """Deliver about as fast as orders come, until cancelled."""
    chance = random.Random(seed)  # noqa: S311
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104
    base = f"http://{host}:{settings.port}"
    admin = Person(base, ADMIN[0])
    riders = [Person(base, r.email) for r in REPARTIDORES if r.en_turno]
    try:
        while True:
            try:
                online = {r["email"] for r in (await admin.get("/api/repartidores"))["repartidores"] if r["en_linea"]}
                rider = chance.choice(riders)
                if rider.email not in online:
                    said = await _work(rider, chance)
                    if said:
                        say(said)
            except (httpx.HTTPError, KeyError) as error:
                print(f"Ticketera no responde en {base} ({type(error).__name__}). Sigo probando.", file=sys.stderr)
            await asyncio.sleep(60 / per_minute / ACTS_PER_ORDER * chance.uniform(0.5, 1.5))
    finally:
        for person in (admin, *riders):
            await person.close()


async def _work(rider: Person, chance: random.Random) -> str:
    """One act on this repartidor's first ticket; a line that tells it."""
    tickets = (await rider.get("/api/mis-tickets"))["tickets"]
    if len(tickets) <= KEEP:
        return ""
    first = next((t for t in tickets if t["estado"] == "en_camino"), tickets[0])
    act: dict[str, Any] = {"accion": "iniciar"}
    if first["estado"] == "en_camino":
        act = {"accion": "entregar"}
        if chance.random() < FAILS:
            act = {"accion": "fallar", "motivo": chance.choice(MOTIVOS)}
        elif first["metodo_pago"] == "efectivo":
            act["cobrado"] = first["total"]
    done = await rider.post(f"/api/tickets/{first['id']}/acciones", {**act, "accion_id": uuid.uuid4().hex})
    return f"{done['numero']:24} {done['estado'].replace('_', ' '):12} {done['repartidor_nombre'] or ''}"


class Person:
    """Somebody of the demo with a session."""

    def __init__(self, base: str, email: str) -> None:
        self.email = email
        self._http = httpx.AsyncClient(base_url=base, timeout=TIMEOUT_S, trust_env=False)
        self._in = False

    async def get(self, path: str) -> Any:
        """The JSON of an address."""
        return await self._ask("GET", path, None)

    async def post(self, path: str, data: dict[str, Any]) -> Any:
        """The JSON that answers this one."""
        return await self._ask("POST", path, data)

    async def _ask(self, method: str, path: str, data: dict[str, Any] | None) -> Any:
        if not self._in:
            me = {"email": self.email, "password": PASSWORD}
            (await self._http.post("/api/sesion", json=me)).raise_for_status()
            self._in = True
        answer = await self._http.request(method, path, json=data)
        if answer.status_code == 401:
            self._in = False
        return answer.raise_for_status().json()

    async def close(self) -> None:
        """Close its connections."""
        await self._http.aclose()
