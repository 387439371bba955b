"""Tickets one by one over HTTP: contract, section 4."""

import asyncio
import secrets
import uuid
from decimal import Decimal

import pytest

from tests.people import Crew, Json, Person, act, body, get_ticket, new_clave
from tests.phone import TICKET_FIELDS
from tests.servers import Servers
from tests.ticketera.routes.asserts import refused


async def a_ticket(crew: Crew, holder: Person | None = None, **fields: object) -> Json:
    """A new ticket as an admin sees it."""
    if holder is not None:
        fields["repartidor_id"] = holder.id
    return await get_ticket(crew.admin, (await crew.shop.post_ticket(**fields))["ticket_id"])


async def test_an_admin_sees_all_of_a_ticket_and_its_repartidor_no_email(
    crew: Crew, rita: Person, raul: Person
) -> None:
    seen = await a_ticket(crew, rita)

    assert set(TICKET_FIELDS) <= set(seen)
    assert seen["cliente_email"] == "ana@belgrano.test"
    assert [h["que"] for h in seen["historial"]] == ["creado"]
    own = await get_ticket(rita, seen["id"])
    assert own == {k: v for k, v in seen.items() if k not in ("cliente_email", "historial")}
    missing = refused(await raul.get("/api/tickets/999999999"), 404)
    assert refused(await raul.get(f"/api/tickets/{seen['id']}"), 404) == missing


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.0", "9" * 19, "9" * 40, "%00", "1%00", "..%2f1"])
async def test_what_is_no_ticket_does_not_exist(crew: Crew, number: str) -> None:
    refused(await crew.admin.get(f"/api/tickets/{number}"), 404)
    refused(await crew.admin.patch(f"/api/tickets/{number}", {"version": 1}), 404)
    refused(await act(crew.admin, number, "cancelar"), 404)


async def test_the_list_is_newest_first_page_by_page(crew: Crew) -> None:
    tag = uuid.uuid4().hex[:10]
    ids = [(await a_ticket(crew, cliente_nombre=f"Página {tag}"))["id"] for _ in range(5)]

    first = await crew.admin.ok("GET", "/api/tickets", q=tag, limite=2)
    second = await crew.admin.ok("GET", "/api/tickets", q=tag, limite=2, cursor=first["siguiente"])
    third = await crew.admin.ok("GET", "/api/tickets", q=tag, limite=2, cursor=second["siguiente"])

    assert [t["id"] for page in (first, second, third) for t in page["tickets"]] == ids[::-1]
    assert third["siguiente"] is None


async def test_q_looks_in_numero_name_address_and_phone(crew: Crew) -> None:
    tag = uuid.uuid4().hex[:8].upper()
    ticket = await a_ticket(
        crew,
        numero=f"PED-{tag}",
        cliente_nombre=f"Ñandú {tag}",
        cliente_direccion=f"Pasaje {tag} 100%_",
        cliente_telefono=f"11 {int(tag, 16)}",
    )

    for q in (
        f"PED-{tag}",
        f"ped-{tag.lower()}",
        f"ñandú {tag}",
        f"nandu {tag}",
        f"Pasaje {tag}",
        f"{tag} 100%_",
        str(int(tag, 16)),
    ):
        assert [t["id"] for t in (await crew.admin.ok("GET", "/api/tickets", q=q))["tickets"]] == [ticket["id"]], q
    assert (await crew.admin.ok("GET", "/api/tickets", q=f"{tag} 100%%"))["tickets"] == []
    assert (await crew.admin.ok("GET", "/api/tickets", q="' OR 1=1 --"))["tickets"] == []


@pytest.mark.parametrize("written", ["+54 9 11 {}-{}", "011 15-{}-{}", "11 {} {}", "15-{}-{}", "{}-{}", "54911{}{}"])
async def test_a_phone_is_found_however_it_was_written_and_however_it_is_asked_for(crew: Crew, written: str) -> None:
    front, back = str(4000 + secrets.randbelow(2000)), str(secrets.randbelow(10_000)).zfill(4)
    made = await crew.shop.post_ticket(cliente_telefono=written.format(front, back))

    for asked in (
        f"{front} {back}", f"{front}{back}", f"{front}-{back}", f"+54911{front}{back}", f"+54 9 11 {front}-{back}",
        f"011 15-{front}-{back}", f"15 {front} {back}", f"11{front}{back}", f"(011) {front}-{back}",
        f"0054 9 11 {front} {back}",
    ):  # fmt: skip
        found = (await crew.admin.ok("GET", "/api/tickets", q=asked))["tickets"]
        assert made["ticket_id"] in [each["id"] for each in found], asked
    other = f"+54911{front}{(int(back) + 1) % 10_000:04}"
    found = (await crew.admin.ok("GET", "/api/tickets", q=other))["tickets"]
    assert made["ticket_id"] not in [each["id"] for each in found]


async def test_the_list_by_estado_and_repartidor(crew: Crew, rita: Person) -> None:
    one, two = await a_ticket(crew, rita), await a_ticket(crew, rita)
    await act(rita, one["id"], "entregar")

    async def ids(**query: object) -> list[int]:
        return [
            t["id"] for t in (await crew.admin.ok("GET", "/api/tickets", repartidor_id=rita.id, **query))["tickets"]
        ]

    assert await ids() == [two["id"], one["id"]]
    assert await ids(estado="entregado") == [one["id"]]
    assert await ids(estado="asignado") == [two["id"]]
    assert await ids(estado="cancelado") == []
    assert await ids(estado="") == [two["id"], one["id"]]


@pytest.mark.parametrize(
    ("query", "campo"),
    [
        ("limite=0", "limite"), ("limite=201", "limite"), ("limite=x", "limite"), ("limite=-1", "limite"),
        ("estado=perdido", "estado"), ("repartidor_id=x", "repartidor_id"), ("cursor=x", "cursor"), ("q=%00", "q"),
        ("q=" + "x" * 201, "q"), ("limite=" + "9" * 50, "limite"),
    ],
)  # fmt: skip
async def test_a_wrong_query_names_its_field(crew: Crew, query: str, campo: str) -> None:
    refused(await crew.admin("GET", f"/api/tickets?{query}"), 400, campos=[campo])


async def test_queries_that_find_nothing_are_no_error(crew: Crew) -> None:
    for query in (f"cursor={'9' * 30}", "cursor=1", f"repartidor_id={'9' * 18}", "q=%ff%fe", "limite=200&x=1", "q=%25"):
        assert (await crew.admin("GET", f"/api/tickets?{query}")).status_code == 200


async def test_an_admin_changes_what_may_be_changed(crew: Crew, rita: Person) -> None:
    ticket = await a_ticket(crew, rita)
    changes = {
        "cliente_nombre": "Otra Persona", "cliente_direccion": "Otra 1", "cliente_telefono": "", "cliente_email": None,
        "metodo_pago": "tarjeta", "indicaciones": "Portón azul", "prioridad": "urgente", "cliente_lat": -34.6,
        "cliente_lng": -58.4,
    }  # fmt: skip

    after = await crew.admin.ok("PATCH", f"/api/tickets/{ticket['id']}", {"version": 1, **changes})

    assert after["version"] == 2
    assert after["prioridad"] == "urgente"
    assert (after["cliente_lat"], after["cliente_lng"]) == (Decimal("-34.6"), Decimal("-58.4"))
    seen = await get_ticket(crew.admin, ticket["id"])
    assert [h["que"] for h in seen["historial"]] == ["creado", "editado"]
    assert seen["historial"][-1]["quien"]["nombre"] == crew.admin.me["nombre"]


@pytest.mark.parametrize(
    ("changes", "campo"),
    [
        ({"estado": "entregado"}, "estado"), ({"total": 1}, "total"), ({"numero": "x"}, "numero"), ({"id": 1}, "id"),
        ({"repartidor_id": 1}, "repartidor_id"), ({"lugar": "a"}, "lugar"), ({"productos": []}, "productos"),
        ({"cliente_nombre": ""}, "cliente_nombre"), ({"cliente_nombre": None}, "cliente_nombre"),
        ({"cliente_direccion": "x" * 201}, "cliente_direccion"), ({"prioridad": "ya"}, "prioridad"),
        ({"prioridad": None}, "prioridad"), ({"version": "1"}, "version"), ({"version": None}, "version"),
        ({"version": True}, "version"), ({"indicaciones": 5}, "indicaciones"),
    ],
)  # fmt: skip
async def test_any_other_field_or_value_is_a_400_and_changes_nothing(crew: Crew, changes: Json, campo: str) -> None:
    ticket = await a_ticket(crew)

    refused(await crew.admin.patch(f"/api/tickets/{ticket['id']}", {"version": 1, **changes}), 400, campos=[campo])

    assert (await get_ticket(crew.admin, ticket["id"]))["version"] == 1


async def test_a_stale_edit_gets_the_ticket_as_it_is(crew: Crew) -> None:
    ticket = await a_ticket(crew)
    await crew.admin.ok("PATCH", f"/api/tickets/{ticket['id']}", {"version": 1, "indicaciones": "primera"})

    told = refused(
        await crew.admins[1].patch(f"/api/tickets/{ticket['id']}", {"version": 1, "indicaciones": "segunda"}),
        409,
        "version_vieja",
    )

    assert (told["ticket"]["version"], told["ticket"]["indicaciones"]) == (2, "primera")
    assert told["ticket"]["total"] == ticket["total"]
    refused(await crew.admin.patch(f"/api/tickets/{ticket['id']}", {"indicaciones": "x"}), 400, campos=["version"])


async def test_of_many_edits_of_one_version_one_wins(crew: Crew) -> None:
    ticket = await a_ticket(crew)

    answers = await asyncio.gather(
        *(
            crew.admins[n % 2].patch(f"/api/tickets/{ticket['id']}", {"version": 1, "indicaciones": f"{n}"})
            for n in range(12)
        )
    )

    assert sorted(a.status_code for a in answers) == [200] + [409] * 11


async def test_an_act_answers_with_the_ticket_and_a_repeat_with_the_same(crew: Crew, rita: Person) -> None:
    ticket = await a_ticket(crew, rita)
    clave = new_clave()

    first = await act(rita, ticket["id"], "iniciar", clave)
    await crew.admin.ok("PATCH", f"/api/tickets/{ticket['id']}", {"version": 2, "indicaciones": "después"})
    again = await act(rita, ticket["id"], "iniciar", clave)

    assert first.status_code == again.status_code == 200
    assert body(first) == body(again)
    assert (body(first)["estado"], body(first)["version"]) == ("en_camino", 2)
    refused(await act(rita, ticket["id"], "entregar", clave), 422, "clave_con_otro_contenido")


async def test_a_pair_outside_the_table_says_what_is_possible(crew: Crew, rita: Person) -> None:
    ticket = await a_ticket(crew, rita)
    await act(rita, ticket["id"], "iniciar")

    told = refused(await act(rita, ticket["id"], "iniciar"), 409)
    stale = refused(await act(crew.admin, ticket["id"], "entregar", version=1), 409, "version_vieja")

    assert told["ticket"]["estado"] == stale["ticket"]["estado"] == "en_camino"
    assert {"volver", "llegar", "entregar", "fallar"} <= set(told["acciones"])


@pytest.mark.parametrize(
    ("more", "campo"),
    [
        ({"accion": "volar"}, "accion"), ({"accion": None}, "accion"), ({"accion": 1}, "accion"),
        ({"accion_id": ""}, "accion_id"), ({"accion_id": "x" * 65}, "accion_id"), ({"accion_id": "a b"}, "accion_id"),
        ({"accion_id": "ñ"}, "accion_id"), ({"accion_id": None}, "accion_id"), ({"accion_id": "a\n"}, "accion_id"),
        ({"version": -1}, "version"), ({"version": "1"}, "version"), ({"ocurrido_en": "ayer"}, "ocurrido_en"),
        ({"ocurrido_en": 5}, "ocurrido_en"), ({"ocurrido_en": "2026-01-01T10:00:00"}, "ocurrido_en"),
        ({"cobrado": -1}, "cobrado"), ({"cobrado": 1.001}, "cobrado"), ({"cobrado": "1"}, "cobrado"),
        ({"accion": "fallar"}, "motivo"), ({"accion": "fallar", "motivo": "llueve"}, "motivo"),
        ({"accion": "fallar", "motivo": "otro"}, "nota"), ({"nota": "x" * 2001}, "nota"), ({"motivo": 1}, "motivo"),
    ],
)  # fmt: skip
async def test_a_wrong_field_of_an_act_is_named(crew: Crew, rita: Person, more: Json, campo: str) -> None:
    ticket = await a_ticket(crew, rita)

    answer = await rita.post(f"/api/tickets/{ticket['id']}/acciones", {"accion": "entregar", "accion_id": "a", **more})

    refused(answer, 400, campos=[campo])
    assert (await get_ticket(rita, ticket["id"]))["version"] == 1


async def test_money_collected_is_kept_to_the_centavo(crew: Crew, rita: Person) -> None:
    ticket = await a_ticket(crew, rita)

    done = body(await act(rita, ticket["id"], "entregar", cobrado=1900.05, nota="justo"))

    assert (done["cobrado"], done["estado"]) == (Decimal("1900.05"), "entregado")


async def test_the_shop_cancels_by_its_key_until_it_is_on_its_way(crew: Crew, rita: Person) -> None:
    waiting, moving = await a_ticket(crew), await a_ticket(crew, rita)
    await act(rita, moving["id"], "iniciar")

    assert body(await act(crew.shop, waiting["id"], "cancelar"))["estado"] == "cancelado"
    refused(await act(crew.shop, moving["id"], "cancelar"), 409)
    refused(await act(crew.shop, moving["id"], "entregar"), 403)
    refused(await crew.shop.get(f"/api/tickets/{moving['id']}"), 401)
    refused(await crew.shop.patch(f"/api/tickets/{moving['id']}", {"version": 1}), 401)


async def test_somebody_elses_ticket_answers_like_one_that_does_not_exist(
    crew: Crew, rita: Person, raul: Person
) -> None:
    ticket = await a_ticket(crew, rita)

    for accion, more in (("iniciar", {}), ("entregar", {}), ("fallar", {"motivo": "sin_pago"}), ("cancelar", {})):
        foreign = refused(await act(raul, ticket["id"], accion, **more), 404)
        assert foreign == refused(await act(raul, 999_999_999, accion, **more), 404)
    assert (await get_ticket(rita, ticket["id"]))["version"] == 1


async def test_a_delivery_of_a_ticket_that_was_moved_is_kept_as_a_conflicto(
    crew: Crew, rita: Person, raul: Person
) -> None:
    ticket = await a_ticket(crew, rita)
    moved = {"clave": new_clave(), "tickets": [{"id": ticket["id"], "version": 1}], "repartidor_id": raul.id}
    await crew.admin.ok("POST", "/api/mudanzas", moved)

    told = refused(await act(rita, ticket["id"], "entregar", "mia"), 409, "ticket_ajeno")
    again = refused(await act(rita, ticket["id"], "entregar", "mia"), 409, "ticket_ajeno")

    assert told["conflicto_id"] == again["conflicto_id"]
    assert "ticket" not in told
    assert "ana" not in str(told).lower().replace("mañana", "")
    refused(await act(rita, ticket["id"], "iniciar"), 409, "ticket_ajeno")
    waiting = (await crew.admin.ok("GET", "/api/conflictos"))["conflictos"]
    mine = next(c for c in waiting if c["id"] == told["conflicto_id"])
    assert {"id", "ticket_id", "accion", "motivo", "cobrado", "repartidor", "ocurrido_en"} <= set(mine)
    refused(await rita.get("/api/conflictos"), 403)
    refused(await crew.admin.post(f"/api/conflictos/{mine['id']}", {"decision": "quizás"}), 400, campos=["decision"])
    refused(await crew.admin.post("/api/conflictos/999999999", {"decision": "aceptar"}), 404)
    assert (await crew.admin.post(f"/api/conflictos/{mine['id']}", {"decision": "aceptar"})).status_code == 200
    done = await get_ticket(crew.admin, ticket["id"])
    assert (done["estado"], done["repartidor_id"]) == ("entregado", rita.id)


async def test_the_database_holds_no_text_twice_encoded(town: Servers, crew: Crew) -> None:
    odd = "Ñandú <b>&\"'\\ \u2028 \U0001f6f5 {{7*7}} '; DROP TABLE tickets; --"

    ticket = await a_ticket(
        crew, cliente_nombre=odd, indicaciones=odd, productos=[odd, {"nombre": odd, "cantidad": 1, odd: odd}]
    )

    assert (ticket["cliente_nombre"], ticket["indicaciones"]) == (odd, odd)
    assert ticket["productos"] == [odd, {"nombre": odd, "cantidad": 1, odd: odd}]


async def test_a_failed_delivery_is_put_away_by_an_admin_and_by_nobody_else(crew: Crew, rita: Person) -> None:
    seen = await a_ticket(crew, rita)
    url = f"/api/tickets/{seen['id']}/resuelto"
    refused(await crew.admin.post(url, {"version": seen["version"], "resuelto": True}), 409, "accion_no_permitida")
    await act(rita, seen["id"], "fallar", motivo="no_contesta")
    failed = await get_ticket(crew.admin, seen["id"])

    for wrong in ({}, {"version": 1}, {"resuelto": True}):
        refused(await crew.admin.post(url, wrong), 400)
    refused(await crew.admin.post(url, {"version": failed["version"], "resuelto": "si"}), 400, campos=["resuelto"])
    refused(await crew.admin.post(url, {"version": 1, "resuelto": True, "otro": 1}), 400, campos=["otro"])
    refused(await rita.post(url, {"version": failed["version"], "resuelto": True}), 403)
    stale = refused(await crew.admin.post(url, {"version": failed["version"] - 1, "resuelto": True}), 409)
    assert (stale["codigo"], stale["ticket"]["version"]) == ("version_vieja", failed["version"])

    both = await asyncio.gather(
        *(crew.admin.post(url, {"version": failed["version"], "resuelto": True}) for _ in range(2))
    )
    assert [a.status_code for a in both] == [200, 200]
    assert body(both[0]) == body(both[1])
    assert body(both[0])["resuelto_en"] is not None
    board = await crew.admin.ok("GET", "/api/tablero")
    assert board["dia"] and set(board["cuentas"]) == {
        "pendiente", "asignado", "en_camino", "entregado", "fallido", "cancelado"
    }  # fmt: skip
    back = await crew.admin.ok("POST", url, {"version": failed["version"] + 1, "resuelto": False})
    assert (back["resuelto_en"], back["version"]) == (None, failed["version"] + 2)
