"""The bpv-docent's week, and what can be visited together: talks in one town, or at one leerbedrijf."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from bpv.core import calendar
from standards.workdays import is_workday
from visits.models import ContactKind, Talk

WEEK = 7  # days
AHEAD = timedelta(weeks=8)  # proposals that are shown
TOGETHER = timedelta(weeks=4)  # talks that may be combined in one visit
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Day:
    """One day of the week with its talks in the order of time."""

    on: date
    is_free: bool
    talks: list[Talk] = field(default_factory=list)


@dataclass(frozen=True)
class Town:
    """Talks on site in one town that are near in time: one journey."""

    city: str
    talks: list[Talk]

    @property
    def at_one_company(self) -> bool:
        """Whether it is one visit to one leerbedrijf."""
        return len({talk.placement.location_id for talk in self.talks}) == 1


def of(user: Any) -> QuerySet[Talk]:
    """The talks to come of the placements this person guides."""
    found = Talk.objects.to_come().filter(placement__teacher=user)
    return found.select_related(
        "placement__student", "placement__location", "placement__supervisor", "placement__programme"
    ).order_by("on", "at", "placement__sort_key", "id")


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def week(user: Any, monday: date) -> list[Day]:
    """Seven days; what was only proposed stands apart."""
    found = of(user).filter(state=Talk.State.PLANNED, on__gte=monday, on__lt=monday + timedelta(days=WEEK))
    by_day = {day: list(talks) for day, talks in groupby(found, key=lambda talk: talk.on)}
    free = calendar.free_days()
    days = [monday + timedelta(days=number) for number in range(WEEK)]
    return [Day(day, not is_workday(day, free), by_day.get(day, [])) for day in days]


def proposed(user: Any, today: date) -> list[Talk]:
    """What must still be planned, the first first."""
    return list(of(user).filter(state=Talk.State.PROPOSED, on__lte=today + AHEAD))


def soon(user: Any, today: date) -> list[Talk]:
    """What is planned in the coming week."""
    return list(of(user).filter(state=Talk.State.PLANNED, on__gte=today, on__lt=today + SOON))


def next_of_visit(talk: Talk) -> Talk | None:
    """The next planned talk at the same leerbedrijf on the same day, of the same bpv-docent."""
    found = Talk.objects.to_come().filter(state=Talk.State.PLANNED, on=talk.on).exclude(pk=talk.pk)
    same = found.filter(placement__location=talk.placement.location_id, placement__teacher=talk.placement.teacher_id)
    return same.select_related("placement__student").order_by("at", "id").first()


def towns(talks: Iterable[Talk], today: date) -> list[Town]:
    """The towns in which more than one of these talks on site lies within four weeks."""
    near = [
        t for t in talks if t.kind == ContactKind.ON_SITE and t.on <= today + TOGETHER and t.placement.location.city
    ]
    ordered = sorted(near, key=lambda talk: (talk.placement.location.city, talk.placement.location.name, talk.on))
    grouped = [Town(city, list(found)) for city, found in groupby(ordered, key=lambda t: t.placement.location.city)]
    return [town for town in grouped if len(town.talks) > 1]
