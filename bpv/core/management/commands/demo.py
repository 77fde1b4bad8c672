"""`make demo`: the whole product with an invented school, on this machine alone."""

import os
import socket
import sys
from argparse import ArgumentParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from bpv.core.supervisor import Supervisor

BIN = Path(sys.executable).parent
# Leave at SIGTERM without waiting for a task (it is done again), and do not warn that a demo may run as root.
FOR_CELERY = {"REMAP_SIGTERM": "SIGQUIT", "PYTHONWARNINGS": "ignore:You're running the worker"}


class Command(BaseCommand):
    help = "Run web, worker and beat with an invented school (PORT, default 8000)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))

    def handle(self, *args: Any, port: str, **options: Any) -> None:
        """Fill the school when there is none, then run until Ctrl-C or SIGTERM."""
        if not settings.DEMO:
            raise CommandError("The demo does not run with BPV_MODE=production.")
        address = free_address(port)
        call_command("migrate", verbosity=0)
        call_command("loaddata", "free_days", "holidays", verbosity=0)
        if not Path(settings.SEAL_P12).exists():
            call_command("make_seal_key", stdout=StringIO())
        call_command("demo_school")
        self.stdout.write(f"\n  {address}\n")
        call_command("demo_accounts")
        self.stdout.write(f"  Mail of the demo: {address}/post/\n\n  Ctrl-C stops everything.\n\n")
        self.stdout.flush()
        sys.exit(Supervisor(commands(port), os.environ | {"SITE_URL": address, **FOR_CELERY}).run())


def free_address(port: str) -> str:
    """The demo's address. CommandError, in one sentence, when the port cannot be had."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT is '{port}'; it must be a number below 65536.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError:
            raise CommandError(f"Port {port} is taken; choose another one: PORT=8010 make demo") from None
    return f"http://127.0.0.1:{port}"


def commands(port: str) -> dict[str, list[str]]:
    """Web, worker and beat."""
    beat_file = str(settings.DATA / "beat.db")
    celery = [str(BIN / "celery"), "-q", "-A", "bpv"]
    web = [str(BIN / "gunicorn"), "bpv.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    return {
        "web": [*web, "--no-control-socket", "--log-level", "warning", "--graceful-timeout", "5"],
        "worker": [*celery, "worker", "-l", "WARNING", "-c", "2", "--without-gossip", "--without-mingle"],
        "beat": [*celery, "beat", "-l", "WARNING", "--schedule", beat_file, "--pidfile="],
    }
