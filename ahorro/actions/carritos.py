"""The acts on a cart."""

from collections.abc import Mapping, Sequence

from ahorro.domain.carrito import (
    CANTIDAD_MAXIMA,
    PESO_MAXIMO,
    RENGLONES_MAXIMOS,
    Carrito,
    Cuanto,
    Renglon,
    sumar_cantidad,
)
from ahorro.domain.catalogo import Producto
from ahorro.domain.errors import CampoInvalido, CarritoVacio, ProductoNoExiste, SinStock
from ahorro.domain.promociones import normalizar_codigo
from ahorro.store.carritos import (
    delete_carrito,
    delete_item,
    delete_items,
    select_cantidades,
    select_carrito,
    select_carrito_de,
    select_carritos_sueltos,
    select_vistos,
    update_visto,
    upsert_carrito,
    upsert_item,
)
from ahorro.store.catalogo import select_producto
from ahorro.store.descuentos import (
    select_carrito_rebajado,
    select_cupon_y_visto,
    select_reglas,
    update_cupon,
    update_visto_descuento,
)
from belgrano.accounts.sessions import hash_token, open_session
from belgrano.database.work import Work


async def empezar_carrito(work: Work, producto_id: int, cuanto: Cuanto) -> tuple[str, Carrito]:
    """A guest's session with the first thing in its cart: its token, and the cart. Raises as agregar_al_carrito.

    They are one commit: of somebody who puts nothing in, nothing is kept.
    """
    token = await open_session(work, None)
    return token, await agregar_al_carrito(work, hash_token(token), None, producto_id, cuanto)


async def agregar_al_carrito(
    work: Work, token_hash: str, usuario_id: int | None, producto_id: int, cuanto: Cuanto
) -> Carrito:
    """Add so much of a product to what the session's cart holds; the cart as it is then.

    Raises CampoInvalido when the sum is too much, when grams were asked for of what is sold by the unit or when the
    cart is full, ProductoNoExiste, SinStock.
    """
    return await _poner(work, token_hash, usuario_id, producto_id, cuanto, sumar=True)


async def poner_en_el_carrito(
    work: Work, token_hash: str, usuario_id: int | None, producto_id: int, cuanto: Cuanto
) -> Carrito:
    """Set how much of a product the session's cart holds; the cart as it is then. Raises as agregar_al_carrito."""
    return await _poner(work, token_hash, usuario_id, producto_id, cuanto, sumar=False)


async def _poner(
    work: Work, token_hash: str, usuario_id: int | None, producto_id: int, cuanto: Cuanto, *, sumar: bool
) -> Carrito:
    carrito_id = await upsert_carrito(work.con, token_hash, usuario_id, work.ahora)
    habia = await select_cantidades(work.con, carrito_id)
    producto = await select_producto(work.con, producto_id)
    if producto is None:
        raise ProductoNoExiste
    cantidad = cuanto.para(por_peso=producto.por_peso)
    if sumar:
        cantidad = sumar_cantidad(_tiene(habia, producto), cantidad, por_peso=producto.por_peso)
    if producto.stock is not None and producto.stock < cantidad:
        raise SinStock(producto.id, producto.nombre, producto.stock, por_peso=producto.por_peso)
    if producto_id not in habia and len(habia) >= RENGLONES_MAXIMOS:
        raise CampoInvalido("producto_id", f"En un carrito entran hasta {RENGLONES_MAXIMOS} productos distintos.")
    await _anotar(work, carrito_id, producto, cantidad)
    return await _mostrar(work, token_hash)


async def _mostrar(work: Work, token_hash: str) -> Carrito:
    """The cart as it is now; what is taken off it counts as seen."""
    carrito = await select_carrito_rebajado(work.con, token_hash, work.ahora)
    if carrito.descuento_centavos != carrito.descuento_visto_centavos:
        await update_visto_descuento(work.con, token_hash, carrito.descuento_centavos)
    return carrito


def _tiene(habia: Mapping[int, tuple[int, bool]], producto: Producto) -> int:
    """How much of a product is in a cart already. Units are no grams, where it is sold otherwise now."""
    cantidad, por_peso = habia.get(producto.id, (0, producto.por_peso))
    return cantidad if por_peso == producto.por_peso else 0


async def _anotar(work: Work, carrito_id: int, producto: Producto, cantidad: int) -> None:
    """Write a line as it is sold today."""
    visto = producto.vigente_centavos
    await upsert_item(work.con, carrito_id, producto.id, cantidad, visto, work.ahora, por_peso=producto.por_peso)


async def repetir_pedido(work: Work, token_hash: str, usuario_id: int, items: Sequence[Renglon]) -> tuple[bool, bool]:
    """Have at least as much in the cart as was bought then, as far as there is; whether any was, and whether all.

    Repeated it changes nothing; more than that stays more. What is sold by weight now and was not then, or the other
    way round, is left out.
    """
    carrito_id = await upsert_carrito(work.con, token_hash, usuario_id, work.ahora)
    habia = await select_cantidades(work.con, carrito_id)
    algo, todo = False, True
    for r in items:
        producto = await select_producto(work.con, r.producto_id)
        if producto is not None and producto.por_peso != r.por_peso:
            producto = None
        tiene = 0 if producto is None else _tiene(habia, producto)
        hay = 0 if producto is None else r.cantidad if producto.stock is None else min(r.cantidad, producto.stock)
        room = r.producto_id in habia or len(habia) < RENGLONES_MAXIMOS
        if producto is not None and hay > tiene and room:
            await _anotar(work, carrito_id, producto, hay)
            habia[r.producto_id] = hay, producto.por_peso
        algo = algo or (hay > 0 and room)
        todo = todo and hay == r.cantidad and room
    return algo, todo


async def quitar_del_carrito(work: Work, token_hash: str, producto_id: int) -> Carrito:
    """Take a product out, if it was in; the cart as it is then."""
    await delete_item(work.con, token_hash, producto_id)
    return await _mostrar(work, token_hash)


async def vaciar_carrito(work: Work, token_hash: str) -> None:
    """Take everything out, the coupon with it."""
    await delete_items(work.con, token_hash)
    await update_cupon(work.con, token_hash, "")


async def poner_cupon(work: Work, token_hash: str, text: str) -> Carrito:
    """Put a coupon into the session's cart, in place of the one there; the cart as it is then.

    One that wants another way to pay, or more in the cart, is taken and waits. Raises CarritoVacio, and CampoInvalido
    naming `codigo` for one that is unknown, or that nothing in the cart can bring about.
    """
    carrito = await select_carrito(work.con, token_hash)
    if not carrito.renglones and not carrito.caidos:
        raise CarritoVacio
    codigo = normalizar_codigo(text)
    reglas = await select_reglas(work.con, work.ahora, codigo, carrito.usuario_id)
    medios = reglas.cupon.medios if reglas.cupon is not None else ()
    aviso = reglas.por_que_no(work.ahora, medios[0] if medios else "")
    if aviso:
        raise CampoInvalido("codigo", aviso)
    await update_cupon(work.con, token_hash, codigo)
    return await _mostrar(work, token_hash)


async def quitar_cupon(work: Work, token_hash: str) -> Carrito:
    """Take the coupon out, if there is one; the cart as it is then."""
    await update_cupon(work.con, token_hash, "")
    return await _mostrar(work, token_hash)


async def dar_por_visto(
    work: Work, token_hash: str, a_la_vista: Mapping[int, int | None], descuento_centavos: int
) -> None:
    """Keep what a customer was shown of their cart: what each product costs (None: off sale), what is taken off."""
    await update_visto_descuento(work.con, token_hash, descuento_centavos)
    for producto_id, centavos in a_la_vista.items():
        await update_visto(work.con, token_hash, producto_id, centavos)


async def llevar_carrito(work: Work, de: str | None, token: str, usuario_id: int) -> None:
    """Give the new session of a customer what is in the session `de` and in the carts of ended sessions of theirs.

    What somebody else, who was in before in the same browser, had in theirs stays theirs.
    The same product in two carts adds up, to 999 units or kilos at most; a cart that would overflow keeps its first
    products. The coupon comes along, of two the later cart's; what was taken off two carts was not seen of both
    together.
    """
    token_hash = hash_token(token)
    sueltos = await select_carritos_sueltos(work.con, usuario_id)
    anterior = await select_carrito_de(work.con, de, usuario_id) if de is not None else None
    if anterior is not None and anterior not in sueltos:
        sueltos.append(anterior)
    if not sueltos:
        return
    nuevo = await upsert_carrito(work.con, token_hash, usuario_id, work.ahora)
    junto: dict[int, tuple[int, bool]] = {}
    vistos: dict[int, int | None] = {}
    cupon, descuento_visto = "", 0
    for carrito_id in sueltos:
        suyo, rebajado = await select_cupon_y_visto(work.con, carrito_id)
        cupon, descuento_visto = suyo or cupon, rebajado if len(sueltos) == 1 else 0
        vistos = await select_vistos(work.con, carrito_id) | vistos
        for producto_id, (cantidad, por_peso) in (await select_cantidades(work.con, carrito_id)).items():
            if producto_id in junto or len(junto) < RENGLONES_MAXIMOS:
                before, same = junto.get(producto_id, (0, por_peso))
                most = PESO_MAXIMO if por_peso else CANTIDAD_MAXIMA
                junto[producto_id] = min(most, cantidad + (before if same == por_peso else 0)), por_peso
        await delete_carrito(work.con, carrito_id)
    for lugar, (producto_id, (cantidad, por_peso)) in enumerate(junto.items()):
        visto, cuando = vistos[producto_id], work.ahora - len(junto) + lugar
        await upsert_item(work.con, nuevo, producto_id, cantidad, visto, cuando, por_peso=por_peso)
    await update_cupon(work.con, token_hash, cupon)
    await update_visto_descuento(work.con, token_hash, descuento_visto)
