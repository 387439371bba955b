"""A process whose disk begins to fail: groups of acts until COMMIT meets an I/O error. Prints each answer.

Run as `python -m tests.belgrano.cosas.commit_fails FILE [LARGEST]`; a file may not grow beyond LARGEST bytes.
"""

import asyncio
import logging
import resource
import sys

from belgrano.database.base import Base
from tests.belgrano.cosas import MIGRATIONS, guardar


async def main(path: str, largest: str = "") -> None:
    base = Base(f"sqlite:///{path}", app="prueba", migrations=MIGRATIONS, tell=lambda events: None)
    await base.open()
    if largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(largest), int(largest)))
    for turn in range(1000):
        acts = [asyncio.ensure_future(base.do(guardar, f"{turn}-{n}-{'x' * 500}")) for n in range(4)]
        for answer in asyncio.as_completed(acts):
            print(await answer, flush=True)


if __name__ == "__main__":
    logging.basicConfig()
    asyncio.run(main(*sys.argv[1:]))
