"""The owner's sales, pedidos and book of changes with 100,000 of each stored, over HTTP; SQLite and PostgreSQL."""

import random
import time
from collections.abc import Mapping, Sequence

import httpx
import psycopg

from belgrano.database.work import Work
from belgrano.words.text import folded
from belgrano.words.times import DIA, dia_de
from benchmarks.catalogo import DUENA
from benchmarks.measure import cpu_seconds, percentile
from benchmarks.report import Report
from tests.servers import PASSWORD, POSTGRES, Servers, answers

STORED, DAYS, CUSTOMERS, REQUESTS = 100_000, 365, 3_000, 20
AT_ONCE = 50  # rows of a statement
NOMBRES = ("Ana", "Bruno", "Carla", "Diego", "Elena", "Fabián", "Gabriela", "Hernán", "Inés", "Joaquín", "Karina")
APELLIDOS = ("Acosta", "Benítez", "Castro", "Domínguez", "Escobar", "Fernández", "Giménez", "Herrera", "Ibáñez")
BARRIOS = ("Belgrano", "Colegiales", "Núñez", "Palermo", "Saavedra", "Villa Urquiza", "")


async def insert(work: Work, table: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Many rows of the same columns."""
    for first in range(0, len(rows), AT_ONCE):
        some = rows[first : first + AT_ONCE]
        columns = list(some[0])
        values = {f"{column}_{n}": row[column] for n, row in enumerate(some) for column in columns}
        each = (f"({', '.join(f':{column}_{n}' for column in columns)})" for n in range(len(some)))
        await work.con.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join(each)}", values)


async def fill(work: Work) -> None:
    """A year of a busy shop: customers, what they bought, and what the owner changed."""
    rng, now = random.Random(1), time.time_ns() // 1_000_000
    names = [f"{rng.choice(NOMBRES)} {rng.choice(APELLIDOS)} {n}" for n in range(CUSTOMERS)]
    await insert(work, "usuarios", [
        {"id": 10_000 + n, "nombre": name, "email": f"c{n}@belgrano.test", "password_hash": "-", "rol": "cliente",
         "activo": True, "creado_en": now - 2 * DAYS * DIA}
        for n, name in enumerate(names)
    ])  # fmt: skip
    goods = await work.con.fetch_all("SELECT id, nombre, vigente_centavos FROM productos WHERE NOT por_peso")
    pedidos, items = [], []
    for n in range(1, STORED + 1):
        who, creado = rng.randrange(CUSTOMERS), now - (STORED - n) * (DAYS * DIA // STORED) - rng.randrange(1000)
        lines = rng.sample(goods, rng.randrange(1, 6))
        total = 0
        for each in lines:
            cantidad = rng.randrange(1, 4)
            total += cantidad * each["vigente_centavos"]
            items.append({
                "pedido_id": n, "producto_id": each["id"], "nombre": each["nombre"], "negocio": "Sol", "categoria": "x",
                "cantidad": cantidad, "precio_centavos": each["vigente_centavos"], "por_peso": False,
            })  # fmt: skip
        open_now = n > STORED - 150
        estado = "pendiente" if open_now else rng.choices(("entregado", "fallido", "cancelado"), (92, 4, 4))[0]
        pedidos.append({
            "id": n, "numero": f"BA-{n:08d}", "usuario_id": 10_000 + who, "clave": f"c{n}", "huella": "-",
            "cliente_nombre": names[who], "cliente_email": f"c{who}@belgrano.test", "tipo_cliente": "cliente",
            "direccion": "Av. Cabildo 1234", "telefono": "11 5555 0000", "notas": "", "total_centavos": total,
            "metodo_pago": rng.choice(("efectivo", "transferencia", "tarjeta")), "creado_en": creado, "estado": estado,
            "barrio": rng.choice(BARRIOS), "buscado": folded(f"BA-{n:08d} {names[who]} c{who}@belgrano.test 115555"),
        })  # fmt: skip
    await insert(work, "pedidos", pedidos)
    await insert(work, "pedido_items", items)
    await insert(work, "auditoria", [
        {"en": now - (STORED - n) * (DAYS * DIA // STORED), "quien_id": 1, "quien_nombre": rng.choice(names[:4]),
         "que": rng.choice(("producto", "categoria", "cliente")), "cual_id": goods[n % len(goods)]["id"],
         "cual_nombre": goods[n % len(goods)]["nombre"], "campo": "precio_centavos", "de": "100", "a": "200"}
        for n in range(STORED)
    ])  # fmt: skip


def pages() -> list[tuple[str, str, str]]:
    """What is asked for: its name, its address, and what was to be reached (ms)."""
    now = time.time_ns() // 1_000_000
    hoy, year = dia_de(now), dia_de(now - (DAYS - 1) * DIA)
    return [
        ("ventas, this month", "/admin/ventas", "≤ 300"),
        ("ventas, a month", f"/admin/ventas?desde={dia_de(now - 29 * DIA)}&hasta={hoy}", "≤ 300"),
        ("ventas, all of them", f"/admin/ventas?desde={year}&hasta={hoy}", ""),
        ("pedidos", "/admin/pedidos", "≤ 60"),
        ("pedidos, of a state", "/admin/pedidos?estado=fallido", "≤ 60"),
        ("pedidos, by a name", "/admin/pedidos?q=gabriela+castro", "≤ 60"),
        ("pedidos, by what nobody is called", "/admin/pedidos?q=zzyzx", "≤ 60"),
        ("auditoría", "/admin/auditoria", "≤ 60"),
        ("auditoría, of a person", "/admin/auditoria?quien=nadie", "≤ 60"),
        ("auditoría, of a year ago", f"/admin/auditoria?hasta={year}", "≤ 60"),
        ("back office's front", "/admin", "≤ 60"),
        ("clientes", "/admin/clientes", "≤ 60"),
    ]


def measure(town: Servers) -> dict[str, tuple[float, float, float]]:
    """Of each page p50, p95 and the server's CPU, in ms."""
    took = {}
    with httpx.Client(base_url=town.ahorro.url, headers={"Origin": town.ahorro.url}, timeout=60) as client:
        client.post("/api/sesion", json={"email": DUENA, "password": PASSWORD}).raise_for_status()
        for name, path, _ in pages():
            client.get(path).raise_for_status()
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
        report = Report(f"The shop with {STORED:,} pedidos, {kind} (ms)")
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
            for name, _, reach in pages():
                p50, p95, cpu = took[name]
                report.row(f"{name}: p50", p50)
                report.row(f"{name}: p95", p95, None, reach)
                report.row(f"{name}: CPU", cpu)
        report.show()
