"""A mail server, as far as a shop sees one."""

import asyncio
from email import message_from_string
from email.message import EmailMessage
from email.policy import default


class MailServer:
    """Enough of SMTP to take a message in; refuses the first `busy` of them."""

    def __init__(self) -> None:
        self.busy = 0
        self.taken: list[EmailMessage] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 correo\r\n")
        while line := (await reader.readline()).decode().strip():
            if line.upper() == "DATA":
                writer.write(b"354 adelante\r\n")
                text = (await reader.readuntil(b"\r\n.\r\n")).decode()[:-5]
                self.taken.append(message_from_string(text, policy=default))  # type: ignore[arg-type]
                writer.write(b"250 ok\r\n")
            elif line.upper().startswith("MAIL") and self.busy > 0:
                self.busy -= 1
                writer.write(b"451 ahora no\r\n")
            elif line.upper() == "QUIT":
                writer.write(b"221 chau\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
            await writer.drain()
        writer.close()

    async def sent(self, how_many: int = 1) -> None:
        """Wait until so many have come."""
        async with asyncio.timeout(60):
            while len(self.taken) < how_many:
                await asyncio.sleep(0.02)
