"""Places real pedidos through the shop's HTTP, as the demo's customers, so that anyone can watch the board live.

The demo's repartidores deliver meanwhile, as the demo of Ticketera knows how; the shop only sells.
"""

from __future__ import annotations

import asyncio
import random
import sys
import uuid
from collections.abc import Callable

import httpx

from ahorro.demo.people import NOTAS, PASSWORD, PERSONAS, PersonaDemo
from ahorro.domain.domicilio import leer_domicilio
from ahorro.settings import Settings
from belgrano.words.money import pesos

TIMEOUT_S = 10.0
METODOS = ("efectivo", "efectivo", "efectivo", "transferencia")  # what a fresh shop takes


async def stream(
    settings: Settings, per_minute: float, *, say: Callable[[str], None] = print, seed: int | None = None
) -> None:
    """Order at this rate, evenly spread and a little at random, until cancelled."""
    chance = random.Random(seed)  # noqa: S311
    shop = f"http://{'127.0.0.1' if settings.host == '0.0.0.0' else settings.host}:{settings.port}"  # noqa: S104
    buyers = [Buyer(shop, p) for p in PERSONAS if p.rol != "admin"]
    try:
        while True:
            buyer = chance.choice(buyers)
            try:
                say(await buyer.order(chance))
            except httpx.HTTPError as error:
                print(f"La tienda no responde en {shop} ({type(error).__name__}). Sigo probando.", file=sys.stderr)
            await asyncio.sleep(60 / per_minute * chance.uniform(0.5, 1.5))
    except asyncio.CancelledError:
        say("Listo: no se hacen más pedidos.")
        raise
    finally:
        for buyer in buyers:
            await buyer.close()


class Buyer:
    """One demo customer with a browser's session."""

    def __init__(self, shop: str, persona: PersonaDemo) -> None:
        self._persona = persona
        self._http = httpx.AsyncClient(base_url=shop, timeout=TIMEOUT_S, trust_env=False)
        self._in = False

    async def order(self, chance: random.Random) -> str:
        """Fill the cart with a few things and confirm it; a line that tells what was ordered."""
        if not self._in:
            me = {"email": self._persona.email, "password": PASSWORD}
            (await self._http.post("/api/sesion", json=me)).raise_for_status()
            self._in = True
        productos = (await self._http.get("/api/productos", params={"limite": 100})).raise_for_status().json()
        for p in chance.sample(productos["productos"], k=chance.randint(1, 6)):
            item = {"producto_id": p["id"], "cantidad": chance.choice((1, 1, 1, 2, 2, 3))}
            await self._http.post("/api/carrito/items", json=item)
        where = leer_domicilio(self._persona.direccion)
        beside = {"piso": where.piso, "barrio": where.barrio}
        answer = await self._http.post(
            "/api/pedidos",
            json={
                "clave": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
                "direccion": where.direccion,
                "telefono": self._persona.telefono,
                "metodo_pago": chance.choice(METODOS),
                "notas": chance.choice(NOTAS),
                **{name: text for name, text in beside.items() if text},
            },
        )
        if answer.status_code == 401:
            self._in = False
        if answer.status_code in (409, 429):  # more than one customer may order
            return f"{self._persona.nombre}: {answer.json()['detail']}"
        answer.raise_for_status()
        made = answer.json()
        return f"{made['numero']}  {pesos(round(made['total'] * 100)):>15}  {self._persona.nombre}"

    async def close(self) -> None:
        """Close its connections."""
        await self._http.aclose()
