"""The same with 100,000 tickets stored: within 10 %."""

import asyncio
from functools import partial

from belgrano.database.work import Work
from belgrano.operator.database import opened
from benchmarks.report import Report, check_honest, rounds
from benchmarks.stage import Stage, product
from tests.servers import Servers
from ticketera.actions.intake import recibir_ticket
from ticketera.domain.intake import encargo_de

PHONES, STORED, SECONDS = 100, 100_000, 8


def fill(town: Servers) -> None:
    """A year of closed tickets, with their history, novedades and reports."""

    async def some(work: Work, first: int, count: int) -> None:
        for n in range(first, first + count):
            await recibir_ticket(work, encargo_de(
                numero=f"PED-20250101-{n:08d}", cliente_nombre=f"Cliente {n}", cliente_direccion=f"Av. Belgrano {n}",
                cliente_telefono="11 5555-1234", productos=("Arroz x2",), total=190_000,
            ))  # fmt: skip
        await work.con.execute(
            "UPDATE tickets SET estado = 'entregado', cerrado_en = :ahora WHERE estado <> 'entregado'",
            {"ahora": work.ahora},
        )
        await work.con.execute("UPDATE usuarios SET tickets_abiertos = 0", {})
        await work.con.execute("UPDATE outgoing SET state = 'hecho', done_at = :ahora", {"ahora": work.ahora})

    async def all_of_them() -> None:
        async with opened(town.settings("ticketera")) as base:
            for first in range(0, STORED, 2000):
                await base.do(some, first, 2000)

    asyncio.run(all_of_them())


def measure(stage: Stage) -> dict[str, float]:
    figures = stage.load(posters=16, seconds=SECONDS) | {
        f"quiet_{k}": v for k, v in stage.load(rate=50, seconds=SECONDS / 2).items()
    }
    check_honest(figures)
    return figures


def run() -> None:
    """Here the floor is the product itself with nothing stored."""
    report = Report(f"With {STORED:,} tickets stored (the floor: the same with none)")
    none, many = rounds([partial(product, PHONES), partial(product, PHONES, fill)], measure)
    report.row("16 posters: accepted_per_s", many["accepted_per_s"], none["accepted_per_s"], "≥ 0.9")
    report.row("16 posters: cpu_us_per_ticket", many["cpu_us_per_ticket"], none["cpu_us_per_ticket"], "≤ 1.1")
    report.row("50/s: phone_p50_ms", many["quiet_phone_p50_ms"], none["quiet_phone_p50_ms"], "≤ 1.1")
    report.show()
