"""`belgrano demo-data --stream`: pedidos through the shop's HTTP, deliveries through Ticketera's, until Ctrl+C."""

import os
import re
import signal
import subprocess
import sys
import time

import httpx
import pytest

from ahorro.demo.people import PASSWORD
from tests.servers import ROOT, Servers

COMMAND = "from belgrano.cli import main; main()"


@pytest.fixture
def town() -> object:
    with Servers() as town:
        assert town.belgrano("demo-data").returncode == 0
        yield town.start()


def test_the_stream_orders_and_delivers_until_it_is_stopped(town: Servers) -> None:
    args = [sys.executable, "-c", COMMAND, "demo-data", "--stream", "300/min"]
    stream = subprocess.Popen(
        args,
        cwd=ROOT,
        env=town.env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    time.sleep(9)
    os.killpg(stream.pid, signal.SIGINT)
    said, _ = stream.communicate(timeout=15)

    ordered = set(re.findall(r"^(PED-\S+)\s+\$", said, re.M))
    assert len(ordered) >= 8, said
    assert re.search(r"^(TEL|PED)-\S+\s+(en camino|entregado)", said, re.M), said
    assert "Traceback" not in said and "no responde" not in said and "no se hacen más pedidos" in said
    with httpx.Client(base_url=town.ticketera.url, trust_env=False) as admin:
        admin.post("/api/sesion", json={"email": "admin@ticketera.test", "password": PASSWORD}).raise_for_status()
        deadline = time.monotonic() + 10
        while True:
            found = {t["numero"] for t in admin.get("/api/tickets", params={"limite": 200}).json()["tickets"]}
            if ordered <= found or time.monotonic() > deadline:
                break
            time.sleep(0.2)
    assert ordered <= found
