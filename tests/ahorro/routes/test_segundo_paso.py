"""The second step of coming in: a code of the phone after the password, each taken once; recovery codes."""

import asyncio
import base64
import re
import time
from typing import Any

import pytest

from belgrano.accounts.second_factor import STEP_S, code_at
from belgrano.database.work import Connection, Work
from tests.ahorro.cast import PASSWORD, ShopApp, Visitor

PASO = "/api/segundo-paso"


def codigo(secreto: bytes, de: int = 0) -> str:
    """The code of the present 30 seconds, or of so many steps on."""
    return code_at(secreto, int(time.time()) // STEP_S + de)


async def con_paso(shop: ShopApp, rol: str = "admin") -> tuple[Visitor, bytes, list[str]]:
    """Somebody who has it on, their secret, and their recovery codes. The code before this one is used up."""
    visitor = await shop.customer(rol)
    begun = await visitor.ok("POST", PASO, {"password": PASSWORD})
    secreto = base64.b32decode(begun["secreto"])
    said = await visitor.ok("POST", f"{PASO}/confirmar", {"codigo": codigo(secreto, -1)})
    return visitor, secreto, said["codigos_de_rescate"]


async def entrar(shop: ShopApp, visitor: Visitor, codigo: str | None = None) -> Any:
    body = {"email": visitor.email, "password": PASSWORD} | ({} if codigo is None else {"codigo": codigo})
    return await shop.visitor().ask("POST", "/api/sesion", body)


def test_the_codes_are_those_of_the_standard() -> None:
    secret = b"12345678901234567890"  # RFC 6238, appendix B; its codes have eight digits

    said = [code_at(secret, at // STEP_S) for at in (59, 1111111109, 1234567890, 2000000000)]

    assert said == ["287082", "081804", "005924", "279037"]


async def test_after_the_password_a_code_is_asked_for_and_not_taken_twice(shop: ShopApp) -> None:
    visitor, secreto, _ = await con_paso(shop)

    none, wrong = await entrar(shop, visitor), await entrar(shop, visitor, "000000x")
    now = codigo(secreto)
    right, again = await entrar(shop, visitor, now), await entrar(shop, visitor, now)

    assert (none.status_code, none.data_["codigo"]) == (401, "falta_codigo")
    assert (wrong.status_code, wrong.data_["codigo"]) == (401, "codigo_invalido")
    assert (right.status_code, again.status_code, again.data_["codigo"]) == (200, 401, "codigo_invalido")


async def test_a_wrong_password_says_nothing_of_the_code(shop: ShopApp) -> None:
    visitor, secreto, _ = await con_paso(shop)

    body = {"email": visitor.email, "password": "no-es-esta", "codigo": codigo(secreto)}
    answer = await shop.visitor().ask("POST", "/api/sesion", body)

    assert (answer.status_code, answer.data_["codigo"]) == (401, "credencial_invalida")


async def test_of_the_same_code_twice_at_once_one_comes_in(shop: ShopApp) -> None:
    visitor, secreto, rescate = await con_paso(shop)

    for code in (codigo(secreto), rescate[0]):
        both = await asyncio.gather(*(entrar(shop, visitor, code) for _ in range(3)))
        assert sorted(each.status_code for each in both) == [200, 401, 401]


async def test_each_recovery_code_lets_in_once_however_it_is_typed(shop: ShopApp) -> None:
    visitor, _, rescate = await con_paso(shop)
    assert len(set(rescate)) == 10

    typed = [rescate[0], rescate[0], rescate[1].upper().replace("-", " "), f" {rescate[2]} "]

    assert [(await entrar(shop, visitor, each)).status_code for each in typed] == [200, 401, 200, 200]
    assert await visitor.ok("GET", PASO) == {"puesto": True, "codigos_de_rescate": 7}


async def test_beginning_changes_nothing_until_a_code_confirms_it(shop: ShopApp) -> None:
    visitor = await shop.customer("encargado")
    wrong = await visitor.ask("POST", PASO, {"password": "no-es-esta"})
    first = base64.b32decode((await visitor.ok("POST", PASO, {"password": PASSWORD}))["secreto"])
    second = base64.b32decode((await visitor.ok("POST", PASO, {"password": PASSWORD}))["secreto"])

    refused = [await visitor.ask("POST", f"{PASO}/confirmar", {"codigo": c}) for c in ("12", codigo(first, 9))]

    assert wrong.status_code == 400 and wrong.data_["errores"][0]["campo"] == "password"
    assert [each.status_code for each in refused] == [400, 400]
    assert first != second
    assert (await entrar(shop, visitor)).status_code == 200
    await visitor.ok("POST", f"{PASO}/confirmar", {"codigo": codigo(second)})
    assert (await visitor.ask("POST", f"{PASO}/confirmar", {"codigo": codigo(second, 1)})).status_code == 409
    on = await visitor.ask("POST", PASO, {"password": PASSWORD})
    assert (on.status_code, on.data_["codigo"]) == (409, "segundo_paso_puesto")


async def empezado_hace(shop: ShopApp, visitor: Visitor, pasos: int) -> None:
    async def earlier(work: Work) -> None:
        await work.con.execute(
            "UPDATE second_factors SET last_step = last_step - :pasos WHERE user_id = :id",
            {"pasos": pasos, "id": visitor.id},
        )

    await shop.base.do(earlier)


@pytest.mark.parametrize(("minutos", "status"), [(9.5, 200), (10.5, 409)])
async def test_what_was_begun_waits_ten_minutes_for_its_first_code(shop: ShopApp, minutos: float, status: int) -> None:
    visitor = await shop.customer("armador")
    secreto = base64.b32decode((await visitor.ok("POST", PASO, {"password": PASSWORD}))["secreto"])
    await empezado_hace(shop, visitor, int(minutos * 60) // STEP_S)

    page = await visitor.client.post("/cuenta/segundo-paso/confirmar", form={"codigo": "1"})
    wrong = await page.get_data(as_text=True)
    answer = await visitor.ask("POST", f"{PASO}/confirmar", {"codigo": codigo(secreto)})

    assert answer.status_code == status
    assert (page.status_code, "Pasaron más de 10 minutos" in wrong) == ((400, False) if status == 200 else (409, True))
    assert (await visitor.ok("GET", PASO))["puesto"] is (status == 200)
    if status == 409:
        again = base64.b32decode((await visitor.ok("POST", PASO, {"password": PASSWORD}))["secreto"])
        assert again != secreto
        await visitor.ok("POST", f"{PASO}/confirmar", {"codigo": codigo(again)})


async def test_of_two_browsers_that_confirm_at_once_one_is_told_the_recovery_codes(shop: ShopApp) -> None:
    visitor = await shop.customer("admin")
    other = Visitor(shop.app.test_client(), visitor.id, visitor.email)
    await shop.log_in(other)
    secreto = base64.b32decode((await visitor.ok("POST", PASO, {"password": PASSWORD}))["secreto"])

    both = await asyncio.gather(
        *(each.ask("POST", f"{PASO}/confirmar", {"codigo": codigo(secreto)}) for each in (visitor, other))
    )

    assert sorted(each.status_code for each in both) == [200, 409]
    assert (await visitor.ok("GET", PASO))["codigos_de_rescate"] == 10


async def test_switching_it_off_takes_password_and_code(shop: ShopApp) -> None:
    visitor, secreto, rescate = await con_paso(shop)

    for password, code, campo in (
        ("no-es-esta", codigo(secreto), "password"),
        (PASSWORD, "1", "codigo"),
        (PASSWORD, "", "codigo"),
    ):
        answer = await visitor.ask("POST", f"{PASO}/quitar", {"password": password, "codigo": code})
        assert answer.status_code == 400 and answer.data_["errores"][0]["campo"] == campo
    await visitor.ok("POST", f"{PASO}/quitar", {"password": PASSWORD, "codigo": codigo(secreto)})

    assert (await entrar(shop, visitor)).status_code == 200
    assert await visitor.ok("GET", PASO) == {"puesto": False, "codigos_de_rescate": 0}
    assert rescate


async def test_customers_have_none(shop: ShopApp) -> None:
    visitor = await shop.customer()

    assert (await visitor.ask("POST", PASO, {"password": PASSWORD})).status_code == 403
    assert "egundo paso" not in await (await visitor.client.get("/cuenta")).get_data(as_text=True)


async def test_an_admin_takes_it_from_who_lost_the_phone_but_not_from_themself(shop: ShopApp) -> None:
    duena, _, _ = await con_paso(shop)
    visitor, _, _ = await con_paso(shop, "armador")
    listed = (await duena.ok("GET", "/api/admin/personal"))["personal"]
    assert [p["segundo_paso"] for p in listed if p["id"] == visitor.id] == [True]

    own = await duena.ask("DELETE", f"/api/admin/personal/{duena.id}/segundo-paso")
    twice = [
        (await duena.ask("DELETE", f"/api/admin/personal/{visitor.id}/segundo-paso")).status_code for _ in range(2)
    ]

    assert (own.status_code, own.data_["codigo"]) == (409, "es_el_propio")
    assert twice == [204, 204]
    assert (await entrar(shop, visitor)).status_code == 200
    assert (await visitor.ask("DELETE", f"/api/admin/personal/{duena.id}/segundo-paso")).status_code == 403


async def test_a_new_password_by_a_link_goes_not_around_it(shop: ShopApp) -> None:
    duena = await shop.customer("admin")
    visitor, secreto, _ = await con_paso(shop, "encargado")
    link = (await duena.ok("POST", f"/api/admin/personal/{visitor.id}/invitacion"))["enlace"].partition("token=")[2]
    stranger = shop.visitor()

    answer = await stranger.client.post("/invitacion", form={"token": link, "nueva": PASSWORD, "repetida": PASSWORD})

    assert answer.status_code == 303 and answer.headers["Location"].startswith("/login")
    assert (await stranger.ask("GET", "/api/sesion")).status_code == 401
    assert (await entrar(shop, visitor, codigo(secreto))).status_code == 200


async def test_the_database_alone_gives_no_code_away_and_the_book_no_secret(shop: ShopApp) -> None:
    visitor, secreto, rescate = await con_paso(shop)
    await entrar(shop, visitor, rescate[0])

    async def stored(con: Connection) -> str:
        found = []
        for table in ("second_factors", "recovery_codes", "auditoria"):
            found += await con.fetch_all(f"SELECT * FROM {table}", {})
        return " ".join(str(dict(row)) for row in found)

    kept = await shop.base.read(stored)
    for secret in (base64.b32encode(secreto).decode(), secreto.hex(), *rescate, *(c.replace("-", "") for c in rescate)):
        assert secret not in kept
    told = await visitor.ok("GET", "/api/admin/auditoria", query_string={"que": "personal", "id": visitor.id})
    assert [(a["campo"], a["de"], a["a"]) for a in told["asientos"]] == [
        ("codigos_de_rescate", 10, 9), ("segundo_paso", False, True),
    ]  # fmt: skip


@pytest.fixture
def con_limites(shop: ShopApp) -> Any:
    limits = shop.house.limits
    limits._on = True
    yield
    limits._on = False


@pytest.mark.usefixtures("con_limites")
async def test_codes_are_guessed_no_more_often_than_passwords(shop: ShopApp) -> None:
    visitor, secreto, _ = await con_paso(shop)

    guesses = [(await entrar(shop, visitor, f"{n:06}x")).status_code for n in range(11)]

    assert guesses == [401] * 10 + [429]
    assert (await entrar(shop, visitor, codigo(secreto))).status_code == 429


async def test_by_pages_the_code_is_asked_for_on_a_page_of_its_own(shop: ShopApp) -> None:
    visitor, secreto, rescate = await con_paso(shop)
    stranger = shop.visitor()
    form = {"email": visitor.email, "password": PASSWORD, "volver": "/admin/productos"}

    asked = await (await stranger.client.post("/login", form=form)).get_data(as_text=True)

    paso = re.search(r'name="paso" value="([^"]+)"', asked)
    assert paso and PASSWORD not in asked
    assert (await stranger.ask("GET", "/api/sesion")).status_code == 401
    form = {"paso": paso[1], "volver": "/admin/productos"}
    wrong = await stranger.client.post("/login/codigo", form={**form, "codigo": "1"})
    assert wrong.status_code == 401 and "no es el de ahora" in await wrong.get_data(as_text=True)
    forged = await stranger.client.post("/login/codigo", form={**form, "paso": paso[1] + "x", "codigo": rescate[0]})
    assert forged.headers["Location"].startswith("/login?")
    right = await stranger.client.post("/login/codigo", form={**form, "codigo": codigo(secreto)})
    assert (right.status_code, right.headers["Location"]) == (303, "/admin/productos")
    assert (await stranger.ask("GET", "/api/sesion")).status_code == 200


async def test_by_pages_it_is_switched_on_and_off(shop: ShopApp) -> None:
    visitor = await shop.customer("armador")
    wrong = await visitor.client.post("/cuenta/segundo-paso", form={"password": "no-es-esta"})
    begun = await (await visitor.client.post("/cuenta/segundo-paso", form={"password": PASSWORD})).get_data(
        as_text=True
    )
    spelled = re.search(r'clave">([A-Z2-7 ]+)<', begun)
    assert wrong.status_code == 400 and spelled and "<svg" in begun
    secreto = base64.b32decode(spelled[1].replace(" ", ""))

    again = await visitor.client.post("/cuenta/segundo-paso/confirmar", form={"codigo": "1"})
    done = await visitor.client.post("/cuenta/segundo-paso/confirmar", form={"codigo": codigo(secreto)})

    assert again.status_code == 400 and spelled[1] in await again.get_data(as_text=True)
    rescate = re.findall(r"<code>([a-z2-9]{5}-[a-z2-9]{5})</code>", await done.get_data(as_text=True))
    assert len(rescate) == 10
    bad = await visitor.client.post("/cuenta/segundo-paso/quitar", form={"password": PASSWORD, "codigo": "1"})
    off = await visitor.client.post("/cuenta/segundo-paso/quitar", form={"password": PASSWORD, "codigo": rescate[3]})
    assert (bad.status_code, off.status_code) == (400, 303)
    assert (await entrar(shop, visitor)).status_code == 200
