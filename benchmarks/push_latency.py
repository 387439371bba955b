"""POST start → event on the phone at 50 posts a second, with 1, 100 and 1,000 phones connected."""

from functools import partial

from benchmarks.report import Report, check_honest, rounds
from benchmarks.stage import Stage, floor, product

PHONES = (1, 100, 1000)
RATE, SECONDS = 50, 8


def measure(stage: Stage) -> dict[str, float]:
    figures = stage.load(rate=RATE, seconds=SECONDS)
    check_honest(figures)
    return figures


def run() -> None:
    report = Report("POST → phone, 50 a second")
    p50 = {}
    for phones in PHONES:
        of_floor, of_product = rounds([partial(floor, phones), partial(product, phones)], measure)
        p50[phones] = of_product["phone_p50_ms"]
        for name, reach in (("phone_p50_ms", "≤ 2 ms, ≤ 1.5 x floor"), ("phone_p99_ms", "≤ 8 ms, ≤ 1.5 x floor")):
            report.row(f"{phones} phones: {name}", of_product[name], of_floor[name], reach)
        report.row(f"{phones} phones: board_p50_ms", of_product["board_p50_ms"], of_floor["board_p50_ms"])
    report.row("1,000 phones / 1 phone, p50", p50[1000] / p50[1], reach="about 1: the number changes nothing")
    report.show()
