"""Mail: the way back in for who lost their password.

Development writes each message into a folder that a page shows; production sends by AHORRO_SMTP_URL
(`smtp://user:password@host:587`, or `smtps://…:465`) and only with a public address to link to. A message lives in
memory until it leaves: what it carries opens an account, so it is stored nowhere.
"""

import asyncio
import contextlib
import logging
import random
import smtplib
import ssl
import time
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import formatdate, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ahorro.domain.correo import Mensaje
from ahorro.domain.cuenta import MINUTOS_DE_RECUPERACION
from ahorro.domain.events import RecuperacionPedida

log = logging.getLogger(__name__)

WAITING = 200
TRIES = 3
TIMEOUT_S = 15
KEEP = 200  # messages in the development folder


class Correo:
    """Sends messages one after the other, beside the requests. `deliver` is what sends one; it may block."""

    def __init__(self, mail_from: str, deliver: Callable[[EmailMessage], None] | None) -> None:
        self._mail_from = mail_from
        self._deliver = deliver
        self._waiting: asyncio.Queue[RecuperacionPedida] = asyncio.Queue(WAITING)
        self._task: asyncio.Task[None] | None = None

    @property
    def puede_mandar(self) -> bool:
        """Whether there is a way for mail to leave."""
        return self._deliver is not None

    def start(self) -> None:
        """Begin to send, until `close`."""
        self._task = asyncio.create_task(self._run(), name="correo")

    async def close(self) -> None:
        """Send nothing more."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def post(self, event: RecuperacionPedida) -> None:
        """Take a message to send; too many are dropped, and who asked may ask again."""
        if not self.puede_mandar or not event.sitio:
            log.error("recovery mail not sent: production needs AHORRO_PUBLIC_URL and AHORRO_SMTP_URL")
            return
        try:
            self._waiting.put_nowait(event)
        except asyncio.QueueFull:
            log.error("recovery mail dropped: too many are waiting")

    async def _run(self) -> None:
        while True:
            event = await self._waiting.get()
            # Nobody may tell from how busy we are whether an address has an account.
            await asyncio.sleep(random.uniform(0.05, 0.3))  # noqa: S311
            try:
                await self._try(event)
            except Exception:  # the loop must live
                log.exception("recovery mail failed by a bug of ours")

    async def _try(self, event: RecuperacionPedida) -> None:
        for attempt in range(TRIES):
            try:
                await asyncio.to_thread(self._send, event)
                return
            except (OSError, smtplib.SMTPException) as error:
                log.warning("recovery mail failed: %s", type(error).__name__)
                await asyncio.sleep(2**attempt)
        log.error("recovery mail given up")

    def _send(self, event: RecuperacionPedida) -> None:
        if self._deliver is not None:
            self._deliver(recuperacion(event, self._mail_from))


def recuperacion(event: RecuperacionPedida, mail_from: str) -> EmailMessage:
    """The message with the link. The token is in its query, which no log keeps."""
    message = EmailMessage()
    message["From"] = mail_from
    message["To"] = event.email
    message["Subject"] = "Elegí una contraseña nueva"
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=urlsplit(event.sitio).hostname)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        f"Hola, {event.nombre}:\n\n"
        "Pediste entrar de nuevo a Belgrano Ahorro. Elegí una contraseña nueva en este enlace:\n\n"
        f"{event.sitio}/nueva-contrasena?token={event.token}\n\n"
        f"Sirve una sola vez y durante {MINUTOS_DE_RECUPERACION} minutos. "
        "Si no lo pediste vos, no hace falta que hagas nada: tu contraseña sigue igual.\n"
    )
    return message


def by_smtp(smtp_url: str) -> Callable[[EmailMessage], None]:
    """Sends through a mail server, always over TLS unless it is this very machine."""
    parts = urlsplit(smtp_url)
    host = parts.hostname or "localhost"
    local = host in {"localhost", "127.0.0.1", "::1"}

    def deliver(message: EmailMessage) -> None:
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
            server.send_message(message)

    return deliver


def into_folder(folder: Path) -> Callable[[EmailMessage], None]:
    """Writes each message as a file, the newest 200 kept: the development mailbox."""

    def deliver(message: EmailMessage) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{time.time_ns()}.eml"
        draft = folder / f"{name}.borrador"
        draft.touch(0o600)
        draft.write_bytes(message.as_bytes(policy=default))
        draft.replace(folder / name)
        for old in sorted(folder.glob("*.eml"))[:-KEEP]:
            old.unlink(missing_ok=True)

    return deliver


def read_folder(folder: Path, limit: int = 50) -> list[Mensaje]:
    """The newest messages of the development mailbox, newest first."""
    found = []
    for path in sorted(folder.glob("*.eml"), reverse=True)[:limit]:
        with contextlib.suppress(OSError):
            message = message_from_bytes(path.read_bytes(), policy=default)
            text = message.get_content() if message.get_content_maintype() == "text" else ""
            found.append(Mensaje(message["To"], message["Subject"], int(path.stem) // 1_000_000, text))
    return found
