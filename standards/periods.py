"""The bpv-perioden of a placement in which contact moments are counted (S6.2): one, or for BBL one a school year.

A school year runs from 1 August to 31 July. All days are calendar days, first and last included.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from standards.facts import Leerweg
from standards.norms import norms_for

_FIRST_MONTH = 8


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the bpv; `year` is the one in which its school year begins, 0 when it is the whole placement."""

    year: int
    first: date
    last: date

    @property
    def name(self) -> str:
        """`2026-2027`; empty for the whole placement."""
        return f"{self.year}-{self.year + 1}" if self.year else ""


def school_year_of(day: date) -> int:
    """The year in which the school year of this day begins."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def periods(leerweg: Leerweg, start: date, end: date) -> tuple[Period, ...]:
    """S6.2 for a BBL that runs on is counted per school year; a short beginning or end joins the year beside it."""
    if leerweg != "BBL" or school_year_of(start) == school_year_of(end):
        return (Period(0, start, end),)
    found = [_part(year, start, end) for year in range(school_year_of(start), school_year_of(end) + 1)]
    shortest = timedelta(days=norms_for(start).period_joined_days)
    if len(found) > 1 and _length(found[0]) < shortest:
        found[:2] = [Period(found[1].year, found[0].first, found[1].last)]
    if len(found) > 1 and _length(found[-1]) < shortest:
        found[-2:] = [Period(found[-2].year, found[-2].first, found[-1].last)]
    return tuple(found) if len(found) > 1 else (Period(0, start, end),)


def period_of(leerweg: Leerweg, start: date, end: date, day: date) -> Period:
    """The period of a day; before the start the first one, after the end the last."""
    found = periods(leerweg, start, end)
    return next((period for period in found if day <= period.last), found[-1])


def _part(year: int, start: date, end: date) -> Period:
    return Period(year, max(start, date(year, _FIRST_MONTH, 1)), min(end, date(year + 1, _FIRST_MONTH - 1, 31)))


def _length(period: Period) -> timedelta:
    return period.last - period.first + timedelta(days=1)
