"""What the operator decided about copies; who makes them is in `belgrano.database.copies`."""

from dataclasses import dataclass
from pathlib import Path

EVERY_H = 24.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where copies go and how often; without a folder none are made by themselves."""

    folder: Path | None = None
    every_s: float = EVERY_H * 3600
