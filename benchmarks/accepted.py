"""Tickets accepted a second by one process, on disk with FULL, 16 and 64 posters; and the CPU that one costs."""

from functools import partial

from benchmarks.report import Report, check_honest, rounds
from benchmarks.stage import Stage, floor, product

PHONES, SECONDS = 100, 8


def measure(posters: int, stage: Stage) -> dict[str, float]:
    figures = stage.load(posters=posters, seconds=SECONDS)
    check_honest(figures)
    return figures


def run() -> None:
    report = Report("Accepted tickets, 100 phones and one board hear them")
    for posters in (16, 64):
        of_floor, of_product = rounds([partial(floor, PHONES), partial(product, PHONES)], partial(measure, posters))
        for name, reach in (
            ("accepted_per_s", "≥ 1,000/s, ≥ 0.6 x floor"),
            ("cpu_us_per_ticket", "≤ 900 us"),
            ("post_p99_ms", ""),
            ("phone_p50_ms", ""),
            ("phone_p99_ms", ""),
        ):
            report.row(f"{posters} posters: {name}", of_product[name], of_floor[name], reach)
    report.show()
