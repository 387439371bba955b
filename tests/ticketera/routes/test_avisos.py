"""Asking for notices over HTTP, and getting one from a real Ticketera; nothing of it where the server has no key."""

from collections.abc import AsyncIterator

import pytest

from belgrano.env import Environment
from tests.ahorro.outlets.peer import Peer
from tests.everyone import make_app
from tests.people import Crew, Person, enter, until
from tests.phone import Phone
from tests.servers import PUSH, Servers
from tests.ticketera.routes.asserts import refused
from tests.ticketera.suscriptor import Suscriptor
from ticketera.settings import Settings

FCM = "https://fcm.googleapis.com/fcm/send/x"


@pytest.fixture
async def service(town: Servers) -> AsyncIterator[Peer]:
    """What this Ticketera takes for a push service."""
    peer = Peer()
    peer.port = int(town.env["TICKETS_PUSH_ORIGINS"].rpartition(":")[2])
    peer.say = lambda _: (201, {}, "")
    await peer.start()
    yield peer
    await peer.stop()


async def test_a_sleeping_phone_is_told_and_one_that_is_awake_or_logged_out_is_not(
    town: Servers, crew: Crew, rita: Person, raul: Person, service: Peer
) -> None:
    out = await enter(town.ticketera.url, rita.me["email"])
    browsers = {
        who: Suscriptor(f"{service.url}/{name}") for who, name in ((rita, "rita"), (raul, "raul"), (out, "out"))
    }
    for who, browser in browsers.items():
        assert (await who.post("/api/avisos", browser.alta)).status_code == 204
    phone = await Phone(raul).connect()
    await out.delete("/api/sesion")

    for who in (raul, rita):
        told = (await crew.shop.post_ticket(repartidor_id=who.id))["ticket_id"]
        if who is raul:
            assert await phone.knows(told)
            await phone.confirm()

    assert await until(lambda: service.raw)
    assert [headers["path"] for headers, _ in service.heard] == ["/rita"]
    assert browsers[rita].read(service.raw[0]) == {"ticket_id": told}
    await phone.end()
    await out.close()


@pytest.mark.parametrize("endpoint", ["http://169.254.169.254/x", "https://malo.test/x", FCM + "x" * 1024, "", "x"])
async def test_an_address_that_is_no_push_service_is_named(rita: Person, endpoint: str) -> None:
    refused(await rita.post("/api/avisos", Suscriptor(endpoint).alta), 400, campos=["endpoint"])


async def test_keys_that_are_none_are_named_and_so_is_what_is_missing(crew: Crew, rita: Person) -> None:
    alta = Suscriptor(FCM).alta

    for claves in ({}, {"p256dh": "x"}, {**alta["claves"], "p256dh": "A" * 87}, {**alta["claves"], "auth": "ñ"}, "x"):
        refused(await rita.post("/api/avisos", {**alta, "claves": claves}), 400, campos=["claves"])
    refused(await rita.post("/api/avisos", {}), 400, campos=["endpoint", "claves"])
    refused(await rita("DELETE", "/api/avisos", json={}), 400, campos=["endpoint"])
    refused(await crew.admin.post("/api/avisos", alta), 403)
    for _ in range(2):
        assert (await rita("DELETE", "/api/avisos", json={"endpoint": FCM})).status_code == 204


async def test_the_page_has_the_button_and_the_key(town: Servers, rita: Person) -> None:
    vapid = town.settings("ticketera").vapid

    for path in ("/reparto", "/reparto/cascara"):
        assert f'data-clave="{vapid.public}"' in (await rita.get(path)).text


async def test_without_a_key_there_is_neither_route_nor_button() -> None:
    with Servers() as servers:
        app = make_app(servers, "ticketera")

    assert "/api/avisos" not in {rule.rule for rule in app.url_map.iter_rules()}
    page = await (await app.test_client().get("/reparto/cascara")).get_data(as_text=True)
    assert "Probar sonido" in page
    assert "data-clave" not in page


@pytest.mark.parametrize("wrong", ["TICKETS_VAPID_PRIVATE_KEY", "TICKETS_VAPID_SUBJECT"])
def test_a_key_that_is_none_or_a_subject_that_nobody_can_write_to_stops_the_start(
    town: Servers, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        Settings.read(Environment({**town.env, **PUSH, wrong: "secreto"}))

    assert stopped.value.code == 78
    said = capsys.readouterr().err
    assert said.startswith(f"{wrong}: ")
    assert "secreto" not in said


SUBJECTS = {
    "reachable": [
        "mailto:ana@belgrano.com.ar",
        "mailto:ana.perez+push@mail.belgrano.com",
        "https://belgrano.com.ar",
        "https://www.belgrano.com.ar/contacto",
        "https://belgrano.com.ar:8443/",
        "mailto:ana@xn--and-6ma2c.com.ar",
    ],
    "nowhere": [
        *("mailto:", "mailto:ana", "mailto:@belgrano.com.ar", "mailto:ana@", "mailto:ana@belgrano"),
        "mailto:ana@localhost",
        *("mailto:ana@belgrano.local", "mailto:ana@belgrano.test", "mailto:ana@belgrano.internal"),
        *("mailto:ana@belgrano.invalid", "mailto:ana@belgrano.example", "mailto:ana@router.home.arpa"),
        *("mailto: ana@belgrano.com.ar", "mailto:ana@belgrano.com.ar ", "mailto:ana maria@belgrano.com.ar"),
        *("mailto:ana@127.0.0.1", "mailto:ana@[::1]", "mailto:ana@belgrano..ar", "mailto:ana@-x.com.ar"),
        *("mailto:ana@belgrano.com.ar,eva@belgrano.com.ar", "mailto:ana@belgrano.com.ar?subject=x"),
        *("mailto:<ana@belgrano.com.ar>", "mailto:ana..perez@belgrano.com.ar", "mailto:ana@ñandú.com.ar"),
        *("https://", "https:///contacto", "https://localhost", "https://localhost:5001", "https://belgrano"),
        *("https://127.0.0.1", "https://192.168.0.10/", "https://[::1]/", "https://1.1.1.1", "https://belgrano.local/x"),
        *("https://belgrano.com.ar /", "https://ana:x@belgrano.com.ar", "https://belgrano.com.ar:99999"),
        *("http://belgrano.com.ar", "ana@belgrano.com.ar", "tel:+541155551234", "MAILTO", "mailto"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS["nowhere"])
def test_production_takes_no_subject_that_a_push_service_could_not_write_to(
    town: Servers, subject: str, capsys: pytest.CaptureFixture[str]
) -> None:
    env = {**town.env, **PUSH, "BELGRANO_ENV": "production", "TICKETS_VAPID_SUBJECT": subject}

    with pytest.raises(SystemExit) as stopped:
        Settings.read(Environment(env))

    assert stopped.value.code == 78
    said = capsys.readouterr().err
    assert said.startswith("TICKETS_VAPID_SUBJECT: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("subject", SUBJECTS["reachable"])
def test_production_takes_a_subject_of_a_public_domain(town: Servers, subject: str) -> None:
    env = {**town.env, **PUSH, "BELGRANO_ENV": "production", "TICKETS_VAPID_SUBJECT": subject}

    vapid = Settings.read(Environment(env)).vapid

    assert vapid is not None
    assert vapid.subject == subject


def test_without_a_key_production_starts_and_tells_no_phone(town: Servers) -> None:
    env = {name: value for name, value in town.env.items() if name not in PUSH}

    assert Settings.read(Environment({**env, "BELGRANO_ENV": "production"})).vapid is None


def test_production_posts_to_nobody_but_the_known_services(town: Servers) -> None:
    env = {**town.env, **PUSH, "TICKETS_PUSH_ORIGINS": "http://127.0.0.1:9"}
    env["TICKETS_VAPID_SUBJECT"] = "mailto:sistemas@belgrano.com.ar"

    assert Settings.read(Environment(env)).push_origins == ("http://127.0.0.1:9",)
    assert Settings.read(Environment({**env, "BELGRANO_ENV": "production"})).push_origins == ()
