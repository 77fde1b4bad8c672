"""Read the files of a school: first what would happen, with --apply it happens."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exchange import services
from exchange.importing.plan import Plan
from exchange.importing.reading import Incoming
from exchange.importing.rows import Problem


class Command(BaseCommand):
    help = "Leest de bestanden van een school in: eerst het plan, met --apply echt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="map met de .csv- en .xlsx-bestanden")
        parser.add_argument("--apply", action="store_true", help="schrijf het plan weg")
        parser.add_argument("--partial", action="store_true", help="rijen die wel kunnen gaan erin")

    def handle(self, *, folder: Path, apply: bool, partial: bool, **options: Any) -> None:
        files = read_folder(folder)
        if apply:
            plan, written = services.apply_import(files, partial=partial, tell=self.tell)
        else:
            plan, written = services.plan_import(files, self.tell), False
        for problem in plan.errors + plan.notices:
            self.stdout.write(line_of(problem))
        for row in table(plan):
            self.stdout.write(row)
        self.stdout.write(self.outcome(plan, apply, written))
        if plan.errors and not (apply and written):
            raise CommandError("Er zijn fouten; er is niets ingelezen.")

    def tell(self, text: str, done: int, total: int) -> None:
        """Progress, on the other stream so that the plan can be kept in a file."""
        end = "\n" if done >= total else "\r"
        self.stderr.write(f"{text}: {done}/{total}", ending=end)

    def outcome(self, plan: Plan, apply: bool, written: bool) -> str:
        """The last line."""
        changes = plan.total("new") + plan.total("changed")
        if written:
            return f"Ingelezen: {changes} wijzigingen."
        return f"Plan: {changes} wijzigingen." + ("" if apply else " Met --apply worden ze ingelezen.")


def read_folder(folder: Path) -> list[Incoming]:
    """The files in a folder that may be ours."""
    if not folder.is_dir():
        raise CommandError(f"De map {folder} bestaat niet.")
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".csv", ".xlsx"))
    if not paths:
        raise CommandError(f"In {folder} staan geen .csv- of .xlsx-bestanden.")
    return [Incoming(path.name, path.read_bytes()) for path in paths]


def line_of(problem: Problem) -> str:
    """One problem on one line."""
    where = problem.file
    if problem.line:
        where += f", regel {problem.line}"
    if problem.column:
        where += f", kolom {problem.column}"
    return f"{'Let op' if problem.notice else 'Fout'}: {where}: {problem.message}"


def table(plan: Plan) -> list[str]:
    """The counts per file."""
    lines = [f"{'bestand':<40}{'nieuw':>9}{'gewijzigd':>11}{'gelijk':>9}{'kan niet':>10}"]
    return lines + [
        f"{row.file:<40}{row.new:>9}{row.changed:>11}{row.unchanged:>9}{row.cannot:>10}" for row in plan.counts
    ]
