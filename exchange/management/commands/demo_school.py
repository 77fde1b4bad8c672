"""Fill an empty database with an invented school around today."""

from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from bpv.core import clock
from exchange.demo import school
from placements.models import Placement


class Command(BaseCommand):
    help = "Vult een lege database met een verzonnen school; doet niets als er al een school is."

    def handle(self, **options: Any) -> None:
        if Placement.objects.exists():
            return
        rows = school.build(clock.today())
        for command in ("judge_all", "count_days"):  # of the app that judges, when it is there
            if command in get_commands():
                call_command(command, stdout=self.stdout)
        self.stdout.write(f"De verzonnen school staat klaar: {rows} rijen.")
