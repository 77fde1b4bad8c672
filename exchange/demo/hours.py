"""Hours in the demo: two opleidingen keep them, a BOL and a BBL; most weeks confirmed, the last ones wait."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bpv.core import clock
from placements import timesheet
from placements.models import Absence, HoursDay, HoursWeek, Placement, State, Way, WeekState
from students.models import Programme

CREBOS = ("25604", "25606")
FULL, LONG = Decimal(8), Decimal("8.5")
USUAL = {"BOL": (FULL, FULL, FULL, FULL), "BBL": (LONG, Decimal("7.5"), FULL)}
WAIT = 3  # weeks that the praktijkopleider has not seen yet


def hours(today: date) -> None:
    """Two of three students hand in every week; now and then somebody is ill, and one week comes back."""
    Programme.objects.filter(crebo__in=CREBOS).update(registers_hours=True)
    kept = Placement.objects.filter(programme__crebo__in=CREBOS, start__lte=today, state=State.PLANNED)
    kept = kept.filter(supervisor__user__isnull=False).select_related("programme", "supervisor").order_by("number")
    for index, placement in enumerate(kept):
        if index % 3 != 2:
            _weeks(placement, index, today)


def _weeks(placement: Placement, index: int, today: date) -> None:
    mondays = [day for day in timesheet.mondays(placement, today) if day + timedelta(days=6) < today]
    marks = timesheet.marks_between(placement.start, today)
    through = timesheet.works_through(placement)
    days: list[HoursDay] = []
    for number, monday in enumerate(mondays):
        inside = [day for day in (monday + timedelta(days=n) for n in range(4)) if placement.start <= day <= today]
        worked = [day for day in inside if day <= placement.last_day and (through or day not in marks)]
        if worked:
            week = HoursWeek(placement=placement, monday=monday, **_state(placement, len(mondays) - number, index))
            week.save()
            days += [_day(week, day, index + number) for day in worked[: len(USUAL[placement.programme.leerweg])]]
    HoursDay.objects.bulk_create(days)


def _state(placement: Placement, left: int, index: int) -> dict[str, Any]:
    """The last weeks wait; one student in four has one that came back."""
    handed_in = {"state": WeekState.HANDED_IN, "handed_in_at": clock.now()}
    if left == 2 and index % 4 == 1:
        said = "Woensdag stond je niet op het rooster. Klopt dat?"
        return {"state": WeekState.SENT_BACK, "answer": said, **_settled(placement)}
    if left <= WAIT:
        return handed_in
    return handed_in | {"state": WeekState.CONFIRMED, "way": Way.OWN, **_settled(placement)}


def _settled(placement: Placement) -> dict[str, Any]:
    by = placement.supervisor.user if placement.supervisor else placement.teacher
    return {"settled_by": by, "settled_at": clock.now()}


def _day(week: HoursWeek, on: date, turn: int) -> HoursDay:
    usual = USUAL[week.placement.programme.leerweg]
    worked = usual[on.weekday() % len(usual)]
    if turn % 9 == 4:
        return HoursDay(week=week, on=on, absent=worked, absence=Absence.SICK)
    if turn % 11 == 6 and on.weekday() == 0:
        return HoursDay(week=week, on=on, absent=worked, absence=Absence.SCHOOL_DAY)
    if turn % 17 == 8 and on.weekday() == 2:
        return HoursDay(week=week, on=on, absent=worked, absence=Absence.UNEXCUSED)
    return HoursDay(week=week, on=on, worked=worked)
