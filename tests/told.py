"""Whoever is alerted: a mail server and an address that takes signed posts, both real, in the test's own loop."""

import asyncio
import base64
import json
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from standardwebhooks import Webhook

from tests.ahorro.mail_server import MailServer
from tests.servers import Servers


class Told:
    """What came, in its order: `posts` are the bodies of those whose signature holds, `mails` the messages."""

    def __init__(self) -> None:
        self.secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        self.posts: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.tries = 0
        self.busy = 0  # so many posts are answered 503
        self.mail = MailServer()
        self.port = 0

    @property
    def mails(self) -> list[str]:
        """Subjects, in their order."""
        return [str(each["Subject"]) for each in self.mail.taken]

    @property
    def types(self) -> list[str]:
        """The posts' types, in their order."""
        return [each["type"] for each in self.posts]

    @property
    def env(self) -> dict[str, str]:
        """The variables by which an app tells us."""
        return {
            "BELGRANO_ALERT_URL": f"http://127.0.0.1:{self.port}/avisos",
            "BELGRANO_ALERT_SECRET": self.secret,
            "BELGRANO_ALERT_EMAIL": "duena@belgrano.test",
            "AHORRO_SMTP_URL": f"smtp://127.0.0.1:{self.mail.port}",
        }

    async def until(self, *types: str, seconds: float = 30.0) -> None:
        """Wait until posts and mails of these types have come."""
        async with asyncio.timeout(seconds):
            while not all(each in self.types for each in types) or len(self.mails) < len(self.types):
                await asyncio.sleep(0.05)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[1:]
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        body = (await reader.readexactly(int(headers["content-length"]))).decode()
        self.tries += 1
        if self.busy > 0:
            self.busy -= 1
            writer.write(b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        else:
            Webhook(self.secret).verify(body, headers)
            if headers["webhook-id"] not in self.keys:
                self.keys.append(headers["webhook-id"])
                self.posts.append(json.loads(body))
            writer.write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()


@asynccontextmanager
async def told() -> AsyncIterator[Told]:
    """Both, listening."""
    them = Told()
    mail = await asyncio.start_server(them.mail.serve, "127.0.0.1", 0)
    post = await asyncio.start_server(them.serve, "127.0.0.1", 0)
    them.mail.port, them.port = mail.sockets[0].getsockname()[1], post.sockets[0].getsockname()[1]
    async with mail, post:
        yield them


def watched(town: Servers, app: str, them: Told, **periods: float) -> None:
    """Let an app tell them, with the watch's periods shortened (`tests/faults/quick_watch.py`)."""
    quick = {"BELGRANO_TEST_APP": app, "BELGRANO_TEST_PERIODS": json.dumps(periods)}
    town[app].target = "tests.faults.quick_watch:app"
    town[app].env = {**town.env, **them.env, **quick}
