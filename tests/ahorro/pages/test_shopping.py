"""Finding, filling the cart and ordering, as a person without scripts does it."""

import asyncio
from collections.abc import Callable

import pytest

from ahorro.actions.entregas import Reporte, aplicar_reporte
from ahorro.demo.people import PERSONAS
from ahorro.routes.pages.confirmacion import read_pesos
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.conftest import come_in
from tests.ahorro.pages.reader import Reader

PAGES = (
    "/",
    "/productos",
    "/productos?q=YERBA",
    "/productos?categoria=frutas&orden=-precio&ofertas=1&sucursal=echeverria",
    "/productos/yerba-1kg",
    "/categorias",
    "/negocios",
    "/negocios/mercado",
    "/carrito",
    "/login",
    "/registro",
    "/registro?tipo=comerciante",
    "/recuperar",
    "/ayuda",
    "/arrepentimiento",
    "/legales/terminos",
    "/legales/privacidad",
    "/legales/defensa",
)


@pytest.mark.parametrize("path", PAGES)
async def test_a_visitor_gets_a_whole_page_with_every_picture_and_link_there(person: Reader, path: str) -> None:
    await person.go(path)

    assert person.status == 200
    assert person.page.title and "None" not in person.page.text and "undefined" not in person.page.text
    assert person.html.count("<h1") == 1 and "style=" not in person.html and "onclick" not in person.html
    for src in dict.fromkeys(person.page.images):
        assert (await person.client.get(src)).status_code == 200, src
    links = [href for _, href in person.page.links if href.startswith("/") and not href.startswith("/pedidos")]
    for href in list(dict.fromkeys(links))[:60]:
        assert (await person.client.get(href.partition("#")[0])).status_code in {200, 303}, href


async def test_the_search_minds_neither_accents_nor_capitals(person: Reader) -> None:
    await person.go("/")

    await person.press("Buscar", q="CAFE molido")

    assert person.status == 200 and person.sees("Café molido torrado")


async def test_a_misspelt_search_suggests_what_there_is(person: Reader) -> None:
    await person.go("/productos?q=galetitas")

    assert person.sees("No encontramos «galetitas»")
    await person.follow("galletitas")
    assert person.sees("Galletitas de agua")


async def test_every_product_is_reached_by_ver_mas(person: Reader) -> None:
    await person.go("/productos?orden=precio")
    seen: list[str] = []
    for _ in range(10):
        found = [href for _, href in person.page.links if href.startswith("/productos/")]
        seen += found
        if not any("ver mas productos" in words for words, _ in person.page.links):
            break
        await person.follow("Ver más productos")

    assert len(seen) == len(set(seen)) >= 130


async def test_a_guest_fills_a_cart_logs_in_orders_and_sees_the_pedido(person: Reader) -> None:
    await person.go("/")
    await person.follow("Yerba mate con palo")
    await person.press("Agregar al carrito", cantidad="2")
    assert person.sees("Agregamos") and person.sees("$ 9.876,00")
    await person.press("Actualizar", cantidad="3")
    assert person.sees("$ 14.814,00")
    await person.follow("Finalizar la compra")
    assert person.url.startswith("/login")
    await person.press("Ingresar", correo="nadia@ahorro.test", contraseña="Belgrano-2026")
    assert person.url == "/checkout" and person.sees("$ 14.814,00")

    await person.press(
        "Confirmar pedido", calle="Zapiola 1830", piso="2", telefono="11 5555-0105", indicaciones="Perro bueno"
    )

    assert person.status == 200 and person.sees("Recibimos tu pedido") and person.sees("Tené preparados $ 14.814,00")
    await person.follow("Seguir mi pedido")
    assert person.sees("Zapiola 1830, piso 2, Belgrano") and person.sees("Perro bueno") and person.sees("11 5555-0105")
    assert person.sees("Recibimos tu pedido y le estamos buscando repartidor")
    numero = person.url.rpartition("/")[2]
    await person.go("/carrito")
    assert person.sees("Tu carrito está vacío")
    await person.go("/")
    await person.follow(f"Tu pedido {numero}")
    assert person.url == f"/pedidos/{numero}"


async def test_what_was_typed_stays_when_something_is_wrong_and_the_fields_are_named(person: Reader) -> None:
    await come_in(person, "tomas@ahorro.test")
    await person.go("/productos/papa-kg")
    await person.press("Agregar al carrito")
    await person.follow("Finalizar la compra")

    await person.press("Confirmar pedido", calle=" ", telefono="12", indicaciones="<b>Timbre</b> & portón")

    assert person.status == 400 and person.sees("Falta corregir 2 datos")
    assert person.sees("La calle no puede quedar en blanco")
    assert person.sees("El teléfono tiene que tener al menos 6 números")
    form = next(f for f in person.page.forms if f.action == "/checkout")
    assert form.fields["telefono"] == "12" and form.fields["notas"] == "<b>Timbre</b> & portón"
    assert "<b>Timbre" not in person.html

    await person.press("Confirmar pedido", calle="Moldes 1234", telefono="11 4444-5555")
    assert person.sees("Recibimos tu pedido")


async def test_who_pays_cash_says_with_how_much_and_the_repartidor_reads_the_change(person: Reader) -> None:
    await come_in(person, "lucia@ahorro.test")
    await person.go("/productos/papa-kg")
    await person.press("Agregar al carrito", cantidad="10")
    await person.go("/checkout")

    await person.press("Confirmar pedido", con_cuanto_pagas="mucho")
    assert person.status == 400 and person.sees("Escribí con cuánto pagás en pesos")
    await person.press("Confirmar pedido", con_cuanto_pagas="10.000")
    assert person.status == 400 and person.sees("Con $ 10.000,00 no alcanza: el total es $ 10.900,00")
    await person.press("Confirmar pedido", con_cuanto_pagas="$ 20.000", indicaciones="Timbre 4")

    await person.follow("Seguir mi pedido")
    assert person.sees("Timbre 4 Paga con $ 20.000,00: vuelto $ 9.100,00.")


@pytest.mark.parametrize(
    ("typed", "centavos"),
    [("20000", 2000000), ("20.000", 2000000), ("$ 1.234,5", 123450), ("0,05", 5), ("1.2", None), ("1,234", None)],
)
def test_an_amount_is_read_as_people_here_write_it(typed: str, centavos: int | None) -> None:
    assert read_pesos(typed) == centavos


async def test_a_form_sent_twice_and_at_once_is_one_pedido(demo_shop: ShopApp, person: Reader) -> None:
    await come_in(person, "ramiro@ahorro.test")
    await person.go("/productos/arroz-largo-1kg")
    await person.press("Agregar al carrito")
    await person.go("/checkout")
    form = next(f for f in person.page.forms if f.action == "/checkout")
    before = await count_pedidos(person)

    answers = await asyncio.gather(*(person.client.post("/checkout", form=form.fields) for _ in range(8)))
    late = await person.client.post("/checkout", form=form.fields)

    places = {a.headers["Location"] for a in (*answers, late)}
    assert {a.status_code for a in (*answers, late)} == {303} and len(places) == 1 and "/listo" in places.pop()
    assert await count_pedidos(person) == before + 1


async def test_a_price_that_changed_since_the_page_was_drawn_is_shown_before_it_is_bought(
    demo_shop: ShopApp, person: Reader
) -> None:
    await come_in(person, "hernan@ahorro.test")
    await person.go("/productos/lentejas-400")
    await person.press("Agregar al carrito")
    await person.go("/checkout")
    form = next(f for f in person.page.forms if f.action == "/checkout")

    await person.go("/checkout", "POST", form={**form.fields, "total": "100"})

    assert person.status == 409 and person.sees("Cambió el precio") and person.sees("$ 1.890,00")
    await person.press("Confirmar pedido")
    assert person.sees("Recibimos tu pedido")


async def test_the_back_button_after_ordering_orders_nothing_else(person: Reader) -> None:
    await come_in(person, "paula@ahorro.test")
    await person.go("/productos/sal-fina-500")
    await person.press("Agregar al carrito")
    await person.go("/checkout")
    form = next(f for f in person.page.forms if f.action == "/checkout")
    await person.press("Confirmar pedido")
    before = await count_pedidos(person)

    await person.go("/checkout", "POST", form={**form.fields, "calle": "Otra calle", "altura": "99"})

    assert person.url.startswith("/pedidos") and person.sees("ya estaba confirmado")
    assert await count_pedidos(person) == before


async def test_somebody_elses_pedido_is_like_one_that_does_not_exist(
    person: Reader, another: Callable[[], Reader]
) -> None:
    await come_in(person, "clara@ahorro.test")
    await person.go("/pedidos")
    href = next(href for words, href in person.page.links if words.startswith("ped-"))
    stranger = another()
    await come_in(stranger, "julian@ahorro.test")

    for path in (href, f"{href}/listo"):
        await stranger.go(path)
        theirs = stranger.status, stranger.page.text
        await stranger.go(path.replace(href, "/pedidos/PED-20200101-AAAAAAAA"))
        assert theirs == (404, stranger.page.text) and stranger.status == 404
    await stranger.go(f"{href}/repetir", "POST")
    assert stranger.status == 404
    await another().go(href)


@pytest.mark.parametrize("path", ["/checkout", "/pedidos", "/cuenta", "/comercio/paquetes", "/admin/envios"])
async def test_a_guest_is_asked_to_come_in_and_then_goes_on(person: Reader, path: str) -> None:
    await person.go(path)

    assert person.url.startswith("/login")
    assert next(f for f in person.page.forms if f.action == "/login").fields["volver"] == path


@pytest.mark.parametrize("path", ["/admin/envios", "/admin/arrepentimientos", "/comercio/paquetes"])
async def test_a_cliente_sees_no_page_of_others(person: Reader, path: str) -> None:
    await come_in(person, "mirta@ahorro.test")

    await person.go(path)

    assert person.status == 403 and person.sees("no tiene permiso")


async def test_a_pedido_may_be_cancelled_until_it_is_on_its_way(demo_shop: ShopApp, person: Reader) -> None:
    await come_in(person, "sofia@ahorro.test")
    await person.go("/productos/papa-kg")
    await person.press("Agregar al carrito")
    await person.go("/checkout")
    await person.press("Confirmar pedido")
    await person.follow("Seguir mi pedido")
    path = person.url
    numero = path.rpartition("/")[2]

    await person.press("Sí, cancelarlo")
    assert person.url.startswith(path) and person.sees("Pedimos que se cancele")

    reporte = Reporte(numero, "en_camino", "e", 3, "Martín Sosa", None, 1)
    await demo_shop.base.do(aplicar_reporte, f"aviso-{numero}", reporte)
    await person.go(path)
    assert person.sees("Lo lleva Martín") and not person.sees("Cancelar el pedido")
    await person.go(f"{path}/cancelar", "POST")
    assert person.sees("ya salió o ya terminó")


async def test_repeating_a_pedido_fills_the_cart_at_todays_prices(person: Reader) -> None:
    await come_in(person, "mirta@ahorro.test")
    await person.go("/pedidos")
    await person.follow("PED-")

    await person.press("Repetir pedido")

    assert person.url.startswith("/carrito") and person.sees("Pusimos en tu carrito") and person.sees("Pollo entero")


@pytest.mark.parametrize("cantidad", ["0", "-3", "1000", "dos", "1.5", ""])
async def test_a_quantity_that_cannot_be_is_refused_by_its_name(person: Reader, cantidad: str) -> None:
    await person.go("/productos/papa-kg")
    await person.press("Agregar al carrito", cantidad=cantidad)

    if cantidad:
        assert person.status == 400 and person.sees("La cantidad tiene que ser un número entero de 1 a 999")
    else:
        assert person.status == 200 and person.sees("Agregamos")


async def test_what_is_sold_out_has_no_button(person: Reader) -> None:
    await person.go("/productos/panales-g-30")

    assert person.sees("Sin stock por ahora")
    assert not any(b.words == "agregar al carrito" for f in person.page.forms for b in f.buttons)


@pytest.mark.parametrize("volver", ["//otro.test/", "https://otro.test/", "/\\otro.test", "javascript:alert(1)"])
async def test_after_coming_in_nobody_is_led_to_another_site(person: Reader, volver: str) -> None:
    form = {"email": PERSONAS[1].email, "password": "Belgrano-2026", "volver": volver}
    response = await person.client.post("/login", form=form)

    assert (response.status_code, response.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("path", ["/nada", "/productos/nada", "/negocios/nada", "/legales/nada"])
async def test_what_does_not_exist_says_so_in_the_shops_frame(person: Reader, path: str) -> None:
    await person.go(path)

    assert person.status == 404 and person.sees("Botón de arrepentimiento") and person.sees("no")


@pytest.mark.parametrize("query", ["orden=nada", "cursor=%%%", "cursor=bm8", "q=" + "a" * 101, "q=%00"])
async def test_an_address_that_no_link_leads_to_is_a_400(person: Reader, query: str) -> None:
    await person.go(f"/productos?{query}")

    assert person.status == 400


async def count_pedidos(person: Reader) -> int:
    return len((await (await person.client.get("/api/pedidos?limite=100")).get_json())["pedidos"])
