"""The hours of a placement as rows: which weeks there are, which version stands, what a day is, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bpv.core.models import FreeDay, Holiday
from placements.models import HoursWeek, Placement, State, WeekState
from standards.bpv_hours import DayFact, LongDay, Mark, mark_of, too_long_for_minor
from standards.hours import Pauses, is_summer

SUNDAY, FRIDAY = 6, 4
Marks = dict[date, tuple[Mark, str]]


@dataclass(frozen=True)
class Day:
    """A day of a week: why it is closed for hours, and its mark; `asks`: hours here are entered deliberately."""

    on: date
    closed: str = ""
    mark: str = ""
    is_summer: bool = False
    asks: bool = False

    @property
    def index(self) -> int:
        """0 for Monday."""
        return self.on.weekday()


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def registers(placement: Placement) -> bool:
    """Whether hours are kept: when the opleiding does so (UUR-01) and the bpv takes place."""
    return placement.programme.registers_hours and placement.state != State.CANCELLED


def marks_between(first: date, last: date) -> Marks:
    """Free days, school holidays and the summer break in these days."""
    free = dict(FreeDay.objects.filter(date__range=(first, last)).values_list("date", "name"))
    holidays = list(Holiday.objects.filter(last__gte=first, first__lte=last).values_list("name", "first", "last"))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day: mark for day in days if (mark := mark_of(day, free, holidays))}


def works_through(placement: Placement) -> bool:
    """A BBL is a job that goes on when the lessons stop; a BOL only when it was agreed (VAK-01, CAL-01)."""
    return placement.programme.leerweg == "BBL" or placement.in_holidays


def pauses_of(placement: Placement) -> Pauses:
    """The summer breaks in which this bpv lies still, from its start on."""
    return () if works_through(placement) else summers(placement.start)


def summers(since: date) -> Pauses:
    """All summer breaks that are not over on that day."""
    holidays = Holiday.objects.filter(last__gte=since).order_by("first").values_list("first", "last")
    return [(first, last) for first, last in holidays if is_summer(first, last)]


def days_of(placement: Placement, monday: date, today: date) -> list[Day]:
    """The seven days of a week. Raises nothing: a day outside the bpv, or one to come, says why it is closed."""
    marks = marks_between(monday, monday + timedelta(days=SUNDAY))
    through, found = works_through(placement), []
    for on in (monday + timedelta(days=number) for number in range(SUNDAY + 1)):
        mark, name = marks.get(on, (None, ""))
        closed = ""
        if not placement.start <= on <= placement.last_day:
            closed = str(_("Deze dag valt buiten de bpv."))
        elif on > today:
            closed = str(_("Deze dag komt nog."))
        found.append(Day(on, closed, name, mark is Mark.SUMMER, bool(mark) and not through))
    return found


def versions(placements: Iterable[Placement]) -> QuerySet[HoursWeek]:
    """All versions of all weeks with their days."""
    found = HoursWeek.objects.filter(placement__in=list(placements))
    return found.select_related("settled_by").prefetch_related("days")


def newest(weeks: Iterable[HoursWeek]) -> dict[date, HoursWeek]:
    """The last version of each week, whatever its state."""
    return {week.monday: week for week in sorted(weeks, key=lambda week: (week.monday, week.version))}


def standing(weeks: Iterable[HoursWeek]) -> list[HoursWeek]:
    """The version of each week that is counted: the newest confirmed one, else what waits for confirmation."""
    found: dict[date, HoursWeek] = {}
    for week in sorted(weeks, key=lambda week: (week.monday, week.version)):
        if week.state == WeekState.CONFIRMED or (week.state == WeekState.HANDED_IN and week.monday not in found):
            found[week.monday] = week
    return list(found.values())


def facts(weeks: Iterable[HoursWeek]) -> list[DayFact]:
    """Days as the arithmetic knows them."""
    return [
        DayFact(day.on, day.worked, day.absent, day.absence, week.state == WeekState.CONFIRMED)
        for week in weeks
        for day in week.days.all()
    ]


def warnings(placement: Placement, week: HoursWeek | None) -> list[LongDay]:
    """What is longer than a minor may work; a warning and nothing more."""
    return too_long_for_minor(placement.student.birth_date, facts([week])) if week else []


@dataclass(frozen=True)
class Due:
    """A week of which the hours are not in yet; `answer`: why it came back."""

    placement: Placement
    monday: date
    answer: str = ""

    @property
    def number(self) -> int:
        """The ISO number of the week."""
        return self.monday.isocalendar().week

    @property
    def name(self) -> str:
        """The week as it stands in an address."""
        return HoursWeek(monday=self.monday).name


def mondays(placement: Placement, today: date) -> list[date]:
    """The weeks that can be handed in: from their Friday on, or from the last day of the bpv; none before the start."""
    found, monday = [], monday_of(placement.start)
    while monday <= placement.last_day and may_hand_in(placement, monday, today):
        found.append(monday)
        monday += timedelta(days=SUNDAY + 1)
    return found


def may_hand_in(placement: Placement, monday: date, today: date) -> bool:
    """Whether the week is far enough. A bpv that starts in a weekend has begun."""
    return today >= max(placement.start, min(monday + timedelta(days=FRIDAY), placement.last_day))


def due(placement: Placement, weeks: Iterable[HoursWeek], today: date) -> list[Due]:
    """The weeks that are not in, the oldest first; without those of which nothing is expected."""
    in_hand = newest(weeks)
    done = (WeekState.HANDED_IN, WeekState.CONFIRMED)
    found = []
    candidates = mondays(placement, today)
    marks = marks_between(candidates[0], candidates[-1] + timedelta(days=SUNDAY)) if candidates else {}
    for monday in candidates:
        week = in_hand.get(monday)
        if (week and week.state in done) or (not week and _free(placement, monday, marks)):
            continue
        found.append(Due(placement, monday, week.answer if week else ""))
    return found


def _free(placement: Placement, monday: date, marks: Marks) -> bool:
    """Whether nothing is expected of the student: no workday of it is in the bpv, or a BOL has free on all of them."""
    workdays = [monday + timedelta(days=number) for number in range(FRIDAY + 1)]
    inside = [day for day in workdays if placement.start <= day <= placement.last_day]
    return not inside or (not works_through(placement) and all(day in marks for day in inside))


def waiting(placements: Iterable[Placement]) -> dict[int, int]:
    """How many weeks wait for confirmation, by placement; only where hours are kept."""
    found = [placement.pk for placement in placements if registers(placement) and not placement.closed_at]
    rows = HoursWeek.objects.filter(placement__in=found, state=WeekState.HANDED_IN).values_list("placement", flat=True)
    counted: dict[int, int] = {}
    for pk in rows if found else ():
        counted[pk] = counted.get(pk, 0) + 1
    return counted


def to_enter(placement: Placement, today: date) -> list[Due]:
    """What the student still has to hand in, for Vandaag."""
    if not registers(placement) or placement.closed_at:
        return []
    return due(placement, HoursWeek.objects.filter(placement=placement), today)


def same_as_before(placement: Placement, monday: date, days: list[Day]) -> dict[int, Decimal]:
    """What was worked in the week before, on the days of this week that are open and ordinary."""
    before: Any = newest(versions([placement]).filter(monday=monday - timedelta(days=SUNDAY + 1)))
    worked = {day.on.weekday(): day.worked for week in before.values() for day in week.days.all()}
    return {day.index: worked.get(day.index, Decimal(0)) for day in days if not day.closed and not day.mark}
