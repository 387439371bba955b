"""What an admin does to an account, or its customer does, while a pedido of theirs is on its way in."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from ahorro.actions.pedidos import confirmar_pedido
from ahorro.domain.errors import CuentaInactiva
from ahorro.domain.pedido import Entrega
from ahorro.store.cuentas import select_usuario
from belgrano.accounts.sessions import hash_token
from belgrano.database.work import Connection
from tests.ahorro.cast import PASSWORD, ShopApp, Visitor

Act = Callable[[ShopApp, Visitor], Coroutine[Any, Any, Any]]


async def bloquear(shop: ShopApp, ana: Visitor) -> Any:
    duena = await shop.customer("admin")
    return await duena.ask("PATCH", f"/api/admin/clientes/{ana.id}", {"version": 1, "activo": False})


async def borrarse(shop: ShopApp, ana: Visitor) -> Any:
    other = Visitor(shop.app.test_client(), ana.id, ana.email)
    await shop.log_in(other)
    return await other.ask("POST", "/api/cuenta/borrar", {"password": PASSWORD})


async def hechos(shop: ShopApp, ana: Visitor) -> list[Any]:
    """Her pedidos with how many lines and outbox rows each has, and her name in it."""

    async def read(con: Connection) -> list[Any]:
        return await con.fetch_all(
            """
            SELECT p.cliente_nombre,
                   (SELECT count(*) FROM pedido_items i WHERE i.pedido_id = p.id) AS renglones,
                   (SELECT count(*) FROM outgoing o WHERE o.lane = p.numero) AS envios
              FROM pedidos p
             WHERE p.usuario_id = :id
            """,
            {"id": ana.id},
        )

    return await shop.base.read(read)


@pytest.mark.parametrize("act", [bloquear, borrarse])
async def test_a_pedido_made_at_once_stands_whole_or_is_refused_whole(shop: ShopApp, act: Act) -> None:
    ana = await shop.customer(nombre="Ana Quiñones")
    await ana.add(await shop.producto())

    said, made = await asyncio.gather(act(shop, ana), ana.order())

    rows = [tuple(row) for row in await hechos(shop, ana)]
    if made.status_code == 201:
        assert rows == [("Ana Quiñones", 1, 1)]
        assert said.status_code in ({200} if act is bloquear else {409})
    else:
        assert rows == [] and made.status_code in {401, 409}
        assert said.status_code in {200, 204}


@pytest.mark.parametrize("act", [bloquear, borrarse])
async def test_a_pedido_that_comes_just_after_is_refused_and_leaves_nothing_of_anybody(shop: ShopApp, act: Act) -> None:
    ana = await shop.customer(nombre="Ana Quiñones")
    producto = await shop.producto()
    await ana.add(producto)
    usuario = await shop.base.read(select_usuario, ana.id)
    assert usuario is not None
    assert (await act(shop, ana)).status_code in {200, 204}

    with pytest.raises(CuentaInactiva):
        await shop.base.do(
            confirmar_pedido, usuario, hash_token("x"), "clave-1", Entrega("Moreno 1", "11 5555 1234", "efectivo", "")
        )

    assert await hechos(shop, ana) == []
