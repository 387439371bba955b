"""A wall clock that a test may set while a process runs: seconds to add, in the file that BELGRANO_TEST_CLOCK names.

A server gets it by PYTHONPATH (`tests/servers.py`). Only the wall clock: what counts time is left alone.
"""

import os
import time
from pathlib import Path

_file = os.environ.get("BELGRANO_TEST_CLOCK")
if _file:
    _path, _time, _time_ns = Path(_file), time.time, time.time_ns

    def _ahead() -> float:
        try:
            return float(_path.read_text() or 0)
        except (OSError, ValueError):
            return 0.0

    time.time = lambda: _time() + _ahead()
    time.time_ns = lambda: _time_ns() + int(_ahead() * 1e9)
