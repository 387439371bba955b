"""The owner's settings, and what they change for whoever buys."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from ahorro.app import create_app
from ahorro.domain.franja import Horario, franjas_de
from ahorro.store.auditoria import select_auditoria
from belgrano.words.times import HORA, now
from tests.ahorro.cast import ShopApp, Visitor, una_clave, una_entrega
from tests.ahorro.conftest import some_settings

HERE = "/api/admin/configuracion"


async def change(duena: Visitor, **cambios: Any) -> Any:
    version = (await duena.ok("GET", HERE))["version"]
    return await duena.ok("PATCH", HERE, {"version": version, **cambios})


async def buy(shop: ShopApp, precio: int, cantidad: int = 1, **entrega: Any) -> Any:
    """Somebody new orders so many of something at this price (centavos); the answer."""
    visitor = await shop.customer()
    await visitor.add(await shop.producto(precio=precio), cantidad)
    return await visitor.ask("POST", "/api/pedidos", una_entrega(**entrega))


def named(answer: Any) -> list[str]:
    assert answer.status_code == 400, answer.data_
    return [each["campo"] for each in answer.data_["errores"]]


@pytest.fixture
async def fresh(tmp_path: Path) -> AsyncIterator[ShopApp]:
    """A shop in which nobody has set anything."""
    app = create_app(some_settings(f"sqlite:///{tmp_path / 'a.db'}", tmp_path, franja_cupo=7))
    async with app.test_app():
        yield ShopApp(app)


async def test_a_fresh_shop_takes_cash_and_transfers_and_brings_for_nothing(fresh: ShopApp) -> None:
    said = await (await fresh.customer("admin")).ok("GET", HERE)

    assert said["medios_de_pago"] == ["efectivo", "transferencia"]
    assert said["envio"] == {"costo": 0, "gratis_desde": None, "minimo": 0}
    assert (said["zonas"], said["alias"], said["franjas"]["cupo"], said["version"]) == ([], "MERCADO.PRUEBA", 7, 1)
    assert named(await buy(fresh, 1000, metodo_pago="tarjeta")) == ["metodo_pago"]
    assert (await buy(fresh, 1000, metodo_pago="transferencia")).data_["total"] == 10


async def test_what_is_said_is_kept_the_rest_stays_and_the_book_has_it(shop: ShopApp, duena: Visitor) -> None:
    before = await duena.ok("GET", HERE)

    after = await change(duena, nombre="Almacén Don Pepe", cbu="0" * 22, envio={"gratis_desde": 30000.5})

    changed = {campo for campo in after if after[campo] != before[campo]}
    assert changed == {"nombre", "cbu", "envio", "version"}
    assert after["envio"] == {**before["envio"], "gratis_desde": 30000.5}
    assert after == await duena.ok("GET", HERE)
    lines = await shop.base.read(select_auditoria, que="configuracion")
    assert ("nombre", before["nombre"], "Almacén Don Pepe") in {(r["campo"], str(r["de"]), str(r["a"])) for r in lines}


async def test_nothing_new_counts_no_version(duena: Visitor) -> None:
    before = await duena.ok("GET", HERE)

    assert await change(duena, nombre=before["nombre"]) == before


async def test_of_two_at_once_one_wins_and_the_other_sees_the_settings(duena: Visitor) -> None:
    version = (await duena.ok("GET", HERE))["version"]

    answers = await asyncio.gather(
        *(duena.ask("PATCH", HERE, {"version": version, "domicilio": f"Calle {n}"}) for n in range(4))
    )

    assert sorted(a.status_code for a in answers) == [200, 409, 409, 409]
    stale = next(a for a in answers if a.status_code == 409)
    assert stale.data_["codigo"] == "version_vieja"
    assert stale.data_["configuracion"] == await duena.ok("GET", HERE)


async def test_only_the_owner_reads_and_changes_them(encargada: Visitor) -> None:
    assert (await encargada.ask("GET", HERE)).status_code == 403
    assert (await encargada.ask("PATCH", HERE, {"version": 1, "nombre": "Mío"})).status_code == 403


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("nombre", "  "),
        ("cuit", "12"),
        ("cbu", "123"),
        ("alias", "con espacio"),
        ("data_fiscal", "javascript:alert(1)"),
        ("medios_de_pago", []),
        ("medios_de_pago", ["oro"]),
        ("envio", {"costo": -1}),
        ("envio", {"costo": 10**13}),
        ("envio", {"precio": 1}),
        ("zonas", [{"nombre": "Sur", "barrios": []}]),
        ("zonas", [{"nombre": "Sur", "barrios": ["Núñez"]}, {"nombre": "Norte", "barrios": ["nunez"]}]),
        ("zonas", [{"nombre": "Sur", "barrios": ["Lanús"]}, {"nombre": "SUR", "barrios": ["Núñez"]}]),
        ("franjas", {"dias": []}),
        ("franjas", {"dias": [8]}),
        ("franjas", {"desde": 20, "hasta": 8}),
        ("franjas", {"cupo": 0}),
        ("franjas", {"feriados": ["2026-02-30"]}),
        ("franjas", {"corte": 25}),
        ("franjas", {"corte": None}),
        ("franjas", {"por_dia": [{"desde": 9}]}),
        ("franjas", {"por_dia": [{"dia": 6, "hora": 9}]}),
        ("franjas", {"por_dia": [{"dia": 6, "hasta": 8}]}),
        ("franjas", {"por_dia": [{"dia": 6}, {"dia": 6, "cupo": 2}]}),
        ("nombre", None),
    ],
)
async def test_what_cannot_be_is_named(duena: Visitor, campo: str, valor: Any) -> None:
    before = await duena.ok("GET", HERE)

    assert named(await duena.ask("PATCH", HERE, {"version": before["version"], campo: valor})) == [campo]
    assert await duena.ok("GET", HERE) == before


async def test_delivery_is_part_of_the_total_and_free_from_so_much(fresh: ShopApp) -> None:
    duena = await fresh.customer("admin")
    await change(duena, envio={"costo": 1500.5, "gratis_desde": 20000, "minimo": 5000})

    assert named(await buy(fresh, 499_999)) == ["total"]
    small, large = await buy(fresh, 500_000), await buy(fresh, 1_000_000, 2)

    assert (small.data_["total"], large.data_["total"]) == (6500.5, 20000)
    body = await fresh.base.read(_ticket, small.data_["numero"])
    assert '"total":6500.5' in body.replace(" ", "")


async def _ticket(con: Any, numero: str) -> str:
    return str(await con.fetch_val("SELECT body FROM outgoing WHERE key = :key", {"key": numero}))


async def test_a_zone_has_its_own_cost_and_minimum_or_the_shops(fresh: ShopApp) -> None:
    duena = await fresh.customer("admin")
    zonas = [
        {"nombre": "Cerca", "barrios": ["Belgrano", "Núñez"], "costo": 0, "minimo": None},
        {"nombre": "Lejos", "barrios": ["Palermo"], "costo": None, "minimo": 10000},
    ]
    said = await change(duena, envio={"costo": 900, "minimo": 2000}, zonas=zonas)

    assert said["zonas"] == zonas
    assert (await buy(fresh, 300_000, barrio="nunez")).data_["total"] == 3000
    assert named(await buy(fresh, 100_000, barrio="Belgrano")) == ["total"]
    assert named(await buy(fresh, 300_000, barrio="Palermo")) == ["total"]
    assert (await buy(fresh, 1_000_000, barrio="Palermo")).data_["total"] == 10900
    assert named(await buy(fresh, 1_000_000, barrio="Ushuaia")) == ["barrio"]
    await change(duena, zonas=[])
    assert (await buy(fresh, 300_000, barrio="Ushuaia")).data_["total"] == 3900


async def test_an_order_that_was_made_is_answered_after_the_zones_changed(fresh: ShopApp) -> None:
    duena, clara = await fresh.customer("admin"), await fresh.customer()
    await clara.add(await fresh.producto())
    order = una_entrega(clave=una_clave(), barrio="Ushuaia")
    made = await clara.ok("POST", "/api/pedidos", order)

    await change(duena, zonas=[{"nombre": "Cerca", "barrios": ["Belgrano"]}], medios_de_pago=["transferencia"])

    assert (await clara.ok("POST", "/api/pedidos", order))["numero"] == made["numero"]


async def test_windows_follow_the_settings(fresh: ShopApp) -> None:
    duena = await fresh.customer("admin")
    await change(duena, franjas={"desde": 9, "hasta": 18, "duracion": 3, "cupo": 1, "anticipacion": 0})

    assert named(await buy(fresh, 1000, franja="2041-01-02T18:00")) == ["franja"]
    assert (await buy(fresh, 1000, franja="2041-01-02T12:00")).status_code == 409
    franja = franjas_de(now(), Horario(desde=9, hasta=18, duracion=3, anticipacion=0))[-1]
    assert franja.hasta - franja.desde == 3 * HORA
    assert (await buy(fresh, 1000, franja=franja.clave)).status_code == 201


async def test_a_weekday_takes_as_many_as_it_says_however_many_ask_at_once(shop: ShopApp, duena: Visitor) -> None:
    before = (await duena.ok("GET", HERE))["franjas"]
    dia = franjas_de(now())[-1].dia
    por_dia = [{"dia": dia.isoweekday(), "desde": 10, "hasta": 14, "cupo": 3}]
    said = await change(duena, franjas={"por_dia": por_dia, "corte": 24})

    answers = await asyncio.gather(*(buy(shop, 1000, franja=f"{dia}T12:00") for _ in range(7)))

    assert said["franjas"]["por_dia"] == [{**por_dia[0], "corte": None}]
    assert sorted(a.status_code for a in answers) == [201] * 3 + [409] * 4
    assert named(await buy(shop, 1000, franja=f"{dia}T08:00")) == ["franja"]
    await change(duena, franjas={"por_dia": [], "corte": -24})
    assert (await buy(shop, 1000, franja=f"{dia}T10:00")).status_code == 409
    await change(duena, franjas=before)
