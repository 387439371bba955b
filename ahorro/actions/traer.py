"""The acts of moving in: what the earlier shop had, each once, however often it is brought."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ahorro.actions.cuentas import registrar_usuario
from ahorro.actions.fichas import crear_producto
from ahorro.actions.grupos import crear_grupo
from ahorro.actions.imagenes import agregar_imagen
from ahorro.domain.auditoria import EL_SISTEMA
from ahorro.domain.carrito import Renglon
from ahorro.domain.cuenta import Comercio
from ahorro.domain.ficha import clave_de
from ahorro.domain.grupos import NEGOCIO, SUCURSAL, Tipo
from ahorro.domain.imagen import ImagenNueva
from ahorro.domain.libro import Movimiento
from ahorro.domain.pedido import Entrega, Pedido
from ahorro.domain.traido import CuentaTraida, PaqueteTraido, PedidoTraido, ProductoTraido, RenglonTraido
from ahorro.store.cuentas import count_cuit, insert_comercio, select_comercio, select_usuario, select_usuario_por_email
from ahorro.store.dibujos import replace_producto_sucursales
from ahorro.store.entregas import upsert_paso
from ahorro.store.grupos import select_grupos
from ahorro.store.libro import insert_movimiento
from ahorro.store.paquetes import insert_paquete, replace_paquete_items, update_activo
from ahorro.store.pedidos import insert_pedido, insert_pedido_items
from ahorro.store.traidos import select_numeros, update_traido
from belgrano.database.traidos import insert_traidos, select_traidos
from belgrano.database.work import Work

USUARIOS, PAQUETES, PRODUCTOS = "usuarios", "paquetes_comerciantes", "productos"
DE_NADIE = 0  # the id of what is no product of the catalogue any more


async def traer_grupo(work: Work, tipo: Tipo, clave: str, datos: Mapping[str, object]) -> bool:
    """Make what products are filed under, or take the one of that name in addresses; whether it is new."""
    if await select_traidos(work.con, tipo.tabla, [clave]):
        return False
    wished = {**datos, "clave": clave_de(clave)}
    if tipo is SUCURSAL:
        bajo = await select_traidos(work.con, NEGOCIO.tabla, [str(datos["negocio"])])
        wished["negocio"] = str(bajo[str(datos["negocio"])])
    there = next((g for g in await select_grupos(work.con, tipo) if g.dicho["clave"] == wished["clave"]), None)
    made = there or await crear_grupo(work, EL_SISTEMA, tipo, wished)
    await insert_traidos(work.con, tipo.tabla, {clave: made.id})
    return there is None


async def traer_producto(work: Work, producto: ProductoTraido, imagen: ImagenNueva | None) -> bool:
    """Make a product with its picture, in one commit; whether it is new. Raises CampoInvalido."""
    if await select_traidos(work.con, PRODUCTOS, [producto.clave]):
        return False
    datos = dict(producto.datos)
    for campo, tabla in (("negocio", "negocios"), ("categoria", "categorias")):
        datos[campo] = str((await select_traidos(work.con, tabla, [str(datos[campo])]))[str(datos[campo])])
    made = await crear_producto(work, EL_SISTEMA, datos)
    sucursales = await select_traidos(work.con, SUCURSAL.tabla, producto.sucursales)
    await replace_producto_sucursales(work.con, made.id, sorted(set(sucursales.values())))
    if imagen is not None:
        await agregar_imagen(work, EL_SISTEMA, made.id, imagen)
    await insert_traidos(work.con, PRODUCTOS, {producto.clave: made.id})
    return True


async def traer_cuentas(work: Work, cuentas: Sequence[CuentaTraida]) -> int:
    """Make the accounts that have not come yet; how many. A known e-mail is that account, whatever its letters.

    A comercio waits for an admin to agree, as one that registers does.
    """
    have_come = await select_traidos(work.con, USUARIOS, [each.clave for each in cuentas])
    nuevas = 0
    for cuenta in cuentas:
        if cuenta.clave in have_come:
            continue
        known = await select_usuario_por_email(work.con, cuenta.email)
        usuario_id = known.id if known else await _cuenta(work, cuenta)
        nuevas += known is None
        await insert_traidos(work.con, USUARIOS, {cuenta.clave: usuario_id})
    return nuevas


async def _cuenta(work: Work, cuenta: CuentaTraida) -> int:
    usuario_id = await registrar_usuario(
        work,
        nombre=cuenta.nombre,
        email=cuenta.email,
        password_hash="",
        rol=cuenta.rol,
        telefono=cuenta.telefono,
        direccion=cuenta.direccion,
    )
    if (comercio := cuenta.comercio) is not None:
        taken = comercio.cuit and await count_cuit(work.con, comercio.cuit)
        await insert_comercio(work.con, usuario_id, replace(comercio, cuit="") if taken else comercio, None)
    return usuario_id


async def traer_pedidos(work: Work, pedidos: Sequence[PedidoTraido]) -> int:
    """Make the pedidos whose numero is not there yet, as they stand; how many. Nothing goes to Ticketera."""
    known = await select_numeros(work.con, [each.numero for each in pedidos])
    cuentas = await select_traidos(work.con, USUARIOS, {each.cuenta for each in pedidos})
    claves = {r.producto for each in pedidos for r in each.renglones}
    productos = await select_traidos(work.con, PRODUCTOS, claves)
    nuevos = 0
    for pedido in pedidos:
        if pedido.numero not in known and pedido.cuenta in cuentas:
            await _pedido(work, pedido, cuentas[pedido.cuenta], productos)
            nuevos += 1
    return nuevos


async def _pedido(work: Work, traido: PedidoTraido, usuario_id: int, productos: Mapping[str, int]) -> None:
    usuario = await select_usuario(work.con, usuario_id)
    assert usuario is not None  # noqa: S101
    pedido = Pedido(
        id=0,
        numero=traido.numero,
        usuario_id=usuario_id,
        cliente_nombre=usuario.nombre,
        cliente_email=usuario.email,
        tipo_cliente="cliente",
        entrega=traido.entrega if traido.entrega.telefono else replace(traido.entrega, telefono=usuario.telefono),
        total_centavos=traido.total_centavos,
        creado_en=traido.creado_en,
        estado=traido.estado,
        repartidor_nombre=traido.repartidor_nombre,
        motivo=None,
        estado_en=traido.estado_en,
        huella="",
    )
    pedido_id = await insert_pedido(work.con, pedido, f"traido-{traido.numero}")
    assert pedido_id is not None  # noqa: S101
    que_era = Movimiento("pedido", traido.total_centavos, "", traido.creado_en, "")
    await insert_movimiento(work.con, pedido_id, que_era)
    if traido.renglones:
        await insert_pedido_items(work.con, pedido_id, [_renglon(r, productos) for r in traido.renglones])
    await update_traido(
        work.con,
        pedido_id,
        estado_en=traido.estado_en,
        repartidor_nombre=traido.repartidor_nombre,
        sin_ticket=traido.sin_ticket,
        stock_devuelto_en=traido.creado_en if traido.estado == "cancelado" else None,
    )
    if traido.estado != "pendiente":
        await upsert_paso(work.con, pedido_id, traido.estado, traido.estado_en or traido.creado_en)


def _renglon(r: RenglonTraido, productos: Mapping[str, int]) -> Renglon:
    producto_id = productos.get(r.producto, DE_NADIE)
    return Renglon(producto_id, r.nombre, r.cantidad, r.precio_centavos, r.negocio, r.categoria)


async def traer_paquetes(work: Work, paquetes: Sequence[PaqueteTraido]) -> int:
    """Make the paquetes that have not come yet, paused; how many."""
    have_come = await select_traidos(work.con, PAQUETES, [each.clave for each in paquetes])
    cuentas = await select_traidos(work.con, USUARIOS, {each.cuenta for each in paquetes})
    productos = await select_traidos(work.con, PRODUCTOS, {clave for each in paquetes for clave, _ in each.items})
    nuevos = 0
    for paquete in paquetes:
        if paquete.clave in have_come or paquete.cuenta not in cuentas:
            continue
        await insert_traidos(work.con, PAQUETES, {paquete.clave: await _paquete(work, paquete, cuentas, productos)})
        nuevos += 1
    return nuevos


async def _paquete(work: Work, traido: PaqueteTraido, cuentas: Mapping[str, int], productos: Mapping[str, int]) -> int:
    usuario_id = cuentas[traido.cuenta]
    usuario = await select_usuario(work.con, usuario_id)
    assert usuario is not None  # noqa: S101
    comercio = await select_comercio(work.con, usuario_id) or Comercio("", "", "", "", "")
    entrega = Entrega(
        comercio.direccion or usuario.direccion, comercio.telefono or usuario.telefono, metodo_pago="transferencia"
    )
    paquete_id = await insert_paquete(
        work.con,
        usuario_id,
        nombre=traido.nombre,
        frecuencia=traido.frecuencia,
        proxima_el=traido.proxima_el,
        entrega=entrega,
        ahora=work.ahora,
    )
    cuanto: dict[int, int] = {}
    for clave, cantidad in traido.items:
        if clave in productos:
            cuanto[productos[clave]] = min(cuanto.get(productos[clave], 0) + cantidad, 999)
    await replace_paquete_items(work.con, paquete_id, tuple(cuanto.items()))
    await update_activo(work.con, paquete_id, activo=False, proxima_el=traido.proxima_el)
    return paquete_id
