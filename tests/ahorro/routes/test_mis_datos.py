"""What the shop knows of a customer: taken along as a file, and forgotten; the books keep the numbers."""

import asyncio
from datetime import date
from typing import Any

import pytest

from ahorro.actions.cuentas import cambiar_perfil, registrar_usuario
from ahorro.actions.paquetes import DatosDePaquete, crear_paquete
from ahorro.domain.cuenta import Comercio
from ahorro.domain.errors import CuentaInactiva
from ahorro.domain.pedido import Entrega
from belgrano.database.work import Connection, Work
from tests.ahorro.cast import PASSWORD, ShopApp, Visitor

BORRAR = "/api/cuenta/borrar"


async def entregar(shop: ShopApp, numero: str, motivo: str | None = None) -> None:
    async def act(work: Work) -> None:
        await work.con.execute(
            "UPDATE pedidos SET estado = 'entregado', motivo = :motivo WHERE numero = :numero",
            {"numero": numero, "motivo": motivo},
        )

    await shop.base.do(act)


async def dump(shop: ShopApp) -> str:
    """Every row of every table in which somebody could still be found."""
    tables = (
        "usuarios", "comercios", "pedidos", "paquetes", "arrepentimientos", "correos", "auditoria", "carritos",
        "outgoing", "recuperaciones", "sessions", "paquete_items", "pedido_items", "invitaciones",
    )  # fmt: skip

    async def read(con: Connection) -> str:
        rows: list[Any] = []
        for table in tables:
            rows += await con.fetch_all(f"SELECT * FROM {table}", {})
        return "\n".join(str(dict(row)) for row in rows)

    return str(await shop.base.read(read))


async def con_pedido(shop: ShopApp, apellido: str = "Páez") -> tuple[Visitor, str]:
    """A customer whose surname stands everywhere, and the numero of a pedido of theirs."""
    visitor = await shop.customer(nombre=f"Ana {apellido}")
    made = await visitor.buy(
        await shop.producto(),
        2,
        direccion=f"Calle {apellido} 4321",
        telefono="11 9876-5432",
        notas=f"Timbre {apellido}",
    )
    return visitor, made["numero"]


async def test_the_file_has_all_of_ones_own_and_nothing_of_others(shop: ShopApp) -> None:
    ana, numero = await con_pedido(shop)
    other, _ = await con_pedido(shop)

    answer = await ana.ask("GET", "/api/mis-datos")

    data = answer.data_
    assert "mis-datos.json" in answer.headers["Content-Disposition"]
    assert (data["cuenta"]["email"], data["comercio"]) == (ana.email, None)
    assert [p["numero"] for p in data["pedidos"]] == [numero] and data["pedidos"][0]["items"][0]["cantidad"] == 2
    assert len(data["sesiones"]) == 1 and other.email not in str(data)


async def test_who_is_erased_is_in_no_table_any_more_and_the_sums_stay(shop: ShopApp) -> None:
    duena = await shop.customer("admin")
    ana, numero = await con_pedido(shop, "Quintrel")
    await ana.add(await shop.producto())
    note = {"version": 1, "nota": "La de la calle Quintrel"}
    await duena.ok("PATCH", f"/api/admin/clientes/{ana.id}", note)
    form = {"numero": numero, "email": ana.email, "detalle": "Quintrel se arrepiente"}
    await ana.client.post("/arrepentimiento", form=form)
    await entregar(shop, numero, motivo="Llamó Quintrel")
    before = await duena.ok("GET", "/api/admin/ventas")
    assert (await ana.ask("POST", BORRAR, {"password": PASSWORD})).status_code == 204

    kept = await dump(shop)

    for known in ("Quintrel", "quintrel", ana.email):
        assert known not in kept, known
    after = await duena.ok("GET", "/api/admin/ventas")
    assert (after["vendido"], after["pedidos"]) == (before["vendido"], before["pedidos"])
    [gone] = (await duena.ok("GET", "/api/admin/auditoria", query_string={"que": "cliente", "id": ana.id}))["asientos"][
        :1
    ]
    assert (gone["campo"], gone["cual"]["nombre"], gone["quien"]["id"]) == ("baja", "Cuenta borrada", None)


async def test_whoever_erases_is_out_everywhere_and_the_address_is_free_again(shop: ShopApp) -> None:
    ana = await shop.customer()
    phone = Visitor(shop.app.test_client(), ana.id, ana.email)
    await shop.log_in(phone)

    await ana.ok("POST", BORRAR, {"password": PASSWORD})

    assert [(await each.ask("GET", "/api/sesion")).status_code for each in (ana, phone)] == [401, 401]
    assert (await shop.log_in(ana)).status_code == 401
    again = {"nombre": "Ana de nuevo", "email": ana.email, "password": PASSWORD}
    assert (await shop.visitor().ask("POST", "/api/clientes", again)).status_code == 201


async def test_an_open_pedido_stands_in_the_way_and_says_so(shop: ShopApp) -> None:
    ana, numero = await con_pedido(shop)

    open_ = await ana.ask("POST", BORRAR, {"password": PASSWORD})
    wrong = await ana.ask("POST", BORRAR, {"password": "no-es-esta"})

    assert (open_.status_code, open_.data_["codigo"]) == (409, "pedidos_abiertos")
    assert "Tenés un pedido sin entregar" in open_.data_["detail"]
    assert wrong.status_code == 400 and wrong.data_["errores"][0]["campo"] == "password"
    assert (await ana.ask("GET", f"/api/pedidos/{numero}")).status_code == 200


async def test_twice_at_once_is_once(shop: ShopApp) -> None:
    ana = await shop.customer()

    both = await asyncio.gather(*(ana.ask("POST", BORRAR, {"password": PASSWORD}) for _ in range(2)))

    assert {each.status_code for each in both} <= {204, 400, 401} and 204 in [each.status_code for each in both]


async def test_what_was_on_its_way_in_when_the_account_went_brings_nobody_back(shop: ShopApp) -> None:
    ana = await shop.customer()
    delivery = Entrega("Calle Quiroga 1", "11 5555 1234", "efectivo", "")
    paquete = DatosDePaquete("De Quiroga", "semanal", date(2027, 1, 4), delivery, ((await shop.producto(), 1),))
    await ana.ok("POST", BORRAR, {"password": PASSWORD})

    await shop.base.do(cambiar_perfil, ana.id, nombre="Ana Quiroga", telefono="", direccion="Quiroga 1")
    with pytest.raises(CuentaInactiva):
        await shop.base.do(crear_paquete, ana.id, paquete)

    assert "Quiroga" not in await dump(shop)


async def test_a_comerciantes_business_goes_too(shop: ShopApp) -> None:
    ana = await shop.customer("cliente", "Kiosquera")
    comercio = Comercio("Kiosco Zurrapa", "20304050601", "Belgrano 1", "1155550000", "Almacén")
    email = f"zurrapa-{ana.email}"
    await shop.base.do(
        registrar_usuario, nombre="Zurrapa", email=email, password_hash="x", rol="comerciante", comercio=comercio
    )
    marta = Visitor(shop.app.test_client(), 0, email)

    async def give_password(work: Work) -> None:
        await work.con.execute(
            """
            UPDATE usuarios
               SET password_hash = (SELECT password_hash FROM usuarios WHERE id = :id)
             WHERE email = :email
            """,
            {"id": ana.id, "email": email},
        )

    await shop.base.do(give_password)
    assert (await shop.log_in(marta)).status_code == 200
    assert (await marta.ok("GET", "/api/mis-datos"))["comercio"]["cuit"] == "20304050601"
    await marta.ok("POST", BORRAR, {"password": PASSWORD})

    assert "Zurrapa" not in await dump(shop)


@pytest.mark.parametrize("rol", ["admin", "encargado", "armador"])
async def test_who_works_here_is_an_admins_to_shut_out(shop: ShopApp, rol: str) -> None:
    visitor = await shop.customer(rol)

    assert (await visitor.ask("POST", BORRAR, {"password": PASSWORD})).status_code == 403
    assert (await visitor.ask("GET", "/api/mis-datos")).status_code == 403


async def test_by_pages_it_asks_for_the_password_and_ends_in_the_shop(shop: ShopApp) -> None:
    ana = await shop.customer()
    wrong = await ana.client.post("/cuenta/borrar", form={"password": "no-es-esta"})
    right = await ana.client.post("/cuenta/borrar", form={"password": PASSWORD})

    assert wrong.status_code == 400 and "no es la de ahora" in await wrong.get_data(as_text=True)
    assert (right.status_code, right.headers["Location"]) == (303, "/?aviso=cuenta_borrada")
    assert (await ana.ask("GET", "/api/sesion")).status_code == 401


async def test_the_pedido_of_who_is_erased_has_nobody_to_call_or_write_to(shop: ShopApp) -> None:
    duena = await shop.customer("admin")
    ana, numero = await con_pedido(shop, "Quilapán")
    await entregar(shop, numero)
    await ana.ok("POST", BORRAR, {"password": PASSWORD})

    for address in (f"/admin/pedidos/{numero}", f"/admin/pedidos?q={numero}"):
        page = await duena.client.get(address)
        text = await page.get_data(as_text=True)
        assert page.status_code == 200 and "Cuenta borrada" in text, address
        for nobody in ("mailto:", "tel:+", "wa.me", "Dirección</dt>"):
            assert nobody not in text.partition("<main")[2].partition("</main")[0], (address, nobody)
    whole = await duena.ok("GET", f"/api/admin/pedidos/{numero}")
    assert whole["cliente"] == {"nombre": "Cuenta borrada", "email": "", "telefono": ""}
