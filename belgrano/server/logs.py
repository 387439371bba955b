"""Logs: one line an event, JSON in production, with the request's id and without secrets or personal data."""

import logging
import re
import secrets
import sys
from typing import Any

import structlog

from belgrano.http.peer import Scope, header
from belgrano.seldom import Seldom

SLOW_S = 1.0
AWAY = 503
HIDDEN = "[oculto]"
LONGEST = 2000  # characters of one value; what strangers send is as long as they like
LONGEST_PATH = 200

# Keys whose values never reach a log, whoever logs them.
_PRIVATE = re.compile(
    r"pass|contrase|token|secret|cookie|auth|api_?key|signature|email|mail|telefono|phone|direccion|nombre|cliente|nota",
    re.IGNORECASE,
)
# In what a library says, say. Looked for where a word begins only: else a long word is read once per letter.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")
_TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}")
_away = Seldom()
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def set_up_logs(service: str, *, production: bool) -> None:
    """Send structlog's and the libraries' events to standard error, in one form."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_private,
    ]
    if production:
        no_locals = structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=30)
        last: list[Any] = [
            structlog.processors.ExceptionRenderer(no_locals),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
    else:
        # The pretty formatter would print every local variable, and with it what customers typed.
        last = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,  # a test may listen in; nothing on the hot path logs
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _named(service),
                *last,
                _without_addresses,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for chatty in ("alembic", "httpx", "httpcore", "asyncio", "databases", "socketio", "engineio", "hypercorn.error"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


def hide_private(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """structlog processor: replace the values of private keys, however deep."""
    return {key: _cut(value) if key == "event" else _shown(key, value) for key, value in event.items()}


def start_request(scope: Scope) -> str:
    """Give this request an id (the caller's, where it has a good one) that every event of it carries."""
    given = header(scope, b"x-request-id")
    request_id = given if given and _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id)
    return request_id


def note_request(scope: Scope, status: int, seconds: float) -> None:
    """Log a slow or failed request, without its query and without a secret that is part of its path.

    While the database is away everybody gets a 503: of those a line a minute.
    """
    if status < 500 and seconds < SLOW_S:
        return
    more: dict[str, int] = {}
    if status == AWAY:
        others = _away.take()
        if others is None:
            return
        more = {"more": others}
    log = structlog.get_logger("belgrano.requests")
    say = log.error if status >= 500 else log.warning
    event = "request_failed" if status >= 500 else "request_slow"
    path = _TOKEN.sub(HIDDEN, scope["path"][: 2 * LONGEST_PATH])[:LONGEST_PATH]
    say(event, method=scope["method"][:20], path=path, status=status, ms=round(seconds * 1000), **more)


def _shown(key: str, value: Any) -> Any:
    if key not in {"service", "exc_info", "exception", "request_id"} and _PRIVATE.search(key):
        return HIDDEN
    if isinstance(value, dict):
        return {inner: _shown(str(inner), each) for inner, each in value.items()}
    if isinstance(value, list | tuple):
        return [_shown("", each) for each in value]
    return _cut(value)


def _cut(value: Any) -> Any:
    return f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value


def _without_addresses(logger: Any, method: str, line: Any) -> str:
    return _EMAIL.sub(HIDDEN, line)


def _named(service: str) -> Any:
    def add(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
        event["service"] = service
        return event

    return add
