"""What promotions and coupons take off carts today, and what they took off pedidos."""

from collections.abc import Sequence

from ahorro.domain.carrito import Carrito
from ahorro.domain.descuentos import Descuento, Reglas
from ahorro.store.carritos import select_carrito
from ahorro.store.promociones import count_usos, select_automaticas, select_cupon
from belgrano.database.work import Connection


async def select_carrito_rebajado(
    con: Connection, token_hash: str, ahora: int, metodo: str = "", usuario_id: int | None = None
) -> Carrito:
    """The cart of a session with what is taken off it at an instant (ms UTC) for a way to pay ("": none chosen yet).

    What a customer has used of a coupon is `usuario_id`'s, or that of whoever the cart belongs to.
    """
    carrito = await select_carrito(con, token_hash)
    if not carrito.renglones:
        return carrito
    reglas = await select_reglas(con, ahora, carrito.cupon, usuario_id or carrito.usuario_id)
    return carrito.rebajado(reglas, ahora, metodo)


async def select_reglas(con: Connection, ahora: int, codigo: str = "", usuario_id: int | None = None) -> Reglas:
    """What may be taken off at an instant (ms UTC), with the coupon of this code and how often it was used."""
    automaticas = tuple(await select_automaticas(con, ahora))
    cupon = await select_cupon(con, codigo) if codigo else None
    usados, mios = await count_usos(con, cupon.id, usuario_id) if cupon is not None else (0, 0)
    return Reglas(automaticas, codigo, cupon, usados, mios)


async def update_cupon(con: Connection, token_hash: str, codigo: str) -> None:
    """Put a coupon's code into a session's cart; "" takes it out."""
    await con.execute(
        "UPDATE carritos SET cupon = :codigo WHERE token_hash = :token_hash",
        {"codigo": codigo, "token_hash": token_hash},
    )


async def update_visto_descuento(con: Connection, token_hash: str, centavos: int) -> None:
    """Note how much the customer of a session's cart saw taken off."""
    await con.execute(
        "UPDATE carritos SET visto_descuento_centavos = :centavos WHERE token_hash = :token_hash",
        {"centavos": centavos, "token_hash": token_hash},
    )


async def select_cupon_y_visto(con: Connection, carrito_id: int) -> tuple[str, int]:
    """The coupon's code in a cart, and how much its customer saw taken off."""
    row = await con.fetch_one("SELECT cupon, visto_descuento_centavos FROM carritos WHERE id = :id", {"id": carrito_id})
    return (row["cupon"], row["visto_descuento_centavos"]) if row else ("", 0)


async def insert_descuentos(con: Connection, pedido_id: int, descuentos: Sequence[Descuento]) -> None:
    """Keep what was taken off the lines of a pedido."""
    for d in descuentos:
        await con.execute(
            """
            INSERT INTO pedido_descuentos
                   (pedido_id, promocion_id, producto_id, nombre, texto, monto_centavos, codigo, pedido_centavos)
            VALUES (:pedido_id, :promocion_id, :producto_id, :nombre, :texto, :monto_centavos, :codigo, :monto_centavos)
            """,
            {
                "pedido_id": pedido_id,
                "promocion_id": d.promocion_id,
                "producto_id": d.producto_id,
                "nombre": d.nombre,
                "texto": d.texto,
                "monto_centavos": d.monto_centavos,
                "codigo": d.codigo,
            },
        )
