"""What a finding looks like to somebody: its state, its word, whose turn it is, and what can be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from standards import RULES, Outcome, is_soon, outcome
from standards.words import days

# The bpv-docent acts on these; the bpv-coördinator on the others; a question waits for its owner.
GUIDING = frozenset({"S4.2-a", "S4.2-b", "S6.2-a", "S6.2-b"})
# Once the day has passed nothing can be done any more: not late, but missed.
FIXED = frozenset({"LB-02", "S6.2-a", "S6.2-b"})
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
}


class Dated(Protocol):
    """A finding, stored or judged live."""

    rule: str
    due: date
    done_on: date | None
    deviated_on: date | None


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
)


def acts(user: Any, rule: str, placement: Any, owner_id: int | None = None) -> bool:
    """Whether it is this person's turn: docent: contacts, coördinator: POK and erkenning, owner: a question."""
    if rule == "S6.1-c" and owner_id:
        return owner_id == user.pk
    if rule in GUIDING | {"S6.1-c"} and placement.teacher_id:
        return placement.teacher_id == user.pk
    return placement.team_id in user.roles.coordinator


def state_of(finding: Dated, today: date, *, mine: bool) -> str:
    """The state (shape and colour) of a finding for a reader; red (`late`) only when it is the reader's own."""
    match outcome(finding.due, finding.done_on, today, finding.deviated_on):
        case Outcome.MET:
            return "done"
        case Outcome.DEVIATED:
            return "deviated"
        case Outcome.LATE:
            return "missed"
        case Outcome.MISSED:
            return "missed" if finding.rule in FIXED else "late" if mine else "late-other"
        case _:
            return "soon" if is_soon(finding.due, finding.done_on, today, finding.deviated_on) else "coming"


def word_of(finding: Dated, today: date) -> str:
    """How it stands in words: `8 dagen te laat`, `niet gehaald`, `binnenkort`."""
    match outcome(finding.due, finding.done_on, today, finding.deviated_on):
        case Outcome.MISSED if finding.rule in FIXED:
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
