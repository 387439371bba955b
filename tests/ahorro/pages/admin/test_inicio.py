"""The first page of the back office: what waits for a person, by what that person may do."""

from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader
from tests.ahorro.routes.admin.test_ventas import change


async def test_what_waits_is_said_to_whom_it_is_for_and_leads_there(shop: ShopApp) -> None:
    persons = [Reader((await shop.customer(rol)).client) for rol in ("armador", "encargado", "admin")]
    clienta = await shop.customer()
    await clienta.buy(await shop.producto("Por armar", 1000_00))
    await clienta.buy(await shop.producto("Por pagar", 1000_00), metodo_pago="transferencia")
    failed = await clienta.buy(await shop.producto("Por volver", 1000_00))
    await change(shop, failed["numero"], estado="fallido")
    await shop.producto("Casi nada", 1000_00, stock=1)
    await shop.producto("No se vende más", 1000_00, stock=0, activo=False)
    await shop.producto("Quedó en cero", 1000_00, stock=0)

    for person in persons:
        await person.go("/admin")

    for words, who in (
        ("2 pedidos por preparar", (True, True, True)),
        ("3 pedidos entraron hoy", (True, True, True)),
        ("1 espera una transferencia", (False, True, True)),
        ("1 producto con poco stock", (False, True, True)),
        ("1 producto sin stock", (False, True, True)),
        ("1 pedido no entregado con mercadería por volver", (False, False, True)),
    ):
        assert tuple(person.sees(words) for person in persons) == who, words
    await persons[2].follow("2 pedidos por preparar")
    assert persons[2].url == "/admin/armado" and persons[2].status == 200
    await persons[1].go("/admin")
    await persons[1].follow("1 producto sin stock")
    assert persons[1].status == 200 and persons[1].sees("Quedó en cero") and not persons[1].sees("No se vende más")
    await persons[1].go("/admin")
    await persons[1].follow("1 espera una transferencia")
    assert persons[1].html.count("/admin/pedidos/PED-") == 1, "the one of the two that are to be packed"
    await persons[1].go("/admin")
    await persons[1].follow("1 producto con poco stock")
    assert persons[1].sees("Casi nada") and not persons[1].sees("Quedó en cero")


async def test_nothing_that_waits_is_said_too(shop: ShopApp) -> None:
    armador = Reader((await shop.customer("armador")).client)

    async def deliver(work) -> None:  # type: ignore[no-untyped-def]
        await work.con.execute("UPDATE pedidos SET estado = 'entregado'")

    await shop.base.do(deliver)
    await armador.go("/admin")

    assert armador.sees("Nada espera por vos")
