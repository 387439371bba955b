"""Checkout in the shop, 16 customers at once, Ticketera down."""

from functools import partial

from benchmarks.report import Report, rounds
from benchmarks.stage import Stage, floor, shop

CUSTOMERS, SECONDS = 16, 8


def measure(stage: Stage) -> dict[str, float]:
    figures = stage.load(shoppers=stage.shoppers, posters=CUSTOMERS, seconds=SECONDS)
    if figures["not_201"]:
        raise SystemExit(f"this run is void: {figures['not_201']} pedidos were not taken")
    return figures


def run() -> None:
    report = Report("Checkout, 16 at once, Ticketera down (the floor: its POST with 16 posters)")
    of_floor, of_product = rounds([partial(floor, 1), partial(shop, CUSTOMERS)], measure)
    report.row("p50 ms", of_product["post_p50_ms"], of_floor["post_p50_ms"])
    report.row("p99 ms", of_product["post_p99_ms"], of_floor["post_p99_ms"], "≤ 200 ms")
    report.row("pedidos a second", of_product["accepted_per_s"], of_floor["accepted_per_s"])
    report.show()
