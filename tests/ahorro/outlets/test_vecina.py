"""Health tells whether Ticketera is there, quickly, also when nothing waits for it."""

import asyncio
import time
from pathlib import Path
from typing import Any

from ahorro.app import create_app
from tests.ahorro.cast import ShopApp
from tests.ahorro.conftest import some_settings
from tests.ahorro.outlets.peer import Peer


async def health(shop: ShopApp) -> Any:
    response = await shop.visitor().ask("GET", "/health")
    assert response.status_code == 200
    return response.data_


async def test_health_is_degraded_while_ticketera_is_away_and_healthy_again_after(tmp_path: Path) -> None:
    peer = Peer()
    await peer.start()
    app = create_app(some_settings(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, ticketera_url=peer.url))
    async with app.test_app():
        shop = ShopApp(app)
        assert (await health(shop))["status"] == "healthy"

        await peer.stop()
        await asyncio.sleep(1.1)
        away = await health(shop)
        assert (away["status"], away["ticketera"]) == ("degraded", "ausente")
        assert away["outbox"] == {"pendientes": 0, "apartados": 0, "mas_viejo_s": 0}

        await peer.start()
        await asyncio.sleep(1.1)
        assert (await health(shop))["status"] == "healthy"
    await peer.stop()


async def test_a_ticketera_that_never_answers_does_not_hold_up_health(tmp_path: Path) -> None:
    peer = Peer()
    peer.say = lambda body: None
    await peer.start()
    app = create_app(some_settings(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, ticketera_url=peer.url))
    async with app.test_app():
        began = time.monotonic()
        answers = await asyncio.gather(*(health(ShopApp(app)) for _ in range(20)))
        assert time.monotonic() - began < 15
        assert {a["status"] for a in answers} == {"degraded"}
        assert len(peer.heard) == 1
    await peer.stop()
