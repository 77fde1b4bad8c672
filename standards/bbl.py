"""BBL without a place: until when a student searches, counts for funding, and when the school may decide.

A school year is named by the calendar year in which it begins. Days are the last or first good day themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from standards.norms import norms_for
from standards.words import gettext as _
from standards.words import long_date

_ENTREE = 1


class Part(StrEnum):
    """The parts of the funding rule (BBL-03)."""

    ENROLLED = "enrolled"
    CONCLUDED = "concluded"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Concluded:
    """A POK that everybody has signed: when, and which days it covers. `qualification`: not only keuzedelen (T6)."""

    concluded_on: date
    start: date
    last_day: date
    qualification: bool = True


@dataclass(frozen=True, slots=True)
class Enrolled:
    """An enrolment in a BBL opleiding."""

    start: date
    end: date | None
    level: int
    vws: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the rule: whether it is met, and a sentence that says what was found."""

    part: Part
    met: bool
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the enrolment counts for funding in a school year, with the parts that say why."""

    year: int
    reasons: tuple[Reason, ...]

    @property
    def counts(self) -> bool:
        """Every part is met."""
        return all(reason.met for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Dates:
    """What is shown of one enrolment without a place."""

    year: int
    search_from: date
    counted_on: date
    concluded_by: date
    practice_by: date
    decision_from: date
    decision_until: date


def dates(enrolled: Enrolled, today: date) -> Dates:
    """The dates of the school year in which the enrolment is tested."""
    year = tested_year(enrolled.start, today)
    return Dates(
        year=year,
        search_from=search_from(enrolled.start),
        counted_on=counted_on(year),
        concluded_by=concluded_by(year),
        practice_by=practice_by(year, vws=enrolled.vws),
        decision_from=decision_from(enrolled.start),
        decision_until=decision_until(enrolled.start),
    )


def school_year(day: date) -> int:
    """The calendar year in which the school year of a day began (1 August)."""
    return day.year if day.month >= 8 else day.year - 1


def tested_year(start: date, today: date) -> int:
    """The school year that runs, or the first one in which the student is enrolled on 1 October (T4b)."""
    year = school_year(today)
    return year if start <= counted_on(year) else _first_counted(start)


def began_late(start: date) -> bool:
    """T4b: not enrolled on 1 October of the school year in which it begins, so the next one is tested."""
    return start > counted_on(school_year(start))


def search_from(start: date) -> date:
    """BBL-02: student and school search from 1 April before the enrolment begins."""
    first = date(start.year, 4, 1)
    return first if first <= start else date(start.year - 1, 4, 1)


def counted_on(year: int) -> date:
    """BBL-03: enrolled on 1 October."""
    return date(year, 10, 1)


def concluded_by(year: int) -> date:
    """BBL-03: the POK is concluded on 31 December at the latest."""
    return date(year, 12, 31)


def practice_by(year: int, *, vws: bool) -> date:
    """BBL-03: in practice on 31 December; for a qualification of VWS from 1 June at the latest."""
    return date(year + 1, 6, 1) if vws else concluded_by(year)


def decision_from(start: date) -> date:
    """BBL-04, T4: the first 1 January of the enrolment, from which the school may end it; never by itself."""
    return date(start.year + 1, 1, 1)


def decision_until(start: date) -> date:
    """BBL-04: the last day of that school year; after it the first year is over."""
    return date(start.year + 1, 7, 31)


def may_decide(start: date, on: date) -> bool:
    """BBL-04: from 1 January of the first year, and only in that year."""
    return decision_from(start) <= on <= decision_until(start)


def support_until(decided_on: date) -> date:
    """BBL-05, T5: the last day of the help to another opleiding, counted from the decision."""
    return decided_on + timedelta(days=norms_for(decided_on).bbl_support_days)


def urgency(today: date, year: int) -> int:
    """BBL-03: 0 before 1 October, then 1, from 1 November 2, 1 December 3, 15 December 4, and after 31 December 5."""
    steps = (counted_on(year), date(year, 11, 1), date(year, 12, 1), date(year, 12, 15), date(year + 1, 1, 1))
    return sum(step <= today for step in steps)


def funding(year: int, enrolled: Enrolled, poks: Iterable[Concluded]) -> Verdict:
    """BBL-03: whether the enrolment counts in this school year.

    One POK meets both the second and the third part. A POK for keuzedelen only does not count (T6); for Entree there is
    no third part.
    """
    concluded = [pok for pok in poks if pok.qualification and pok.concluded_on <= concluded_by(year)]
    reasons = [_enrolled(year, enrolled), _concluded(year, concluded)]
    if enrolled.level != _ENTREE:
        reasons.append(_running(year, enrolled, concluded))
    return Verdict(year, tuple(reasons))


def _enrolled(year: int, enrolled: Enrolled) -> Reason:
    day = counted_on(year)
    met = enrolled.start <= day and (enrolled.end is None or enrolled.end >= day)
    said = _("ingeschreven op %(day)s") if met else _("niet ingeschreven op %(day)s")
    return Reason(Part.ENROLLED, met, said % {"day": long_date(day)})


def _concluded(year: int, concluded: list[Concluded]) -> Reason:
    if not concluded:
        said = _("geen POK voor de kwalificatie die uiterlijk %(day)s door iedereen is getekend")
        return Reason(Part.CONCLUDED, False, said % {"day": long_date(concluded_by(year))})
    day = min(pok.concluded_on for pok in concluded)
    return Reason(Part.CONCLUDED, True, _("POK getekend op %(day)s") % {"day": long_date(day)})


def _running(year: int, enrolled: Enrolled, concluded: list[Concluded]) -> Reason:
    day, last = practice_by(year, vws=enrolled.vws), concluded_by(year)
    met = any(pok.start <= day and pok.last_day >= last for pok in concluded)
    if enrolled.vws:
        said = _("in de praktijk uiterlijk %(day)s") if met else _("niet uiterlijk %(day)s in de praktijk")
    else:
        said = _("in de praktijk op %(day)s") if met else _("niet in de praktijk op %(day)s")
    return Reason(Part.RUNNING, met, said % {"day": long_date(day)})


def _first_counted(start: date) -> int:
    return start.year if start <= counted_on(start.year) else start.year + 1
