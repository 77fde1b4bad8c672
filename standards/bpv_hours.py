"""Hours worked and absent in a bpv: do they count, and what do they add up to.

G-06 and T3 (hours outside a valid POK), UUR-04 (absence stands apart), VAK-01 (the summer break), and working hours of
minors. Hours are hours of sixty minutes, in quarters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from standards.hours import Pauses, is_summer, planned_until, school_year, school_years
from standards.norms import norms_for

UNEXCUSED = "unexcused"
SCHOOL_DAY = "school_day"  # a terugkomdag: for a minor that is working time too
ADULT = 18
NONE = Decimal(0)


class Counting(StrEnum):
    """Whether hours of a day count for the opleiding (G-06)."""

    COUNTS = "counts"
    RISK = "risk"  # the POK was completed later: a person decides
    NOT = "not"


@dataclass(frozen=True, slots=True)
class PokSpan:
    """The POK that stands: its period, its hours by school year, and the day the last party signed.

    `in_time_until`: the last day on which that was in time (S5); without it only before the start.
    """

    start: date
    end: date
    complete_on: date | None
    by_year: Mapping[str, int] = field(default_factory=dict)
    in_time_until: date | None = None

    @property
    def completed_late_on(self) -> date | None:
        """The day the last party signed, when that was too late for the first days (T3)."""
        in_time = max(self.start, self.in_time_until or self.start)  # before the first day there is nothing to lose
        return self.complete_on if self.complete_on and self.complete_on > in_time else None


@dataclass(frozen=True, slots=True)
class DayFact:
    """What stands in a week that was handed in, of one day. `absence`: its ground, `unexcused`, or nothing."""

    on: date
    worked: Decimal
    absent: Decimal = NONE
    absence: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """The hours of a school year, or of a whole placement. `risk` and `lost` are parts of `confirmed`, `outside` the
    part of `lost` that was not in the period of the POK.
    """

    planned: int = 0
    confirmed: Decimal = NONE
    waiting: Decimal = NONE
    risk: Decimal = NONE
    lost: Decimal = NONE
    outside: Decimal = NONE
    excused: Mapping[str, Decimal] = field(default_factory=dict)
    unexcused: Decimal = NONE

    @property
    def counted(self) -> Decimal:
        """Confirmed hours that count for certain."""
        return self.confirmed - self.risk - self.lost

    @property
    def made(self) -> Decimal:
        """Confirmed hours in the period of the POK: for the leerbedrijf it does not matter when it was signed."""
        return self.confirmed - self.outside

    @property
    def owed(self) -> Decimal:
        """What is left of the planned hours for the leerbedrijf."""
        return max(self.planned - self.made, NONE)

    @property
    def to_go(self) -> Decimal:
        """What is left of the planned hours; absence does not make it less (UUR-04)."""
        return max(self.planned - self.counted, NONE)

    @property
    def absent(self) -> Decimal:
        """All hours of geoorloofd afwezig."""
        return sum(self.excused.values(), NONE)

    def __add__(self, other: "Tally") -> "Tally":
        grounds = dict(self.excused)
        for ground, hours in other.excused.items():
            grounds[ground] = grounds.get(ground, NONE) + hours
        return Tally(
            self.planned + other.planned,
            self.confirmed + other.confirmed,
            self.waiting + other.waiting,
            self.risk + other.risk,
            self.lost + other.lost,
            self.outside + other.outside,
            grounds,
            self.unexcused + other.unexcused,
        )


def counting(day: date, pok: PokSpan | None, decided: bool | None = None) -> Counting:
    """G-06, T3: inside the period of a POK that everybody signed. `decided`: what a person said of days before that.

    When that was in time (S5) all of it counts. Else the day on which the last party signed does; an earlier one is a
    risk until somebody decides.
    """
    if pok is None or pok.complete_on is None or not pok.start <= day <= pok.end:
        return Counting.NOT
    if pok.completed_late_on is None or day >= pok.completed_late_on:
        return Counting.COUNTS
    return {None: Counting.RISK, True: Counting.COUNTS, False: Counting.NOT}[decided]


def tally_of(days: Iterable[DayFact], pok: PokSpan | None, decided: bool | None = None, planned: int = 0) -> Tally:
    """These days together. What waits for confirmation is apart: whether it counts is asked once it is confirmed."""
    total = Tally(planned)
    for day in days:
        inside = pok is not None and pok.start <= day.on <= pok.end
        total += _of_day(day, counting(day.on, pok, decided), inside=inside)
    return total


def _of_day(day: DayFact, being: Counting, *, inside: bool) -> Tally:
    absent: dict[str, Decimal] = {}
    if day.absent and day.absence != UNEXCUSED:
        absent[day.absence] = day.absent
    missed = day.absent if day.absence == UNEXCUSED else NONE
    if not day.confirmed:
        return Tally(waiting=day.worked, excused=absent, unexcused=missed)
    return Tally(
        confirmed=day.worked,
        risk=day.worked if being is Counting.RISK else NONE,
        lost=day.worked if being is Counting.NOT else NONE,
        outside=NONE if inside else day.worked,
        excused=absent,
        unexcused=missed,
    )


def by_school_year(
    days: Iterable[DayFact],
    *,
    start: date,
    end: date,
    last_day: date,
    planned: Mapping[str, int],
    pok: PokSpan | None,
    decided: bool | None = None,
    pauses: Pauses = (),
) -> dict[str, Tally]:
    """The hours of a placement for each school year it touches; planned as far as its last day (it may have ended)."""
    until = planned_until(start, end, planned, last_day, pauses)
    parts: dict[str, list[DayFact]] = {year: [] for year in school_years(start, end)}
    for day in days:
        parts.setdefault(school_year(day.on), []).append(day)
    return {year: tally_of(found, pok, decided, until.get(year, 0)) for year, found in parts.items()}


class Mark(StrEnum):
    """Why a day is not an ordinary one (VAK-01, CAL-01)."""

    FREE = "free"
    HOLIDAY = "holiday"
    SUMMER = "summer"


def mark_of(day: date, free: Mapping[date, str], holidays: Iterable[tuple[str, date, date]]) -> tuple[Mark, str] | None:
    """The mark of a day with its name. A school holiday as long as the six weeks of the norm is the summer break."""
    for name, first, last in holidays:
        if first <= day <= last:
            return (Mark.SUMMER if is_summer(first, last) else Mark.HOLIDAY), name
    return (Mark.FREE, free[day]) if day in free else None


@dataclass(frozen=True, slots=True)
class LongDay:
    """A minor who worked longer than allowed: on a day, or in the week (`on` is None)."""

    on: date | None
    hours: Decimal
    most: int


def too_long_for_minor(born: date, days: Iterable[DayFact]) -> list[LongDay]:
    """Days and the week of somebody under 18 on that day with too many hours; a terugkomdag is working time as well."""
    found, week = [], NONE
    at_most = 0
    for day in days:
        norms = norms_for(day.on)
        if _age(born, day.on) >= ADULT:
            continue
        at_most = norms.minor_week_hours
        hours = day.worked + (day.absent if day.absence == SCHOOL_DAY else NONE)
        week += hours
        if hours > norms.minor_day_hours:
            found.append(LongDay(day.on, hours, norms.minor_day_hours))
    return [*found, LongDay(None, week, at_most)] if week > at_most else found


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
