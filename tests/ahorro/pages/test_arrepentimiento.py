"""A withdrawal revokes what it can: an open pedido is cancelled, one on its way is the admin's to answer."""

import asyncio
import json
import re
from typing import Any

import pytest

from belgrano.database.work import Connection
from tests.ahorro.cast import PASSWORD, ShopApp, Visitor
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader
from tests.ahorro.routes.test_webhooks import avisar, un_aviso


async def asked_of_ticketera(con: Connection, numero: str) -> list[str]:
    """The keys of the pedido's lane after its own: what Ticketera is asked to do with it."""
    rows = await con.fetch_all(
        "SELECT key FROM outgoing WHERE lane = :numero AND key <> :numero ORDER BY id", {"numero": numero}
    )
    return [row["key"] for row in rows]


async def withdraw(shop: ShopApp, numero: str, email: str, **more: str) -> tuple[str, str]:
    """The codigo that somebody without an account is given, and what the page says."""
    guest = Reader(shop.app.test_client())
    await guest.go("/arrepentimiento", "POST", form={"numero": numero, "email": email, **more})
    assert guest.status == 200, guest.page.text
    found = re.search(r"ARR-[0-9A-F]{8}", guest.html)
    assert found is not None
    return found[0], guest.page.text


async def looking(shop: ShopApp, clara: Visitor, numero: str) -> Reader:
    """The customer on the pedido's page."""
    person = Reader(shop.app.test_client())
    await come_in(person, clara.email, PASSWORD)
    await person.go(f"/pedidos/{numero}")
    return person


@pytest.fixture
async def clara(shop: ShopApp) -> Visitor:
    return await shop.customer()


@pytest.fixture
async def numero(shop: ShopApp, clara: Visitor) -> str:
    return str((await clara.buy(await shop.producto()))["numero"])


@pytest.mark.parametrize("estado", ["", "asignado"])
async def test_an_open_pedido_is_cancelled_and_both_pages_say_so(
    shop: ShopApp, clara: Visitor, numero: str, estado: str
) -> None:
    if estado:
        await avisar(shop, un_aviso(numero, estado, version=2))

    codigo, words = await withdraw(shop, numero, clara.email)

    assert await shop.base.read(asked_of_ticketera, numero) == [f"cancelar:{numero}"]
    assert "pedimos que se cancele" in words
    page = await looking(shop, clara, numero)
    assert page.sees(codigo) and page.sees("Te arrepentiste de esta compra") and page.sees("Pedimos que se cancele")
    assert not page.sees("Sí, cancelarlo")
    await avisar(shop, un_aviso(numero, "cancelado", version=3))
    page = await looking(shop, clara, numero)
    assert page.sees(codigo) and page.sees("El pedido se canceló") and not page.sees("Pedimos que se cancele")


async def test_pressed_again_or_many_times_at_once_it_is_the_same_codigo(
    shop: ShopApp, clara: Visitor, numero: str
) -> None:
    forms = [
        {"numero": n, "email": e} for n in (numero, f" {numero.lower()} ") for e in (clara.email, clara.email.upper())
    ]

    answers = await asyncio.gather(*(withdraw(shop, **form) for form in forms * 2))
    await avisar(shop, un_aviso(numero, "cancelado", version=3))
    again, _ = await withdraw(shop, numero, clara.email, detalle="Era de otro color")

    assert len({codigo for codigo, _ in answers} | {again}) == 1
    assert await shop.base.read(asked_of_ticketera, numero) == [f"cancelar:{numero}"]
    admin = Reader(shop.app.test_client())
    await come_in(admin, (await shop.customer("admin")).email, PASSWORD)
    await admin.go("/admin/arrepentimientos")
    assert admin.html.count(numero) == 1 and admin.sees("Era de otro color")


async def test_what_is_on_its_way_is_asked_of_the_admin_and_nothing_is_promised(
    shop: ShopApp, clara: Visitor, numero: str
) -> None:
    await avisar(shop, un_aviso(numero, "en_camino", version=2))

    codigo, words = await withdraw(shop, numero, clara.email)

    assert await shop.base.read(asked_of_ticketera, numero) == []
    assert "ya esta en camino" in words and "24 horas" in words
    page = await looking(shop, clara, numero)
    assert page.sees(codigo) and page.sees("ya estaba en camino")
    admin = Reader(shop.app.test_client())
    await come_in(admin, (await shop.customer("admin")).email, PASSWORD)
    await admin.go("/admin/arrepentimientos")
    assert admin.sees(numero) and admin.sees("Está en la calle")


async def test_what_came_back_from_the_street_after_a_withdrawal_does_not_go_out_again(
    shop: ShopApp, clara: Visitor, numero: str
) -> None:
    await avisar(shop, un_aviso(numero, "en_camino", version=2))
    await withdraw(shop, numero, clara.email)
    await avisar(shop, un_aviso(numero, "fallido", version=3, motivo="cliente_ausente"))
    assert await shop.base.read(asked_of_ticketera, numero) == []

    await avisar(shop, un_aviso(numero, "pendiente", version=4))
    await avisar(shop, un_aviso(numero, "asignado", version=5))

    assert len(await shop.base.read(asked_of_ticketera, numero)) == 1


async def test_a_cancelled_pedido_that_a_restored_ticketera_brings_back_is_cancelled_again(
    shop: ShopApp, clara: Visitor, numero: str
) -> None:
    await withdraw(shop, numero, clara.email)
    await avisar(shop, un_aviso(numero, "cancelado", version=3))

    await avisar(shop, un_aviso(numero, "asignado", version=2, epoca="e2"))

    rows = await shop.base.read(asked_of_ticketera, numero)
    assert len(rows) == 2 and all(key.startswith(f"cancelar:{numero}") for key in rows)


@pytest.mark.parametrize(
    ("estado", "words"), [("entregado", "cómo lo retiramos"), ("cancelado", "ya estaba cancelado")]
)
async def test_what_is_over_is_taken_in_and_asks_nothing_of_ticketera(
    shop: ShopApp, clara: Visitor, numero: str, estado: str, words: str
) -> None:
    await avisar(shop, un_aviso(numero, estado, version=5))

    guest = Reader(shop.app.test_client())
    await guest.go("/arrepentimiento", "POST", form={"numero": numero, "email": clara.email})

    assert guest.sees(words)
    assert await shop.base.read(asked_of_ticketera, numero) == []


async def test_somebody_elses_and_an_unknown_numero_get_the_same_words_and_cancel_nothing(
    shop: ShopApp, clara: Visitor, numero: str
) -> None:
    other = await shop.customer()

    mine, theirs = await withdraw(shop, numero, other.email)
    none, unknown = await withdraw(shop, "PED-20200101-AAAAAAAA", other.email)

    assert theirs.replace(mine.lower(), "") == unknown.replace(none.lower(), "")
    assert "pedimos que se cancele" not in theirs
    assert await shop.base.read(asked_of_ticketera, numero) == []
    assert not (await looking(shop, clara, numero)).sees("Te arrepentiste")


async def test_the_numero_of_a_paquete_which_can_be_guessed_is_cancelled_by_its_owner_only(shop: ShopApp) -> None:
    async def as_paquete(work: Any, numero: str, otro: str) -> None:
        await work.con.execute(
            "UPDATE pedidos SET numero = :otro, paquete_id = 1 WHERE numero = :numero", {"numero": numero, "otro": otro}
        )

    marta = await shop.customer("comerciante")
    numero = f"PAQ-{marta.id}-20261130"
    await shop.base.do(as_paquete, (await marta.buy(await shop.producto()))["numero"], numero)

    _, words = await withdraw(shop, numero, marta.email)
    assert "pedimos que se cancele" not in words and await shop.base.read(asked_of_ticketera, numero) == []

    herself = Reader(shop.app.test_client())
    await come_in(herself, marta.email, PASSWORD)
    await herself.go("/arrepentimiento", "POST", form={"numero": numero, "email": marta.email})
    assert herself.sees("Pedimos que se cancele")
    assert await shop.base.read(asked_of_ticketera, numero) == [f"cancelar:{numero}"]


async def test_a_cancellation_that_was_asked_for_is_said_until_there_is_an_answer(
    shop: ShopApp, clara: Visitor, numero: str
) -> None:
    page = await looking(shop, clara, numero)
    await page.press("Sí, cancelarlo")

    await page.go(f"/pedidos/{numero}")

    assert page.sees("Pedimos que se cancele") and not page.sees("Sí, cancelarlo")
    assert json.loads(await _body(shop, numero))["numero"] == numero


async def _body(shop: ShopApp, numero: str) -> str:
    async def read(con: Connection) -> str:
        return str(await con.fetch_val("SELECT body FROM outgoing WHERE key = :key", {"key": f"cancelar:{numero}"}))

    return await shop.base.read(read)
