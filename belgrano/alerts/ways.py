"""How an alert reaches people: as mail, and as a signed POST (Standard Webhooks) to an address of the operator's."""

import asyncio
import smtplib
from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import Protocol

import httpx
from standardwebhooks import Webhook

from belgrano.alerts.message import mail_of
from belgrano.http.client import new_client
from belgrano.http.reasons import why
from belgrano.mail import by_smtp
from belgrano.outbox.alerts import Message
from belgrano.settings import Settings

TIMEOUT = httpx.Timeout(10.0, connect=5.0)


class NotSent(Exception):
    """A way did not take an alert; the text says why, for an operator."""


class Way(Protocol):
    """One way to people."""

    name: str

    async def send(self, message: Message) -> str:
        """Send one alert; what the other side said. Raises NotSent."""
        ...


class ByMail:
    """Through the mail server that the shop uses."""

    name = "mail"

    def __init__(self, smtp_url: str, mail_from: str, to: Sequence[str]) -> None:
        self._deliver, self._from, self._to = by_smtp(smtp_url), mail_from, to

    async def send(self, message: Message) -> str:
        """Mail it to everybody who is to know."""
        mail = EmailMessage()
        mail["From"] = self._from
        mail["To"] = ", ".join(self._to)
        mail["Subject"], text = mail_of(message.body)
        mail["Date"] = formatdate()
        # The same at each try: a repetition is known for one.
        mail["Message-ID"] = f"<{message.key}@{parseaddr(self._from)[1].rpartition('@')[2] or 'localhost'}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text)
        try:
            await asyncio.to_thread(self._deliver, mail)
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_why_no_mail(error)) from error
        return f"el servidor de correo lo tomó para {', '.join(self._to)}"


class ByPost:
    """To an address that whoever operates this has named."""

    name = "webhook"

    def __init__(self, url: str, secret: str) -> None:
        self._url, self._webhook = url, Webhook(secret)

    async def send(self, message: Message) -> str:
        """Post it, signed now."""
        now = datetime.now(UTC)
        headers = {
            "content-type": "application/json",
            "webhook-id": message.key,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._webhook.sign(message.key, now, message.body),
        }
        try:
            async with new_client(timeout=TIMEOUT, at_once=1) as client:
                answer = await client.post(self._url, content=message.body.encode(), headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NotSent(f"no se puede llegar: {why(error)}") from error
        if not answer.is_success:
            raise NotSent(f"contestó {answer.status_code}")
        return f"contestó {answer.status_code}"


def ways_of(settings: Settings) -> list[Way]:
    """The ways that the environment names."""
    ways: list[Way] = []
    if settings.alert_emails and settings.smtp_url:
        ways.append(ByMail(settings.smtp_url, settings.mail_from, settings.alert_emails))
    if settings.alert_url:
        ways.append(ByPost(settings.alert_url, settings.alert_secret))
    return ways


def _why_no_mail(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "el servidor de correo no acepta el usuario y la contraseña de AHORRO_SMTP_URL"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "el servidor de correo no acepta esa dirección"
    return f"el servidor de correo no lo tomó: {why(error)}"
