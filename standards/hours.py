"""Hours per school year: which years a period touches, how its hours are spread, and whether a BBL has enough of them.

A school year (studiejaar) runs from 1 August to 31 July and is written `2026-2027`. Days are calendar days, without
those of the summer break when the bpv lies still in it (`pauses`, VAK-01). Hours are hours of sixty minutes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from standards.norms import norms_for

Days = tuple[date, date]  # first and last, both count
Pauses = Sequence[Days]

_FIRST_MONTH = 8
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Short:
    """A school year in which a BBL-POK has fewer hours than it needs."""

    year: str
    hours: int
    needed: int


def school_years(start: date, end: date) -> tuple[str, ...]:
    """The school years that the period touches, in order; both days count. ValueError when it ends before it starts."""
    if end < start:
        raise ValueError(f"{start} lies after {end}")
    return tuple(_name(year) for year in range(_year_of(start), _year_of(end) + 1))


def is_summer(first: date, last: date) -> bool:
    """Whether a school holiday is the summer break: it is as long as the six weeks of the norm (VAK-01)."""
    return last - first + _ONE_DAY >= timedelta(weeks=norms_for(first).summer_weeks)


def split_hours(start: date, end: date, total: int, pauses: Pauses = ()) -> dict[str, int]:
    """The hours per school year, by the days in each; they add up to the total exactly.

    What rounding leaves over goes to the years with the largest remainder, the earlier one first when they are equal.
    """
    years = [_part(year, start, end) for year in range(_year_of(start), _year_of(end) + 1)]
    idle = pauses if any(_days(*year, pauses) for year in years) else ()  # all of it in the break: agreed otherwise
    parts = [_days(*year, idle) for year in years]
    shares = [Fraction(total * days, sum(parts)) for days in parts]
    whole = [int(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda index: (whole[index] - shares[index], index))
    for index in by_remainder[: total - sum(whole)]:
        whole[index] += 1
    return dict(zip(school_years(start, end), whole, strict=True))


def adds_up(start: date, end: date, total: int, hours_by_year: Mapping[str, int]) -> bool:
    """Whether there are hours for exactly the school years of the period, none below zero, together the total."""
    years, hours = set(hours_by_year), list(hours_by_year.values())
    return years == set(school_years(start, end)) and min(hours) >= 0 and sum(hours) == total


def short_of(leerweg: str, start: date, end: date, hours_by_year: Mapping[str, int]) -> list[Short]:
    """The school years with fewer hours than a BBL asks (WEB 7.2.7: 610); always empty for BOL.

    A part of a school year that is shorter than ten months asks for its share of those ten months, rounded up. Ten
    months from 1 October end on 31 July.
    """
    if leerweg != "BBL":
        return []
    return [
        Short(year, hours_by_year.get(year, 0), needed)
        for year, needed in bbl_hours_needed(start, end).items()
        if hours_by_year.get(year, 0) < needed
    ]


def bbl_hours_needed(start: date, end: date, beside: Iterable[Days] = ()) -> dict[str, int]:
    """What a BBL asks of each school year of the period; of a part shorter than ten months its share, rounded up.

    `beside`: other periods of the student, which ask together (BBL-11). A day in two of them is one day, and a school
    year asks for no more than a whole one.
    """
    norms, school = norms_for(start), school_years(start, end)
    shares = dict.fromkeys(school, Fraction(0))
    for begin, until in _joined([(start, end), *beside]):
        for year in range(_year_of(begin), _year_of(until) + 1):
            first, last = _part(year, begin, until)
            full = _days(first, _months_later(first, norms.bbl_full_year_months) - _ONE_DAY)
            shares[_name(year)] = shares.get(_name(year), Fraction(0)) + Fraction(_days(first, last), full)
    return {year: ceil(norms.bbl_hours_per_school_year * min(shares[year], Fraction(1))) for year in school}


def planned_until(
    start: date, end: date, hours_by_year: Mapping[str, int], last_day: date, pauses: Pauses = ()
) -> dict[str, int]:
    """The hours that were planned up to a last day, by the days of each school year that lie before it.

    The same as planned when the last day is the end; none for what begins later. Rounded to whole hours.
    """
    found = {}
    for year in range(_year_of(start), _year_of(end) + 1):
        first, last = _part(year, start, end)
        idle = pauses if _days(first, last, pauses) else ()
        done = max(0, _days(first, min(last, last_day), idle))
        found[_name(year)] = round(Fraction(hours_by_year.get(_name(year), 0) * done, _days(first, last, idle)))
    return found


def school_year(day: date) -> str:
    """The school year of a day: `2026-2027`."""
    return _name(_year_of(day))


def _year_of(day: date) -> int:
    """The year in which the day's school year began."""
    return day.year if day.month >= _FIRST_MONTH else day.year - 1


def _name(year: int) -> str:
    return f"{year}-{year + 1}"


def _part(year: int, start: date, end: date) -> tuple[date, date]:
    """First and last day of the period within the school year."""
    return max(start, date(year, _FIRST_MONTH, 1)), min(end, date(year + 1, _FIRST_MONTH, 1) - _ONE_DAY)


def _joined(periods: Iterable[Days]) -> list[Days]:
    """The same days, each of them once: what overlaps, or begins the day after, is one period."""
    found: list[Days] = []
    for first, last in sorted(periods):
        if found and first <= found[-1][1] + _ONE_DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _days(first: date, last: date, pauses: Pauses = ()) -> int:
    count = (last - first).days + 1
    if not pauses:
        return count
    days = (first + number * _ONE_DAY for number in range(count))
    return sum(not any(begin <= day <= end for begin, end in pauses) for day in days)


def _months_later(day: date, months: int) -> date:
    """The same day so many months later; the last one of that month when it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), after - _ONE_DAY)
