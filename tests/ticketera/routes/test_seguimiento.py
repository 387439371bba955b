"""The customer's page over HTTP: which links open, what comes with the answer, and what never does."""

import re
import time
from typing import Any

import httpx
import pytest

from belgrano.words.times import DIA, HORA, iso
from tests.people import Crew, Person, act, new_clave, set_turno
from tests.servers import Servers
from ticketera.domain.prueba import pin_de
from ticketera.domain.seguimiento import token_de


@pytest.fixture
def visitor(town: Servers) -> Person:
    """Somebody with a link and nothing else."""
    return Person(town.ticketera.url)


def link(town: Servers, numero: str) -> str:
    return f"/seguir/{numero}/{token_de(town.webhook_secret, numero)}"


async def follow(visitor: Person, town: Servers, numero: str, **more: Any) -> httpx.Response:
    return await visitor("GET", link(town, numero), headers={"Accept": "text/html", **more})


def words(answer: httpx.Response) -> str:
    """What a person reads."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda numero, token: f"{numero}/{token[:-1]}",
        lambda numero, token: f"{numero}/{token}A",
        lambda numero, token: f"{numero}/{token.swapcase()}",
        lambda numero, token: f"{numero}/{token.upper()}",
        lambda numero, token: f"{numero}/{'A' * 43}",
        lambda numero, token: f"{numero}/{token}=",
        lambda numero, token: f"{numero}/ñ{token[1:]}",
        lambda numero, token: f"{numero.lower()}/{token}",
        lambda numero, token: f"{numero}X/{token}",
        lambda numero, token: f"OTRO-1/{token}",
    ],
    ids=["truncated", "longer", "swapped", "upper", "none", "padded", "odd", "lower-numero", "longer-numero", "others"],
)
async def test_only_the_very_link_opens_and_every_other_looks_the_same(
    town: Servers, crew: Crew, visitor: Person, spoil: Any
) -> None:
    await crew.shop.post_ticket(numero=f"OTRO-{new_clave()[:8]}")
    numero = (await crew.shop.post_ticket())["numero"]
    assert (await follow(visitor, town, numero)).status_code == 200

    answer = await visitor.get("/seguir/" + spoil(numero, token_de(town.webhook_secret, numero)))

    assert answer.status_code == 404 and "Este enlace venció o no existe" in answer.text
    assert numero not in answer.text
    nothing = await visitor.get(f"/seguir/NADA/{'x' * 43}")
    assert (nothing.status_code, nothing.text) == (404, answer.text)


async def test_the_answer_is_kept_by_nobody_and_gives_no_cookie(town: Servers, crew: Crew, visitor: Person) -> None:
    numero = (await crew.shop.post_ticket())["numero"]

    for path in (link(town, numero), "/seguir/NADA/x"):
        answer = await visitor.get(path)
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert "noindex" in answer.headers["x-robots-tag"] and 'content="noindex' in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
        assert "require-trusted-types-for 'script'" in answer.headers["content-security-policy"]
    assert (await visitor("POST", link(town, numero))).status_code == 405


async def test_a_page_that_is_known_is_not_sent_again(town: Servers, crew: Crew, visitor: Person) -> None:
    made = await crew.shop.post_ticket()
    first = await follow(visitor, town, made["numero"])

    again = await follow(visitor, town, made["numero"], **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-store"
    await act(crew.admin, made["ticket_id"], "cancelar")
    changed = await follow(visitor, town, made["numero"], **{"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200 and "Se canceló" in changed.text


async def test_an_order_that_is_still_under_way_is_no_dead_link(town: Servers, visitor: Person) -> None:
    answer = await follow(visitor, town, "PED-20261124-AAAAAAAA")

    assert answer.status_code == 200 and "Todavía no lo tomó el reparto" in answer.text


async def test_the_page_tells_of_this_delivery_and_of_nothing_else(
    town: Servers, crew: Crew, rita: Person, visitor: Person
) -> None:
    await crew.admin.ok(
        "PATCH", f"/api/repartidores/{rita.id}", {"nombre": "Rita Zubizarreta", "telefono": "4781-0001"}
    )
    await set_turno(rita)
    before = await crew.shop.post_ticket(
        repartidor_id=rita.id, cliente_nombre="Otilia Prado", cliente_direccion="Moldes 999"
    )
    made = await crew.shop.post_ticket(
        repartidor_id=rita.id, cliente_email="ana.secreta@belgrano.test", cliente_telefono="11 6666-7777",
        franja_desde="2031-05-04T21:00:00Z", franja_hasta="2031-05-04T23:00:00Z",
    )  # fmt: skip

    page = await follow(visitor, town, made["numero"])
    assert "Ya tiene quien lo lleve" in page.text and re.search(r"Faltan? \d+ entregas? antes que la tuya", words(page))
    assert "Lo va a llevar Rita" in words(page) and "04/05/2031 de 18 a 20" in words(page)
    await act(rita, made["ticket_id"], "iniciar")
    page = await follow(visitor, town, made["numero"])
    assert "Está en camino" in page.text

    for secret in (
        "Zubizarreta", "4781-0001", rita.me["email"], "Otilia", "Moldes", before["numero"], "ana.secreta",
        "6666-7777", "Ana Pérez", "Av. Belgrano", "Timbre 2B", "Arroz", "1.900",
    ):  # fmt: skip
        assert secret not in page.text, secret
    await set_turno(rita, abierto=False)


async def test_a_late_order_says_that_it_is_late_and_a_later_one_its_day(
    town: Servers, crew: Crew, visitor: Person
) -> None:
    now = time.time_ns() // 1_000_000
    late = await crew.shop.post_ticket(franja_desde=iso(now - 3 * HORA), franja_hasta=iso(now - HORA))
    tomorrow = await crew.shop.post_ticket(franja_desde=iso(now + DIA), franja_hasta=iso(now + DIA + HORA))
    alone = await crew.shop.post_ticket(franja_desde=iso(now + DIA))

    said = words(await follow(visitor, town, late["numero"]))
    assert "viene demorado" in said and "Te llega" not in said
    assert "Te llega mañana de" in words(await follow(visitor, town, tomorrow["numero"]))
    assert "Te llega mañana desde las" in words(await follow(visitor, town, alone["numero"]))


async def test_the_pin_appears_when_the_settings_ask_for_it(town: Servers, crew: Crew, visitor: Person) -> None:
    numero = (await crew.shop.post_ticket())["numero"]
    pin = pin_de(town.webhook_secret, numero)
    assert "código de entrega" not in (await follow(visitor, town, numero)).text

    await crew.admin.ok("PATCH", "/api/configuracion", {"prueba_pin": "obligatoria"})
    try:
        assert f">{pin}<" in (await follow(visitor, town, numero)).text
    finally:
        await crew.admin.ok("PATCH", "/api/configuracion", {"prueba_pin": "no"})


async def test_guessing_is_slowed_down_and_a_true_link_is_not(town: Servers, crew: Crew, visitor: Person) -> None:
    numero = (await crew.shop.post_ticket())["numero"]

    codes = [(await visitor.get(f"/seguir/{numero}/{n:043d}")).status_code for n in range(32)]

    assert codes == [404] * 30 + [429] * 2
    assert (await follow(visitor, town, numero)).status_code == 200
