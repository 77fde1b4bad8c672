"""When the three talks of a bpv-periode are proposed (S4.2, S6.2, BEG-04): on workdays, in time for their deadline."""

from dataclasses import dataclass
from datetime import date, timedelta

from standards.deadlines import contact_plan
from standards.facts import Leerweg
from standards.norms import norms_for
from standards.periods import Period, periods, school_year_of
from standards.workdays import is_workday

_ONE_DAY = timedelta(days=1)
OCCASIONS = ("first", "half", "final")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A talk to plan; `year` is the one in which its school year begins; `due` is the last good day."""

    occasion: str
    year: int
    on: date
    due: date
    on_site: bool


def proposals(
    leerweg: Leerweg, start: date, end: date, *, new_location: bool, free_days: frozenset[date]
) -> tuple[Proposal, ...]:
    """Three talks for each period, none on a weekend or free day, each some days before it is due.

    The first is on site where the location is new (S4.2-a), else the one halfway; the last always is, so that the
    praktijkopleider is heard.
    """
    return tuple(
        Proposal(occasion, period.year or school_year_of(due), _day(period, due, free_days), due, on_site)
        for period in periods(leerweg, start, end)
        for occasion, due, on_site in _plan(period, new_location)
    )


def _plan(period: Period, new_location: bool) -> list[tuple[str, date, bool]]:
    visits = (new_location, not new_location, True)
    return list(zip(OCCASIONS, contact_plan(period.first, period.last), visits, strict=True))


def _day(period: Period, due: date, free_days: frozenset[date]) -> date:
    """The workday some days before `due`, inside the period; the first workday of it when it is that short."""
    day = max(due - timedelta(days=norms_for(period.first).talk_days_before_due), period.first)
    found = day
    while not is_workday(found, free_days) and found > period.first:
        found -= _ONE_DAY
    while not is_workday(found, free_days) and found < period.last:
        found += _ONE_DAY
    return found
