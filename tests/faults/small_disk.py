"""Ticketera over a database that may not grow beyond BELGRANO_TEST_PAGES: SQLite's own limit, set as it opens.

What Hypercorn is pointed at by `test_storage.py`; nothing else uses it.
"""

import os

import belgrano.database.sqlite_file

belgrano.database.sqlite_file.PRAGMAS += (f"max_page_count={int(os.environ['BELGRANO_TEST_PAGES'])}",)  # type: ignore[assignment]

from ticketera.asgi import app as app  # noqa: E402  (the limit comes first)
