"""kill -9 of either app at any instant under load loses nothing, doubles nothing, and reorders nothing.

BELGRANO_KILLS (40) and BELGRANO_SEED repeat or lengthen a run; each prints its seed and counts.
"""

import os

import pytest

from tests.faults.kills import Run
from tests.servers import Servers

KILLS = int(os.environ.get("BELGRANO_KILLS", "40"))
SEED = int(os.environ["BELGRANO_SEED"])


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_every_acknowledged_order_becomes_one_ticket_and_every_novedad_arrives_once(
    database: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    if database == "postgresql":
        request.getfixturevalue("postgres")
    with Servers(postgres=database == "postgresql") as town:
        run = Run(town, SEED, KILLS if database == "sqlite" else max(1, KILLS // 8))

        faults = await run.go()

        with capsys.disabled():
            print(f"\n{database}: {run.report()}")
        assert not faults, "\n".join([f"seed {SEED}", *faults])
        assert sum(run.killed.values()) == len(set(run.pids)) == run.kills
        assert len(run.promises.orders) > run.kills, "too few orders to mean anything"
