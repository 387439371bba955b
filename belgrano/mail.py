"""A mail server that takes what the apps send."""

import contextlib
import smtplib
import ssl
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

TIMEOUT_S = 15


@contextlib.contextmanager
def connected(smtp_url: str) -> Iterator[smtplib.SMTP]:
    """A mail server that has taken us, always over TLS unless it is this very machine. Blocks."""
    parts = urlsplit(smtp_url)
    host = parts.hostname or "localhost"
    local = host in {"localhost", "127.0.0.1", "::1"}
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT_S, context=context)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, parts.port or (25 if local else 587), timeout=TIMEOUT_S)
    ) as server:
        if parts.scheme != "smtps" and not local:
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def by_smtp(smtp_url: str) -> Callable[[EmailMessage], None]:
    """Sends through a mail server."""

    def deliver(message: EmailMessage) -> None:
        with connected(smtp_url) as server:
            server.send_message(message)

    return deliver
