"""The achterwacht: who answers when the school is closed, and which bpv is not covered then (CAL-01, CAL-03)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import College
from bpv.core import audit, calendar, clock
from bpv.core.models import Holiday
from placements.models import Placement, State
from standards.workdays import is_workday
from visits.models import Duty

OPENS, CLOSES = time(8), time(17)  # outside these hours nobody is at school
AHEAD = timedelta(weeks=8)  # so far the roster is looked at


@dataclass(frozen=True)
class Gap:
    """Days on which students work while the school is closed and nobody is on call."""

    college: College
    first: date
    last: date
    why: str
    students: int


def school_is_open(moment: datetime) -> bool:
    """Whether somebody answers at school: on workdays outside the school holidays, from eight to five."""
    local = moment.astimezone(clock.AMSTERDAM)
    day = local.date()
    if not is_workday(day, calendar.free_days()) or Holiday.objects.filter(first__lte=day, last__gte=day).exists():
        return False
    return OPENS <= local.time() < CLOSES


def now_on_duty(placement: Placement, moment: datetime) -> Duty | None:
    """Who can be called now about this placement; None while the school itself answers, or when nobody is on call."""
    if school_is_open(moment):
        return None
    turns = Duty.objects.filter(college=placement.team.college_id, starts_at__lte=moment, ends_at__gt=moment)
    return turns.first()


def calamity_number() -> str:
    """The number of the school for calamities, from the bpv-gids (CAL-02); empty when it is not set."""
    return str(settings.CALAMITY_NUMBER)


@transaction.atomic
def put_on(*, college: College, by: Any, **fields: Any) -> Duty:
    """A turn on the roster; `fields`: name, phone, starts_at, ends_at. Raises ValidationError at the field."""
    duty = Duty(college=college, made_by=by, **fields)
    duty.full_clean(exclude=["college", "made_by"])
    duty.save()
    audit.record("duty_made", subject=duty, by=by, name=duty.name, on=clock.local_day(duty.starts_at))
    return duty


@transaction.atomic
def take_off(*, duty: Duty, by: Any) -> None:
    """A turn off the roster."""
    audit.record("duty_removed", subject=duty, by=by, name=duty.name, on=clock.local_day(duty.starts_at))
    duty.delete()


def working(college: College, kind: Q, first: date, last: date) -> QuerySet[Placement]:
    """Placements of the college that run in these days and work at such times."""
    running = Placement.objects.filter(team__college=college, state=State.PLANNED, start__lte=last, end__gte=first)
    return running.filter(kind)


IN_HOLIDAYS = Q(in_holidays=True) | Q(programme__leerweg="BBL")  # a job goes on when the lessons stop


def gaps(college: College, today: date) -> list[Gap]:
    """What is not covered in the coming weeks: each weekend, the evenings of each week, and each school holiday."""
    found = [gap for gap in (_holiday(college, one, today) for one in _holidays(today)) if gap]
    monday = today - timedelta(days=today.weekday())
    while monday <= today + AHEAD:
        found += [gap for gap in (_weekend(college, monday, today), _evenings(college, monday, today)) if gap]
        monday += timedelta(days=7)
    return sorted(found, key=lambda gap: (gap.first, gap.last))


def _holidays(today: date) -> QuerySet[Holiday]:
    return Holiday.objects.filter(last__gte=today, first__lte=today + AHEAD)


def _holiday(college: College, holiday: Holiday, today: date) -> Gap | None:
    return _gap(college, IN_HOLIDAYS, max(holiday.first, today), holiday.last, holiday.name, OPENS, CLOSES)


def _weekend(college: College, monday: date, today: date) -> Gap | None:
    first, last = monday + timedelta(days=5), monday + timedelta(days=6)
    if last < today:
        return None
    return _gap(college, Q(in_weekend=True), max(first, today), last, _("weekend"), OPENS, CLOSES)


def _evenings(college: College, monday: date, today: date) -> Gap | None:
    first, last = max(monday, today), monday + timedelta(days=4)
    if last < first:
        return None
    return _gap(college, Q(in_evening=True), first, last, _("avonden"), CLOSES, time(23))


def _gap(college: College, kind: Q, first: date, last: date, why: str, begins: time, ends: time) -> Gap | None:
    """The days of a stretch on which a turn does not hold from `begins` to `ends`; None when all is covered."""
    students = working(college, kind, first, last).count()
    if not students:
        return None
    turns = list(Duty.objects.filter(college=college).covering(first, last))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    bare = [day for day in days if not _covered(turns, day, begins, ends)]
    return Gap(college, bare[0], bare[-1], why, students) if bare else None


def _covered(turns: list[Duty], day: date, begins: time, ends: time) -> bool:
    """Whether the turns together hold all these hours of the day."""
    at, end = (datetime.combine(day, moment, clock.AMSTERDAM) for moment in (begins, ends))
    for turn in sorted(turns, key=lambda turn: turn.starts_at):
        if turn.starts_at <= at < turn.ends_at:
            at = turn.ends_at
    return at >= end


def may_roster(user: Any, college: College) -> bool:
    """A bpv-coördinator of a team of the college (CAL-03)."""
    return college.teams.filter(pk__in=user.roles.coordinator).exists()
