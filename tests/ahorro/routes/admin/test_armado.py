"""From the order to the bag: packed, weighed, missing, replaced, paid, cancelled and back on the shelf."""

import asyncio
from typing import Any

import pytest

from ahorro.actions.cancelaciones import cancelar_pedido
from belgrano.database.work import Work
from tests.ahorro.armado import act, ask, check_books, in_kilos, on_the_shelf, report, revisions, set_price, told
from tests.ahorro.cast import ShopApp, Visitor, una_clave


@pytest.fixture(scope="module")
async def armador(shop: ShopApp) -> Visitor:
    """Who packs."""
    return await shop.customer("armador", "Nadia Arma")


async def test_a_pedido_goes_from_recibido_to_listo_and_ticketera_hears_that_it_is_packed(
    shop: ShopApp, armador: Visitor
) -> None:
    numero = (await (await shop.customer()).buy(await shop.producto("Yerba", 100_00), 2))["numero"]

    started = await act(armador, numero, "armar")
    ready = await act(armador, numero, "listo")

    assert (started["estado"], started["renglones"][0]["armado"]) == ("en_armado", None)
    assert (ready["estado"], ready["renglones"][0]["armado"], ready["total"]) == ("listo", 2, 200)
    (said,) = await revisions(shop, numero)
    assert (said["numero"], said["preparado"], said["pagado"], said["total"]) == (numero, True, False, 200)
    assert said["revision"] == ready["revision"] == 2
    assert [(h["que"], h["por"]) for h in ready["historial"]] == [
        ("creado", ""), ("armar", "Nadia Arma"), ("listo", "Nadia Arma"),
    ]  # fmt: skip


async def test_what_is_missing_or_less_goes_back_to_the_shelf_and_off_the_total(
    shop: ShopApp, armador: Visitor
) -> None:
    leche, pan = await shop.producto("Leche", 120_50, stock=10), await shop.producto("Pan", 80_25, stock=10)
    clara = await shop.customer()
    await clara.add(pan, 3)
    numero = (await clara.buy(leche, 2))["numero"]
    await act(armador, numero, "armar")

    await act(armador, numero, "renglon", producto_id=leche, cantidad=0)
    less = await act(armador, numero, "renglon", producto_id=pan, cantidad=1)

    assert (less["total"], [r["armado"] for r in less["renglones"]]) == (80.25, [1, 0])
    assert [await on_the_shelf(shop, each) for each in (leche, pan)] == [10, 9]
    assert [(s["total"], [p["nombre"] for p in s["productos"]]) for s in await revisions(shop, numero)] == [
        (240.75, ["Pan"]), (80.25, ["Pan"]),
    ]  # fmt: skip
    mine = await clara.ok("GET", f"/api/pedidos/{numero}")
    assert mine["total"] == 80.25 and mine["estado"] == "en_armado"
    again = await act(armador, numero, "deshacer", producto_id=pan)
    assert (again["total"], await on_the_shelf(shop, pan)) == (240.75, 7)
    await shop.base.read(check_books)


async def test_what_is_weighed_costs_its_grams_half_up_and_must_be_weighed(shop: ShopApp, armador: Visitor) -> None:
    queso = await in_kilos(shop, "Queso", 9_800_50, stock=5000)
    clara = await shop.customer()
    await clara.ok("POST", "/api/carrito/items", {"producto_id": queso, "peso_g": 750})
    numero = (await clara.order()).data_["numero"]
    await act(armador, numero, "armar")

    unweighed = await ask(armador, numero, "listo")
    weighed = await act(armador, numero, "renglon", producto_id=queso, peso_g=762)

    assert (unweighed.status_code, unweighed.data_["codigo"]) == (409, "falta_pesar")
    assert (weighed["total"], weighed["renglones"][0]["pedido"], weighed["renglones"][0]["armado"]) == (
        7467.98, 750, 762,
    )  # fmt: skip
    assert await on_the_shelf(shop, queso) == 5000 - 762
    assert (await revisions(shop, numero))[-1]["productos"][0]["nombre"] == "Queso, 762 g"
    assert (await clara.ok("GET", f"/api/pedidos/{numero}"))["aproximado"] is False


async def test_a_tenth_above_what_was_shown_wants_a_word_with_the_customer(shop: ShopApp, armador: Visitor) -> None:
    asado = await in_kilos(shop, "Asado", 1_000_00)
    clara = await shop.customer()
    await clara.ok("POST", "/api/carrito/items", {"producto_id": asado, "peso_g": 1000})
    numero = (await clara.order()).data_["numero"]
    await act(armador, numero, "armar")

    await act(armador, numero, "renglon", producto_id=asado, peso_g=1101)
    refused = await ask(armador, numero, "listo")
    agreed = await act(armador, numero, "listo", acordado=True)

    assert (refused.status_code, refused.data_["codigo"]) == (409, "total_mayor")
    assert (refused.data_["mostrado"], refused.data_["total"]) == (1000, 1101)
    assert "1.101" in refused.data_["detail"]
    assert agreed["estado"] == "listo"
    await act(armador, numero, "armar")
    await act(armador, numero, "renglon", producto_id=asado, peso_g=1100)
    assert (await act(armador, numero, "listo"))["total"] == 1100


async def test_a_replacement_costs_the_lower_of_the_two_prices_whatever_prices_do_meanwhile(
    shop: ShopApp, armador: Visitor
) -> None:
    coca = await shop.producto("Coca", 200_00, stock=5)
    cara, barata = await shop.producto("Cola cara", 300_00, stock=5), await shop.producto("Cola", 150_00, stock=5)
    numero = (await (await shop.customer()).buy(coca, 2))["numero"]
    await shop.base.do(set_price, coca, 999_00)
    await act(armador, numero, "armar")

    dear = await act(armador, numero, "reemplazar", producto_id=coca, por=cara, cantidad=2)
    both = await act(armador, numero, "renglon", producto_id=coca, cantidad=1)
    cheap = await act(armador, numero, "reemplazar", producto_id=coca, por=barata, cantidad=1)
    found = await act(armador, numero, "renglon", producto_id=coca, cantidad=2)

    assert [(r["producto_id"], r["pedido"], r["armado"], r["precio"]) for r in dear["renglones"]] == [
        (coca, 2, 0, 200), (cara, 0, 2, 200),
    ]  # fmt: skip
    assert (dear["total"], both["total"], cheap["total"], found["total"]) == (400, 600, 750, 400)
    assert [r["producto_id"] for r in found["renglones"]] == [coca]
    assert [await on_the_shelf(shop, each) for each in (coca, cara, barata)] == [3, 5, 5]


async def test_what_a_promotion_took_off_keeps_its_share_of_what_goes(
    shop: ShopApp, encargada: Visitor, armador: Visitor
) -> None:
    fideos, otros = await shop.producto("Fideos", 101_00), await shop.producto("Otros fideos", 90_00)
    await encargada.ok(
        "POST",
        "/api/admin/promociones",
        {"nombre": "3x2", "tipo": "nxm", "lleva": 3, "paga": 2, "alcance": "producto", "cuales": [fideos]},
    )
    clara = await shop.customer()
    await clara.add(fideos, 3)
    await clara.ok("GET", "/api/carrito")
    bought = (await clara.order()).data_
    await act(armador, bought["numero"], "armar")

    two = await act(armador, bought["numero"], "renglon", producto_id=fideos, cantidad=2)
    third = await act(armador, bought["numero"], "reemplazar", producto_id=fideos, por=otros, cantidad=1)

    assert bought["total"] == 202
    assert (two["total"], two["descuentos"][0]["monto"]) == (134.67, 67.33)
    assert (third["total"], third["descuentos"][0]["monto"]) == (194.67, 97.33)
    await shop.base.read(check_books)


async def test_the_same_accion_id_is_one_act_and_with_other_content_refused(shop: ShopApp, armador: Visitor) -> None:
    te = await shop.producto("Té", 50_00, stock=9)
    numero = (await (await shop.customer()).buy(te, 4))["numero"]
    await act(armador, numero, "armar")
    clave = una_clave()

    first = await act(armador, numero, "renglon", accion_id=clave, producto_id=te, cantidad=1)
    await act(armador, numero, "renglon", producto_id=te, cantidad=3)
    again = await act(armador, numero, "renglon", accion_id=clave, producto_id=te, cantidad=1)
    other = await ask(armador, numero, "renglon", accion_id=clave, producto_id=te, cantidad=2)
    others = await act(await shop.customer("armador"), numero, "renglon", accion_id=clave, producto_id=te, cantidad=2)

    assert again == first
    assert (other.status_code, other.data_["codigo"]) == (422, "clave_reusada")
    assert others["renglones"][0]["armado"] == 2 and await on_the_shelf(shop, te) == 7


async def test_an_act_on_what_was_not_seen_is_told_how_it_is(shop: ShopApp, armador: Visitor) -> None:
    numero = (await (await shop.customer()).buy(await shop.producto("Sal", 50_00)))["numero"]
    seen = (await act(armador, numero, "armar"))["revision"]
    await act(armador, numero, "nota", texto="No hay apuro")

    assert (await act(armador, numero, "listo", revision=seen))["estado"] == "listo"
    stale = await ask(armador, numero, "armar", revision=seen)

    assert (stale.status_code, stale.data_["codigo"]) == (409, "version_vieja")
    assert stale.data_["pedido"]["estado"] == "listo"


async def test_who_packs_neither_takes_money_nor_gives_it_back_nor_cancels(shop: ShopApp, armador: Visitor) -> None:
    clienta = await shop.customer()
    numero = (await clienta.buy(await shop.producto("Sal fina", 50_00)))["numero"]

    for accion, more in (
        ("pagado", {"medio": "transferencia", "monto": 50}),
        ("devolver", {"monto": 1, "motivo": "Vino roto"}),
        ("cancelar", {"motivo": "No quiere"}),
    ):
        assert (await ask(armador, numero, accion, **more)).status_code == 403
    assert (await ask(clienta, numero, "armar")).status_code == 403
    assert (await ask(shop.visitor(), numero, "armar")).status_code == 401
    assert (await ask(armador, "PED-NUNCA", "armar")).status_code == 404
    assert (await told(armador, numero))["revision"] == 0


@pytest.mark.parametrize(
    ("said", "campo"),
    [
        ({"accion": "volar"}, "accion"),
        ({"accion": "armar", "accion_id": "con espacio"}, "accion_id"),
        ({"accion": "renglon", "cantidad": 1}, "producto_id"),
        ({"accion": "renglon", "producto_id": 1}, "cantidad"),
        ({"accion": "renglon", "producto_id": 10**9, "cantidad": 1}, "producto_id"),
        ({"accion": "renglon", "producto_id": "uno", "cantidad": 1}, "producto_id"),
        ({"accion": "renglon", "producto_id": 1, "cantidad": -1}, "cantidad"),
        ({"accion": "renglon", "producto_id": 1, "cantidad": 1.5}, "cantidad"),
        ({"accion": "renglon", "producto_id": 1, "peso_g": 10**7}, "peso_g"),
        ({"accion": "reemplazar", "producto_id": 1, "cantidad": 1}, "por"),
        ({"accion": "pagado", "medio": "trueque", "monto": 1}, "medio"),
        ({"accion": "pagado", "medio": "efectivo", "monto": 0}, "monto"),
        ({"accion": "pagado", "medio": "efectivo", "monto": 1.001}, "monto"),
        ({"accion": "devolver", "monto": 1}, "motivo"),
        ({"accion": "devolver", "monto": 1, "motivo": "De más"}, "monto"),
        ({"accion": "cancelar", "motivo": "  "}, "motivo"),
        ({"accion": "nota", "texto": "a\u0000b"}, "texto"),
    ],
)
async def test_what_an_act_cannot_be_is_named_and_changes_nothing(
    shop: ShopApp, encargada: Visitor, said: dict[str, Any], campo: str
) -> None:
    numero = (await (await shop.customer()).buy(await shop.producto("Miel", 50_00)))["numero"]
    seen = await act(encargada, numero, "armar")

    refused = await ask(encargada, numero, **said)

    assert refused.status_code == 400
    assert [each["campo"] for each in refused.data_["errores"]] == [campo]
    assert await told(encargada, numero) == seen


async def test_more_units_than_were_asked_for_and_another_kind_of_thing_are_refused(
    shop: ShopApp, armador: Visitor
) -> None:
    te, queso = await shop.producto("Té rojo", 50_00), await in_kilos(shop, "Queso duro", 900_00)
    mate, corto = await shop.producto("Mate", 40_00), await shop.producto("Corto", 40_00, stock=1)
    clara = await shop.customer()
    await clara.add(mate)
    numero = (await clara.buy(te, 2))["numero"]
    await act(armador, numero, "armar")

    for accion, more, codigo in (
        ("renglon", {"producto_id": te, "cantidad": 3}, "datos_invalidos"),
        ("renglon", {"producto_id": te, "peso_g": 300}, "datos_invalidos"),
        ("reemplazar", {"producto_id": te, "por": queso, "cantidad": 1}, "datos_invalidos"),
        ("reemplazar", {"producto_id": te, "por": mate, "cantidad": 1}, "datos_invalidos"),
        ("reemplazar", {"producto_id": te, "por": te, "cantidad": 1}, "datos_invalidos"),
        ("reemplazar", {"producto_id": te, "por": corto, "cantidad": 0}, "datos_invalidos"),
        ("reemplazar", {"producto_id": te, "por": corto, "cantidad": 2}, "sin_stock"),
    ):
        assert (await ask(armador, numero, accion, **more)).data_["codigo"] == codigo, (accion, more)
    assert (await told(armador, numero))["total"] == 140


async def test_acts_out_of_their_turn_are_refused_and_say_why(shop: ShopApp, armador: Visitor) -> None:
    te = await shop.producto("Té verde", 50_00)
    numero = (await (await shop.customer()).buy(te))["numero"]

    early = [await ask(armador, numero, "listo"), await ask(armador, numero, "renglon", producto_id=te, cantidad=1)]
    await act(armador, numero, "armar")
    await act(armador, numero, "renglon", producto_id=te, cantidad=0)
    nothing = await ask(armador, numero, "listo")
    await act(armador, numero, "renglon", producto_id=te, cantidad=1)
    await act(armador, numero, "listo")
    late = await ask(armador, numero, "renglon", producto_id=te, cantidad=0)
    await act(armador, numero, "armar")

    assert [a.data_["codigo"] for a in (*early, nothing, late)] == [
        "sin_armar", "sin_armar", "nada_que_llevar", "ya_listo",
    ]  # fmt: skip
    assert [s["preparado"] for s in await revisions(shop, numero)] == [False, True, False]


async def test_a_transfer_is_paid_when_somebody_has_seen_it_and_goes_back_only_once(
    shop: ShopApp, encargada: Visitor
) -> None:
    te = await shop.producto("Té negro", 50_00)
    numero = (await (await shop.customer()).buy(te, 2, metodo_pago="transferencia"))["numero"]

    half = await act(encargada, numero, "pagado", medio="transferencia", monto=60)
    whole = await act(encargada, numero, "pagado", medio="efectivo", monto=40)
    both = await asyncio.gather(*(ask(encargada, numero, "devolver", monto=60.5, motivo="Vino roto") for _ in "ab"))

    assert [(p["medio"], p["monto"], p["por"]) for p in whole["pagos"]] == [
        ("transferencia", 60, "Elena Encargada"), ("efectivo", 40, "Elena Encargada"),
    ]  # fmt: skip
    assert half["devuelto"] == 0 and [s["pagado"] for s in await revisions(shop, numero)] == [True, False]
    assert sorted(a.status_code for a in both) == [200, 400]
    assert (await told(encargada, numero))["devuelto"] == 60.5
    await shop.base.read(check_books)


async def test_what_the_door_brought_may_be_given_back_too(shop: ShopApp, encargada: Visitor) -> None:
    numero = (await (await shop.customer()).buy(await shop.producto("Té azul", 50_00)))["numero"]
    await report(shop, numero, "entregado", 50_00)

    back = await act(encargada, numero, "devolver", monto=50, motivo="Estaba vencido")

    assert (back["devuelto"], [p["monto"] for p in back["pagos"]]) == (50, [50])
    assert (await ask(encargada, numero, "devolver", monto=0.01, motivo="Otra vez")).status_code == 400
    assert await revisions(shop, numero) == []


async def test_what_is_cancelled_is_so_at_once_and_gives_back_what_was_in_the_bag_once(
    shop: ShopApp, encargada: Visitor
) -> None:
    te = await shop.producto("Té blanco", 50_00, stock=5)
    numero = (await (await shop.customer()).buy(te, 3))["numero"]
    await act(encargada, numero, "armar")
    await act(encargada, numero, "renglon", producto_id=te, cantidad=2)

    gone = await act(encargada, numero, "cancelar", motivo="Se mudó")
    await report(shop, numero, "asignado")
    await report(shop, numero, "cancelado")

    assert (gone["estado"], gone["entrega"]["estado"], await on_the_shelf(shop, te)) == ("cancelado", "pendiente", 5)
    assert (await ask(encargada, numero, "cancelar", motivo="Otra vez")).data_["codigo"] == "cerrado"
    listed = await encargada.ok("GET", f"/api/admin/pedidos?q={numero}&estado=cancelado")
    assert [p["numero"] for p in listed["pedidos"]] == [numero]


async def test_what_has_left_is_not_cancelled_and_one_that_left_all_the_same_is_on_its_way_again(
    shop: ShopApp, encargada: Visitor
) -> None:
    te = await shop.producto("Té de hierbas", 50_00, stock=5)
    clara = await shop.customer()
    gone, late = [(await clara.buy(te, 2))["numero"] for _ in range(2)]
    await report(shop, gone, "en_camino")
    await act(encargada, late, "cancelar", motivo="Se arrepintió")
    shelf = await on_the_shelf(shop, te)
    await report(shop, late, "en_camino")

    refused = await ask(encargada, gone, "cancelar", motivo="Tarde")

    assert (refused.status_code, refused.data_["codigo"]) == (409, "en_camino")
    assert (shelf, await on_the_shelf(shop, te)) == (3, 1)
    assert (await told(encargada, late))["estado"] == "en_camino"


async def test_goods_that_come_back_are_counted_once(shop: ShopApp, armador: Visitor) -> None:
    te = await shop.producto("Té frutal", 50_00, stock=5)
    numero = (await (await shop.customer()).buy(te, 2))["numero"]
    early = await ask(armador, numero, "devuelto")
    await report(shop, numero, "fallido")

    twice = await asyncio.gather(*(ask(armador, numero, "devuelto") for _ in "ab"))

    assert sorted(a.status_code for a in twice) == [200, 409] and early.status_code == 409
    assert await on_the_shelf(shop, te) == 5


async def test_a_cancelling_customer_stops_who_packs(shop: ShopApp, armador: Visitor) -> None:
    te = await shop.producto("Té chai", 50_00, stock=5)
    clara = await shop.customer()
    numero = (await clara.buy(te, 2))["numero"]
    await act(armador, numero, "armar")
    await shop.base.do(cancelar_pedido, clara.id, numero)

    refused = await ask(armador, numero, "renglon", producto_id=te, cantidad=1)
    await report(shop, numero, "cancelado")

    assert (refused.status_code, refused.data_["codigo"]) == (409, "se_cancela")
    assert await on_the_shelf(shop, te) == 5


async def test_one_of_the_earlier_shop_without_a_ticket_is_packed_and_cancelled_here_alone(
    shop: ShopApp, encargada: Visitor
) -> None:
    te = await shop.producto("Té de antes", 50_00)
    numero = (await (await shop.customer()).buy(te, 2))["numero"]

    async def come_without(work: Work) -> None:
        await work.con.execute("DELETE FROM outgoing WHERE lane = :numero", {"numero": numero})
        await work.con.execute("UPDATE pedidos SET sin_ticket = TRUE WHERE numero = :numero", {"numero": numero})

    await shop.base.do(come_without)
    await act(encargada, numero, "armar")
    await act(encargada, numero, "renglon", producto_id=te, cantidad=1)
    gone = await act(encargada, numero, "cancelar", motivo="Era de antes")

    assert (gone["estado"], gone["entrega"]["estado"]) == ("cancelado", "cancelado")
    assert not await shop.base.read(
        lambda con: con.fetch_val("SELECT count(*) FROM outgoing WHERE lane = :numero", {"numero": numero})
    )
