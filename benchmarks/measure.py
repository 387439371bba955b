"""What a number is made of: percentiles, and what the kernel knows of a process."""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def percentile(values: Sequence[float], p: float) -> float:
    """By nearest rank; NaN of nothing."""
    if not values:
        return math.nan
    ranked = sorted(values)
    return ranked[max(0, math.ceil(p / 100 * len(ranked)) - 1)]


def cpu_seconds(pid: int) -> float:
    """User and system time of all threads of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def memory(pid: int) -> int:
    """Resident bytes that are the process's own."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return sum(int(m) for m in re.findall(r"^Private_\w+:\s+(\d+) kB", text, re.M)) * 1024


def disk_sync_ms(folder: Path, rounds: int = 50) -> float:
    """Median of writing 4 KiB and syncing it: what a commit costs here, whatever the program."""
    took = []
    file = os.open(folder / "sync-probe", os.O_CREAT | os.O_WRONLY)
    for _ in range(rounds):
        os.write(file, b"x" * 4096)
        began = time.perf_counter()
        os.fdatasync(file)
        took.append((time.perf_counter() - began) * 1000)
    os.close(file)
    return percentile(took, 50)


def load_average() -> float:
    return os.getloadavg()[0]
