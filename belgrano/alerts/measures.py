"""What operators see of an app on /metrics beside its requests: taken every few seconds, asked of nobody."""

import asyncio
import shutil
import time
from contextlib import suppress
from math import nan

from prometheus_client import Gauge

from belgrano.alerts.watch import Watch
from belgrano.database.base import Base
from belgrano.database.sqlite_file import sqlite_path
from belgrano.database.work import Connection
from belgrano.http.health import project_version
from belgrano.outbox.outgoing import select_outgoing_status
from belgrano.outbox.relay import Relay

LOOK_S = 5.0
NAP_S = 0.1
PENDIENTES = Gauge("belgrano_outbox_pendientes", "Rows that the other app has not confirmed: pedidos, or reports.")
APARTADOS = Gauge("belgrano_outbox_apartados", "Rows set aside for a person.")
MAS_VIEJO = Gauge("belgrano_outbox_mas_viejo_seconds", "Age of the oldest unconfirmed row.")
DETENIDA = Gauge("belgrano_outbox_detenida", "1 while the other app refuses us and the queue keeps everything.")
INCIDENTS = Gauge("belgrano_incidents", "Incidents that are open.")
FREE = Gauge("belgrano_disk_free_bytes", "Room on the disk of the SQLite file.")
SIZE = Gauge("belgrano_database_bytes", "Size of the database.")
LAG = Gauge("belgrano_loop_lag_seconds", "How late the event loop came back from a short nap, the latest one.")
INFO = Gauge("belgrano_info", "1, with the version.", ("version",))


async def measure(base: Base, relay: Relay, watch: Watch) -> None:
    """Take these values."""
    began = time.perf_counter()
    await asyncio.sleep(NAP_S)
    LAG.set(max(0.0, time.perf_counter() - began - NAP_S))
    INFO.labels(project_version()).set(1)
    DETENIDA.set(relay.state == "detenida")
    INCIDENTS.set(len(watch.open))
    if base.alone:
        with suppress(OSError):
            path = sqlite_path(base.url)
            FREE.set(shutil.disk_usage(path.parent).free)
            SIZE.set(path.stat().st_size)
    else:
        FREE.set(nan)  # the server's, which nobody here sees
        SIZE.set(await base.read(_size))
    status = await base.read(select_outgoing_status)
    PENDIENTES.set(status["pendientes"])
    APARTADOS.set(status["apartados"])
    MAS_VIEJO.set(status["mas_viejo_s"])


async def _size(con: Connection) -> int:
    return int(await con.fetch_val("SELECT pg_database_size(current_database())"))
