"""1,000 phones connect at once, as after a restart; and the memory that each takes."""

from functools import partial

from benchmarks.report import Report, rounds
from benchmarks.stage import Stage, floor, product

PHONES = 1000


def measure(stage: Stage) -> dict[str, float]:
    return stage.load()


def run() -> None:
    report = Report(f"{PHONES:,} phones connect")
    of_floor, of_product = rounds([partial(floor, PHONES), partial(product, PHONES)], measure)
    report.row("connect_s", of_product["connect_s"], of_floor["connect_s"], "≤ 2 s")
    name = "connect_cpu_us_per_phone"
    report.row(name, of_product[name], of_floor[name])
    report.row("memory_per_phone_kib", of_product["memory_per_phone_kib"], of_floor["memory_per_phone_kib"], "≤ 50 KiB")
    report.row("memory_mib", of_product["memory_mib"], of_floor["memory_mib"])
    report.show()
