"""Puts the demo into the shop's database: catalogue, promotions, people, a paquete, and pedidos made by the real acts.

Repeating it renews the catalogue and adds nothing twice.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta

from ahorro.actions.carritos import agregar_al_carrito, vaciar_carrito
from ahorro.actions.cuentas import registrar_usuario, salir
from ahorro.actions.fichas import cambiar_producto, crear_producto
from ahorro.actions.grupos import cambiar_grupo, crear_grupo
from ahorro.actions.paquetes import DatosDePaquete, crear_paquete
from ahorro.actions.pedidos import confirmar_pedido
from ahorro.actions.promociones import crear_promocion
from ahorro.demo.negocios import CATEGORIAS, NEGOCIOS, SUCURSALES
from ahorro.demo.people import NOTAS, PASSWORD, PERSONAS
from ahorro.demo.productos import ProductoDemo, parse_productos
from ahorro.demo.promociones import PROMOCIONES
from ahorro.domain.auditoria import EL_SISTEMA
from ahorro.domain.carrito import Cuanto
from ahorro.domain.cuenta import Comercio, Usuario
from ahorro.domain.domicilio import leer_domicilio
from ahorro.domain.franja import franjas_de
from ahorro.domain.grupos import CATEGORIA, NEGOCIO, SUCURSAL, Tipo
from ahorro.domain.pedido import Entrega
from ahorro.store.catalogo import select_producto_aun
from ahorro.store.cuentas import select_usuario_por_email
from ahorro.store.dibujos import (
    replace_producto_sucursales,
    select_ids_por_clave,
    update_dibujo,
    update_icono,
    update_logo,
)
from ahorro.store.grupos import select_grupos
from ahorro.store.paquetes import select_paquetes
from ahorro.store.pedidos import select_pedido_por_clave
from ahorro.store.promociones import select_promociones
from belgrano.accounts.passwords import hash_password
from belgrano.accounts.sessions import hash_token, open_session
from belgrano.database.base import Base
from belgrano.database.work import Work
from belgrano.words.times import dia_de

COMERCIO = Comercio("Almacén La Marta", "30708612347", "Av. Federico Lacroze 2920", "11 5555-0110", "Almacén")
PAQUETE = ("harina-25kg", 2), ("aceite-girasol-5l", 3), ("yerba-10", 1), ("fideos-12", 2)
# Who has ordered already, and how much of what.
PEDIDOS: tuple[tuple[str, str, str, tuple[tuple[str, int], ...]], ...] = (
    ("clara@ahorro.test", "demo-1", "efectivo", (("yerba-1kg", 2), ("medialunas-6", 1), ("leche-entera-1l", 4))),
    ("julian@ahorro.test", "demo-2", "efectivo", (("asado-kg", 2), ("vino-malbec-750", 1), ("lechuga-criolla", 1))),
    ("mirta@ahorro.test", "demo-3", "transferencia", (("huevos-maple", 1), ("papa-kg", 3), ("pollo-entero-kg", 2))),
)
# What stands in the window of the front page.
DESTACADOS = frozenset(
    [
        "queso-cremoso-kg",
        "banana-kg",
        "tomate-redondo-kg",
        "medialunas-6",
        "yerba-1kg",
        "aceite-girasol-900",
        "vino-malbec-750",
        "papas-bastones-1kg",
        "detergente-750",
        "alimento-perro-3kg",
        "leche-entera-1l",
        "manzana-roja-kg",
        "papa-kg",
        "asado-kg",
        "huevos-docena",
        "pan-lactal-blanco",
        "fideos-tallarin-500",
        "dulce-de-leche-400",
        "gaseosa-cola-225",
        "papel-higienico-4",
    ]
)
POR_PESO = frozenset(["limon-kg", "uva-negra-kg", "zanahoria-kg", "morron-rojo-kg", "zapallo-anco-kg"])
STOCK = {"fernet-750": 4, "panales-g-30": 0}  # nobody counts the rest


async def load(base: Base) -> list[dict[str, str]]:
    """Make the demo; the accounts to print."""
    await base.do(llenar_gondolas)
    await base.do(anunciar_promociones)
    missing = [p for p in PERSONAS if await base.read(select_usuario_por_email, p.email) is None]
    hashes = {p.email: await hash_password(PASSWORD) for p in missing}
    await base.do(alta_de_personas, hashes)
    await base.do(un_paquete)
    for email, clave, metodo, cosas in PEDIDOS:
        await base.do(un_pedido, email, clave, metodo, cosas)
    return [{"rol": p.rol, "email": p.email, "password": PASSWORD} for p in PERSONAS if p.printed]


async def llenar_gondolas(work: Work) -> None:
    """Negocios, sucursales, categorias and productos, by the acts of the shop's owner; the drawings are the demo's."""
    negocios, categorias = {}, {}
    for orden, n in enumerate(NEGOCIOS):
        said = {"nombre": n.nombre, "descripcion": n.descripcion, "orden": orden}
        negocios[n.codigo] = await _grupo(work, NEGOCIO, n.codigo, said)
        await update_logo(work.con, negocios[n.codigo], f"negocios/{n.codigo}.svg", n.color)
    sucursales: dict[str, list[int]] = {}
    for orden, s in enumerate(SUCURSALES):
        where = {"negocio": s.negocio, "direccion": s.direccion, "telefono": s.telefono, "horarios": s.horario}
        sucursal_id = await _grupo(work, SUCURSAL, s.codigo, {"nombre": s.nombre, "orden": orden, **where})
        sucursales.setdefault(s.negocio, []).append(sucursal_id)
    for orden, c in enumerate(CATEGORIAS):
        categorias[c.codigo] = await _grupo(work, CATEGORIA, c.codigo, {"nombre": c.nombre, "orden": orden})
        await update_icono(work.con, categorias[c.codigo], f"categorias/{c.codigo}.svg")
    ids = await select_ids_por_clave(work.con)
    for orden, p in enumerate(parse_productos()):
        producto_id = await _producto(work, p, ids.get(p.codigo))
        await update_dibujo(work.con, producto_id, f"productos/{p.codigo}.svg")
        # A few things are not in every branch.
        some = sucursales[p.negocio]
        some = some[: 1 + orden % len(some)] if orden % 5 == 0 else []
        await replace_producto_sucursales(work.con, producto_id, some)


async def anunciar_promociones(work: Work) -> None:
    """The promotions that are not there yet; what an owner made of one since stays."""
    known = {p.nombre for p in await select_promociones(work.con)}
    for said in PROMOCIONES:
        if said["nombre"] not in known:
            await crear_promocion(work, EL_SISTEMA, said)


async def _grupo(work: Work, tipo: Tipo, clave: str, said: Mapping[str, object]) -> int:
    """Make the negocio, sucursal or categoria of this clave, or renew it; its id."""
    known = next((g for g in await select_grupos(work.con, tipo) if g.dicho["clave"] == clave), None)
    if known is None:
        return (await crear_grupo(work, EL_SISTEMA, tipo, {"clave": clave, **said})).id
    return (await cambiar_grupo(work, EL_SISTEMA, tipo, known.id, known.version, said)).id


async def _producto(work: Work, p: ProductoDemo, producto_id: int | None) -> int:
    """Make a product, or renew the one that is there; its id."""
    (contenido, medida), por_peso = p.contenido, p.codigo in POR_PESO
    said = {
        "nombre": p.titulo,
        "negocio": p.negocio,
        "categoria": p.categoria,
        "precio_centavos": p.precio_anterior or p.precio,
        "oferta_centavos": p.precio if p.precio_anterior else None,
        "descripcion": p.descripcion,
        "unidad": "Por peso"
        if por_peso
        else "1 unidad"
        if p.medida == "1 un"
        else p.medida.replace(" un", " unidades"),
        "contenido": None if por_peso else contenido,
        "medida": None if por_peso else medida,
        "por_peso": por_peso,
        "stock": STOCK.get(p.codigo),
        "destacado": p.codigo in DESTACADOS,
        "iva_por_mil": p.iva_por_mil,
    }
    known = None if producto_id is None else await select_producto_aun(work.con, producto_id)
    if known is None:
        return (await crear_producto(work, EL_SISTEMA, {"clave": p.codigo, **said})).id
    return (await cambiar_producto(work, EL_SISTEMA, known.id, known.version, said)).id


async def alta_de_personas(work: Work, hashes: dict[str, str]) -> None:
    """The accounts that are not there yet."""
    for p in PERSONAS:
        if p.email in hashes and await select_usuario_por_email(work.con, p.email) is None:
            await registrar_usuario(
                work,
                nombre=p.nombre,
                email=p.email,
                password_hash=hashes[p.email],
                rol=p.rol,
                telefono=p.telefono,
                direccion=p.direccion,
                comercio=COMERCIO if p.rol == "comerciante" else None,
                aprobado=True,
            )


async def un_paquete(work: Work) -> None:
    """The comerciante's paquete, if there is none."""
    marta = await _usuario(work, "marta@ahorro.test")
    if await select_paquetes(work.con, marta.id):
        return
    ids = await select_ids_por_clave(work.con)
    datos = DatosDePaquete(
        nombre="Reposición del almacén",
        frecuencia="semanal",
        proxima_el=dia_de(work.ahora) + timedelta(days=4),
        entrega=Entrega(marta.direccion, marta.telefono, "transferencia", "Entrega por la persiana lateral."),
        items=tuple((ids[clave], cantidad) for clave, cantidad in PAQUETE),
    )
    await crear_paquete(work, marta.id, datos)


async def un_pedido(work: Work, email: str, clave: str, metodo: str, cosas: tuple[tuple[str, int], ...]) -> None:
    """One pedido through cart and confirmation, as its customer would make it."""
    usuario = await _usuario(work, email)
    if await select_pedido_por_clave(work.con, usuario.id, clave) is not None:
        return
    token_hash = hash_token(await open_session(work, usuario.id))
    await vaciar_carrito(work, token_hash)
    ids = await select_ids_por_clave(work.con)
    for codigo, cantidad in cosas:
        await agregar_al_carrito(work, token_hash, usuario.id, ids[codigo], Cuanto(cantidad))
    notas = random.Random(clave).choice(NOTAS)  # noqa: S311
    donde = leer_domicilio(usuario.direccion)
    cuando = None if clave == "demo-2" else franjas_de(work.ahora)[1]
    entrega = Entrega(donde.direccion, usuario.telefono, metodo, notas, donde.piso, donde.barrio, cuando)
    await confirmar_pedido(work, usuario, token_hash, clave, entrega)
    await salir(work, token_hash)


async def _usuario(work: Work, email: str) -> Usuario:
    usuario = await select_usuario_por_email(work.con, email)
    assert usuario is not None  # noqa: S101
    return usuario
