"""`manage.py count_days`: the counts of earlier days, for the trend of the overview."""

from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.management import BaseCommand

from bpv.core import clock
from compliance import counting

WEEKS = 14


class Command(BaseCommand):
    help = "Count the days since a day, from the findings as they are now; days that were counted stay as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, help=f"jjjj-mm-dd; {WEEKS} weeks ago without it")

    def handle(self, *args: Any, since: date | None, **options: Any) -> None:
        """Each day up to and including today."""
        today = clock.today()
        first = since or today - timedelta(weeks=WEEKS)
        days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
        written = [day for day in days if counting.keep(day)]
        self.stdout.write(f"{len(written)} van {len(days)} dagen geteld")
