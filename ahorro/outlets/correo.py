"""Mail: it waits as a row until it has left, so that a restart loses none.

Development writes each message into a folder that a page shows; production sends by AHORRO_SMTP_URL
(`smtp://user:password@host:587`, or `smtps://…:465`) and only with a public address to link to. A link's token is made
when its message leaves: the database holds none.
"""

import asyncio
import contextlib
import logging
import random
import smtplib
import time
from collections.abc import Callable, Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import formataddr, formatdate, make_msgid, parseaddr
from pathlib import Path

from prometheus_client import Counter

from ahorro.domain.configuracion import Configuracion
from ahorro.domain.correo import TOKEN, Carta, Mensaje
from ahorro.domain.cuenta import token_de
from ahorro.store.configuracion import select_dicho
from ahorro.store.correos import claim_correo, delete_correo, delete_correos_vencidos, postpone_correo
from belgrano.database.base import Base
from belgrano.database.loops import at_news
from belgrano.database.work import Work

log = logging.getLogger(__name__)

TICK_S = 15.0
BACKOFF_S, CEILING_S = 2.0, 60.0
DOUBLINGS = 10  # more than reach the ceiling; after a thousand there is no such float
GIVEN_UP = Counter("ahorro_correos_perdidos", "Mail that was given up: refused for good, or too late.")
KEEP = 200  # messages in the development folder


class Correo:
    """Sends what waits, one after the other, beside the requests. `deliver` is what sends one; it may block."""

    def __init__(
        self, base: Base, mail_from: str, secreto: str, deliver: Callable[[EmailMessage], None] | None
    ) -> None:
        self._base = base
        self._mail_from = mail_from
        self._secreto = secreto
        self._deliver = deliver
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def puede_mandar(self) -> bool:
        """Whether there is a way for mail to leave."""
        return self._deliver is not None

    def start(self) -> None:
        """Begin to send, until `close`."""
        if self._deliver is not None:
            self._task = asyncio.create_task(self._run(self._deliver), name="correo")

    async def close(self) -> None:
        """Send nothing more; what waits goes on waiting."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def wake(self) -> None:
        """Something new waits."""
        self._news.set()

    async def _run(self, deliver: Callable[[EmailMessage], None]) -> None:
        async def send_all() -> None:
            while (carta := await self._base.do(_tomar)) is not None:
                # Nobody may tell from how busy we are whether an address has an account.
                await asyncio.sleep(random.uniform(0.05, 0.3))  # noqa: S311
                await self._send(carta, deliver)

        await at_news(self._news, TICK_S, send_all, "mail")

    async def _send(self, carta: Carta, deliver: Callable[[EmailMessage], None]) -> None:
        try:
            dicho = await self._base.read(select_dicho)
            await asyncio.to_thread(lambda: deliver(self._message(carta, dicho)))
        except smtplib.SMTPRecipientsRefused as error:
            GIVEN_UP.inc()
            log.error("mail refused for good: %s", type(error).__name__)
        except (OSError, smtplib.SMTPException) as error:
            log.warning("mail failed: %s", type(error).__name__)
            wait = min(CEILING_S, BACKOFF_S * 2 ** min(carta.intentos - 1, DOUBLINGS))
            await self._base.do(_postergar, carta.id, int(wait * 1000))
            asyncio.get_running_loop().call_later(wait, self.wake)
            return
        await self._base.do(_mandada, carta.id)

    def _message(self, carta: Carta, dicho: Mapping[str, str]) -> EmailMessage:
        """The letter, in the shop's name and signed as soon as its owner has said (`dicho`) who it is."""
        message = EmailMessage()
        nombre, address = parseaddr(self._mail_from)
        message["From"] = formataddr((dicho.get("nombre") or nombre or Configuracion().nombre, address))
        if dicho.get("email"):
            message["Reply-To"] = dicho["email"]
        message["To"] = carta.para
        message["Subject"] = carta.asunto
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=address.rpartition("@")[2] or None)
        message["Auto-Submitted"] = "auto-generated"
        firma = " · ".join(filter(None, (dicho.get(each) for each in ("nombre", "telefono", "domicilio"))))
        texto = carta.texto.replace(TOKEN, token_de(self._secreto, carta.semilla))
        message.set_content(f"{texto}\n{firma}\n" if firma else texto)
        return message


async def _tomar(work: Work) -> Carta | None:
    GIVEN_UP.inc(await delete_correos_vencidos(work.con, work.ahora))
    return await claim_correo(work.con, work.ahora)


async def _mandada(work: Work, carta_id: int) -> None:
    await delete_correo(work.con, carta_id)


async def _postergar(work: Work, carta_id: int, wait: int) -> None:
    await postpone_correo(work.con, carta_id, work.ahora + wait)


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
