"""Metrics as Prometheus text, for loopback or whoever has METRICS_TOKEN.

Names of routes, never of people: a label is a method, a status, a rule as the router has it, or the app.
"""

import hmac
import re
import time
from collections import deque

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from quart import Quart, Response, request

from belgrano.http.access import anyone
from belgrano.http.peer import ROUTE, Scope, is_loopback
from belgrano.http.problems import Problem

REQUESTS = Counter("belgrano_requests", "Answers by method, rule and status.", ("method", "route", "status"))
SECONDS = Histogram(
    "belgrano_request_seconds",
    "From the first byte of a request to the last of its answer.",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
SOCKETS = Gauge("belgrano_sockets", "Open websockets.")
MANY_FAILURES = 5
FAILURES: deque[float] = deque(maxlen=MANY_FAILURES)  # when the latest 500s were answered, by the monotonic clock
_SAMPLE = re.compile(r"^([a-z]\w*)([{ ])", re.MULTILINE)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def observe_request(scope: Scope, status: int, seconds: float) -> None:
    """Count one answer."""
    method = scope["method"]
    REQUESTS.labels(method if method in _METHODS else "OTHER", scope.get(ROUTE, ""), str(status)).inc()
    SECONDS.observe(seconds)
    if status == 500:
        FAILURES.append(time.monotonic())


def register_metrics(app: Quart, token: str = "", *, service: str = "") -> None:
    """`GET /metrics`, for loopback or the bearer of `token`; each sample says whose it is (`app`)."""

    @app.get("/metrics")
    @anyone
    async def metrics() -> Response:
        if not _may_read(token):
            raise Problem(403, "prohibido", "Las métricas se leen desde la misma máquina o con METRICS_TOKEN.")
        return Response(named(generate_latest().decode(), service), content_type=CONTENT_TYPE_LATEST)


def named(text: str, app: str) -> str:
    """The samples with an `app` label first, so that one job can read both apps."""
    return _SAMPLE.sub(lambda found: f'{found[1]}{{app="{app}"' + ("," if found[2] == "{" else "} "), text)


def _may_read(token: str) -> bool:
    given = request.headers.get("Authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    return is_loopback(request.scope)  # type: ignore[arg-type]
