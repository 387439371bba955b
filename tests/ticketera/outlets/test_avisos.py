"""Notices to a phone whose screen is off, posted to a real HTTP server that answers as it is told."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
from structlog.testing import capture_logs

from belgrano.accounts.sessions import end_session, end_sessions_of, hash_token, open_session
from belgrano.http.webpush import Vapid
from tests.ahorro.outlets.peer import Peer
from tests.conftest import MakeBase
from tests.people import until
from tests.ticketera.cast import Cast
from tests.ticketera.conftest import MIGRATIONS
from tests.ticketera.suscriptor import Suscriptor
from ticketera.actions import limpieza, novedades, usuarios
from ticketera.actions.avisos import desuscribir, olvidar_suscripcion, suscribir
from ticketera.domain.avisos import Suscripcion, es_servicio
from ticketera.domain.usuario import Usuario
from ticketera.outlets import avisos
from ticketera.outlets.avisos import Avisos
from ticketera.store.avisos import select_para_avisar

DIA = 86_400_000


class Street:
    """Ana, Rita and Raúl, a push service, and what posts to it while the gate is open."""

    def __init__(self, cast: Cast, service: Peer, gate: asyncio.Event) -> None:
        self.cast, self.service, self.gate = cast, service, gate

    async def browser(self, who: Usuario, path: str = "rita") -> Suscriptor:
        """A browser in which somebody has just logged in and asked for notices."""
        browser = Suscriptor(f"{self.service.url}/{path}")
        self.token = hash_token(await self.cast.base.do(open_session, who.id))
        await self.cast.base.do(suscribir, who.id, self.token, browser.suscripcion)
        return browser

    async def stored(self) -> list[tuple[str, int]]:
        """Endpoint and person of each subscription."""

        async def select(con: Any) -> list[Any]:
            return list(await con.fetch_all("SELECT endpoint, usuario_id FROM suscripciones ORDER BY en, endpoint", {}))

        return [(row["endpoint"].rpartition("/")[2], row["usuario_id"]) for row in await self.cast.base.read(select)]

    def heard(self, posts: int) -> bool:
        return len(self.service.heard) >= posts

    async def given(self, who: Usuario) -> int:
        return (await self.cast.pedido(repartidor_id=who.id)).id

    async def silent(self) -> bool:
        """Nobody was posted to, though the next one is."""
        before = len(self.service.heard)
        self.gate.set()
        nora = await self.cast.otro("Nora")
        await self.browser(nora, "nora")
        await self.given(nora)
        await until(partial(self.heard, before + 1))
        return [headers["path"] for headers, _ in self.service.heard[before:]] == ["/nora"]


@pytest.fixture
async def street(make_base: MakeBase, schema: str, monkeypatch: Any) -> AsyncIterator[Street]:
    monkeypatch.setattr(avisos, "WAIT_S", 0.01)
    monkeypatch.setattr(avisos, "AGAIN_S", 0.01)
    service, gate = Peer(), asyncio.Event()
    gate.set()
    service.say = lambda _: (201, {}, "")
    await service.start()
    base = await make_base(MIGRATIONS, app=schema, tell=lambda events: outlet.tell(events))

    async def find(repartidor_id: int, ticket_id: int) -> list[Suscripcion]:
        await gate.wait()
        return await base.read(select_para_avisar, repartidor_id, ticket_id, DIA)

    vapid = Vapid.read("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "mailto:a@b.example")
    outlet = Avisos(vapid, find, lambda endpoint: base.do(olvidar_suscripcion, endpoint))
    running = asyncio.create_task(outlet.run())
    yield Street(await Cast.of(base), service, gate)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await outlet.close()
    await service.stop()


async def test_a_phone_that_is_not_there_is_told_the_id_and_nothing_else(street: Street) -> None:
    browser = await street.browser(street.cast.rita)
    ticket_id = await street.given(street.cast.rita)

    await until(lambda: street.service.raw)

    assert browser.read(street.service.raw[0]) == {"ticket_id": ticket_id}
    headers, _ = street.service.heard[0]
    assert {name: headers[name] for name in ("path", "ttl", "urgency", "topic", "content-encoding")} == {
        "path": "/rita", "ttl": "300", "urgency": "high", "topic": f"ticket-{ticket_id}",
        "content-encoding": "aes128gcm",
    }  # fmt: skip
    assert headers["authorization"].startswith("vapid t=ey")


async def test_who_has_it_or_has_it_no_more_is_left_alone(street: Street) -> None:
    cast = street.cast
    await street.browser(cast.rita)
    street.gate.clear()

    await street.given(cast.rita)
    await cast.base.do(novedades.registrar_recibido, cast.rita.id, None, (await cast.persona(cast.rita)).seq)
    await cast.move(await cast.get_ticket(await street.given(cast.rita)), a=cast.raul)
    await cast.acts(cast.ana, await street.given(cast.rita), "cancelar")

    assert await street.silent()


async def test_whoever_is_out_is_told_nothing_and_forgotten(street: Street) -> None:
    cast, base = street.cast, street.cast.base
    people = {way: await cast.otro(way) for way in ("logout", "baja", "password", "old", "off", "other")}
    browsers = {way: (await street.browser(who, way), street.token) for way, who in people.items()}
    street.gate.clear()
    for who in people.values():
        await street.given(who)

    await base.do(end_session, browsers["logout"][1])
    await base.do(usuarios.cambiar_password, people["password"].id, "y")
    await base.do(_age, browsers["old"][1])
    await base.do(desuscribir, people["off"].id, browsers["off"][0].endpoint)
    raul = hash_token(await base.do(open_session, cast.raul.id))  # on somebody else's phone
    await base.do(suscribir, cast.raul.id, raul, browsers["other"][0].suscripcion)
    await base.do(end_sessions_of, people["baja"].id)  # a moment before the tickets go: not by the holder alone

    assert await street.silent()
    while await base.do(limpieza.podar):
        pass
    assert [path for path, _ in await street.stored()] == ["old", "other", "nora"]
    assert ("other", cast.raul.id) in await street.stored()


async def test_who_leaves_is_told_nothing_of_what_an_heir_gets(street: Street) -> None:
    cast = street.cast
    await street.browser(cast.rita)
    street.gate.clear()
    await street.given(cast.rita)

    await cast.base.do(usuarios.cambiar_repartidor, cast.ana.quien, cast.rita.id, {"activo": False}, cast.raul.id)

    assert await street.silent()


async def _age(work: Any, token_hash: str) -> None:
    await work.con.execute(
        "UPDATE sessions SET seen_at = :then WHERE token_hash = :token_hash",
        {"then": work.ahora - 2 * DIA, "token_hash": token_hash},
    )


async def test_only_ones_own_browser_is_told_no_more(street: Street) -> None:
    browser = await street.browser(street.cast.rita)

    await street.cast.base.do(desuscribir, street.cast.raul.id, browser.endpoint)

    assert await street.stored() == [("rita", street.cast.rita.id)]


async def test_of_six_browsers_the_newest_five_stay(street: Street) -> None:
    for n in range(6):
        await street.browser(street.cast.rita, f"r{n}")
        await asyncio.sleep(0.002)

    assert await street.stored() == [(f"r{n}", street.cast.rita.id) for n in range(1, 6)]


async def test_a_browser_that_is_gone_is_forgotten_and_a_service_that_is_away_is_tried_twice(street: Street) -> None:
    for status, tries in ((404, 1), (410, 1), (403, 1), (302, 1), (503, 2), (429, 2)):
        who = await street.cast.otro()
        await street.browser(who, str(status))
        street.service.say = lambda _, status=status: (status, {"location": "/x"}, "")
        before = len(street.service.heard)
        await street.given(who)
        await until(partial(street.heard, before + tries))
        await asyncio.sleep(0.05)
        assert [headers["path"] for headers, _ in street.service.heard[before:]] == [f"/{status}"] * tries

    assert [path for path, _ in await street.stored()] == ["403", "302", "503", "429"]


async def test_a_service_that_hangs_holds_up_no_ticket_and_no_other_service(street: Street) -> None:
    await street.browser(street.cast.rita)
    street.service.say = lambda _: None
    for _ in range(2):
        await street.given(street.cast.rita)
    await until(lambda: street.service.open)
    street.service.say = lambda _: (201, {}, "")
    await street.browser(street.cast.raul, "raul")

    tickets = [await street.given(street.cast.rita) for _ in range(20)]
    await street.given(street.cast.raul)

    assert len(set(tickets)) == 20
    assert await until(lambda: any(headers["path"] == "/raul" for headers, _ in street.service.heard), 8)
    assert street.service.most_open <= avisos.AT_ONCE


async def test_a_service_that_answers_drop_by_drop_is_given_up(street: Street, monkeypatch: Any) -> None:
    """Each drop comes well within the time that a connection may be silent."""
    monkeypatch.setattr(avisos, "PATIENCE_S", 0.3)

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 201 x\r\n")
            while not writer.is_closing():
                writer.write(b"x-more: 1\r\n")
                await writer.drain()
                await asyncio.sleep(0.05)

    async with await asyncio.start_server(drip, "127.0.0.1", 0) as service:
        browser = Suscriptor(f"http://127.0.0.1:{service.sockets[0].getsockname()[1]}/x")
        token = hash_token(await street.cast.base.do(open_session, street.cast.rita.id))
        await street.cast.base.do(suscribir, street.cast.rita.id, token, browser.suscripcion)
        with capture_logs() as told:
            await street.given(street.cast.rita)
            assert await until(lambda: told)

    assert told == [
        {"event": "aviso_not_taken", "log_level": "warning", "push_service": "127.0.0.1", "why": "TimeoutError"}
    ]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x", "https://fcm.googleapis.com", "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.malo.test/x", "https://malo.test/fcm.googleapis.com", "https://127.0.0.1/x",
        "https://a@fcm.googleapis.com/x", "https://malo.test\\@fcm.googleapis.com/x", "https://fcm.googleapis.com/x y",
        "https://push.services.mozilla.com.malo.test/", "https://malopush.services.mozilla.com/x", "ftp://x/",
        "https://fcm.googleapis.com/\n", "https://fcm.googleapis.com/ñ", "https://fcm.googleapis.com/" + "x" * 1024,
        "https://malo.test#.notify.windows.com/x", "https://malo.test?.notify.windows.com/x", "", "https://",
        "HTTPS://FCM.GOOGLEAPIS.COM/x", "http://127.0.0.1:80801/x", "http://127.0.0.1:8080@malo.test/x",
        "https://a..push.services.mozilla.com/x", "https://.notify.windows.com/x", "https://push.apple.com.malo.test/x",
        f"https://{'a' * 64}.push.apple.com/x",
        "https://[::1]/x", "https://10.0.0.1/x", "https://localhost/x", "http://localhost:8080/x", "http://0.0.0.0/x",
    ],
)  # fmt: skip
def test_nobody_but_a_push_service_is_posted_to(endpoint: str) -> None:
    assert not es_servicio(endpoint, ["http://127.0.0.1:8080"])


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/cX_1-2:APA91b", "https://web.push.apple.com/QAbc",
        "https://eu-1.push.apple.com/QAbc", f"https://wns2-par02p.notify.windows.com/w/?token={'B' * 900}",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA", "https://wns2-par02p.notify.windows.com/w/?token=B%2f",
        "http://127.0.0.1:8080/x",
    ],
)  # fmt: skip
def test_the_browsers_own_services_are(endpoint: str) -> None:
    assert es_servicio(endpoint, ["http://127.0.0.1:8080"])
