"""`belgrano demo-data --stream`: pedidos through the shop's HTTP, deliveries through Ticketera's, until Ctrl+C."""

import os
import re
import signal
import subprocess
import sys
import threading
import time

import httpx
import pytest

from ahorro.demo.people import PASSWORD
from tests.servers import ROOT, Servers

ORDERED = re.compile(r"^(PED-\S+)\s+\$", re.M)
DELIVERED = re.compile(r"^(TEL|PED)-\S+\s+(en camino|entregado)", re.M)
COMMAND = "from belgrano.operator.cli import main; main()"


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
        # Tests that run behind a shell inherit an ignored Ctrl+C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    too_late = threading.Timer(240, os.killpg, (stream.pid, signal.SIGKILL))
    too_late.start()
    said = ""
    while not (len(ORDERED.findall(said)) >= 8 and DELIVERED.search(said)):
        line = stream.stdout.readline()
        assert line, said
        said += line
    os.killpg(stream.pid, signal.SIGINT)
    rest, _ = stream.communicate(timeout=60)
    too_late.cancel()
    said += rest

    ordered = set(ORDERED.findall(said))
    assert "Traceback" not in said and "no responde" not in said and "no se hacen más pedidos" in said
    with httpx.Client(base_url=town.ticketera.url, trust_env=False) as admin:
        admin.post("/api/sesion", json={"email": "admin@ticketera.test", "password": PASSWORD}).raise_for_status()
        deadline = time.monotonic() + 60
        while True:
            found = {t["numero"] for t in admin.get("/api/tickets", params={"limite": 200}).json()["tickets"]}
            if ordered <= found or time.monotonic() > deadline:
                break
            time.sleep(0.2)
    assert ordered <= found
