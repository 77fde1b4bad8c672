"""The plan: what would be new, changed, unchanged or impossible. Making one writes nothing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exchange.importing import bpv, companies, people
from exchange.importing.reading import Incoming
from exchange.importing.register import CHANGED, NEW, UNCHANGED
from exchange.importing.rows import Problem, Table, read
from exchange.importing.school import School
from exchange.importing.sheets import SHEETS
from exchange.importing.steps import Context, Step

Tell = Callable[[str, int, int], None]
PLANNERS: dict[str, Callable[[Step], None]] = {
    "teams": people.team,
    "medewerkers": people.member,
    "opleidingen": people.programme,
    "werkprocessen": people.work_process,
    "studenten": people.student,
    "leerbedrijven": companies.location,
    "erkenningen": companies.accreditation,
    "contactpersonen": companies.contact,
    "plaatsingen": bpv.placement,
    "contactmomenten": bpv.moment,
    "hulpvragen": bpv.request,
}
EVERY = 1000  # rows between two signs of progress


@dataclass
class Counts:
    """What happens to the rows of one table."""

    file: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    cannot: int = 0

    def as_json(self) -> dict[str, Any]:
        """For the row of the run."""
        return vars(self)


@dataclass
class Plan:
    counts: list[Counts]
    problems: list[Problem]
    school: School = field(repr=False)

    @property
    def errors(self) -> list[Problem]:
        """What keeps rows out."""
        return [problem for problem in self.problems if not problem.notice]

    @property
    def notices(self) -> list[Problem]:
        """What is good to know."""
        return [problem for problem in self.problems if problem.notice]

    def total(self, state: str) -> int:
        """Rows of all tables in a state."""
        return sum(getattr(counts, state) for counts in self.counts)


def silent(_text: str, _done: int, _total: int) -> None:
    """For who does not want to see progress."""


def make(files: Iterable[Incoming], tell: Tell = silent) -> Plan:
    """Read the files and compare them with the database."""
    tables, problems = read(files)
    context = Context(School(), tables)
    counts = []
    for sheet in SHEETS:
        if table := tables.get(sheet.name):
            counts.append(_compare(context, table, tell))
    context.say_waiting()
    _say_not_accredited(context)
    for sheet in SHEETS:
        if table := tables.get(sheet.name):
            problems += sorted(table.problems, key=lambda problem: problem.line)
    return Plan(counts, problems, context.school)


def _compare(context: Context, table: Table, tell: Tell) -> Counts:
    counts = Counts(table.file)
    planner, total = PLANNERS[table.sheet.name], len(table.rows)
    writes = context.school.writes
    for done, row in enumerate(table.rows):
        if done % EVERY == 0:
            tell(table.file, done, total)
        step = Step(context, table, row)
        planner(step)
        before, writes = writes, context.school.writes
        if step.failed:
            table.fail(row.values, row.line)
        elif step.main and step.main.state == NEW and writes > before:
            counts.new += 1
        else:
            state = CHANGED if writes > before else UNCHANGED
            setattr(counts, state, getattr(counts, state) + 1)
    tell(table.file, total, total)
    counts.cannot = table.cannot
    return counts


def _say_not_accredited(context: Context) -> None:
    if count := context.not_accredited:
        message = ngettext(
            "%(count)s plaatsing is bij een leerbedrijf zonder erkenning op de begindatum. "
            "Die gaat erin, met een bevinding.",
            "%(count)s plaatsingen zijn bij een leerbedrijf zonder erkenning op de begindatum. "
            "Die gaan erin, met een bevinding.",
            count,
        )
        context.tables["plaatsingen"].say(message % {"count": count}, notice=True)


def nothing_to_read() -> Problem:
    """For a folder or upload without files."""
    return Problem("", 0, "", _("Er zijn geen .csv- of .xlsx-bestanden."))
