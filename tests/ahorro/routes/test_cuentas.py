"""Accounts: in, out, new, and back in after a lost password."""

import asyncio
import copy
import re
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ahorro.actions.cuentas import hash_enlace
from ahorro.app import create_app
from ahorro.routes.recuperacion import RECUPERAR_S
from ahorro.store.cuentas import select_recuperacion_vale, select_usuario_por_email
from belgrano.database.work import Work
from tests.ahorro.cast import PASSWORD, ShopApp, Visitor, un_correo
from tests.ahorro.conftest import some_settings
from tests.ahorro.mail_server import MailServer

NUEVA = "otra-clave-bien-larga"


def campos(response: Any) -> list[str]:
    return [e["campo"] for e in response.data_["errores"]]


def _cookies(visitor: Visitor) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{c.name}={c.value}" for c in visitor.client.cookie_jar)}


async def test_coming_in_says_who_i_am_and_going_out_kills_a_copied_cookie(shop: ShopApp) -> None:
    clara = await shop.customer(nombre="Clara")
    me = {"usuario": {"id": clara.id, "nombre": "Clara", "email": clara.email, "rol": "cliente"}}
    assert await clara.ok("GET", "/api/sesion") == me
    copied = _cookies(clara)
    assert (await shop.visitor().ask("GET", "/api/sesion", headers=copied)).status_code == 200

    assert (await clara.ask("DELETE", "/api/sesion")).status_code == 204

    assert (await clara.ask("GET", "/api/sesion")).status_code == 401
    assert (await shop.visitor().ask("GET", "/api/sesion", headers=copied)).status_code == 401
    assert (await clara.ask("DELETE", "/api/sesion")).status_code == 204


async def test_the_cookie_is_httponly_and_samesite(shop: ShopApp) -> None:
    clara = await shop.customer()

    response = await shop.log_in(clara)

    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


async def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(shop: ShopApp) -> None:
    clara = await shop.customer()

    wrong = await shop.visitor().ask("POST", "/api/sesion", {"email": clara.email, "password": "no"})
    unknown = await shop.visitor().ask("POST", "/api/sesion", {"email": "nadie@correo.test", "password": "no"})

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.data_ == unknown.data_


@pytest.mark.parametrize(
    ("cuerpo", "campo"),
    [
        ({"email": "a@b.test"}, "password"),
        ({"password": "x"}, "email"),
        ({"email": 1, "password": "x"}, "email"),
        ({"email": "a@b.test", "password": None}, "password"),
        ({"email": "a@b.test", "password": "x" * 201}, "password"),
        ({"email": "x" * 1000, "password": "x"}, "email"),
    ],
    ids=str,
)
async def test_a_bad_credential_is_a_400_that_names_it(shop: ShopApp, cuerpo: Any, campo: str) -> None:
    response = await shop.visitor().ask("POST", "/api/sesion", cuerpo)

    assert response.status_code == 400
    assert campos(response) == [campo]


async def test_an_address_is_the_same_in_capitals_and_with_blanks(shop: ShopApp) -> None:
    clara = await shop.customer()
    clara.email = f"  {clara.email.upper()} "

    assert (await shop.log_in(clara)).status_code == 200


async def test_a_domain_may_have_letters_of_its_own_and_its_account_is_found_however_it_is_typed(shop: ShopApp) -> None:
    visitor = shop.visitor()
    name = un_correo().partition("@")[0]
    asked = await visitor.ask(
        "POST", "/api/clientes", {"nombre": "Ana", "email": f"{name}@ñandú.com.ar", "password": NUEVA}
    )

    assert (asked.status_code, asked.data_["usuario"]["email"]) == (201, f"{name}@xn--and-6ma2c.com.ar")
    for typed in (f"{name.upper()}@ÑANDÚ.com.ar", f"{name}@xn--and-6ma2c.com.ar"):
        assert await shop.visitor().ok("POST", "/api/sesion", {"email": typed, "password": NUEVA})


async def test_registering_logs_in_with_the_guests_cart(shop: ShopApp) -> None:
    visitor = shop.visitor()
    arroz = await shop.producto()
    await visitor.add(arroz, 3)
    email = un_correo("nueva")

    response = await visitor.ask(
        "POST", "/api/clientes", {"nombre": " Nora Díaz ", "email": email.upper(), "password": NUEVA}
    )

    assert response.status_code == 201
    assert response.data_["usuario"]["nombre"] == "Nora Díaz"
    assert response.data_["usuario"]["rol"] == "cliente"
    assert (await visitor.ok("GET", "/api/sesion"))["usuario"]["email"] == email
    assert (await visitor.ok("GET", "/api/carrito"))["items"][0]["cantidad"] == 3


async def test_an_address_has_one_account_also_when_two_register_at_once(shop: ShopApp) -> None:
    cuerpo = {"nombre": "Nora", "email": un_correo(), "password": NUEVA}

    answers = await asyncio.gather(*(shop.visitor().ask("POST", "/api/clientes", cuerpo) for _ in range(5)))

    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409, 409]


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        *[("nombre", v) for v in ("", "  ", "x" * 121, 5, None)],
        *[("email", v) for v in ("josé@example.com", "muñoz@correo.test", "ana@ñ..com.ar", "ana@" + "ñ" * 300 + ".ar")],
        *[("email", v) for v in ("", "sin-arroba", "a@b", "a b@c.test", "x" * 120 + "@c.test", "a@b..test", 3)],
        *[("password", v) for v in ("", "corta", "x" * 201, 12345678, None)],
        *[("telefono", v) for v in ("abc", "1" * 51, 5)],
        *[("direccion", v) for v in ("   ", "x" * 201, [])],
    ],
    ids=lambda v: repr(v)[:20],
)
async def test_a_bad_field_of_a_registration_is_named(shop: ShopApp, campo: str, valor: Any) -> None:
    cuerpo = {"nombre": "Nora", "email": un_correo(), "password": NUEVA} | {campo: valor}

    response = await shop.visitor().ask("POST", "/api/clientes", cuerpo)

    assert response.status_code == 400
    assert campos(response) == [campo]


async def test_nobody_makes_themselves_an_admin(shop: ShopApp) -> None:
    cuerpo = {"nombre": "Nora", "email": un_correo(), "password": NUEVA, "rol": "admin"}

    assert (await shop.visitor().ok("POST", "/api/clientes", cuerpo))["usuario"]["rol"] == "cliente"


async def test_changing_the_password_ends_ones_other_sessions(shop: ShopApp) -> None:
    here = await shop.customer()
    there = shop.visitor()
    there.email = here.email
    await shop.log_in(there)

    wrong = await here.ask("POST", "/api/sesion/password", {"actual": "no", "nueva": NUEVA})
    short = await here.ask("POST", "/api/sesion/password", {"actual": PASSWORD, "nueva": "corta"})
    right = await here.ask("POST", "/api/sesion/password", {"actual": PASSWORD, "nueva": NUEVA})

    assert (wrong.status_code, campos(wrong)) == (400, ["actual"])
    assert (short.status_code, campos(short)) == (400, ["nueva"])
    assert right.status_code == 204
    assert (await here.ask("GET", "/api/sesion")).status_code == 200
    assert (await there.ask("GET", "/api/sesion")).status_code == 401
    assert (await shop.log_in(there)).status_code == 401
    assert (await shop.log_in(there, NUEVA)).status_code == 200
    cuerpo = {"actual": "a", "nueva": NUEVA}
    assert (await shop.visitor().ask("POST", "/api/sesion/password", cuerpo)).status_code == 401


async def test_after_a_new_password_a_copy_of_this_browsers_own_cookie_is_dead_too(shop: ShopApp) -> None:
    here, copied = await shop.customer(), shop.visitor()
    await here.add(await shop.producto(), 3)
    for cookie in here.client.cookie_jar:
        copied.client.cookie_jar.set_cookie(copy.copy(cookie))
    assert (await copied.ask("GET", "/api/sesion")).status_code == 200

    await here.ok("POST", "/api/sesion/password", {"actual": PASSWORD, "nueva": NUEVA})

    assert (await copied.ask("GET", "/api/sesion")).status_code == 401
    assert (await here.ask("GET", "/api/sesion")).status_code == 200
    assert (await here.ok("GET", "/api/carrito"))["items"][0]["cantidad"] == 3
    page = await here.client.post("/cuenta/contrasena", form={"actual": NUEVA, "nueva": PASSWORD})
    assert page.headers["Location"].startswith("/cuenta?")
    assert (await here.client.get("/cuenta")).status_code == 200


@pytest.mark.parametrize(
    ("rol", "hours"),
    [("cliente", 30 * 24), ("comerciante", 30 * 24), ("admin", 14), ("encargado", 14), ("armador", 14)],
)
async def test_who_buys_stays_in_for_a_month_and_who_works_here_for_a_shift(
    shop: ShopApp, rol: str, hours: int
) -> None:
    assert shop.house.sessions.idle_ms(rol) == hours * 3_600_000


async def test_an_admin_who_was_idle_for_a_shift_is_out(shop: ShopApp) -> None:
    jefa, clara = await shop.customer("admin"), await shop.customer()

    async def get_older(work: Work, hours: int) -> None:
        await work.con.execute(
            "UPDATE sessions SET seen_at = seen_at - :ms WHERE user_id IN (:jefa, :clara)",
            {"ms": hours * 3_600_000, "jefa": jefa.id, "clara": clara.id},
        )

    await shop.base.do(get_older, 13)
    assert [(await each.ask("GET", "/api/sesion")).status_code for each in (jefa, clara)] == [200, 200]
    await shop.base.do(get_older, 15)
    assert [(await each.ask("GET", "/api/sesion")).status_code for each in (jefa, clara)] == [401, 200]


async def test_a_request_from_another_site_with_the_cookie_is_refused(shop: ShopApp) -> None:
    clara = await shop.customer()
    await clara.add(await shop.producto())

    for headers in ({"Origin": "https://malo.test"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        for method, path in (("POST", "/api/pedidos"), ("DELETE", "/api/sesion"), ("POST", "/api/carrito/items")):
            response = await clara.ask(method, path, {}, headers=headers)
            assert response.status_code == 403, (headers, path)
    assert len((await clara.ok("GET", "/api/carrito"))["items"]) == 1


# --- the way back in


async def _enlaces(shop: ShopApp, email: str, at_least: int = 1) -> list[str]:
    """The tokens mailed to this address, newest first."""
    for _ in range(2000):
        mine = [m for m in shop.house.buzon() if m.para == email]
        if len(mine) >= at_least:
            break
        await asyncio.sleep(0.02)
    return [parse_qs(urlsplit(re.search(r"https?://\S+", m.texto)[0]).query)["token"][0] for m in mine]  # type: ignore[index]


async def test_a_recovery_link_works_once_and_ends_every_session(shop: ShopApp) -> None:
    clara = await shop.customer()
    await shop.visitor().ok("POST", "/api/recuperacion", {"email": clara.email})
    (token,) = await _enlaces(shop, clara.email)

    answers = await asyncio.gather(
        *(
            shop.visitor().ask("POST", "/api/recuperacion/password", {"token": token, "nueva": f"{NUEVA}{n}"})
            for n in range(20)
        )
    )

    assert sorted(a.status_code for a in answers) == [204] + [410] * 19
    assert (await clara.ask("GET", "/api/sesion")).status_code == 401
    assert (await shop.log_in(clara)).status_code == 401
    won = next(n for n, a in enumerate(answers) if a.status_code == 204)
    assert (await shop.log_in(clara, f"{NUEVA}{won}")).status_code == 200


async def test_the_answer_is_the_same_for_an_address_that_nobody_has(shop: ShopApp) -> None:
    clara = await shop.customer()

    known = await shop.visitor().ask("POST", "/api/recuperacion", {"email": clara.email})
    unknown = await shop.visitor().ask("POST", "/api/recuperacion", {"email": "nadie@correo.test"})

    assert (known.status_code, known.data_) == (unknown.status_code, unknown.data_) == (202, known.data_)
    assert len(await _enlaces(shop, clara.email)) == 1
    assert [m for m in shop.house.buzon() if m.para == "nadie@correo.test"] == []
    assert await shop.base.read(_links_without_owner) > 0


async def test_the_answer_takes_a_set_time_whoever_is_asked_for(shop: ShopApp) -> None:
    clara = await shop.customer()

    for email in (clara.email, "nadie@correo.test"):
        began = time.monotonic()
        await shop.visitor().ok("POST", "/api/recuperacion", {"email": email})
        assert time.monotonic() - began >= RECUPERAR_S


async def _links_without_owner(con: Any) -> int:
    return int(await con.fetch_val("SELECT count(*) FROM recuperaciones WHERE usuario_id IS NULL"))


async def test_only_a_hash_of_the_link_is_stored(shop: ShopApp) -> None:
    clara = await shop.customer()
    await clara.ok("POST", "/api/recuperacion", {"email": clara.email})
    (token,) = await _enlaces(shop, clara.email)

    stored = await shop.base.read(_hashes)

    assert token not in stored
    assert all(re.fullmatch(r"[0-9a-f]{64}", each) for each in stored)


async def _hashes(con: Any) -> list[str]:
    return [row["token_hash"] for row in await con.fetch_all("SELECT token_hash FROM recuperaciones")]


async def _envejecer(work: Any, usuario_id: int, ms: int) -> None:
    await work.con.execute(
        "UPDATE recuperaciones SET vence_en = vence_en - :ms WHERE usuario_id = :id", {"ms": ms, "id": usuario_id}
    )


async def test_a_link_lives_for_fifteen_minutes(shop: ShopApp) -> None:
    clara = await shop.customer()
    await clara.ok("POST", "/api/recuperacion", {"email": clara.email})
    (token,) = await _enlaces(shop, clara.email)

    await shop.base.do(_envejecer, clara.id, 14 * 60_000)
    assert await shop.base.read(_vale, token)
    await shop.base.do(_envejecer, clara.id, 60_001)

    response = await clara.ask("POST", "/api/recuperacion/password", {"token": token, "nueva": NUEVA})
    assert response.status_code == 410


async def _vale(con: Any, token: str) -> bool:
    return await select_recuperacion_vale(con, hash_enlace(token), int(time.time() * 1000))


async def test_a_newer_link_and_an_altered_one_do_not_open(shop: ShopApp) -> None:
    clara = await shop.customer()
    for n in (1, 2):
        await clara.ok("POST", "/api/recuperacion", {"email": clara.email})
        newest, *older = await _enlaces(shop, clara.email, n)

    for token in (*older, newest[:-1] + ("A" if newest[-1] != "A" else "B"), "", "x" * 200):
        response = await clara.ask("POST", "/api/recuperacion/password", {"token": token, "nueva": NUEVA})
        assert response.status_code == 410, token
    response = await clara.ask("POST", "/api/recuperacion/password", {"token": newest, "nueva": NUEVA})
    assert response.status_code == 204


async def test_a_made_up_host_is_never_linked_to(shop: ShopApp) -> None:
    clara = await shop.customer()

    for host in ("malo.test", "malo.test:5000", "127.0.0.1.malo.test", "localhost.malo.test", "a@malo.test"):
        await shop.visitor().ask("POST", "/api/recuperacion", {"email": clara.email}, headers={"Host": host})

    await _enlaces(shop, clara.email, 5)
    assert all("malo" not in m.texto for m in shop.house.buzon() if m.para == clara.email)


async def test_production_mails_a_link_to_its_public_address(tmp_path: Any) -> None:
    server = MailServer()
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        shop, email = await _in_production(
            tmp_path, public_url="https://tienda.test", smtp_url=f"smtp://127.0.0.1:{port}"
        )
        async with shop.app.test_app():
            await shop.sign_up(email)
            visitor, elsewhere = shop.visitor(), {"Host": "malo.test"}
            asked = await visitor.ask("POST", "/api/recuperacion", {"email": email}, headers=elsewhere)
            assert asked.status_code == 202
            await server.sent()

    assert "https://tienda.test/nueva-contrasena?token=" in server.taken[0].get_content()


@pytest.mark.parametrize("only", [{"public_url": "https://tienda.test"}, {"smtp_url": "smtp://127.0.0.1:9"}])
async def test_where_no_mail_can_leave_nobody_is_told_that_it_did(tmp_path: Any, only: dict[str, str]) -> None:
    shop, email = await _in_production(tmp_path, **only)
    async with shop.app.test_app():
        await shop.sign_up(email)
        for each in (email, "nadie@correo.test"):
            asked = await shop.visitor().ask("POST", "/api/recuperacion", {"email": each})
            assert (asked.status_code, asked.data_["codigo"]) == (503, "sin_correo")
            assert "por teléfono" in asked.data_["detail"]
        assert await shop.base.read(lambda con: con.fetch_all("SELECT * FROM correos")) == []


async def _in_production(tmp_path: Any, **settings: Any) -> tuple[ShopApp, str]:
    database = f"sqlite:///{tmp_path / 'p.db'}"
    return ShopApp(create_app(some_settings(database, tmp_path / "correo", production=True, **settings))), un_correo()


async def test_an_account_put_out_of_use_cannot_come_in(shop: ShopApp) -> None:
    clara = await shop.customer()

    await shop.base.do(_desactivar, clara.id)

    assert (await clara.ask("GET", "/api/sesion")).status_code == 401
    assert (await shop.log_in(clara)).status_code == 401
    assert await shop.base.read(select_usuario_por_email, clara.email)


async def _desactivar(work: Any, usuario_id: int) -> None:
    await work.con.execute("UPDATE usuarios SET activo = :no WHERE id = :id", {"no": False, "id": usuario_id})


async def test_too_many_wrong_tries_are_a_429_and_an_open_session_goes_on(tmp_path: Any) -> None:
    settings = some_settings(f"sqlite:///{tmp_path / 'l.db'}", tmp_path / "correo", limits=True)
    app = create_app(settings)
    async with app.test_app():
        shop = ShopApp(app)
        clara = await shop.customer()
        cuerpo = {"email": clara.email, "password": "no"}

        answers = [await shop.visitor().ask("POST", "/api/sesion", cuerpo) for _ in range(11)]

        assert [a.status_code for a in answers] == [401] * 10 + [429]
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert (await clara.ask("GET", "/api/sesion")).status_code == 200
