"""A real SMTP server for the outbox."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.core.smtp_server import Mailbox, running


@pytest.fixture
def smtp(settings: Any) -> Iterator[Mailbox]:
    """The server the outbox talks to; set its answers, read what it received."""
    mailbox = Mailbox()
    with running(mailbox) as port:
        settings.EMAIL_BACKEND = "bpv.core.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
        yield mailbox
