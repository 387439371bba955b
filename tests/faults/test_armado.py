"""Packing while the shop is killed: two packers and the desk at two processes, customers who cancel, one count of money
and goods, and a Ticketera that hears in order what became of each pedido."""

from __future__ import annotations

import asyncio
import os
import random
import uuid
from typing import Any

import httpx

from belgrano.database.work import Work
from tests.ahorro.armado import check_books, held_of
from tests.ahorro.cast import un_producto
from tests.people import Customer, Person, closing, enter, enter_customer, until
from tests.servers import Server, Servers

PEDIDOS, KILLS, SHELF = 9, 3, 100_000


async def test_every_book_and_shelf_is_right_and_every_ticket_says_so_however_the_shop_ends(town: Servers) -> None:
    lots = random.Random(int(os.environ["BELGRANO_SEED"]))
    unos, otros, kilos = await asyncio.to_thread(town.in_shop, some_products)
    for rol, name in (("armador", "nadia"), ("armador", "ariel"), ("admin", "silvia"), ("cliente", "clara")):
        town.create_user("ahorro", rol, f"{name}@belgrano.test", name.title())
    town.create_user("ticketera", "admin", "jefa@belgrano.test", "Jefa")
    second = town.second("ahorro") if town.database else town.ahorro
    await asyncio.to_thread(town.start)
    if second is not town.ahorro:
        await asyncio.to_thread(second.start)
    clara = await enter_customer(town.ahorro.url, "clara@belgrano.test")
    numeros = [await buy(clara, unos, kilos) for _ in range(PEDIDOS)]
    nadia, ariel, silvia, jefa = [
        await enter(server.url, f"{name}@belgrano.test")
        for server, name in ((town.ahorro, "nadia"), (second, "ariel"), (second, "silvia"), (town.ticketera, "jefa"))
    ]
    async with closing(clara, nadia, ariel, silvia, jefa):
        await asyncio.gather(
            *(pack(who, numeros, random.Random(lots.random()), unos, otros, kilos) for who in (nadia, ariel)),
            desk(silvia, numeros, random.Random(lots.random())),
            regret(clara, numeros[:2], random.Random(lots.random())),
            kill(town.ahorro, random.Random(lots.random())),
        )

        assert await until(lambda: all_told(town), 60, step=0.3), "the outbox does not get empty"
        assert await until(lambda: all_settled(silvia, numeros), 60, step=0.3)
        assert await asyncio.to_thread(town.in_shop, books) == PEDIDOS
        left = await asyncio.to_thread(town.in_shop, shelves, [*unos, *otros, kilos])
        assert left == dict.fromkeys(left, SHELF)
        for numero in numeros:
            await same(silvia, jefa, numero)


async def same(silvia: Person, jefa: Person, numero: str) -> None:
    """The ticket says what the pedido says."""
    pedido = await silvia.ok("GET", f"/api/admin/pedidos/{numero}")
    (ticket,) = (await jefa.ok("GET", "/api/tickets", q=numero))["tickets"]
    if pedido["estado"] == "cancelado":
        assert ticket["estado"] == "cancelado", numero
        return
    assert float(ticket["total"]) == float(pedido["total"]), numero
    assert (ticket["preparado_en"] is not None) == (pedido["estado"] == "listo"), numero
    told = sum(each["cantidad"] for each in ticket["productos"])
    assert told == sum(
        1 if r["pedido"] > 100 else r["pedido"] if r["armado"] is None else r["armado"] for r in pedido["renglones"]
    )


async def some_products(work: Work) -> tuple[list[int], list[int], int]:
    async def one(nombre: str, precio: int, **more: Any) -> int:
        return await un_producto(work, nombre, precio, stock=SHELF, **more)

    unos, otros = [await one(f"Cosa {n}", 100_33 + n) for n in range(3)], [await one(f"Otra {n}", 90_77) for n in "ab"]
    return unos, otros, await one("Queso", 9_800_50, por_peso=True)


async def buy(clara: Customer, unos: list[int], kilos: int) -> str:
    for producto_id in unos:
        await clara.ok("POST", "/api/carrito/items", {"producto_id": producto_id, "cantidad": 4})
    await clara.ok("POST", "/api/carrito/items", {"producto_id": kilos, "peso_g": 750})
    data = {"clave": uuid.uuid4().hex, "direccion": "Calle 1", "telefono": "11 5555-1234", "metodo_pago": "efectivo"}
    return str((await clara.ok("POST", "/api/pedidos", data))["numero"])


async def surely(who: Person, path: str, data: Any) -> httpx.Response:
    """Post until somebody answers, as a page does that is sent again; what is no conflict must be a success."""
    for _ in range(300):
        try:
            answer = await who.post(path, data)
        except httpx.TransportError:
            await asyncio.sleep(0.1)
            continue
        if answer.status_code != 503:
            assert answer.status_code in {200, 303, 400, 409}, answer.text[:300]
            return answer
        await asyncio.sleep(0.1)
    raise AssertionError("nobody answers")


async def pack(
    who: Person, numeros: list[str], lots: random.Random, unos: list[int], otros: list[int], kilos: int
) -> None:
    for _ in range(60):
        uno = lots.choice(unos)
        act = lots.choice(
            (
                {"accion": "armar"},
                {"accion": "renglon", "producto_id": uno, "cantidad": lots.randint(1, 4)},
                {"accion": "renglon", "producto_id": kilos, "peso_g": lots.randint(700, 800)},
                {"accion": "reemplazar", "producto_id": uno, "por": lots.choice(otros), "cantidad": lots.randint(1, 4)},
                {"accion": "deshacer", "producto_id": uno},
                {"accion": "listo", "acordado": True},
            )
        )
        path = f"/api/admin/pedidos/{lots.choice(numeros)}/acciones"
        await surely(who, path, {**act, "accion_id": uuid.uuid4().hex})


async def desk(who: Person, numeros: list[str], lots: random.Random) -> None:
    for n in range(20):
        act = {"accion": "pagado", "medio": "transferencia", "monto": lots.randint(1, 900)}
        if n % 3 == 2:
            act = {"accion": "devolver", "monto": lots.randint(1, 900), "motivo": "De más"}
        await surely(who, f"/api/admin/pedidos/{lots.choice(numeros)}/acciones", {**act, "accion_id": uuid.uuid4().hex})
    cancel = {"accion": "cancelar", "motivo": "Cerramos", "accion_id": uuid.uuid4().hex}
    await surely(who, f"/api/admin/pedidos/{numeros[-1]}/acciones", cancel)


async def regret(clara: Customer, numeros: list[str], lots: random.Random) -> None:
    for numero in numeros:
        await asyncio.sleep(lots.uniform(0.2, 1.5))
        await surely(clara, f"/pedidos/{numero}/cancelar", None)


async def kill(server: Server, lots: random.Random) -> None:
    for _ in range(KILLS):
        await asyncio.sleep(lots.uniform(0.2, 1.2))
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)


async def all_told(town: Servers) -> bool:
    return bool(await asyncio.to_thread(town.in_shop, none_waits))


async def none_waits(work: Work) -> bool:
    waits = await work.con.fetch_all("SELECT key, last_error FROM outgoing WHERE state = 'apartado'")
    assert not waits, [dict(row) for row in waits]
    return not await work.con.fetch_val("SELECT count(*) FROM outgoing WHERE state <> 'hecho'")


async def all_settled(silvia: Person, numeros: list[str]) -> bool:
    """Ticketera's reports of what was cancelled have come."""
    gone = [await silvia.ok("GET", f"/api/admin/pedidos/{n}") for n in (*numeros[:2], numeros[-1])]
    return all(each["entrega"]["estado"] == "cancelado" for each in gone)


async def books(work: Work) -> int:
    return await check_books(work.con)


async def shelves(work: Work, productos: list[int]) -> dict[int, int]:
    """What is on each shelf and in the bags of each product."""
    found = {}
    for each in productos:
        stock = await work.con.fetch_val("SELECT stock FROM productos WHERE id = :id", {"id": each})
        found[each] = int(stock) + await held_of(work.con, each)
    return found
