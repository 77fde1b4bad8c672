"""Hours worked and absent in a bpv: do they count, what do they add up to, and what does a shortage mean.

G-06 and T3 (hours outside a valid POK), UUR-03 (three answers in place of one), UUR-04 (absence stands apart), VAK-01
(the summer break), and working hours of minors. Hours are hours of sixty minutes, in quarters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from standards.hours import Days, bbl_hours_needed, planned_until, school_year, school_years
from standards.norms import BBL_SOURCE, bol_bpv_hours, norms_for

UNEXCUSED = "unexcused"
SCHOOL_DAY = "school_day"  # a terugkomdag: for a minor that is working time too
ADULT = 18
ENTREE = 1  # the level of an entree-opleiding
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
) -> dict[str, Tally]:
    """The hours of a placement for each school year it touches; planned as far as its last day (it may have ended)."""
    until = planned_until(start, end, planned, last_day)
    parts: dict[str, list[DayFact]] = {year: [] for year in school_years(start, end)}
    for day in days:
        parts.setdefault(school_year(day.on), []).append(day)
    return {year: tally_of(found, pok, decided, until.get(year, 0)) for year, found in parts.items()}


class Funding(StrEnum):
    """UUR-03, bekostiging: is the norm of the law met?"""

    NO_NORM = "no_norm"
    MET = "met"
    RUNNING = "running"
    SHORT = "short"


class Contract(StrEnum):
    """UUR-03, contract: may the leerbedrijf ask for the hours that are left?"""

    FULFILLED = "fulfilled"
    RUNNING = "running"
    MAY_HOLD = "may_hold"
    NO_POK = "no_pok"  # nothing was agreed with the leerbedrijf, or not by everybody


class Exam(StrEnum):
    """UUR-03, examinering: can the bpv be assessed?"""

    WHOLE = "whole"
    ENOUGH = "enough"
    NOT_ENOUGH = "not_enough"
    TO_SAY = "to_say"


@dataclass(frozen=True, slots=True)
class Answer:
    """Three answers in place of one red mark."""

    funding: Funding
    contract: Contract
    exam: Exam


def three_answers(
    *,
    is_fulfilled: bool,
    is_whole: bool,
    is_over: bool,
    needed: int | None,
    towards_norm: Decimal,
    norm_is_over: bool,
    assessable: bool | None,
) -> Answer:
    """UUR-03. `is_fulfilled`: as many hours were made as were planned; `is_whole`: all of the POK, and they count;
    `is_over`: the end of this placement. `needed` and `towards_norm` of what the norm is about (a BBL's school years, a
    whole BOL), `norm_is_over` its end. `assessable`: what was recorded.
    """
    if needed is None:
        funding = Funding.NO_NORM
    elif towards_norm >= needed:
        funding = Funding.MET
    else:
        funding = Funding.SHORT if norm_is_over else Funding.RUNNING
    contract = Contract.FULFILLED if is_fulfilled else Contract.MAY_HOLD if is_over else Contract.RUNNING
    said = {None: Exam.TO_SAY, True: Exam.ENOUGH, False: Exam.NOT_ENOUGH}[assessable]
    return Answer(funding, contract, Exam.WHOLE if is_whole and assessable is not False else said)


@dataclass(frozen=True, slots=True)
class Norm:
    """The least hours the law asks, of a school year (BBL) or of a whole BOL, beside what is planned and made.

    `year` is empty for a whole opleiding. It holds from a day on (BBL), or for cohorts from one on (BOL).
    """

    year: str
    needed: int
    planned: int
    made: Decimal
    is_over: bool
    source: str
    valid_from: date | None = None
    cohort_from: int | None = None

    @property
    def is_met(self) -> bool:
        """Enough confirmed hours that count."""
        return self.made >= self.needed


def bbl_norms(
    start: date, last_day: date, years: Mapping[str, Tally], today: date, beside: Iterable[Days] = ()
) -> list[Norm]:
    """Of each school year of a BBL; a part that is shorter than ten months asks for its share.

    A year is the student's, not the placement's (BBL-11): `years` has the hours of all placements together, `beside`
    the periods of the others.
    """
    others = list(beside)
    since, over = norms_for(start).valid_from, max([last_day, *(last for _first, last in others)]) < today
    return [
        Norm(
            year,
            needed,
            years[year].planned if year in years else 0,
            years[year].counted if year in years else NONE,
            over or year < school_year(today),
            BBL_SOURCE,
            valid_from=since,
        )
        for year, needed in bbl_hours_needed(start, last_day, others).items()
    ]


def bol_norms(level: int, years: int, cohort: int, total: Tally, is_over: bool) -> list[Norm]:
    """Of a whole BOL, by its duration and the cohort (UUR-02); none for an entree, the opleidingen of level 1."""
    found = bol_bpv_hours(years, cohort) if level > ENTREE else None
    if found is None:
        return []
    needed, table = found
    return [Norm("", needed, total.planned, total.counted, is_over, table.source, cohort_from=table.cohort_from)]


def answers_of(
    *, total: Tally, agreed: int, is_over: bool, norms: list[Norm], assessable: bool | None, has_pok: bool = True
) -> Answer:
    """UUR-03 of a placement with these norms: a surplus in one school year does not mend a shortage in another.

    `agreed`: all hours of the POK, also those after the last day of a bpv that ended early: without them somebody says
    whether it can be assessed.
    """
    answer = three_answers(
        is_fulfilled=total.made >= total.planned,
        is_whole=total.counted >= agreed,
        is_over=is_over,
        needed=sum(norm.needed for norm in norms) if norms else None,
        towards_norm=sum((min(norm.made, Decimal(norm.needed)) for norm in norms), NONE),
        norm_is_over=any(norm.is_over and not norm.is_met for norm in norms),
        assessable=assessable,
    )
    return answer if has_pok else replace(answer, contract=Contract.NO_POK)


class Mark(StrEnum):
    """Why a day is not an ordinary one (VAK-01, CAL-01)."""

    FREE = "free"
    HOLIDAY = "holiday"
    SUMMER = "summer"


def mark_of(day: date, free: Mapping[date, str], holidays: Iterable[tuple[str, date, date]]) -> tuple[Mark, str] | None:
    """The mark of a day with its name. A school holiday as long as the six weeks of the norm is the summer break."""
    for name, first, last in holidays:
        if first <= day <= last:
            weeks = timedelta(weeks=norms_for(day).summer_weeks)
            return (Mark.SUMMER if last - first + timedelta(days=1) >= weeks else Mark.HOLIDAY), name
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
