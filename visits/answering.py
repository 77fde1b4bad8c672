"""How well questions are answered: in time by team and month (S6.1-c), and complaints that come back (VEI-08)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from accounts.models import Team
from bpv.core import calendar
from bpv.core.clock import local_day
from companies.models import Location
from standards import Outcome
from standards.norms import norms_for
from visits.inbox import Clock
from visits.models import HelpRequest, RequestKind

MONTHS = 12


@dataclass
class Month:
    """Questions received in one month: answered in time, judged (open ones that can still be in time are not), open."""

    in_time: int = 0
    judged: int = 0
    open: int = 0

    @property
    def percentage(self) -> int | None:
        """Whole per cents; None when nothing can be judged."""
        return round(100 * self.in_time / self.judged) if self.judged else None


@dataclass(frozen=True)
class Row:
    """One team with its months, the latest first."""

    team: Team
    months: list[Month]


def months_until(today: date) -> list[date]:
    """The first days of the last twelve months, the latest first."""
    number = today.year * 12 + today.month - 1
    return [date(one // 12, one % 12 + 1, 1) for one in range(number, number - MONTHS, -1)]


def by_team(user: Any, today: date) -> list[Row]:
    """The teams this person leads: two queries, however many questions."""
    columns, free = months_until(today), calendar.free_days()
    teams = list(Team.objects.filter(pk__in=user.roles.coordinator | user.roles.manager))
    cells: dict[tuple[int, date], Month] = defaultdict(Month)
    asked = HelpRequest.objects.filter(placement__team__in=teams, received_at__date__gte=columns[-1])
    for request in asked.select_related("placement").only("received_at", "first_response_at", "placement__team_id"):
        month = cells[request.placement.team_id, local_day(request.received_at).replace(day=1)]
        _count(month, Clock.of(request, today, free), request.first_response_at is None)
    return [Row(team, [cells[team.pk, first] for first in columns]) for team in teams]


def _count(month: Month, clock: Clock, is_open: bool) -> None:
    month.open += is_open
    if clock.outcome == Outcome.OPEN:
        return
    month.judged += 1
    month.in_time += clock.outcome == Outcome.MET


def repeated(user: Any, today: date) -> list[tuple[Location, int, int]]:
    """Leerbedrijven with complaints that come back: how many in a year, and of how many SBB was told."""
    norms = norms_for(today)
    since = today - timedelta(days=norms.complaints_days)
    teams = user.roles.coordinator | user.roles.manager
    complaints = HelpRequest.objects.filter(
        kind=RequestKind.COMPLAINT, sender="student", placement__team__in=teams, received_at__date__gte=since
    )
    rows = complaints.values("placement__location").annotate(told=Count("sbb_informed_on"), count=Count("pk"))
    many = {row["placement__location"]: row for row in rows if row["count"] >= norms.complaints_repeated}
    found = Location.objects.filter(pk__in=many).order_by("name", "pk")
    return [(location, many[location.pk]["count"], many[location.pk]["told"]) for location in found]
