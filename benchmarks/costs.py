"""What one ticket costs beneath: SQL statements, and syncs of the disk."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.report import Report, rounds
from benchmarks.stage import Stage, floor, product

PHONES, SECONDS = 20, 4


def statements(stage: Stage, posters: int) -> float:
    """SQL statements that the writer runs per ticket, COMMIT and savepoints with them."""

    def counted() -> int:
        with urllib.request.urlopen(f"{stage.url}/sentencias", timeout=5) as answer:
            return int(json.loads(answer.read()))

    before = counted()
    figures = stage.load(posters=posters, seconds=SECONDS, warmup=0.0)
    return (counted() - before) / figures["tickets"]


def syncs(stage: Stage, posters: int) -> float:
    """fsync and fdatasync per ticket, counted by strace; NaN where it may not look."""
    if shutil.which("strace") is None:
        return float("nan")
    with TemporaryDirectory() as folder:
        out = Path(folder) / "trace"
        command = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(out), "-p", str(stage.pid)]
        tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        figures = stage.load(posters=posters, seconds=SECONDS, warmup=0.0)
        tracer.send_signal(signal.SIGINT)
        tracer.wait(10)
        lines = out.read_text().splitlines() if out.exists() else []
    calls = sum(bool(re.search(r"\b(fsync|fdatasync)\(", line)) for line in lines)
    return calls / figures["tickets"] if calls else float("nan")


def measure(stage: Stage) -> dict[str, float]:
    figures = {f"syncs_{n}": syncs(stage, n) for n in (1, 16)}
    if stage.name == "product":
        figures |= {f"statements_{n}": statements(stage, n) for n in (1, 16)}
    return figures


def run() -> None:
    report = Report("What one ticket costs beneath")
    counted = partial(product, PHONES, target="benchmarks.counted:app")
    of_floor, of_product = rounds([partial(floor, PHONES), counted], measure)
    for posters in (1, 16):
        name = f"syncs_{posters}"
        report.row(f"{posters} posters: disk syncs per ticket", of_product[name], of_floor[name])
        report.row(f"{posters} posters: SQL statements per ticket", of_product[f"statements_{posters}"], 1.0)
    report.note("The floor runs one statement a ticket. Syncs are counted by strace, which slows both.")
    report.show()
