"""Photos of a product on pages: sent, put in order and taken out without scripts, and seen by customers."""

import re

import httpx
import pytest
from PIL import Image

from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader
from tests.pictures import jpeg, written


def file(datos: bytes, name: str = "foto.jpg") -> tuple[str, tuple[str, bytes, str]]:
    return "imagen", (name, datos, "image/jpeg")


def coloured(colour: str) -> bytes:
    return written(Image.new("RGB", (300, 200), colour), "PNG")


@pytest.fixture
async def owner(demo_shop: ShopApp) -> Reader:
    """At the page of a new product."""
    visitor = await demo_shop.customer("encargado", "Elena Encargada")
    datos = {"nombre": "Escabeche de berenjenas", "precio": 4200.5, "negocio": 1, "categoria": 1}
    made = await visitor.ok("POST", "/api/admin/productos", datos)
    reader = Reader(visitor.client)
    reader.clave = made["clave"]  # type: ignore[attr-defined]
    await reader.go(f"/admin/productos/{made['id']}")
    return reader


async def send(owner: Reader, *files: tuple[str, tuple[str, bytes, str]]) -> None:
    form = next(f for f in owner.page.forms if f.action.endswith("/imagenes"))
    multipart = httpx.Request("POST", "http://localhost", files=files or [file(b"", "")])
    headers = {"Content-Type": multipart.headers["Content-Type"]}
    await owner.go(form.action, "POST", data=multipart.read(), headers=headers)


def photos(owner: Reader) -> list[str]:
    """The addresses of the photos in their order, as its owner sees them."""
    return [src.rpartition("-")[0] for src in owner.page.images if src.startswith("/imagenes/")]


async def send_new(owner: Reader, *files: tuple[str, tuple[str, bytes, str]], **typed: str) -> None:
    """A new product by its form, photos and all."""
    await owner.go("/admin/productos/nuevo")
    form = next(f for f in owner.page.forms if f.action.endswith("/nuevo"))
    said = form.fields | {"precio": "4.200,50", "categoria": "1", "negocio": "1"} | typed
    multipart = httpx.Request("POST", "http://localhost", data=said, files=files or [file(b"", "")])
    headers = {"Content-Type": multipart.headers["Content-Type"]}
    await owner.go(form.action, "POST", data=multipart.read(), headers=headers)


async def test_a_new_product_comes_with_its_photos_at_once(owner: Reader) -> None:
    await send_new(owner, file(coloured("teal")), file(coloured("gold")), nombre="Mermelada con fotos")

    assert owner.status == 200 and owner.sees("Ya está a la venta")
    await owner.go("/admin/productos?q=mermelada+con+fotos")
    await owner.follow("Mermelada con fotos")
    assert len(photos(owner)) == 2


@pytest.mark.parametrize(
    ("files", "typed", "sentences"),
    [
        ([b"nothing"], {}, ["No es una foto que se pueda abrir"]),
        ([b"nothing", coloured("red")], {}, ["No es una foto que se pueda abrir"]),
        ([coloured("red")], {"precio": "caro"}, ["El precio tiene que ser un número", "Volvé a elegir la foto"]),
        ([coloured("red")], {"codigo_barras": "7790000000017", "oferta_precio": "9.000"}, ["La oferta tiene que ser"]),
        ([coloured(f"#0000{n:02}") for n in range(10, 19)], {}, ["hasta 8 fotos"]),
    ],
    ids=["no photo", "one of two", "a slip elsewhere", "a slip that the act finds", "nine"],
)
async def test_a_new_product_with_a_wrong_photo_or_another_slip_is_not_made(
    owner: Reader, files: list[bytes], typed: dict[str, str], sentences: list[str]
) -> None:
    await send_new(owner, *(file(datos, f"{n}.jpg") for n, datos in enumerate(files)), nombre="Que no se hizo", **typed)

    assert owner.status == 400
    for sentence in sentences:
        assert owner.sees(sentence), sentence
    await owner.go("/admin/productos?q=que+no+se+hizo")
    assert owner.sees("No hay productos así")


async def test_a_code_that_nobody_has_leads_to_the_form_of_a_new_product(owner: Reader) -> None:
    await owner.go("/admin/productos?q=7791234500017")
    await owner.follow("Cargar uno con el código 7791234500017")

    assert next(f for f in owner.page.forms if f.action.endswith("/nuevo")).fields["codigo_barras"] == "7791234500017"


async def press(owner: Reader, photo: int, que: str, **typed: str) -> None:
    form = [f for f in owner.page.forms if re.search(r"/imagenes/\d+$", f.action)][photo]
    await owner.go(form.action, "POST", form=form.fields | {"que": que} | typed)


async def test_photos_are_sent_and_their_first_one_is_what_lists_and_carts_show(
    owner: Reader, demo_shop: ShopApp
) -> None:
    assert owner.sees("Todavía no tiene")

    await send(owner, file(jpeg(2000, 1500)), file(coloured("navy")))

    assert owner.status == 200 and owner.sees("La principal")
    first, second = photos(owner)
    customer = Reader(demo_shop.app.test_client())
    await customer.go("/productos?q=escabeche")
    assert f"{first}-640.jpeg" in customer.page.images
    assert f"{first}-320.avif 320w, {first}-640.avif 640w" in customer.html
    await customer.go(f"/productos/{owner.clave}")  # type: ignore[attr-defined]
    assert {first, second} <= set(photos(customer))
    assert f"{first}-1280.webp 1280w" in customer.html
    assert 'width="1280" height="960"' in customer.html
    await customer.press("Agregar")
    await customer.go("/carrito")
    assert f"{first}-320.jpeg" in customer.page.images


async def test_photos_are_moved_and_taken_out(owner: Reader) -> None:
    await send(owner, *(file(coloured(c)) for c in ("red", "green", "blue")))
    red, green, blue = photos(owner)

    await press(owner, 2, "primera")
    assert photos(owner) == [blue, red, green]
    await press(owner, 0, "despues")
    assert photos(owner) == [red, blue, green]
    await press(owner, 2, "-2")
    assert photos(owner) == [green, red, blue]
    await press(owner, 1, "antes")
    assert photos(owner) == [red, green, blue]
    await press(owner, 0, "quitar")
    assert photos(owner) == [green, blue]


async def test_what_is_no_photo_is_named_and_the_others_are_kept(owner: Reader) -> None:
    await send(owner, file(coloured("red")), file(b"<svg/>", "dibujo.svg"), file(b"", "nada.jpg"))

    assert owner.status == 400
    assert owner.sees("dibujo.svg: No es una foto") and owner.sees("nada.jpg: La imagen llegó vacía")
    assert len(photos(owner)) == 1


async def test_a_form_without_a_photo_says_so(owner: Reader) -> None:
    await send(owner)

    assert owner.status == 400 and owner.sees("Elegí una foto")


async def test_an_act_from_an_old_page_changes_nothing_and_shows_what_there_is(owner: Reader) -> None:
    await send(owner, file(coloured("red")), file(coloured("blue")))
    red, blue = photos(owner)

    await press(owner, 0, "quitar", version="1")
    assert owner.status == 409 and owner.sees("Alguien lo cambió") and photos(owner) == [red, blue]
    await press(owner, 0, "girar")
    assert owner.status == 400 and photos(owner) == [red, blue]
    await press(owner, 0, "quitar", version="x")
    assert owner.status == 400 and photos(owner) == [red, blue]


async def test_a_photo_above_eight_megabytes_is_refused_beside_its_field(owner: Reader) -> None:
    await send(owner, file(jpeg() + bytes(9_000_000)))

    assert owner.status == 400 and owner.sees("más de 8 MB")
