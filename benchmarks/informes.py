"""The report's page with 100,000 closed tickets of 90 days stored: a week, a month, and all of them at once."""

import asyncio
import random
import statistics
import time
from datetime import UTC, datetime

from belgrano.database.work import Work
from belgrano.operator.database import opened
from belgrano.words.times import DIA, HORA
from benchmarks.measure import cpu_seconds
from benchmarks.report import ROUNDS, Report
from tests.people import Crew
from tests.servers import Servers

STORED, DAYS = 100_000, 90
COLUMNS = (
    "numero, estado, repartidor_id, negocio, motivo, creado_en, asignado_en, recibido_en, visto_en, cerrado_en, "
    "franja_hasta, cobrado, medio"
)
FIXED = (
    "huella, prioridad, tipo_cliente, cliente_nombre, cliente_direccion, cliente_telefono, cliente_email, productos, "
    "total, metodo_pago, indicaciones, buscable, lugar, version, intento"
)


def ticket(n: int, rng: random.Random, now: int, people: list[int]) -> dict[str, object]:
    failed = rng.random() < 0.08
    creado = now - rng.randrange(DAYS * DIA)
    asignado = creado + int(rng.lognormvariate(11, 1))
    visto = asignado + int(rng.lognormvariate(10, 1))
    cerrado = min(now, visto + int(rng.lognormvariate(14.3, 0.5)))
    return {
        "numero": f"INF-{n:07d}", "estado": "fallido" if failed else "entregado", "repartidor_id": rng.choice(people),
        "negocio": rng.choice(("Sol", "Luna", "Mar")), "motivo": "no_contesta" if failed else None,
        "creado_en": creado, "asignado_en": asignado, "recibido_en": asignado + int(rng.lognormvariate(5, 0.7)),
        "visto_en": visto, "cerrado_en": cerrado, "franja_hasta": cerrado + rng.randrange(-HORA, 2 * HORA),
        "cobrado": None if failed else rng.randrange(4_000_000), "medio": rng.choice(("efectivo", "tarjeta")),
    }  # fmt: skip


async def fill(town: Servers, people: list[int]) -> None:
    rng, now = random.Random(1), time.time_ns() // 1_000_000

    async def some(work: Work, first: int) -> None:
        for n in range(first, first + 2000):
            await work.con.execute(
                f"INSERT INTO tickets ({COLUMNS}, {FIXED}) VALUES (:{COLUMNS.replace(', ', ', :')}, '', 1, 'cliente',"
                " 'Cliente', 'Av. Belgrano 1234, piso 3', '', '', '[\"Arroz largo fino 1 kg x2\"]', 190000, 'efectivo',"
                " '', '', 'a0', 3, 1)",
                ticket(n, rng, now, people),
            )

    async with opened(town.settings("ticketera")) as base:
        for first in range(0, STORED, 2000):
            await base.do(some, first)


async def measure(town: Servers) -> dict[str, tuple[float, float]]:
    """The page's median, and the server's CPU for it; ms."""
    crew = await Crew.gather(town, repartidores=25, turno=False)
    await fill(town, [each.id for each in crew.repartidores])
    await asyncio.to_thread(town.ticketera.stop)  # a log of 100,000 inserts is no day's work: it is folded in
    await asyncio.to_thread(town.start, "ticketera")
    await crew.admin.get("/informes")  # the templates are compiled
    took = {}
    for name, days in (("a week", 7), ("a month", 30), ("all", DAYS + 1)):
        desde = datetime.fromtimestamp(time.time() - (days - 1) * 86_400, UTC).date()
        times = []
        spent = cpu_seconds(town.ticketera.pid)
        for _ in range(ROUNDS):
            began = time.perf_counter()
            page = await crew.admin.get("/informes", desde=str(desde))
            times.append((time.perf_counter() - began) * 1000)
            assert page.status_code == 200, page.text[:300]
        spent = cpu_seconds(town.ticketera.pid) - spent
        took[name] = statistics.median(times), spent * 1000 / ROUNDS
    await crew.close()
    return took


def run() -> None:
    report = Report(f"/informes with {STORED:,} tickets stored (ms)")
    with Servers() as town:
        town.start("ticketera")
        for name, (ms, cpu_ms) in asyncio.run(measure(town)).items():
            report.row(name, ms, None, "" if name == "all" else "≤ 300")
            report.row(f"{name}: CPU", cpu_ms)
    report.show()
