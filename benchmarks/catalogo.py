"""The shop with 20,000 products: its lists, its search, and the owner's list, over HTTP; SQLite and PostgreSQL."""

import random
import time
from itertools import product

import httpx
import psycopg

from ahorro.store.palabras import insert_palabras
from belgrano.database.work import Work
from belgrano.words.text import folded
from benchmarks.measure import cpu_seconds, percentile
from benchmarks.report import Report
from tests.servers import PASSWORD, POSTGRES, Servers, answers

PRODUCTS, REQUESTS = 20_000, 60
DUENA = "duena@belgrano.test"
QUE = (
    "Leche", "Yerba", "Galletitas", "Arroz", "Fideos", "Aceite", "Shampoo", "Detergente", "Cerveza", "Vino", "Queso",
    "Pan", "Jugo", "Agua", "Café", "Té", "Mermelada", "Azúcar", "Harina", "Salsa", "Atún", "Jabón", "Pañales", "Papas",
)  # fmt: skip
COMO = (
    "entera", "suave", "clásico", "con cacao", "sin sal", "integral", "para taza", "light", "de campo", "premium",
    "limón", "frutilla", "vainilla", "tostado", "picante", "doble", "familiar", "ultra", "casero", "orgánico",
)  # fmt: skip
SILABAS = (
    "ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "lla", "tran", "cor", "es",
)  # fmt: skip
PAGES = (
    ("home", "/", "≤ 30"),
    ("category", "/productos?categoria=lacteos", "≤ 30"),
    ("category, by price", "/productos?categoria=lacteos&orden=precio", "≤ 30"),
    ("everything, dearest first", "/productos?orden=-precio", "≤ 30"),
    ("everything, by name", "/productos?orden=nombre", "≤ 30"),
    ("search", "/productos?q=leche+entera", "≤ 50"),
    ("search, by price", "/productos?q=leche&orden=precio", "≤ 50"),
    ("search, a word many have", "/productos?q=de", "≤ 50"),
    ("search, one letter", "/productos?q=l", "≤ 50"),
    ("search with a suggestion", "/productos?q=lechx+entera", "≤ 50"),
    ("search for nothing there is", "/productos?q=xilofonoz+wolframix", "≤ 50"),
    ("product", "/productos/leche-entera-1l", ""),
    ("back office list", "/admin/productos", "≤ 60"),
    ("back office, by name", "/admin/productos?q=leche", "≤ 60"),
)


async def fill(work: Work) -> None:
    """So many more products in the demo's shelves, each of another name, one in twenty off sale or on offer."""
    rng = random.Random(1)
    shelves = [r["id"] for r in await work.con.fetch_all("SELECT id FROM categorias")]
    shops = [r["id"] for r in await work.con.fetch_all("SELECT id FROM negocios")]
    marcas = {"".join(rng.choices(SILABAS, k=rng.randrange(2, 5))).capitalize() for _ in range(1500)}
    names = list(product(QUE, COMO, sorted(marcas)))
    for n, (que, como, marca) in enumerate(rng.sample(names, PRODUCTS)):
        contenido = rng.choice((250, 500, 900, 1000))
        nombre = f"{que} {como} {marca} {contenido} g"
        precio = rng.randrange(50_000, 2_000_000, 1000)
        producto_id = await work.con.fetch_val(
            """
            INSERT INTO productos (clave, nombre, buscado, contenido, medida, precio_centavos, oferta_centavos, stock,
                                   destacado, activo, negocio_id, categoria_id, codigo_barras)
            VALUES (:clave, :nombre, :buscado, :contenido, 'g', :precio, CAST(:oferta AS BIGINT),
                    CAST(:stock AS BIGINT), FALSE, :activo, :negocio, :categoria, :codigo)
            RETURNING id
            """,
            {
                "clave": f"prueba-{n}",
                "nombre": nombre,
                "buscado": folded(nombre),
                "contenido": contenido,
                "precio": precio,
                "oferta": precio - 1000 if rng.random() < 0.05 else None,
                "stock": rng.randrange(40) if rng.random() < 0.5 else None,
                "activo": rng.random() > 0.05,
                "negocio": rng.choice(shops),
                "categoria": rng.choice(shelves),
                "codigo": f"779{n:010d}",
            },
        )
        await insert_palabras(work.con, producto_id, folded(nombre))


def measure(town: Servers) -> dict[str, tuple[float, float, float]]:
    """Of each page p50, p95 and the server's CPU, in ms."""
    took = {}
    with httpx.Client(base_url=town.ahorro.url, headers={"Origin": town.ahorro.url}, timeout=60) as client:
        client.post("/api/sesion", json={"email": DUENA, "password": PASSWORD}).raise_for_status()
        for name, path, _ in PAGES:
            client.get(path).raise_for_status()  # the templates are compiled
            times, spent = [], cpu_seconds(town.ahorro.pid)
            for _ in range(REQUESTS):
                began = time.perf_counter()
                client.get(path).raise_for_status()
                times.append((time.perf_counter() - began) * 1000)
            spent = (cpu_seconds(town.ahorro.pid) - spent) * 1000 / REQUESTS
            took[name] = percentile(times, 50), percentile(times, 95), spent
    return took


def run() -> None:
    for kind in ("SQLite", "PostgreSQL")[: 2 if answers(POSTGRES) else 1]:
        report = Report(f"The shop with {PRODUCTS:,} products, {kind} (ms)")
        with Servers(postgres=kind == "PostgreSQL", BELGRANO_LIMITS="off") as town:
            town.catalogue()
            town.create_user("ahorro", "admin", DUENA, "Marta Dueña")
            town.in_shop(fill)
            if kind == "PostgreSQL":  # as it does by itself a minute after so much was written
                with psycopg.connect(town.settings("ahorro").database, autocommit=True) as raw:
                    raw.execute("VACUUM ANALYZE")
            town.ahorro.forked = False
            town.start("ahorro")
            took = measure(town)
            for name, _, reach in PAGES:
                p50, p95, cpu = took[name]
                report.row(f"{name}: p50", p50)
                report.row(f"{name}: p95", p95, None, reach)
                report.row(f"{name}: CPU", cpu)
        report.show()
