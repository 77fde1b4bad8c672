"""A real SMTP server in a thread, that can refuse, be slow and drop the line where a test wants it."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

OK = "250 OK"


@dataclass
class Mailbox:
    """What the server answers to each command; "drop" cuts the line, "after" cuts it after taking the mail."""

    mail: str = OK
    rcpt: str = OK
    data: str = OK
    slow: float = 0
    received: list[Message] = field(default_factory=list)

    async def _answer(self, server: SMTP, wanted: str) -> str:
        if wanted == "drop":
            server.transport.abort()
        return wanted

    async def handle_MAIL(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.mail_from = address
        return await self._answer(server, self.mail)

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:
        envelope.rcpt_tos.append(address)
        return await self._answer(server, self.rcpt)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.slow)
        if self.data in (OK, "after"):
            self.received.append(message_from_bytes(envelope.content))
        return await self._answer(server, "drop" if self.data == "after" else self.data)

    @property
    def to(self) -> list[str]:
        return sorted(message["To"] for message in self.received)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(mailbox: Mailbox) -> Iterator[int]:
    """The server's port."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
