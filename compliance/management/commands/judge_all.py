"""`manage.py judge_all`: every finding from scratch, for repair or a new edition of the norms."""

from typing import Any

from django.core.management import BaseCommand

from bpv.core import clock
from compliance import facts, judging


class Command(BaseCommand):
    help = "Judge every dossier again and write what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        """A thousand dossiers a transaction; can be stopped and started again."""
        ids, today, total = judging.all_ids(), clock.today(), judging.Written()
        for index in range(0, len(ids), facts.BATCH):
            total = total.plus(judging.rejudge(ids[index : index + facts.BATCH], today=today))
            if options["verbosity"] > 1:
                self.stdout.write(f"{min(index + facts.BATCH, len(ids))} van {len(ids)}")
        self.stdout.write(f"{len(ids)} dossiers: {total.made} nieuw, {total.changed} gewijzigd, {total.removed} weg")
