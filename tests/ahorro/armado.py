"""Pedidos that are packed in the tests: acts in one line, and what the database says of the money and the shelf."""

import itertools
import json
from typing import Any

from ahorro.actions.entregas import Reporte, aplicar_reporte
from ahorro.domain.libro import LO_QUE_ES
from belgrano.database.work import Connection, Work
from tests.ahorro.cast import ShopApp, Visitor, una_clave

_versions = itertools.count(1)


async def ask(quien: Visitor, numero: str, accion: str, **more: Any) -> Any:
    """The answer to an act."""
    return await quien.ask(
        "POST", f"/api/admin/pedidos/{numero}/acciones", {"accion": accion, "accion_id": una_clave(), **more}
    )


async def act(quien: Visitor, numero: str, accion: str, **more: Any) -> Any:
    """The pedido after an act that must be a success."""
    answer = await ask(quien, numero, accion, **more)
    assert answer.status_code == 200, answer.data_
    return answer.data_


async def told(quien: Visitor, numero: str) -> Any:
    """The whole pedido."""
    return await quien.ok("GET", f"/api/admin/pedidos/{numero}")


async def report(shop: ShopApp, numero: str, estado: str, cobrado: int | None = None) -> None:
    """Ticketera says that it is so."""
    n = next(_versions)
    said = Reporte(numero, estado, "e1", n, "Rocío", None, 1_900_000_000_000 + n, cobrado, None)
    await shop.base.do(aplicar_reporte, f"aviso-{n}-{numero}", said)


async def in_kilos(shop: ShopApp, nombre: str, precio: int, stock: int | None = None) -> int:
    """A product that is sold by weight; its id."""
    return await shop.producto(nombre, precio, stock=stock, por_peso=True)


async def on_the_shelf(shop: ShopApp, producto_id: int) -> int:
    return int(
        await shop.base.read(
            lambda con: con.fetch_val("SELECT stock FROM productos WHERE id = :id", {"id": producto_id})
        )
    )


async def revisions(shop: ShopApp, numero: str) -> list[Any]:
    """What waits to be told to Ticketera of a pedido after it was made, in its order."""

    async def rows(con: Connection) -> list[Any]:
        return await con.fetch_all("SELECT key, body FROM outgoing WHERE lane = :lane ORDER BY id", {"lane": numero})

    found = await shop.base.read(rows)
    return [json.loads(row["body"]) for row in found if row["key"].startswith("revision:")]


async def check_books(con: Connection) -> int:
    """Every pedido's total is the sum of its books and of its lines, and what it was paid is written; how many."""
    pedidos = await con.fetch_all("SELECT id, total_centavos, envio_centavos, pagado_centavos FROM pedidos")
    for p in pedidos:
        libro = await con.fetch_all(
            "SELECT que, monto_centavos FROM pedido_libro WHERE pedido_id = :id", {"id": p["id"]}
        )
        lines = await con.fetch_all("SELECT * FROM pedido_items WHERE pedido_id = :id", {"id": p["id"]})
        off = await con.fetch_all("SELECT * FROM pedido_descuentos WHERE pedido_id = :id", {"id": p["id"]})
        rebajas = sum(row["monto_centavos"] for row in off)
        goods = sum(_subtotal(row) for row in lines)
        assert goods - rebajas + p["envio_centavos"] == p["total_centavos"]
        assert sum(m["monto_centavos"] for m in libro if m["que"] in LO_QUE_ES) == p["total_centavos"]
        assert -sum(m["monto_centavos"] for m in libro if m["que"] in {"pago", "devuelto"}) == p["pagado_centavos"]
    return len(pedidos)


def _subtotal(row: Any) -> int:
    cuanto = row["cantidad"] if row["armado"] is None else row["armado"]
    if row["por_peso"]:
        return int((2 * row["precio_centavos"] * cuanto + 1000) // 2000)
    return int(row["precio_centavos"] * cuanto)


async def held_of(con: Connection, producto_id: int) -> int:
    """How much of a product pedidos have that did not give it back."""
    return int(
        await con.fetch_val(
            """
            SELECT COALESCE(sum(COALESCE(i.armado, i.cantidad)), 0)
              FROM pedido_items i
              JOIN pedidos p ON p.id = i.pedido_id
             WHERE i.producto_id = :id AND p.stock_devuelto_en IS NULL
            """,
            {"id": producto_id},
        )
    )


async def set_price(work: Work, producto_id: int, precio: int) -> None:
    await work.con.execute(
        "UPDATE productos SET precio_centavos = :precio WHERE id = :id", {"precio": precio, "id": producto_id}
    )
