"""A spreadsheet on a page: sent, looked at, kept, without scripts."""

import asyncio
import io
import uuid

import pytest
from quart.datastructures import FileStorage

from ahorro.routes.pages.admin.importar import MOST_FILE
from tests.ahorro.cast import ShopApp
from tests.ahorro.pages.reader import Reader

PAGE = "/admin/productos/importar"


@pytest.fixture
async def owner(demo_shop: ShopApp) -> Reader:
    return Reader((await demo_shop.customer("encargado", "Elena Encargada")).client)


async def send(reader: Reader, raw: bytes | str, name: str = "productos.csv") -> None:
    raw = raw.encode() if isinstance(raw, str) else raw
    await reader.go(PAGE, "POST", files={"archivo": FileStorage(io.BytesIO(raw), name)})


async def product(shop: ShopApp, precio: int = 100000) -> tuple[int, str]:
    """A product with a name that nobody else has: its id, and the name."""
    nombre = f"Cosa {uuid.uuid4().hex[:8]}"
    return await shop.producto(nombre, precio), nombre


async def price_of(shop: ShopApp, nombre: str) -> list[int]:
    query = "SELECT precio_centavos FROM productos WHERE nombre = :nombre"
    return [r[0] for r in await shop.base.read(lambda con: con.fetch_all(query, {"nombre": nombre}))]


async def shelf(shop: ShopApp) -> str:
    """The cells of the negocio and the categoria of `product`."""
    query = """
        SELECT n.nombre, c.nombre FROM productos p JOIN negocios n ON n.id = p.negocio_id
          JOIN categorias c ON c.id = p.categoria_id WHERE p.id = :id
    """
    producto_id, _ = await product(shop)
    row = await shop.base.read(lambda con: con.fetch_one(query, {"id": producto_id}))
    assert row is not None
    return f"{row[0]};{row[1]}"


async def test_a_sheet_is_seen_first_and_then_kept(owner: Reader, demo_shop: ShopApp) -> None:
    _, nombre = await product(demo_shop)
    nuevo = f"Nueva {nombre}"
    filed = await shelf(demo_shop)
    raw = f"nombre;precio;negocio;categoria\r\n{nombre};1.250,50;;\r\n{nuevo};900;{filed}\r\nRota;gratis;{filed}\r\n"
    raw = raw.replace(";;", f";{filed}")
    await owner.go("/admin/productos")
    await owner.follow("Planilla")
    assert owner.sees("Productos desde una planilla") and owner.sees("Bajar todos los productos")

    await send(owner, raw.encode("cp1252"))
    assert owner.status == 200 and owner.sees("Todavía no guardamos nada")
    assert owner.sees(f"{nombre} Línea 2 · Precio $ 1.000 → $ 1.250,50") and owner.sees(f"{nuevo} Línea 3 $ 900,00")
    assert owner.sees("4 Precio No se entiende como número")
    assert await price_of(demo_shop, nombre) == [100000] and await price_of(demo_shop, nuevo) == []
    await owner.press("Guardar 2 productos")

    assert owner.sees("Guardamos 2 productos.") and owner.sees("4 Precio")
    assert await price_of(demo_shop, nombre) == [125050] and await price_of(demo_shop, nuevo) == [90000]


async def test_a_sheet_that_is_sent_twice_makes_nothing_twice(owner: Reader, demo_shop: ShopApp) -> None:
    nombre = f"Cosa {uuid.uuid4().hex[:8]}"
    raw = f"nombre;precio;negocio;categoria\n{nombre};900;{await shelf(demo_shop)}\n"
    other = Reader((await demo_shop.customer("admin")).client)
    await send(owner, raw)
    await send(other, raw)

    await asyncio.gather(owner.press("Guardar"), other.press("Guardar"))
    await send(owner, raw)

    assert await price_of(demo_shop, nombre) == [90000]
    assert owner.sees("No cambia nada: la tienda ya está como la planilla.")


async def test_what_changed_since_it_was_looked_at_is_shown_again(owner: Reader, demo_shop: ShopApp) -> None:
    _, nombre = await product(demo_shop)
    other = Reader((await demo_shop.customer("admin")).client)
    await send(owner, f"nombre;precio\n{nombre};1500\n")
    await send(other, f"nombre;precio\n{nombre};1400\n")
    await other.press("Guardar")

    await owner.press("Guardar")

    assert owner.status == 409 and owner.sees("Algo cambió en la tienda") and owner.sees("$ 1.400 → $ 1.500")
    assert await price_of(demo_shop, nombre) == [140000]
    await owner.press("Guardar")
    assert await price_of(demo_shop, nombre) == [150000]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "Elegí un archivo"),
        (b"PK\x03\x04", "El archivo es de Excel o comprimido"),
        (b"\x00\x01\x02", "El archivo no parece una planilla"),
        (b"color;talle\nrojo;1\n", "El archivo no dice qué es cada columna"),
        (b"nombre\n" + b"x" * MOST_FILE, "Pesa más de 8 MB."),
    ],
)
async def test_what_is_no_sheet_is_a_sentence_beside_the_field(owner: Reader, raw: bytes, said: str) -> None:
    await send(owner, raw)

    assert owner.status == 400 and owner.sees(said)


async def test_a_name_that_several_have_names_none(owner: Reader, demo_shop: ShopApp) -> None:
    _, nombre = await product(demo_shop)
    await demo_shop.producto(nombre, 200000)

    await send(owner, f"nombre;precio\n{nombre};1500\n")

    assert owner.sees("Hace falta: hay varios con este nombre.") and owner.sees("No hay nada que guardar")
