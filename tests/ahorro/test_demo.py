"""The demo: whole, its pictures drawn by the program that is in the tree, and harmless to repeat."""

from ahorro.demo.load import DESTACADOS, load
from ahorro.demo.negocios import CATEGORIAS, NEGOCIOS, SUCURSALES
from ahorro.demo.people import PERSONAS
from ahorro.demo.pictures import IMG, pictures
from ahorro.demo.productos import parse_productos
from ahorro.demo.promociones import PROMOCIONES
from ahorro.domain.catalogo import Filtro
from ahorro.settings import MIGRATIONS
from ahorro.store.catalogo import count_productos, select_categorias, select_productos
from ahorro.store.promociones import select_promociones
from belgrano.database.base import Base
from belgrano.database.work import Connection

COUNTED = (
    "usuarios",
    "productos",
    "promociones",
    "pedidos",
    "outgoing",
    "paquetes",
    "sucursales",
    "producto_sucursales",
)


def test_the_demo_is_as_large_as_promised_and_refers_to_what_is_there() -> None:
    productos = parse_productos()

    assert len(NEGOCIOS) == 3 and len(SUCURSALES) == 6 and len(CATEGORIAS) == 25 and len(productos) >= 130
    assert {p.categoria for p in productos} == {c.codigo for c in CATEGORIAS}
    assert {p.negocio for p in productos} == {n.codigo for n in NEGOCIOS} == {s.negocio for s in SUCURSALES}
    assert len({p.codigo for p in productos}) == len({p.titulo for p in productos}) == len(productos)
    assert {p.codigo for p in productos} >= DESTACADOS
    assert all(p.contenido[0] > 0 and p.precio >= 50_000 for p in productos)
    assert all(p.precio < p.precio_anterior for p in productos if p.precio_anterior is not None)
    assert {p.rol for p in PERSONAS} == {"admin", "cliente", "comerciante"}


def test_every_picture_that_the_catalogue_names_is_drawn_without_style_or_script() -> None:
    drawn = pictures()

    named = {f"productos/{p.codigo}.svg" for p in parse_productos()}
    named |= {f"categorias/{c.codigo}.svg" for c in CATEGORIAS} | {f"negocios/{n.codigo}.svg" for n in NEGOCIOS}
    assert named == set(drawn) - {"productos/sin-imagen.svg"}
    assert not [name for name, content in drawn.items() if (IMG / name).read_text("utf-8") != content]
    assert not [name for name, content in drawn.items() if "style=" in content or "<script" in content]


async def test_loading_it_again_adds_nothing(database_url: str) -> None:
    async def counts(con: Connection) -> dict[str, int]:
        return {t: await con.fetch_val(f"SELECT count(*) FROM {t}") for t in COUNTED}

    base = Base(database_url, app="ahorro", migrations=MIGRATIONS, tell=lambda events: None)
    await base.open()
    try:
        accounts = await load(base)
        once = await base.read(counts)

        assert await load(base) == accounts
        assert await base.read(counts) == once
        assert await base.read(count_productos) == len(parse_productos())
        assert all(c.productos for c in await base.read(select_categorias))
        window, _ = await base.read(select_productos, Filtro(destacados=True), limite=100)
        assert len(window) == len(DESTACADOS)
        assert once["promociones"] == len(PROMOCIONES)
        promos = await base.read(select_promociones)
        assert {p.tipo for p in promos} == {"nxm", "segunda", "porcentaje"} and any(p.codigo for p in promos)
        assert any(p.mezcla for p in promos) and any(p.dias for p in promos)
        assert once["pedidos"] == once["outgoing"] > 0
    finally:
        await base.close()
