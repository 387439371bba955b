"""The acts that make a pedido: the cart confirmed, or the paquete of the day."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from ahorro.domain.cambio import Visto
from ahorro.domain.carrito import Carrito
from ahorro.domain.configuracion import Configuracion
from ahorro.domain.cuenta import Usuario
from ahorro.domain.envio import costo_de
from ahorro.domain.errors import (
    CampoInvalido,
    CarritoCambio,
    CarritoVacio,
    ClaveReusada,
    CuentaInactiva,
    DemasiadosAbiertos,
    EnvioCambio,
    FranjaLlena,
    SinStock,
)
from ahorro.domain.events import PedidoConfirmado
from ahorro.domain.franja import Franja, Horario, franjas_de
from ahorro.domain.paquete import Estimado
from ahorro.domain.pedido import TOTAL_MAXIMO_CENTAVOS, Entrega, Pedido, numero_de_paquete, numero_de_pedido
from ahorro.domain.zona import zona_de
from ahorro.store.carritos import delete_items
from ahorro.store.configuracion import select_configuracion
from ahorro.store.cuentas import select_usuario
from ahorro.store.descuentos import insert_descuentos, select_carrito_rebajado, update_cupon
from ahorro.store.libro import insert_lo_que_es
from ahorro.store.pedidos import (
    count_abiertos,
    insert_para_ticketera,
    insert_pedido,
    insert_pedido_items,
    select_ocupacion,
    select_pedido_por_clave,
)
from ahorro.store.stock import take_stock
from belgrano.database.once import once
from belgrano.database.work import Work

CUERPO_MAXIMO = 60 * 1024  # Ticketera takes 64 KiB


def huella_de(entrega: Entrega) -> str:
    """What identifies the content that came with a clave."""
    datos: list[object] = [entrega.direccion, entrega.telefono, entrega.metodo_pago, entrega.notas]
    if entrega.piso or entrega.barrio or entrega.franja:
        datos += [entrega.piso, entrega.barrio, entrega.franja.desde if entrega.franja else None]
    if entrega.punto:
        datos.append(entrega.punto)
    return hashlib.sha256(json.dumps(datos).encode()).hexdigest()


async def confirmar_pedido(
    work: Work,
    usuario: Usuario,
    token_hash: str,
    clave: str,
    entrega: Entrega,
    *,
    visto: Mapping[int, Visto] | None = None,
    total_visto: int | None = None,
    envio_visto: int | None = None,
    de_fabrica: Configuracion | None = None,
    abiertos: int | None = None,
) -> Pedido:
    """Turn the session's cart into a pedido: it, its lines, the emptied cart and its outbox row are one commit.

    The same `clave` of this customer gives the pedido that it made. `visto` and `total_visto` (centavos), when given,
    are what the customer was looking at; without them the cart itself remembers what it last showed. Promotions and
    the cart's coupon count as they are now, for this way to pay; a coupon's use is this very commit. What its
    owner has not said of the shop is as `de_fabrica` has it. Acts run one after the other, so nobody takes the last
    place of a window twice. `abiertos` is how many the account may have that are not delivered yet.

    Raises CuentaInactiva where the account was closed since its customer was asked, ClaveReusada when the clave came
    with other data, DemasiadosAbiertos, CarritoVacio, CarritoCambio, SinStock,
    FranjaLlena, and CampoInvalido for a way to pay that is not offered, an address where the shop does not deliver,
    what is no window, and a total below what is brought there or above what Ticketera takes.
    """
    huella = huella_de(entrega)

    async def first() -> Pedido:
        cuenta = await select_usuario(work.con, usuario.id)
        if cuenta is None or not cuenta.activo:
            raise CuentaInactiva
        configuracion = await select_configuracion(work.con, de_fabrica or Configuracion())
        check_metodo(configuracion, entrega.metodo_pago)
        if entrega.franja is not None and not configuracion.franjas.tiene(entrega.franja):
            raise CampoInvalido("franja", "tiene que ser el comienzo de una franja, como 2026-11-24T18:00.")
        zona = zona_de(configuracion.zonas, entrega.barrio, entrega.direccion, entrega.punto)
        carrito = await select_carrito_rebajado(work.con, token_hash, work.ahora, entrega.metodo_pago, usuario.id)
        if carrito.renglones or carrito.caidos:
            check_visto(carrito, visto, total_visto)
        if not carrito.renglones:
            raise CarritoVacio
        if abiertos is not None and await count_abiertos(work.con, usuario.id) >= abiertos:
            raise DemasiadosAbiertos(abiertos)
        envio = costo_de(configuracion.envio, zona, carrito.total_centavos)
        if envio_visto not in {None, envio}:
            raise EnvioCambio(envio, carrito.total_centavos + envio)
        tomada = await _tomar_franja(work, entrega.franja, configuracion.franjas)
        donde = replace(entrega, franja=tomada)
        pedido = await _guardar(work, usuario, donde, carrito, clave=clave, huella=huella, envio_centavos=envio)
        await delete_items(work.con, token_hash)
        await update_cupon(work.con, token_hash, "")
        return pedido

    return await once(_conocido(work, usuario, clave), huella, first, ClaveReusada)


async def _conocido(work: Work, usuario: Usuario, clave: str) -> tuple[object, Pedido] | None:
    """The pedido that this customer's clave made, and of what."""
    hecho = await select_pedido_por_clave(work.con, usuario.id, clave)
    return None if hecho is None else (hecho.huella, hecho)


def check_visto(carrito: Carrito, visto: Mapping[int, Visto] | None, total_visto: int | None = None) -> None:
    """Raise CarritoCambio unless every line is as its customer saw it, and what is taken off them.

    Without the `total_visto` (what is paid for the goods, in centavos), what the cart last showed taken off counts.
    """
    cambios = carrito.sin_ver if visto is None else carrito.cambios_desde(visto)
    gone = visto is not None and not visto.keys() <= carrito.a_la_vista.keys()
    rebajado = carrito.descuento_centavos
    unseen = (
        rebajado != carrito.descuento_visto_centavos if total_visto is None else total_visto != carrito.total_centavos
    )
    if cambios or gone or unseen:
        raise CarritoCambio(
            cambios,
            carrito.a_la_vista,
            carrito.total_centavos,
            rebajado,
            solo_descuento=not cambios and not gone and bool(rebajado or carrito.descuento_visto_centavos),
        )


def check_metodo(configuracion: Configuracion, metodo: str) -> None:
    """Raise CampoInvalido for a way to pay that the shop does not offer."""
    if metodo not in configuracion.medios_de_pago:
        raise CampoInvalido("metodo_pago", f"tiene que ser uno de: {', '.join(configuracion.medios_de_pago)}.")


async def _tomar_franja(work: Work, elegida: Franja | None, horario: Horario) -> Franja | None:
    """The window that was chosen, as long as the shop's are. Raises FranjaLlena unless there is time and room."""
    if elegida is None:
        return None
    franja = horario.franja(elegida.desde)
    if franja not in franjas_de(work.ahora, horario):
        raise FranjaLlena(franja.horas, tarde=True)
    ocupacion = await select_ocupacion(work.con, franja.desde, franja.desde)
    if ocupacion.get(franja.desde, 0) >= horario.cupo_de(franja.dia):
        raise FranjaLlena(franja.horas)
    return franja


async def confirmar_paquete(
    work: Work,
    usuario: Usuario,
    paquete_id: int,
    dia: date,
    estimado: Estimado,
    envio_visto: int | None = None,
) -> Pedido:
    """Turn what a paquete comes to into the pedido of its day.

    `envio_visto` is what its comerciante was told that delivery costs (centavos), where somebody was. Raises
    EnvioCambio, and CampoInvalido for a way to pay that was withdrawn.
    """
    estimado.check_medio()
    if envio_visto not in {None, estimado.envio_centavos}:
        raise EnvioCambio(estimado.envio_centavos, estimado.total_centavos)
    numero = numero_de_paquete(paquete_id, dia)
    return await _guardar(
        work,
        usuario,
        estimado.entrega,
        estimado.carrito,
        clave=numero,
        huella=huella_de(estimado.entrega),
        numero=numero,
        paquete_id=paquete_id,
        envio_centavos=estimado.envio_centavos,
    )


async def _guardar(
    work: Work,
    usuario: Usuario,
    entrega: Entrega,
    carrito: Carrito,
    *,
    clave: str,
    huella: str,
    numero: str | None = None,
    paquete_id: int | None = None,
    envio_centavos: int = 0,
) -> Pedido:
    items, total = carrito.renglones, carrito.total_centavos + envio_centavos
    if total > TOTAL_MAXIMO_CENTAVOS:
        raise CampoInvalido("total", "El pedido es demasiado grande: dividilo en dos.")
    for r in items:
        if r.stock is not None and not await take_stock(work.con, r.producto_id, r.cantidad):
            raise SinStock(r.producto_id, r.nombre, r.stock, por_peso=r.por_peso)
    pedido = Pedido(
        id=0,
        numero=numero or "",
        usuario_id=usuario.id,
        cliente_nombre=usuario.nombre,
        cliente_email=usuario.email,
        tipo_cliente=usuario.tipo_cliente,
        entrega=entrega,
        total_centavos=total,
        envio_centavos=envio_centavos,
        creado_en=work.ahora,
        estado="pendiente",
        repartidor_nombre=None,
        motivo=None,
        estado_en=None,
        huella=huella,
        paquete_id=paquete_id,
        items=items,
        descuentos=carrito.descuentos,
    )
    pedido = await _insertar(work, pedido, clave)
    await insert_pedido_items(work.con, pedido.id, items)
    await insert_descuentos(work.con, pedido.id, carrito.descuentos)
    await insert_lo_que_es(work.con, None, pedido, work.ahora, "")
    if await insert_para_ticketera(work.con, pedido.numero, pedido, work.ahora) > CUERPO_MAXIMO:
        raise CampoInvalido("items", "El pedido tiene demasiados productos: dividilo en dos.")
    work.tell(PedidoConfirmado(pedido.numero))
    return pedido


async def _insertar(work: Work, pedido: Pedido, clave: str) -> Pedido:
    """Store it under its numero, or under a new random one that nobody has."""
    while True:
        if not pedido.numero or pedido.paquete_id is None:
            pedido = replace(pedido, numero=numero_de_pedido(work.ahora, secrets.token_hex(4).upper()))
        pedido_id = await insert_pedido(work.con, pedido, clave)
        if pedido_id is not None:
            return replace(pedido, id=pedido_id)
