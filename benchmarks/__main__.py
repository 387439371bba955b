"""`python -m benchmarks [name …]`: the measured claims, one after the other; all of them without a name.

`python -m benchmarks board --stay` measures nothing: the board's town stays up, moving, to be looked at.
"""

import importlib
import sys
import time

ROWS = (
    "push_latency", "accepted", "stored", "informes", "connect", "board", "phone", "checkout", "costs", "catalogo",
    "ventas", "importar", "lighthouse", "dia", "mes",
)  # fmt: skip


def main() -> None:
    if sys.argv[1:] == ["board", "--stay"]:
        return importlib.import_module("benchmarks.board_stay").stay()
    names = sys.argv[1:] or list(ROWS)
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        sys.exit(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(ROWS)}")
    for name in names:
        began = time.monotonic()
        importlib.import_module(f"benchmarks.{name}").run()
        print(f"({name}: {time.monotonic() - began:.0f} s)\n", flush=True)


if __name__ == "__main__":
    main()
