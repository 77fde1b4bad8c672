"""`manage.py check_standards`: every placement and question judged live on a day."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError

from bpv.core import calendar, clock
from compliance import facts
from standards import Finding, judge_placement, judge_request, outcome, why
from standards.handbook import RULES
from standards.words import long_date
from visits.models import HelpRequest

OUTCOMES = {"met": 9, "late": 9, "missed": 9, "open": 9, "deviated": 10}  # and the width of the column


class Command(BaseCommand):
    help = "Judge every placement and question against the standards on a day, from the facts known then."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="jjjj-mm-dd; today without it")
        parser.add_argument("--json", action="store_true", help="one row a finding, as JSON")
        parser.add_argument("--subject", help="a plaatsingsnummer or hulpvraagnummer: explain it in words")

    def handle(self, *args: Any, on: date | None, **options: Any) -> None:
        """Print JSON, a table, or the explanation of one subject. CommandError for an unknown subject."""
        today = on or clock.today()
        if options["subject"]:
            self.explain(options["subject"], today)
        elif options["json"]:
            rows = [as_row(finding, today) for _facts, finding in judged(today)]
            self.stdout.write(json.dumps(rows))
        else:
            self.table(today)

    def table(self, today: date) -> None:
        """Counts per rule and outcome."""
        counts = Counter(
            (finding.rule, str(outcome(finding.due, finding.done_on, today, finding.deviated_on)))
            for _f, finding in judged(today)
        )
        self.stdout.write(
            f"{long_date(today)}\n{'':38}{'voldaan':>9}{'te laat':>9}{'niet':>9}{'open':>9}{'afgeweken':>10}"
        )
        for rule in RULES.values():
            numbers = "".join(f"{counts[rule.code, name]:>{width}}" for name, width in OUTCOMES.items())
            self.stdout.write(f"{rule.code:8}{rule.name[:30]:30}{numbers}")

    def explain(self, subject: str, today: date) -> None:
        """One subject in words: facts used, the rule, what to do."""
        found = [(known, finding) for known, finding in judged(today) if finding.subject == subject]
        if not found:
            raise CommandError(f"{subject} is geen plaatsing of hulpvraag.")
        for known, finding in found:
            told = why(finding.rule, known, finding, today)
            state = outcome(finding.due, finding.done_on, today, finding.deviated_on)
            self.stdout.write(
                f"\n{finding.rule}  {RULES[finding.rule].name}: {state} (uiterlijk {long_date(finding.due)})"
            )
            for label, value in told.facts:
                self.stdout.write(f"    {label}: {value}")
            self.stdout.write(f"    {told.sentence} (handboek {told.section})")
            if told.todo:
                self.stdout.write(f"    {told.todo}")


def judged(today: date) -> Iterator[tuple[Any, Finding]]:
    """Facts and findings, placements by number and then questions by number."""
    ids = facts.judged_placements().order_by("number").values_list("pk", flat=True)
    for batch in facts.in_batches(list(ids)):
        known = facts.facts_of_many(batch)
        for placement in sorted(batch, key=lambda row: row.number):
            for finding in judge_placement(known[placement.pk], today=today):
                yield known[placement.pk], finding
    free = calendar.free_days()
    for request in HelpRequest.objects.order_by("number"):
        asked = facts.request_facts(request)
        if asked.received_on <= today:
            for finding in judge_request(asked, today=today, free_days=free):
                yield asked, finding


def as_row(finding: Finding, today: date) -> dict[str, str]:
    """One finding as the row that is printed."""
    found = outcome(finding.due, finding.done_on, today, finding.deviated_on)
    return {"subject": finding.subject, "rule": finding.rule, "outcome": str(found), "due": finding.due.isoformat()}
