"""Medians of rounds, side by side: product, floor, their ratio, and what was to be reached."""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.measure import load_average
from benchmarks.stage import Stage

ROUNDS = int(os.environ.get("BELGRANO_BENCH_ROUNDS", "3"))
Figures = dict[str, float]
_out = Console(soft_wrap=True, highlight=False)


def rounds(
    stages: Sequence[Callable[[], AbstractContextManager[Stage]]], measure: Callable[[Stage], Figures]
) -> list[Figures]:
    """Measure each stage in turn, round after round; the median of every figure, stage by stage."""
    seen: list[list[Figures]] = [[] for _ in stages]
    for _ in range(ROUNDS):
        for made, figures in zip(stages, seen, strict=True):
            with made() as stage:
                figures.append(measure(stage))
    return [{k: statistics.median(f[k] for f in figures) for k in figures[0]} for figures in seen]


class Report:
    """One row of the speed table: what was measured, and on a machine how quiet."""

    def __init__(self, title: str) -> None:
        self.table = Table("", "product", "floor", "ratio", "reach", title=title, title_justify="left", box=None)
        self.title, self.kept = title, list[dict[str, Any]]()
        self.began = load_average()

    def row(self, what: str, product: float, floor: float | None = None, reach: str = "") -> None:
        """One figure; the ratio is product over floor."""
        ratio = product / floor if floor else None
        cells = [what, _short(product), _short(floor), _short(ratio), reach]
        self.table.add_row(*cells)
        self.kept.append({"what": what, "product": product, "floor": floor, "ratio": ratio, "reach": reach})

    def note(self, text: str) -> None:
        self.table.caption = text

    def show(self) -> None:
        """Print the table, then one line of JSON for trends."""
        _out.print(self.table)
        _out.print(f"load average {self.began:.1f} before, {load_average():.1f} after\n")
        kept = {"title": self.title, "rounds": ROUNDS, "load": self.began, "rows": self.kept}
        print(json.dumps(kept), file=sys.stderr, flush=True)


def check_honest(figures: Figures) -> None:
    """A run that lost, doubled or refused a ticket measures nothing."""
    bad = {k: figures[k] for k in ("lost", "doubled", "not_on_board", "not_201", "dropped_phones") if figures.get(k)}
    if bad:
        raise SystemExit(f"this run is void: {bad}")
    if figures.get("generator_busy", 0) > 0.8:
        raise SystemExit(f"this run is void: the generator used {figures['generator_busy']:.0%} of its core")


def _short(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"
