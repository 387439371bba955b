"""What a search reads from the words of names is what reading every name would find."""

import random
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_plus

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ahorro.actions.fichas import cambiar_producto
from ahorro.domain.auditoria import Quien
from ahorro.domain.busqueda import Termino, terminos
from ahorro.domain.catalogo import Filtro
from ahorro.settings import MIGRATIONS
from ahorro.store.catalogo import count_productos, select_producto_aun, select_productos
from ahorro.store.palabras import select_a_la_venta, select_palabras
from belgrano.database.upgrading import upgrade
from belgrano.database.work import Connection, Work
from belgrano.words.text import folded
from tests.ahorro.cast import ShopApp

PARTES_DE_NOMBRES = (
    "Leche", "leches", "entera,", "Limón", "limones", "Pan", "panes", "Pañales", "Puré", "de", "tomate", "Pasta",
    "dental", "dental,", "Té", "tergopol", "1,5", "1.5", "l", "L,", "1500", "ml", "500g", "500", "g", "½", "100%",
    "a_b", "a\\b", "(oferta)", "x,y", ",", "Almacén", "cola", "Coca-Cola", "fideos", "sin", "tacc", "İzmir", "ß", "ﬁ",
)  # fmt: skip
BUSCADAS = (
    "leche", "LECHES", "limones", "panes", "pan", "puré de tomate", "salsa", "dentífrico", "crema dental", "tés", "te",
    "1,5 l", "1.5 litros", "1500", "500 g", "medio kilo", "100%", "_", "\\", "a\\b", "(oferta", "x,y", "y", ",",
    "almacen", "coca cola", "pasta", "sin gluten", "ß", "i", "de", "1", "frescos", "fresco", "2,25", "coca 1,5", "l",
    "7791234000003", "a" * 200,
)  # fmt: skip


@dataclass(frozen=True)
class Leido:
    """A product as it is filed."""

    id: int
    buscado: str
    clave: str
    contenido: int | None
    medida: str | None
    codigo_barras: str | None

    def tiene(self, termino: Termino) -> bool:
        """Whether it has one thing, as `Termino` says it."""
        whole = f" {self.buscado.replace(',', ' ')} "
        return (
            bool(termino.parte and termino.parte in self.buscado)
            or any(f" {each}" in whole for each in termino.comienzos)
            or any(f" {each} " in whole for each in termino.enteras)
            or self.clave in termino.claves
            or (self.contenido in termino.contenidos and termino.medida in ("", self.medida))
            or bool(termino.codigo_barras and termino.codigo_barras == self.codigo_barras)
        )


async def select_todos(con: Connection) -> list[Leido]:
    rows = await con.fetch_all(
        """
        SELECT p.id, p.buscado, c.clave, p.contenido, p.medida, p.codigo_barras
          FROM productos p JOIN categorias c ON c.id = p.categoria_id WHERE p.activo ORDER BY p.id
        """
    )
    return [Leido(*(row[n] for n in range(6))) for row in rows]


async def both(con: Connection, q: str) -> tuple[list[int], list[int], int]:
    """Who is found by reading everything, by the words, and how many are counted."""
    asked = terminos(q)
    every = [each.id for each in await select_todos(con) if all(map(each.tiene, asked))]
    found: list[int] = []
    cursor: str | None = ""
    while cursor is not None:  # page by page, as people turn them
        some, cursor = await select_productos(con, Filtro(q=q), limite=40, imagenes=False, cursor=cursor)
        found += [p.id for p in some]
    return every, sorted(found), await count_productos(con, Filtro(q=q))


@pytest.fixture(scope="module")
async def surtido(shop: ShopApp) -> ShopApp:
    """A shop with many odd names, some renamed, some off sale."""
    rng = random.Random(7)

    def nombre() -> str:
        return " ".join(rng.choices(PARTES_DE_NOMBRES, k=rng.randrange(1, 7)))

    for n in range(150):
        medida = rng.choice(("g", "ml", None))
        producto_id = await shop.producto(
            nombre(),
            categoria=rng.choice(("Almacén", "Frescos", "Limones")),
            contenido=rng.choice((500, 1000, 1500)) if medida else None,
            medida=medida,
            codigo_barras=f"7791234{n % 20:06d}",
            activo=n % 7 > 0,
        )
        if n % 3 == 0:
            await shop.base.do(rename, producto_id, nombre())
    return shop


async def rename(work: Work, producto_id: int, nombre: str) -> None:
    producto = await select_producto_aun(work.con, producto_id)
    assert producto is not None
    await cambiar_producto(work, Quien(None, "Marta"), producto_id, producto.version, {"nombre": nombre})


@pytest.mark.parametrize("q", BUSCADAS)
async def test_the_words_find_what_reading_every_name_finds(surtido: ShopApp, q: str) -> None:
    every, found, counted = await surtido.base.read(both, q)

    assert found == every
    assert counted == len(every)


@given(st.lists(st.sampled_from((*BUSCADAS, *PARTES_DE_NOMBRES)) | st.text(max_size=4), max_size=4).map(" ".join))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_so_does_any_search(surtido: ShopApp, q: str) -> None:
    every, found, counted = await surtido.base.read(both, q.replace("\0", ""))

    assert found == every
    assert counted == len(every)


async def test_the_words_known_are_those_of_what_is_on_sale(surtido: ShopApp) -> None:
    on_sale = {word for each in await surtido.base.read(select_todos) for word in each.buscado.split()}
    known = await surtido.base.read(select_palabras, 1, 100)

    assert await surtido.base.read(select_a_la_venta, known) == on_sale
    assert await surtido.base.read(select_palabras, 3, 4) == [word for word in known if 3 <= len(word) <= 4]


async def test_a_renamed_product_is_found_by_its_new_words_only(shop: ShopApp) -> None:
    producto_id = await shop.producto("Kombucha de jengibre")
    await shop.base.do(rename, producto_id, "Kéfir de jengibre")
    visitor = shop.visitor()

    async def found(q: str) -> list[int]:
        return [p["id"] for p in (await visitor.ok("GET", f"/api/productos?q={quote_plus(q)}"))["productos"]]

    assert await found("kombucha") == []
    assert await found("kefir jengibre") == [producto_id]
    assert await shop.base.read(select_a_la_venta, [folded("Kombucha"), folded("Kéfir")]) == {"kefir"}


def test_a_shop_of_before_finds_its_products_after_the_migration(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'antes.db'}", poolclass=sa.pool.NullPool)
    with engine.begin() as con:
        upgrade(con, MIGRATIONS, "0023")
        for text in (
            "INSERT INTO negocios (clave, nombre) VALUES ('mercado', 'Mercado')",
            "INSERT INTO categorias (clave, nombre) VALUES ('almacen', 'Almacén')",
            """
            INSERT INTO productos (clave, nombre, buscado, precio_centavos, destacado, activo, negocio_id, categoria_id)
            VALUES ('a', 'Té té verde', 'te te verde', 100, FALSE, TRUE, 1, 1),
                   ('b', 'Té negro', 'te negro', 100, FALSE, FALSE, 1, 1)
            """,
        ):
            con.execute(sa.text(text))

        upgrade(con, MIGRATIONS)

        filed = con.execute(sa.text("SELECT producto_id, palabra FROM producto_palabras ORDER BY 1, 2")).fetchall()
        known = con.execute(sa.text("SELECT palabra FROM palabras ORDER BY 1")).scalars().all()
    assert [tuple(row) for row in filed] == [(1, "te"), (1, "verde"), (2, "negro"), (2, "te")]
    assert known == ["negro", "te", "verde"]
