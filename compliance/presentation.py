"""What a finding looks like to somebody: its state, its word, whose turn it is, and what can be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards import RULES, Outcome, is_soon, outcome
from standards.norms import norms_for
from standards.periods import school_year_of
from standards.words import days

# The bpv-docent acts on these; the bpv-coördinator on the others; a question waits for its owner.
GUIDING = frozenset({"S4.2-a", "S4.2-b", "S6.2-a", "S6.2-b", "S7", "BEO-06", "BEO-09", "S8-c", "BEO-12", "S8-d"})
# Once the day has passed nothing can be done any more: not late, but missed (`is_gone_by`).
FIXED = frozenset({"LB-02", "S6.2-a", "S6.2-b"})
# Also worth doing when the bpv is over.
AFTER_END = frozenset({"BEO-09", "S8-c", "BEO-12", "S8-d"})
# The page of a placement on which the rule is met, and the button that goes there.
PAGES = {
    "S7": ("goals", gettext_lazy("Leerdoelen bekijken")),
    "S8-a": ("plan_of_placement", gettext_lazy("Beoordelingsplan delen")),
    "S8-b": ("plan_of_placement", gettext_lazy("Beoordelingsplan bekijken")),
    "BEO-06": ("interim", gettext_lazy("Tussentijds beoordelen")),
    "BEO-09": ("hearing", gettext_lazy("Oordeel vastleggen")),
    "S8-c": ("final", gettext_lazy("Eindbeoordeling vaststellen")),
    "BEO-12": ("final", gettext_lazy("Resultaat vertellen")),
    "S8-d": ("closing", gettext_lazy("Dossier afsluiten")),
}
# From worst to best: a mark for several findings shows the worst.
SEVERITY = ("late", "late-other", "missed", "soon", "coming", "deviated", "done", "na")
# Something can still be done.
WAITING = frozenset({"late", "late-other", "soon", "coming"})
WORDS = {
    "met": gettext_lazy("gedaan"),
    "late": gettext_lazy("te laat gedaan"),
    "missed": gettext_lazy("te laat"),
    "open": gettext_lazy("komt nog"),
    "deviated": gettext_lazy("onderbouwd afgeweken"),
}
NEXT = {
    "POK-03": gettext_lazy("POK laten tekenen"),
    "S5": gettext_lazy("POK in dossier zetten"),
    "LB-02": gettext_lazy("Erkenning nakijken"),
    "S4.2-a": gettext_lazy("Nieuw leerbedrijf bezoeken"),
    "S4.2-b": gettext_lazy("Leerdoelen bespreken"),
    "S6.2-a": gettext_lazy("Drie gesprekken voeren"),
    "S6.2-b": gettext_lazy("Op locatie langsgaan"),
    "S6.1-c": gettext_lazy("Vraag beantwoorden"),
    "S7": gettext_lazy("Leerdoelen en opdracht regelen"),
    "S8-a": gettext_lazy("Beoordelingsplan delen"),
    "S8-b": gettext_lazy("Eisen in beide gidsen zetten"),
    "BEO-06": gettext_lazy("Tussentijds beoordelen"),
    "BEO-09": gettext_lazy("Leerbedrijf om oordeel vragen"),
    "S8-c": gettext_lazy("Eindbeoordeling vaststellen"),
    "BEO-12": gettext_lazy("Resultaat vertellen"),
    "S8-d": gettext_lazy("Dossier afsluiten"),
}


class Dated(Protocol):
    """A finding, stored or judged live."""

    rule: str
    due: date
    done_on: date | None
    deviated_on: date | None
    year: int


@dataclass(frozen=True)
class Column:
    """A column of marks in the list of placements: one standard, one or more rules."""

    standard: str
    title: str
    rules: tuple[str, ...]


COLUMNS = (
    Column("5", gettext_lazy("POK"), ("POK-03", "S5")),
    Column("LB", gettext_lazy("Erkenning"), ("LB-02",)),
    Column("4.2", gettext_lazy("1e contact"), ("S4.2-a", "S4.2-b")),
    Column("6.2", gettext_lazy("Contactmomenten"), ("S6.2-a", "S6.2-b")),
    Column("6.1", gettext_lazy("Vragen"), ("S6.1-c",)),
    Column("7", gettext_lazy("Leerdoelen"), ("S7",)),
    Column("8", gettext_lazy("Beoordeling"), ("S8-a", "S8-b", "BEO-06", "BEO-09", "S8-c", "BEO-12", "S8-d")),
)


def acts(user: Any, rule: str, placement: Any, owner_id: int | None = None) -> bool:
    """Whether it is this person's turn: docent: contacts and assessment, coördinator: the others, owner: a question."""
    if rule == "S6.1-c" and owner_id:
        return owner_id == user.pk
    if rule in GUIDING | {"S6.1-c"} and placement.teacher_id:
        return placement.teacher_id == user.pk
    return placement.team_id in user.roles.coordinator


def is_gone_by(finding: Dated, today: date) -> bool:
    """Whether nothing can be done any more about what was not done in time; the twin of `gone_by`."""
    if finding.rule == "BEO-06":
        return 0 < finding.year < _year_worked_in(today)
    return finding.rule in FIXED and finding.due < today


def gone_by(today: date) -> Q:
    """`is_gone_by` as a condition on findings."""
    return Q(rule__in=FIXED, due__lt=today) | Q(rule="BEO-06", year__gt=0, year__lt=_year_worked_in(today))


def _year_worked_in(today: date) -> int:
    """BEO-06 can be late until its period ends: that of a BBL's school year, or some weeks later when it is joined."""
    return school_year_of(today - timedelta(days=norms_for(today).period_joined_days))


def state_of(finding: Dated, today: date, *, mine: bool, closed: bool = False) -> str:
    """The state (shape and colour) of a finding for a reader; red (`late`) only when it is the reader's own.

    In a closed dossier nothing can be done any more.
    """
    match outcome(finding.due, finding.done_on, today, finding.deviated_on):
        case Outcome.MET:
            return "done"
        case Outcome.DEVIATED:
            return "deviated"
        case Outcome.LATE:
            return "missed"
        case Outcome.MISSED:
            return "missed" if closed or is_gone_by(finding, today) else "late" if mine else "late-other"
        case _:
            return "soon" if is_soon(finding.due, finding.done_on, today, finding.deviated_on) else "coming"


def word_of(finding: Dated, today: date, *, closed: bool = False) -> str:
    """How it stands in words: `8 dagen te laat`, `niet gehaald`, `binnenkort`."""
    match outcome(finding.due, finding.done_on, today, finding.deviated_on):
        case Outcome.MISSED if closed or is_gone_by(finding, today):
            return _("niet gehaald")
        case Outcome.MISSED:
            return _("%(days)s te laat") % {"days": days((today - finding.due).days)}
        case Outcome.OPEN if is_soon(finding.due, finding.done_on, today, finding.deviated_on):
            return _("binnenkort")
        case found:
            return str(WORDS[found])


def worst(states: Iterable[str]) -> str:
    """The state a mark shows for several findings; `na` when there are none."""
    return min(states, key=SEVERITY.index, default="na")


def standard_of(rule: str) -> str:
    """The number of the standard for beside a date: `5`; empty for a rule of the law (POK-03, LB-02)."""
    return RULES[rule].number


def source_of(rule: str) -> str:
    """Where the rule stands when it is no numbered standard: `handboek 5.1`."""
    return "" if standard_of(rule) else RULES[rule].label
