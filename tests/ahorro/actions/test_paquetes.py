"""Paquetes automáticos: kept by their comerciante, one pedido per paquete and day, whoever runs them how often."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from ahorro.actions.paquetes import (
    DatosDePaquete,
    activar_paquete,
    borrar_paquete,
    cambiar_paquete,
    crear_paquete,
    pausar_paquete,
    procesar_paquete,
)
from ahorro.domain.cuenta import Usuario
from ahorro.domain.errors import CampoInvalido, PaqueteNoExiste, PaqueteVacio, ProductoNoExiste, SinStock
from ahorro.domain.pedido import Entrega
from ahorro.loops import correr_paquetes
from ahorro.store.cuentas import select_usuario
from ahorro.store.paquetes import select_paquete, select_paquetes
from belgrano.words.times import dia_de
from tests.ahorro.cast import ShopApp, un_correo

ENTREGA = Entrega("Lavalle 3300", "11 4444-3333", "transferencia", "Por la persiana")


def hoy() -> date:
    return dia_de(int(time.time() * 1000))


async def marta(shop: ShopApp) -> Usuario:
    usuario = await shop.base.read(select_usuario, await shop.sign_up(un_correo("marta"), "comerciante", "Marta Sosa"))
    assert usuario is not None
    return usuario


def datos(*items: tuple[int, int], **cambios: Any) -> DatosDePaquete:
    values: dict[str, Any] = {
        "nombre": "Reposición",
        "frecuencia": "semanal",
        "proxima_el": hoy(),
        "entrega": ENTREGA,
        "items": items,
    }
    return DatosDePaquete(**(values | cambios))


async def _pedidos(con: Any, usuario_id: int) -> list[dict[str, Any]]:
    rows = await con.fetch_all(
        """
        SELECT p.numero, p.total_centavos, p.paquete_id, o.body
          FROM pedidos p
          JOIN outgoing o ON o.key = p.numero
         WHERE p.usuario_id = :id
         ORDER BY p.id
        """,
        {"id": usuario_id},
    )
    return [dict(r) for r in rows]


async def run(shop: ShopApp) -> None:
    async with asyncio.timeout(5):
        await correr_paquetes(shop.base)


async def test_the_day_makes_one_pedido_and_moves_the_date_on(shop: ShopApp) -> None:
    quien = await marta(shop)
    arroz = await shop.producto("Arroz", 10050)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((arroz, 20)))

    await run(shop)
    await run(shop)

    (pedido,) = await shop.base.read(_pedidos, quien.id)
    assert pedido["numero"] == f"PAQ-{paquete_id}-{hoy():%Y%m%d}"
    assert pedido["total_centavos"] == 201000
    sent = json.loads(pedido["body"])
    assert sent["tipo_cliente"] == "comerciante"
    assert sent["cliente_nombre"] == "Marta Sosa"
    assert sent["indicaciones"] == "Por la persiana"
    assert (sent["productos"][0]["cantidad"], sent["total"]) == (20, 2010)
    paquete = await shop.base.read(select_paquete, quien.id, paquete_id)
    assert paquete is not None
    assert paquete.proxima_el == hoy() + timedelta(days=7)
    assert paquete.ultimo_numero == pedido["numero"]


async def test_runs_at_once_and_by_hand_make_one_pedido_a_day(shop: ShopApp) -> None:
    quien = await marta(shop)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((await shop.producto(), 1)))

    await asyncio.gather(
        *(run(shop) for _ in range(5)),
        *(shop.base.do(procesar_paquete, quien, paquete_id) for _ in range(5)),
    )

    assert len(await shop.base.read(_pedidos, quien.id)) == 1


async def test_days_that_were_missed_are_made_up_for_once(shop: ShopApp) -> None:
    quien = await marta(shop)
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((await shop.producto(), 1)))
    await shop.base.do(_atrasar, paquete_id, hoy() - timedelta(days=30))

    await run(shop)

    assert len(await shop.base.read(_pedidos, quien.id)) == 1
    paquete = await shop.base.read(select_paquete, quien.id, paquete_id)
    assert paquete is not None
    assert hoy() < paquete.proxima_el <= hoy() + timedelta(days=7)


async def _atrasar(work: Any, paquete_id: int, dia: date) -> None:
    await work.con.execute(
        "UPDATE paquetes SET proxima_el = :dia WHERE id = :id", {"dia": dia.isoformat(), "id": paquete_id}
    )


async def test_a_paused_or_future_paquete_makes_nothing(shop: ShopApp) -> None:
    quien = await marta(shop)
    arroz = await shop.producto()
    await shop.base.do(crear_paquete, quien.id, datos((arroz, 1), proxima_el=hoy() + timedelta(days=1)))
    pausado = await shop.base.do(crear_paquete, quien.id, datos((arroz, 1)))
    await shop.base.do(cambiar_paquete, quien.id, pausado, datos((arroz, 1), activo=False))

    await run(shop)

    assert await shop.base.read(_pedidos, quien.id) == []


async def test_a_pause_changes_nothing_else_and_what_goes_on_late_waits_for_the_next_day(shop: ShopApp) -> None:
    usuario, yerba = await marta(shop), await shop.producto("Yerba 1 kg", 4000)
    then = hoy() + timedelta(days=20)
    late = await shop.base.do(crear_paquete, usuario.id, datos((yerba, 2), frecuencia="mensual"))
    early = await shop.base.do(crear_paquete, usuario.id, datos((yerba, 2), proxima_el=then))
    before = await shop.base.read(select_paquete, usuario.id, late)

    for paquete_id in (late, early):
        await shop.base.do(pausar_paquete, usuario.id, paquete_id)

    assert before is not None
    assert await shop.base.read(select_paquete, usuario.id, late) == replace(before, activo=False)
    for paquete_id, expected in ((late, hoy() + timedelta(days=1)), (early, then)):
        await shop.base.do(activar_paquete, usuario.id, paquete_id)
        after = await shop.base.read(select_paquete, usuario.id, paquete_id)
        assert after is not None
        assert (after.activo, after.proxima_el, after.dia) == (
            True,
            expected,
            before.dia if paquete_id == late else then.day,
        )


async def test_what_cannot_be_made_says_why_and_holds_up_nobody(shop: ShopApp) -> None:
    sin, con_stock = await marta(shop), await marta(shop)
    yerba, arroz = await shop.producto("Yerba", stock=5), await shop.producto("Arroz")
    malo = await shop.base.do(crear_paquete, sin.id, datos((yerba, 6)))
    await shop.base.do(crear_paquete, con_stock.id, datos((arroz, 1)))

    await run(shop)

    paquete = await shop.base.read(select_paquete, sin.id, malo)
    assert paquete is not None
    assert paquete.aviso == "De Yerba quedan 5."
    assert paquete.proxima_el > hoy()
    assert await shop.base.read(_pedidos, sin.id) == []
    assert len(await shop.base.read(_pedidos, con_stock.id)) == 1
    with pytest.raises(SinStock):
        await shop.base.do(procesar_paquete, sin, malo)


async def test_a_paquete_that_grew_too_dear_or_whose_account_ended_holds_up_nobody(shop: ShopApp) -> None:
    rico, ido, otra = await marta(shop), await marta(shop), await marta(shop)
    oro, arroz = await shop.producto("Oro", 200_000_000_00), await shop.producto("Arroz")
    await shop.base.do(crear_paquete, rico.id, datos((oro, 6)))
    await shop.base.do(crear_paquete, ido.id, datos((arroz, 1)))
    await shop.base.do(crear_paquete, otra.id, datos((arroz, 1)))
    await shop.base.do(_desactivar, ido.id)

    await run(shop)

    avisos = [(await shop.base.read(select_paquetes, quien.id))[0].aviso for quien in (rico, ido, otra)]
    assert avisos == ["El pedido es demasiado grande: dividilo en dos.", "La cuenta no está activa.", None]
    assert len(await shop.base.read(_pedidos, otra.id)) == 1


async def _desactivar(work: Any, usuario_id: int) -> None:
    await work.con.execute("UPDATE usuarios SET activo = :no WHERE id = :id", {"no": False, "id": usuario_id})


async def test_a_paquete_of_things_no_longer_sold_is_empty_and_can_be_paused(shop: ShopApp) -> None:
    quien = await marta(shop)
    arroz = await shop.producto()
    paquete_id = await shop.base.do(crear_paquete, quien.id, datos((arroz, 1)))
    await shop.base.do(_retirar, arroz)

    with pytest.raises(PaqueteVacio):
        await shop.base.do(procesar_paquete, quien, paquete_id)
    await run(shop)
    await shop.base.do(pausar_paquete, quien.id, paquete_id)
    with pytest.raises(PaqueteVacio):
        await shop.base.do(activar_paquete, quien.id, paquete_id)

    assert await shop.base.read(_pedidos, quien.id) == []


async def _retirar(work: Any, producto_id: int) -> None:
    await work.con.execute("UPDATE productos SET activo = :no WHERE id = :id", {"no": False, "id": producto_id})


async def test_somebody_elses_paquete_does_not_exist(shop: ShopApp) -> None:
    suyo, ajeno = await marta(shop), await marta(shop)
    arroz = await shop.producto()
    paquete_id = await shop.base.do(crear_paquete, suyo.id, datos((arroz, 1), proxima_el=hoy() + timedelta(days=9)))

    assert await shop.base.read(select_paquete, ajeno.id, paquete_id) is None
    for act in (
        lambda: shop.base.do(cambiar_paquete, ajeno.id, paquete_id, datos((arroz, 5))),
        lambda: shop.base.do(borrar_paquete, ajeno.id, paquete_id),
        lambda: shop.base.do(procesar_paquete, ajeno, paquete_id),
    ):
        with pytest.raises(PaqueteNoExiste):
            await act()
    (paquete,) = await shop.base.read(select_paquetes, suyo.id)
    assert [(r.producto_id, r.cantidad) for r in paquete.items] == [(arroz, 1)]
    await shop.base.do(borrar_paquete, suyo.id, paquete_id)
    assert await shop.base.read(select_paquetes, suyo.id) == []


@pytest.mark.parametrize(
    ("change", "campo"),
    [
        (lambda p: {"frecuencia": "diaria"}, "frecuencia"),
        (lambda p: {"proxima_el": hoy() - timedelta(days=1)}, "proxima_el"),
        (lambda p: {"items": ()}, "items"),
        (lambda p: {"items": ((p, 1), (p, 2))}, "items"),
        (lambda p: {"items": ((p, 1000),)}, "cantidad"),
        (lambda p: {"items": ((p, 0),)}, "cantidad"),
    ],
)
async def test_a_bad_paquete_is_refused_by_its_field(
    shop: ShopApp, change: Callable[[int], dict[str, Any]], campo: str
) -> None:
    quien = await marta(shop)
    arroz = await shop.producto()

    with pytest.raises(CampoInvalido) as refused:
        await shop.base.do(crear_paquete, quien.id, datos((arroz, 1), **change(arroz)))

    assert refused.value.campo == campo
    assert await shop.base.read(select_paquetes, quien.id) == []


async def test_an_unknown_product_makes_no_paquete(shop: ShopApp) -> None:
    quien = await marta(shop)

    with pytest.raises(ProductoNoExiste):
        await shop.base.do(crear_paquete, quien.id, datos((999_999, 1)))
