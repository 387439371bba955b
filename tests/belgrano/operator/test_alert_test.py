"""`belgrano alert-test` sends one by each way and says what came of it."""

import asyncio

from tests.servers import Servers
from tests.told import told


async def test_it_sends_one_by_each_way_and_says_what_each_answered() -> None:
    async with told() as them:
        with Servers() as town:
            done = await asyncio.to_thread(town.belgrano, "alert-test", "ticketera", **them.env)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "bien Correo: el servidor de correo lo tomó para duena@belgrano.test.",
        "bien BELGRANO_ALERT_URL: contestó 204.",
    ]
    assert them.types == ["alerta.prueba"] and them.mails == ["Ticketera: prueba de avisos"]
    assert them.posts[0]["data"]["app"] == "ticketera"


async def test_a_way_that_does_not_take_it_is_said_and_the_other_is_tried_all_the_same() -> None:
    async with told() as them:
        them.busy = 1
        with Servers() as town:
            done = await asyncio.to_thread(town.belgrano, "alert-test", **them.env)

    assert done.returncode == 1
    assert done.stdout.startswith("bien Correo")
    assert done.stderr == "MAL  BELGRANO_ALERT_URL: contestó 503.\n"


def test_without_a_way_or_with_half_of_one_it_says_which_variable_is_missing() -> None:
    with Servers() as town:
        nothing = town.belgrano("alert-test")
        half = town.belgrano("alert-test", BELGRANO_ALERT_EMAIL="duena@belgrano.test")
        unsigned = town.belgrano("alert-test", BELGRANO_ALERT_URL="https://avisos.test/")
        wrong = town.belgrano("alert-test", BELGRANO_ALERT_EMAIL="nadie")

    assert [each.returncode for each in (nothing, half, unsigned, wrong)] == [1, 1, 78, 78]
    assert "BELGRANO_ALERT_EMAIL y BELGRANO_ALERT_URL" in nothing.stderr
    assert "AHORRO_SMTP_URL" in half.stderr
    assert unsigned.stderr.startswith("BELGRANO_ALERT_SECRET: falta")
    assert wrong.stderr == "BELGRANO_ALERT_EMAIL: tiene que ser un correo, o varios con comas.\n"
