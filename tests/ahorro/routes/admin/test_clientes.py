"""The owner's customers: how they are found, changed and shut out, and what the book says of it."""

import asyncio
import uuid
from typing import Any

import pytest

from ahorro.actions.cuentas import registrar_usuario
from ahorro.domain.cuenta import Comercio
from tests.ahorro.cast import PASSWORD, ShopApp, Visitor

ADMIN = "/api/admin/clientes"


async def buscar(quien: Visitor, q: str) -> list[Any]:
    return list((await quien.ok("GET", ADMIN, query_string={"q": q}))["clientes"])


async def una(shop: ShopApp, duena: Visitor, nombre: str) -> tuple[Visitor, Any]:
    """A customer who is in, and what the owner has of them."""
    visitor = await shop.customer(nombre=nombre)
    [found] = await buscar(duena, visitor.email)
    return visitor, found


async def asientos(boss: Visitor, **filtro: Any) -> list[Any]:
    return list((await boss.ok("GET", "/api/admin/auditoria", query_string=filtro))["asientos"])


async def test_a_customer_is_found_by_name_mail_telephone_and_cuit(shop: ShopApp, duena: Visitor) -> None:
    mail = f"ramon-{uuid.uuid4().hex[:6]}@correo.test"
    comercio = Comercio("Kiosco Ñandubay", "20304050601", "Belgrano 1", "1155550000", "Almacén")
    made = await shop.base.do(
        registrar_usuario,
        nombre="Ramón Giménez",
        email=mail,
        password_hash="x",
        rol="comerciante",
        telefono="(0351) 555-7788",
        comercio=comercio,
    )

    for q in ("gimenez", "GIMÉNEZ ramón", mail, "0351 5557788", "20-30405060-1", "kiosco ÑANDUBAY"):
        assert made in [c["id"] for c in await buscar(duena, q)], q
    assert await buscar(duena, "nadie%_así") == []
    [found] = await buscar(duena, mail)
    assert found["comercio"] == {
        "nombre": "Kiosco Ñandubay", "cuit": "20304050601", "aprobado": False, "lista": "",
    }  # fmt: skip


async def test_who_changed_their_name_is_found_by_the_new_one(shop: ShopApp, duena: Visitor) -> None:
    visitor, _ = await una(shop, duena, "Zulema Antes")
    form = {"nombre": "Zulema Después", "telefono": "11 4444-9999", "direccion": ""}

    await visitor.client.post("/cuenta", form=form)

    assert [c["id"] for c in await buscar(duena, "zulema despues")] == [visitor.id]
    assert [c["id"] for c in await buscar(duena, "11 4444 9999")] == [visitor.id]


async def test_the_list_goes_on_where_its_cursor_says_and_has_nobody_who_works_here(
    shop: ShopApp, duena: Visitor
) -> None:
    made = [(await una(shop, duena, "Página Perez"))[0].id for _ in range(3)]

    first = await duena.ok("GET", f"{ADMIN}?q=pagina&limite=2")
    second = await duena.ok("GET", f"{ADMIN}?q=pagina&limite=2&cursor={first['siguiente']}")

    assert [c["id"] for c in first["clientes"] + second["clientes"]] == made[::-1]
    assert second["siguiente"] is None
    assert await buscar(duena, duena.email) == []
    assert (await duena.ask("PATCH", f"{ADMIN}/{duena.id}", {"version": 1, "activo": False})).status_code == 404
    assert (await duena.ask("GET", f"{ADMIN}?cursor=x")).status_code == 400


async def test_what_a_customer_bought_is_counted(shop: ShopApp, duena: Visitor) -> None:
    visitor, found = await una(shop, duena, "Clara Compra")
    assert (found["pedidos"], found["gastado"], found["ultimo_pedido"]) == (0, 0, None)

    made = await visitor.buy(await shop.producto(precio=100_00), 2)

    [found] = await buscar(duena, visitor.email)
    assert (found["pedidos"], found["gastado"]) == (1, made["total"])
    assert found["ultimo_pedido"]


async def test_who_is_shut_out_is_out_at_once_and_may_come_back(shop: ShopApp, duena: Visitor) -> None:
    visitor, found = await una(shop, duena, "Fuera Ya")
    address = f"{ADMIN}/{found['id']}"

    shut = await duena.ok("PATCH", address, {"version": 1, "activo": False})

    assert shut["activo"] is False
    assert (await visitor.ask("GET", "/api/sesion")).status_code == 401
    assert (await shop.log_in(visitor)).status_code in {401, 403, 409}
    await duena.ok("PATCH", address, {"version": shut["version"], "activo": True})
    assert (await visitor.ask("GET", "/api/sesion")).status_code == 401
    assert (await shop.log_in(visitor)).status_code == 200


async def test_a_change_starts_from_the_version_that_was_seen(shop: ShopApp, duena: Visitor) -> None:
    _, found = await una(shop, duena, "Versión Vieja")
    address = f"{ADMIN}/{found['id']}"

    same = await duena.ok("PATCH", address, {"version": 1, "nota": ""})
    changed = await duena.ok("PATCH", address, {"version": 1, "nota": "Paga los viernes"})
    stale = await duena.ask("PATCH", address, {"version": 1, "activo": False})

    assert (same["version"], changed["version"], changed["nota"]) == (1, 2, "Paga los viernes")
    assert (stale.status_code, stale.data_["codigo"]) == (409, "version_vieja")
    assert stale.data_["cliente"] == changed


async def test_of_two_changes_at_once_one_wins(shop: ShopApp, duena: Visitor) -> None:
    _, found = await una(shop, duena, "A La Vez")
    changes = [duena.ask("PATCH", f"{ADMIN}/{found['id']}", {"version": 1, "nota": f"n{n}"}) for n in range(3)]

    assert sorted(each.status_code for each in await asyncio.gather(*changes)) == [200, 409, 409]


@pytest.mark.parametrize("cambio", [{"aprobado": True}, {"lista": "Mayorista"}, {"activo": None}, {"rol": "admin"}])
async def test_what_cannot_be_said_of_a_customer_names_its_field(
    shop: ShopApp, duena: Visitor, cambio: dict[str, Any]
) -> None:
    _, found = await una(shop, duena, "Sin Comercio")

    refused = await duena.ask("PATCH", f"{ADMIN}/{found['id']}", {"version": 1, **cambio})

    assert refused.status_code == 400
    assert refused.data_["errores"][0]["campo"] in cambio


async def test_a_comerciante_is_approved_and_has_a_price_list(shop: ShopApp, duena: Visitor) -> None:
    mail = f"comercio-{uuid.uuid4().hex[:6]}@correo.test"
    comercio = Comercio("Fonda", "27304050609", "Belgrano 2", "1155550000", "Restaurante")
    hers = await shop.base.do(
        registrar_usuario,
        nombre="Marta",
        email=mail,
        password_hash="x",
        rol="comerciante",
        comercio=comercio,
    )
    address = f"{ADMIN}/{hers}"

    changed = await duena.ok("PATCH", address, {"version": 1, "aprobado": True, "lista": " Mayorista "})

    assert changed["comercio"]["aprobado"] is True
    assert changed["comercio"]["lista"] == "Mayorista"
    lines = await asientos(duena, que="cliente", id=hers)
    assert {(each["campo"], each["de"], each["a"]) for each in lines} == {
        ("aprobado", False, True),
        ("lista", "", "Mayorista"),
    }


async def test_the_book_says_who_changed_what_and_keeps_no_note(shop: ShopApp, duena: Visitor) -> None:
    _, found = await una(shop, duena, "Con Nota")
    await duena.ok("PATCH", f"{ADMIN}/{found['id']}", {"version": 1, "nota": "algo íntimo", "activo": False})

    lines = await asientos(duena, que="cliente", id=found["id"], quien="SILVIA DUENA")

    assert {each["campo"] for each in lines} == {"nota", "activo"}
    assert "íntimo" not in str(lines)
    assert lines[0]["quien"] == {"id": duena.id, "nombre": "Silvia Dueña"}
    assert lines[0]["cual"] == {"id": found["id"], "nombre": "Con Nota"}
    assert await asientos(duena, id=found["id"], que="cliente", hasta="2020-01-01") == []
    assert await asientos(duena, id=found["id"], que="cliente", desde="2020-01-01", hasta=lines[0]["en"]) == []
    assert await asientos(duena, id=found["id"], que="cliente", quien="nadie") == []


async def test_the_book_tells_prices_in_pesos_and_goes_on_where_its_cursor_says(shop: ShopApp, duena: Visitor) -> None:
    producto = await shop.producto(precio=4000_00)
    for version, precio in ((1, 4200.5), (2, 4300)):
        await duena.ok("PATCH", f"/api/admin/productos/{producto}", {"version": version, "precio": precio})

    filtro = f"/api/admin/auditoria?que=producto&id={producto}&limite=1"
    newest = await duena.ok("GET", filtro)
    older = await duena.ok("GET", f"{filtro}&cursor={newest['siguiente']}")

    said = [(each["campo"], each["de"], each["a"]) for each in newest["asientos"] + older["asientos"]]
    assert said == [("precio", 4200.5, 4300), ("precio", 4000, 4200.5)]
    assert older["siguiente"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        "id=x",
        "desde=nunca",
        "hasta=2026-13-01",
        "hasta=2026-12-01&desde=2026-12-05",
        "que=nada",
        "cursor=-1",
        "limite=0",
        "quien=%00",
    ],
)
async def test_a_filter_that_cannot_be_names_its_field(duena: Visitor, wrong: str) -> None:
    refused = await duena.ask("GET", f"/api/admin/auditoria?{wrong}")

    assert refused.status_code == 400
    assert refused.data_["errores"][0]["campo"] == wrong.partition("=")[0]


async def test_customers_and_the_book_are_the_owners_alone(shop: ShopApp, encargada: Visitor) -> None:
    for path in (ADMIN, "/api/admin/auditoria"):
        assert (await encargada.ask("GET", path)).status_code == 403
        assert (await shop.visitor().ask("GET", path)).status_code == 401
    assert (await encargada.ask("PATCH", f"{ADMIN}/1", {"version": 1, "activo": False})).status_code == 403


async def test_who_had_themselves_forgotten_stays_a_line_without_a_person_and_nobody_writes_on_it(
    shop: ShopApp, duena: Visitor
) -> None:
    visitor, found = await una(shop, duena, "Se Borra")
    address = f"{ADMIN}/{found['id']}"
    await visitor.ok("POST", "/api/cuenta/borrar", {"password": PASSWORD})
    [gone] = [c for c in (await duena.ok("GET", ADMIN))["clientes"] if c["id"] == found["id"]]

    refused = [
        await duena.ask("PATCH", address, {"version": version, **change})
        for version in (found["version"], gone["version"])
        for change in ({"activo": True}, {"nota": "Volvió a llamar"})
    ]

    assert (gone["borrado"], gone["nombre"], gone["email"], gone["activo"]) == (True, "Cuenta borrada", "", False)
    assert {(each.status_code, each.data_["codigo"]) for each in refused} == {(409, "cuenta_borrada")}


async def test_nobody_registers_with_the_address_that_stands_for_an_erased_one(shop: ShopApp) -> None:
    nobody = {"nombre": "Vivo", "email": "Borrada-1@Borrada.invalid", "password": PASSWORD}

    refused = await shop.visitor().ask("POST", "/api/clientes", nobody)

    assert (refused.status_code, refused.data_["errores"][0]["campo"]) == (400, "email")
