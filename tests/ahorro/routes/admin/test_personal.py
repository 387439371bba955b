"""Who works in the shop: invited by a link that opens once, given other roles, shut out; one admin always stays."""

import asyncio
import re
from typing import Any

import pytest

from ahorro.actions.cuentas import cambiar_password
from belgrano.accounts.invitations import LASTS_MS, use_invitation
from belgrano.accounts.sessions import hash_token
from belgrano.database.work import Connection, Work
from tests.ahorro.cast import PASSWORD, ShopApp, Visitor, un_correo

PERSONAL = "/api/admin/personal"
NUEVA = "otra frase bien larga"


async def invitar(duena: Visitor, rol: str = "encargado", nombre: str = "Nadia Nueva") -> tuple[Any, str]:
    """The person invited, and the token of their link."""
    said = await duena.ok("POST", PERSONAL, {"nombre": nombre, "email": un_correo("nadia"), "rol": rol})
    return said["persona"], said["enlace"].partition("token=")[2]


async def elegir(shop: ShopApp, token: str, nueva: str = NUEVA) -> tuple[Visitor, Any]:
    visitor = shop.visitor()
    form = {"token": token, "nueva": nueva, "repetida": nueva}
    return visitor, await visitor.client.post("/invitacion", form=form)


async def la_de(duena: Visitor, persona_id: int) -> Any:
    listed = await duena.ok("GET", PERSONAL)
    return next(each for each in listed["personal"] if each["id"] == persona_id)


async def test_who_is_invited_chooses_a_password_and_is_in_with_their_role(shop: ShopApp, duena: Visitor) -> None:
    persona, token = await invitar(duena)
    assert (persona["estado"], persona["visto_en"]) == ("invitado", None)
    assert persona["invitacion_hasta"]

    visitor, answer = await elegir(shop, token)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/admin")
    assert (await visitor.ok("GET", "/api/sesion"))["usuario"]["rol"] == "encargado"
    assert (await visitor.ask("GET", "/api/admin/productos")).status_code == 200
    listed = await la_de(duena, persona["id"])
    assert (listed["estado"], listed["invitacion_hasta"]) == ("activo", None) and listed["visto_en"]


async def test_a_link_opens_once_also_for_two_at_the_same_moment(shop: ShopApp, duena: Visitor) -> None:
    _, token = await invitar(duena)

    both = await asyncio.gather(*(elegir(shop, token, f"una frase larga {n}") for n in range(2)))

    assert sorted(answer.status_code for _, answer in both) == [303, 410]
    assert (await elegir(shop, token))[1].status_code == 410


async def test_somebody_else_who_is_in_and_uses_a_link_goes_on_as_whom_it_names(shop: ShopApp, duena: Visitor) -> None:
    persona, token = await invitar(duena)
    clara = await shop.customer(nombre="Clara Compra")
    await clara.add(await shop.producto())
    phone = Visitor(shop.app.test_client(), clara.id, clara.email)
    await shop.log_in(phone)

    looked = await (await clara.client.get(f"/invitacion?token={token}")).get_data(as_text=True)
    form = {"token": token, "nueva": NUEVA, "repetida": NUEVA}
    assert (await clara.client.post("/invitacion", form=form)).status_code == 303

    assert "Clara Compra" in looked
    assert (await clara.ok("GET", "/api/sesion"))["usuario"]["id"] == persona["id"]
    assert (await clara.ok("GET", "/api/carrito"))["items"] == []  # what she had stays hers
    assert (await phone.ok("GET", "/api/sesion"))["usuario"]["id"] == clara.id


async def test_a_page_that_was_open_before_the_role_changed_does_nothing_any_more(
    shop: ShopApp, duena: Visitor
) -> None:
    otra = await shop.customer("admin", "Otra Admin")
    ana = await shop.customer()
    page = await otra.client.get(f"/admin/clientes/{ana.id}")
    assert page.status_code == 200
    await duena.ok("PATCH", f"{PERSONAL}/{otra.id}", {"version": 1, "rol": "armador"})

    pressed = await otra.client.post(f"/admin/clientes/{ana.id}", form={"version": "1", "activo": "0"})

    assert pressed.status_code == 403
    assert (await ana.ask("GET", "/api/sesion")).status_code == 200


async def test_looking_at_a_link_uses_nothing_up_and_a_wrong_one_leads_nowhere(shop: ShopApp, duena: Visitor) -> None:
    _, token = await invitar(duena)
    visitor = shop.visitor()

    seen = [(await visitor.ask("GET", f"/invitacion?token={t}")).status_code for t in (token, token, "nada", "")]

    assert seen == [200, 200, 410, 410]
    assert (await elegir(shop, token, "corta"))[1].status_code == 400
    assert (await elegir(shop, token))[1].status_code == 303


async def test_a_link_ends_by_itself_and_a_new_one_ends_it_before(shop: ShopApp, duena: Visitor) -> None:
    persona, old = await invitar(duena)
    new = (await duena.ok("POST", f"{PERSONAL}/{persona['id']}/invitacion"))["enlace"].partition("token=")[2]

    async def later(work: Work) -> int | None:
        work.ahora += LASTS_MS
        return await use_invitation(work, new)

    assert await shop.base.do(later) is None
    assert (await elegir(shop, old))[1].status_code == 410
    assert (await elegir(shop, new))[1].status_code == 303


async def test_a_withdrawn_invitation_opens_nothing_not_even_by_the_way_back(shop: ShopApp, duena: Visitor) -> None:
    persona, token = await invitar(duena)
    address = f"{PERSONAL}/{persona['id']}/invitacion"

    assert (await duena.ask("DELETE", address)).status_code == 204

    assert (await elegir(shop, token))[1].status_code == 410
    assert (await la_de(duena, persona["id"]))["estado"] == "inactivo"
    again = await duena.ask("DELETE", address)
    assert (again.status_code, again.data_["codigo"]) == (409, "invitacion_no_hay")
    renewed = await duena.ask("POST", address)
    assert (renewed.status_code, renewed.data_["codigo"]) == (409, "persona_inactiva")


async def test_nobody_comes_in_before_they_chose_a_password(shop: ShopApp, duena: Visitor) -> None:
    persona, _ = await invitar(duena)
    visitor = shop.visitor()
    visitor.email = persona["email"]

    assert [(await shop.log_in(visitor, password)).status_code for password in ("", PASSWORD)] == [401, 401]


async def test_an_address_that_has_an_account_is_not_invited(shop: ShopApp, duena: Visitor) -> None:
    visitor = await shop.customer()

    answer = await duena.ask("POST", PERSONAL, {"nombre": "Otra", "email": visitor.email.upper(), "rol": "armador"})

    assert (answer.status_code, answer.data_["codigo"]) == (409, "correo_en_uso")
    for rol in ("cliente", "comerciante", "dueña", ""):
        wrong = await duena.ask("POST", PERSONAL, {"nombre": "Otra", "email": un_correo(), "rol": rol})
        assert wrong.status_code == 400 and wrong.data_["errores"][0]["campo"] == "rol"


async def test_who_is_shut_out_is_out_at_once_and_the_link_too(shop: ShopApp, duena: Visitor) -> None:
    armador = await shop.customer("armador")
    link = (await duena.ok("POST", f"{PERSONAL}/{armador.id}/invitacion"))["enlace"].partition("token=")[2]

    shut = await duena.ok("PATCH", f"{PERSONAL}/{armador.id}", {"version": 1, "activo": False})

    assert (await armador.ask("GET", "/api/sesion")).status_code == 401
    assert (await shop.log_in(armador)).status_code == 401
    assert (await elegir(shop, link))[1].status_code == 410
    await duena.ok("PATCH", f"{PERSONAL}/{armador.id}", {"version": shut["version"], "activo": True})
    assert (await shop.log_in(armador)).status_code == 200


async def test_whoever_sets_a_password_another_way_needs_no_link_and_it_is_dead(shop: ShopApp, duena: Visitor) -> None:
    for way in ("their own page", "the way back"):
        armador = await shop.customer("armador")
        link = (await duena.ok("POST", f"{PERSONAL}/{armador.id}/invitacion"))["enlace"].partition("token=")[2]

        if way == "their own page":
            nueva = {"actual": PASSWORD, "nueva": "otra-clave-bien-larga"}
            await armador.ok("POST", "/api/sesion/password", nueva)
        else:
            await shop.base.do(cambiar_password, armador.id, "x")

        assert (await elegir(shop, link))[1].status_code == 410, way


async def test_ones_own_password_is_changed_by_knowing_it_and_by_no_link(shop: ShopApp, duena: Visitor) -> None:
    answer = await duena.ask("POST", f"{PERSONAL}/{duena.id}/invitacion")
    page = await duena.client.post(f"/admin/personal/{duena.id}/invitacion")

    assert (answer.status_code, answer.data_["codigo"]) == (409, "es_el_propio")
    assert page.status_code == 409 and "token=" not in await page.get_data(as_text=True)
    shown = await (await duena.client.get("/admin/personal")).get_data(as_text=True)
    assert f"/admin/personal/{duena.id}/invitacion" not in shown


async def test_another_role_holds_from_the_next_request_on(shop: ShopApp, duena: Visitor) -> None:
    armador = await shop.customer("armador")
    assert (await armador.ask("GET", "/api/admin/productos")).status_code == 403

    await duena.ok("PATCH", f"{PERSONAL}/{armador.id}", {"version": 1, "rol": "encargado"})

    assert (await armador.ask("GET", "/api/admin/productos")).status_code == 200
    assert (await armador.ask("GET", PERSONAL)).status_code == 403


async def test_a_change_starts_from_the_version_that_was_seen_and_of_two_at_once_one_wins(
    shop: ShopApp, duena: Visitor
) -> None:
    armador = await shop.customer("armador")
    address = f"{PERSONAL}/{armador.id}"

    both = await asyncio.gather(*(duena.ask("PATCH", address, {"version": 1, "rol": "encargado"}) for _ in range(2)))

    assert sorted(each.status_code for each in both) == [200, 409]
    stale = next(each for each in both if each.status_code == 409)
    assert stale.data_["codigo"] == "version_vieja" and stale.data_["persona"]["rol"] == "encargado"
    assert (await duena.ask("PATCH", address, {"version": 2, "rol": None})).status_code == 400


async def test_customers_are_none_of_the_personal(shop: ShopApp, duena: Visitor) -> None:
    visitor = await shop.customer()

    for method, path, data in (
        ("PATCH", "", {"version": 1, "rol": "admin"}),
        ("POST", "/invitacion", None),
        ("DELETE", "/invitacion", None),
    ):
        for number in (visitor.id, 999_999, 2**70):
            assert (await duena.ask(method, f"{PERSONAL}/{number}{path}", data)).status_code == 404
    assert visitor.id not in [each["id"] for each in (await duena.ok("GET", PERSONAL))["personal"]]


async def test_the_book_tells_who_did_it_and_no_secret(shop: ShopApp, duena: Visitor) -> None:
    persona, token = await invitar(duena)
    await elegir(shop, token)
    await duena.ok("PATCH", f"{PERSONAL}/{persona['id']}", {"version": 1, "rol": "armador"})

    told = await duena.ok("GET", "/api/admin/auditoria", query_string={"que": "personal", "id": persona["id"]})

    assert [(a["campo"], a["de"], a["a"], a["quien"]["id"]) for a in told["asientos"]] == [
        ("rol", "encargado", "armador", duena.id),
        ("invitacion", "abierta", "usada", persona["id"]),
        ("alta", None, {"rol": "encargado"}, duena.id),
    ]  # fmt: skip
    assert token not in str(told) and persona["email"] not in str(told)


async def test_only_the_hash_of_a_link_is_kept_and_the_mail_brings_the_link(shop: ShopApp, duena: Visitor) -> None:
    persona, token = await invitar(duena)

    async def stored(con: Connection) -> str:
        found = [
            *await con.fetch_all("SELECT * FROM invitaciones", {}),
            *await con.fetch_all("SELECT * FROM correos", {}),
        ]
        return " ".join(str(dict(row)) for row in found)

    kept = await shop.base.read(stored)
    assert token not in kept and hash_token(token) in kept
    async with asyncio.timeout(30):
        while not (mails := [m for m in shop.house.buzon() if m.para == persona["email"]]):
            await asyncio.sleep(0.02)
    link = re.search(r"/invitacion\?token=(\S+)", mails[0].texto)
    assert link and link[1] == token


@pytest.fixture
async def los_admins(shop: ShopApp, duena: Visitor) -> Any:
    """Two admins and nobody else who is one."""
    other = await shop.customer("admin", "Otra Admin")
    for each in (await duena.ok("GET", PERSONAL))["personal"]:
        if each["rol"] == "admin" and each["activo"] and each["id"] not in (duena.id, other.id):
            await duena.ok("PATCH", f"{PERSONAL}/{each['id']}", {"version": each["version"], "activo": False})
    yield other
    for one in (duena, other):  # whoever is left puts the owner back

        async def back(work: Work) -> None:
            await work.con.execute("UPDATE usuarios SET rol = 'admin', activo = TRUE WHERE id = :id", {"id": duena.id})

        await shop.base.do(back)
        assert one
    await shop.log_in(duena)


@pytest.mark.parametrize("cambio", [{"activo": False}, {"rol": "armador"}])
async def test_of_two_admins_who_take_it_from_each_other_at_once_one_stays(
    shop: ShopApp, duena: Visitor, los_admins: Visitor, cambio: dict[str, Any]
) -> None:
    mine, theirs = await la_de(duena, duena.id), await la_de(duena, los_admins.id)

    both = await asyncio.gather(
        duena.ask("PATCH", f"{PERSONAL}/{los_admins.id}", {"version": theirs["version"], **cambio}),
        los_admins.ask("PATCH", f"{PERSONAL}/{duena.id}", {"version": mine["version"], **cambio}),
    )

    statuses = sorted(each.status_code for each in both)
    assert statuses[0] == 200 and statuses[1] in {401, 403, 409}
    last = next(who for who, each in zip((duena, los_admins), both, strict=True) if each.status_code == 200)
    standing = await la_de(last, last.id)
    assert standing["estado"] == "activo" and standing["rol"] == "admin"
    alone = await last.ask("PATCH", f"{PERSONAL}/{last.id}", {"version": standing["version"], **cambio})
    assert (alone.status_code, alone.data_["codigo"]) == (409, "ultimo_admin")


async def test_an_admin_who_never_came_in_does_not_count_as_one_who_stays(
    shop: ShopApp, duena: Visitor, los_admins: Visitor
) -> None:
    await invitar(duena, "admin")
    mine, theirs = await la_de(duena, duena.id), await la_de(duena, los_admins.id)
    await duena.ok("PATCH", f"{PERSONAL}/{los_admins.id}", {"version": theirs["version"], "rol": "armador"})

    answer = await duena.ask("PATCH", f"{PERSONAL}/{duena.id}", {"version": mine["version"], "activo": False})

    assert (answer.status_code, answer.data_["codigo"]) == (409, "ultimo_admin")


async def test_a_form_without_a_role_that_there_is_says_so_and_changes_nothing(shop: ShopApp, duena: Visitor) -> None:
    armador = await shop.customer("armador")

    answer = await duena.client.post(f"/admin/personal/{armador.id}", form={"version": "1", "rol": "dueña"})

    assert answer.status_code == 400 and "admin, encargado, armador" in await answer.get_data(as_text=True)
