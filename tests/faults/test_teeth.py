"""The kill test can fail: the same run over a Ticketera that is broken on purpose goes red, for the right reason."""

import contextlib
import sqlite3

from tests.faults.kills import Run
from tests.faults.test_kill import SEED
from tests.servers import Servers

KILLS = 6


async def red(town: Servers, how: str) -> list[str]:
    """What a run over a broken Ticketera finds."""
    town.env["BELGRANO_TEST_BROKEN"] = how
    broken = {"ticketera": "tests.faults.broken:app"}
    run = Run(town, SEED, KILLS, customers=2, shops=6, target=broken, victims=("ticketera",), patience=3)
    return await run.go()


async def test_a_ticketera_that_answers_before_it_stores_is_caught() -> None:
    with Servers() as town:
        faults = await red(town, "answers_first")
    assert any("is lost" in fault for fault in faults), faults


async def test_a_ticketera_that_nothing_keeps_from_a_second_ticket_is_caught() -> None:
    with Servers() as town:
        town.init_db("ticketera")
        drop_unique_numero(town)
        faults = await red(town, "forgets_numeros")
    assert any("became" in fault for fault in faults), faults


def drop_unique_numero(town: Servers) -> None:
    """Make the table again without the constraint: SQLite drops none."""
    with contextlib.closing(sqlite3.connect(town.db("ticketera"), isolation_level=None)) as con:
        parts = con.execute(
            "SELECT type, sql FROM sqlite_schema WHERE tbl_name = 'tickets' AND sql IS NOT NULL ORDER BY type = 'index'"
        ).fetchall()
        assert sum("UNIQUE (numero)" in sql for _, sql in parts) == 1
        con.execute("PRAGMA legacy_alter_table = ON")
        con.execute("PRAGMA foreign_keys = OFF")
        con.execute("ALTER TABLE tickets RENAME TO before")
        con.execute("DROP TABLE before")
        for _, sql in parts:
            con.execute(sql.replace("UNIQUE (numero)", "CHECK (numero <> '')"))
        assert con.execute("SELECT count(*) FROM tickets").fetchone() == (0,)
