"""What is for adults says so, and is ordered by somebody who says that they are one."""

from belgrano.database.work import Work
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader


async def test_a_cart_with_something_for_adults_asks_before_it_is_confirmed(demo_shop: ShopApp, person: Reader) -> None:
    async def mark(work: Work) -> None:
        await work.con.execute("UPDATE productos SET mayores = TRUE WHERE clave = 'vino-torrontes-750'", {})

    await demo_shop.base.do(mark)
    await come_in(person, "clara@ahorro.test")
    await person.go("/productos/vino-torrontes-750")
    assert person.sees("Solo para mayores de 18 años")
    await person.press("Agregar")
    await person.go("/checkout")

    await person.press("Confirmar pedido")

    assert person.status == 400
    assert person.sees("Confirmá que tenés 18 años o más")
    form = next(each for each in person.page.forms if "metodo_pago" in each.fields)
    await person.go("/checkout", "POST", form={**form.fields, "mayor": "1"})
    assert person.sees("¡Listo")


async def test_internal_taxes_are_left_out_of_the_price_without_taxes(demo_shop: ShopApp, person: Reader) -> None:
    producto_id = await demo_shop.producto("Gaseosa con internos", 12900)

    async def tax(work: Work) -> str:
        await work.con.execute("UPDATE productos SET internos_por_mil = 80 WHERE id = :id", {"id": producto_id})
        clave = await work.con.fetch_val("SELECT clave FROM productos WHERE id = :id", {"id": producto_id})
        return str(clave)

    await person.go(f"/productos/{await demo_shop.base.do(tax)}")

    assert person.sees("Precio sin impuestos nacionales: $ 100,00")
