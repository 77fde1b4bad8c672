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

OPENS, CLOSES, LATE = time(8), time(17), time(23)  # the school answers from eight to five; work ends at eleven
AHEAD, SOON = timedelta(weeks=8), timedelta(weeks=2)  # so far the roster is looked at, and warned about


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


IN_HOLIDAYS = Q(in_holidays=True) | Q(programme__leerweg="BBL")  # a job goes on when the lessons stop


def working(college: College, kind: Q, first: date, last: date) -> QuerySet[Placement]:
    """Placements of the college that run in these days and work at such times."""
    running = Placement.objects.filter(team__college=college, state=State.PLANNED, start__lte=last, end__gte=first)
    return running.filter(kind)


@dataclass(frozen=True)
class _Worker:
    """A placement as the roster sees it; `at`: whether it works in weekends, evenings and holidays."""

    COLUMNS = ("start", "end", "in_weekend", "in_evening", "in_holidays", "programme__leerweg")
    start: date
    end: date
    at: tuple[bool, bool, bool]

    @classmethod
    def of(cls, start: date, end: date, weekend: bool, evening: bool, holidays: bool, leerweg: str) -> "_Worker":
        return cls(start, end, (weekend, evening, holidays or leerweg == "BBL"))

    def works_in(self, stretch: "Stretch") -> bool:
        return self.at[stretch.at] and self.start <= stretch.last and self.end >= stretch.first


def gaps(college: College, today: date, ahead: timedelta = AHEAD) -> list[Gap]:
    """What is not covered in the coming time: each weekend, the evenings of each week, and each school holiday.

    Three queries, however long it is.
    """
    until = today + ahead
    holidays = list(Holiday.objects.filter(last__gte=today, first__lte=until))
    kinds = Q(in_weekend=True) | Q(in_evening=True) | (IN_HOLIDAYS if holidays else Q(pk=None))
    last = max([until, *(holiday.last for holiday in holidays)]) + timedelta(days=6)
    people = [_Worker.of(*row) for row in working(college, kinds, today, last).values_list(*_Worker.COLUMNS)]
    turns = list(Duty.objects.filter(college=college).covering(today, last))
    found = []
    for stretch in [*_of_holidays(holidays, today), *_of_weeks(today, until)]:
        students = sum(one.works_in(stretch) for one in people)
        bare = [day for day in stretch.days if not _covered(turns, day, stretch.begins, stretch.ends)]
        if students and bare:
            found.append(Gap(college, bare[0], bare[-1], stretch.why, students))
    return sorted(found, key=lambda gap: (gap.first, gap.last))


@dataclass(frozen=True)
class Stretch:
    """Days and hours on which the school is closed; `at`: which of weekend, evening and holiday this is."""

    why: str
    first: date
    last: date
    begins: time
    ends: time
    at: int

    @property
    def days(self) -> list[date]:
        """All of them."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


def _of_holidays(holidays: list[Holiday], today: date) -> list[Stretch]:
    return [Stretch(one.name, max(one.first, today), one.last, OPENS, CLOSES, 2) for one in holidays]


def _of_weeks(today: date, until: date) -> list[Stretch]:
    """The weekend and the evenings of each week."""
    found, monday = [], today - timedelta(days=today.weekday())
    while monday <= until:
        saturday, sunday, friday = (monday + timedelta(days=days) for days in (5, 6, 4))
        if sunday >= today:
            found.append(Stretch(_("weekend"), max(saturday, today), sunday, OPENS, CLOSES, 0))
        if friday >= today:
            found.append(Stretch(_("avonden"), max(monday, today), friday, CLOSES, LATE, 1))
        monday += timedelta(days=7)
    return found


def _covered(turns: list[Duty], day: date, begins: time, ends: time) -> bool:
    """Whether the turns together hold all these hours of the day."""
    at, end = (datetime.combine(day, moment, clock.AMSTERDAM) for moment in (begins, ends))
    for turn in sorted(turns, key=lambda turn: turn.starts_at):
        if turn.starts_at <= at < turn.ends_at:
            at = turn.ends_at
    return at >= end


def colleges_of(user: Any) -> QuerySet[College]:
    """The colleges for which this person keeps the roster (CAL-03)."""
    return College.objects.filter(teams__in=user.roles.coordinator).distinct()


def uncovered_soon(user: Any, today: date) -> int:
    """How many stretches of the coming two weeks nobody covers, for the bpv-coördinator."""
    return sum(len(gaps(college, today, SOON)) for college in colleges_of(user))


def may_roster(user: Any, college: College) -> bool:
    """A bpv-coördinator of a team of the college (CAL-03)."""
    return college.teams.filter(pk__in=user.roles.coordinator).exists()
