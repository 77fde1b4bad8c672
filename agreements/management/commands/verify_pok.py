import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from agreements import keys, verifying
from agreements.verifying import Verdict


class Command(BaseCommand):
    help = "Say whether a sealed document is genuine (echt, vervangen, ingetrokken, niet echt); exit code 0 when it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Nothing about the people in it is printed."""
        try:
            answer = verifying.verify(file.read_bytes())
        except (OSError, keys.NoKey) as fault:
            raise CommandError(str(fault)) from None
        about = f": {answer.pok.number} versie {answer.pok.version}" if answer.pok else ""
        self.stdout.write(f"{answer.verdict}{about}")
        if answer.verdict != Verdict.GENUINE:
            sys.exit(1)
