"""The hours of a placement to take along: as a list, and as the PDF *Urenverantwoording*."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from bpv.core import documents
from bpv.core.tables import Column
from compliance import hours_words
from compliance.hours import Hours
from placements.models import Absence, HoursWeek
from placements.papers import Paper, head_of
from standards.bpv_hours import Counting, Tally
from standards.hours_answers import Norm

COLUMNS = [
    Column(gettext_lazy("Dag"), 12),
    Column(gettext_lazy("Week"), 8),
    Column(gettext_lazy("Gewerkt"), 10),
    Column(gettext_lazy("Afwezig"), 10),
    Column(gettext_lazy("Reden van afwezigheid"), 30),
    Column(gettext_lazy("Toelichting"), 40),
    Column(gettext_lazy("Stand"), 22),
    Column(gettext_lazy("Telt mee"), 22),
    Column(gettext_lazy("Bevestigd door"), 28),
    Column(gettext_lazy("Versie"), 8),
]
COUNTS = {
    Counting.COUNTS: gettext_lazy("telt mee"),
    Counting.RISK: gettext_lazy("telt mogelijk niet mee"),
    Counting.NOT: gettext_lazy("telt niet mee"),
}


def rows(hours: Hours) -> Iterator[list[Any]]:
    """A row a day of the weeks that are handed in or confirmed."""
    for week in hours.sheet.standing:
        by = week.settled_by.full_name if week.settled_by else ""
        for day in week.days.all():
            counts = COUNTS[hours.sheet.counting(day.on)] if day.worked else ""
            absence = day.get_absence_display()
            state = week.get_state_display()
            yield [day.on, week.number, day.worked, day.absent, absence, day.note, state, counts, by, week.version]


def absences(total: Tally) -> list[tuple[str, str]]:
    """Geoorloofd afwezig by ground, in the order of the list."""
    return [
        (str(ground.label), hours_words.number(total.excused[ground]))
        for ground in Absence
        if total.excused.get(ground)
    ]


@dataclass(frozen=True)
class HoursDocument(Paper):
    """All that the template of the urenverantwoording reads."""

    years: list[tuple[str, Tally]]
    total: Tally
    excused: list[tuple[str, str]]
    norms: list[tuple[Norm, str]]
    answers: list[hours_words.Said]
    weeks: list[tuple[HoursWeek, str]]


def pdf_of(hours: Hours) -> bytes:
    """The urenverantwoording: the numbers by school year, the norm, and every week with who confirmed it."""
    sheet = hours.sheet
    words = {week.pk: word for week, word, _waits in hours.rows}
    document = HoursDocument(
        head=head_of(hours.placement),
        years=list(sheet.years.items()),
        total=sheet.total,
        excused=absences(sheet.total),
        norms=[(norm, hours_words.norm_source(norm)) for norm in hours.norms],
        answers=hours.answers,
        weeks=[(week, words.get(week.pk, "")) for week in sheet.standing],
    )
    return documents.render("compliance/pdf/hours.html", document)
