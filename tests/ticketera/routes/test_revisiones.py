"""The shop's later word, and the other name of intake, over HTTP: contract, section 2b."""

from typing import Any

import pytest

from tests.people import Crew, Person, act, body, get_ticket, ticket_data
from tests.servers import Servers
from tests.ticketera.routes.asserts import refused
from ticketera.domain.seguimiento import token_de

PLACE = "/api/tickets/revisiones"
WORDS = ("Cobrar", "Esperando el pago", "Pagado", "No cobrar")


async def order(crew: Crew, **more: Any) -> Any:
    return body(await crew.shop.post("/api/tickets", ticket_data(**more)))


async def test_a_later_word_changes_the_ticket_and_its_repeat_nothing(crew: Crew) -> None:
    made = await order(crew, total=1987.5)
    word = {
        "numero": f" {made['numero']} ",
        "revision": 1,
        "total": 1543.25,
        "productos": ["Arroz x1"],
        "preparado": True,
    }

    first, again = await crew.shop.post(PLACE, word), await crew.shop.post(PLACE, {**word, "total": 1})

    told = {
        "exito": True, "ticket_id": made["ticket_id"], "numero": made["numero"], "revision": 1, "version": 2,
    }  # fmt: skip
    assert (first.status_code, body(first)) == (200, told)
    assert (again.status_code, body(again)) == (200, {**told, "idempotent": True})
    ticket = await get_ticket(crew.admin, made["ticket_id"])
    assert (float(ticket["total"]), ticket["productos"], ticket["revision"]) == (1543.25, ["Arroz x1"], 1)
    assert (ticket["pagado"], ticket["version"]) == (None, 2)


@pytest.mark.parametrize(
    ("wrong", "campos"),
    [
        ({"revision": 0}, ["revision"]),
        ({"revision": None}, ["revision"]),
        ({"revision": "2"}, ["revision"]),
        ({"revision": True}, ["revision"]),
        ({"numero": " "}, ["numero"]),
        ({"numero": "N" * 51}, ["numero"]),
        ({"total": 1.005}, ["total"]),
        ({"pagado": "si", "preparado": 0}, ["pagado", "preparado"]),
        ({"productos": []}, ["productos"]),
        ({"indicaciones": "i" * 2001}, ["indicaciones"]),
    ],
)
async def test_what_is_wrong_is_named_and_changes_nothing(crew: Crew, wrong: dict[str, Any], campos: list[str]) -> None:
    made = await order(crew)

    refused(
        await crew.shop.post(PLACE, {"numero": made["numero"], "revision": 1, "total": 5, **wrong}), 400, campos=campos
    )

    assert (await get_ticket(crew.admin, made["ticket_id"]))["version"] == 1


@pytest.mark.parametrize("nothing", [{}, {"total": None, "pagado": None}, {"franja_desde": "mañana"}, {"otra": 1}])
async def test_a_word_without_anything_to_change_is_refused(crew: Crew, nothing: dict[str, Any]) -> None:
    made = await order(crew)

    refused(await crew.shop.post(PLACE, {"numero": made["numero"], "revision": 1, **nothing}), 400, "datos_invalidos")


async def test_an_order_that_is_unknown_or_closed_is_said(crew: Crew) -> None:
    refused(await crew.shop.post(PLACE, {"numero": "PED-DE-NADIE", "revision": 1, "total": 5}), 404, "no_existe")
    made = await order(crew)
    act = {"accion": "cancelar", "accion_id": "fin", "motivo": "x"}
    await crew.admin.ok("POST", f"/api/tickets/{made['ticket_id']}/acciones", act)

    told = refused(await crew.shop.post(PLACE, {"numero": made["numero"], "revision": 1, "total": 5}), 409, "cerrado")

    assert told["estado"] == "cancelado"
    assert "ticket" not in told


async def test_only_a_shop_with_its_key_is_heard(crew: Crew, rita: Person) -> None:
    made = await order(crew)
    word = {"numero": made["numero"], "revision": 1, "total": 5}

    for person in (crew.admin, rita):
        refused(await person.post(PLACE, word), 401, "clave_invalida")

    assert (await get_ticket(crew.admin, made["ticket_id"]))["version"] == 1


async def test_recibir_is_intake_by_another_name(crew: Crew) -> None:
    data = ticket_data()

    first, again = await crew.shop.post("/api/tickets/recibir", data), await crew.shop.post("/api/tickets", data)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.headers["location"] == f"/api/tickets/{body(again)['ticket_id']}"
    assert body(await crew.shop.post("/api/tickets/recibir?validar=1", ticket_data()))["validado"]
    refused(await crew.shop.post("/api/tickets/recibir", {"numero": "R-1"}), 400, "datos_invalidos")


@pytest.mark.parametrize(
    ("metodo", "pagado", "said"),
    [
        ("transferencia", None, "Esperando el pago"), ("mercadopago", False, "Esperando el pago"),
        ("mercadopago", True, "Pagado"), ("efectivo", True, "Pagado"), ("efectivo", False, "Cobrar"),
    ],
)  # fmt: skip
async def test_paper_and_the_customers_page_say_whether_it_is_paid(
    town: Servers, crew: Crew, metodo: str, pagado: bool | None, said: str
) -> None:
    made = await order(crew, metodo_pago=metodo)
    await crew.shop.post(PLACE, {"numero": made["numero"], "revision": 1, "pagado": pagado, "total": 5})
    numero = made["numero"]

    paper = (await crew.admin.get(f"/tickets/{made['ticket_id']}/imprimir")).text
    link = f"/seguir/{numero}/{token_de(town.webhook_secret, numero)}"
    page = (await Person(town.ticketera.url)("GET", link, headers={"Accept": "text/html"})).text

    assert [each for each in WORDS if each in paper] == [said]
    assert ("pagado</strong>" in page, "Esperando el pago" in page) == (
        said == "Pagado",
        said == "Esperando el pago",
    )


async def test_the_customer_reads_that_it_is_packed_until_it_leaves(town: Servers, crew: Crew, rita: Person) -> None:
    made = await order(crew, repartidor_id=rita.id)
    await crew.shop.post(PLACE, {"numero": made["numero"], "revision": 1, "preparado": True})
    link = f"/seguir/{made['numero']}/{token_de(town.webhook_secret, made['numero'])}"
    visitor = Person(town.ticketera.url)

    async def said() -> str:
        return (await visitor("GET", link, headers={"Accept": "text/html"})).text

    assert "Tu pedido está preparado" in await said()
    await act(rita, made["ticket_id"], "iniciar")
    assert "preparado" not in await said()
