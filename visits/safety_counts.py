"""How many reports of safety and discrimination there were, without showing whose: small numbers are not told."""

from collections import Counter
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from accounts.models import Team
from bpv.core.clock import local_day
from standards.norms import norms_for
from standards.periods import school_year_of
from visits.models import Incident, IncidentKind


class Count(NamedTuple):
    """One line of the page; `said` is the number, or that it is small."""

    label: str
    said: str


def by_school_year(user: Any, today: date) -> list[Count]:
    """Of the manager's teams together, per school year, the latest first."""
    days = Incident.objects.filter(placement__team__in=user.roles.manager).values_list("received_at", flat=True)
    found = Counter(school_year_of(local_day(moment)) for moment in days)
    years = range(school_year_of(today), min([*found, school_year_of(today)]) - 1, -1)
    return [Count(f"{year}-{year + 1}", said(found[year], today)) for year in years]


def by_team(user: Any, today: date) -> list[Count]:
    """In this school year, per team."""
    found = Counter(_this_year(user, today).values_list("placement__team", flat=True))
    teams = Team.objects.filter(pk__in=user.roles.manager)
    return [Count(team.name, said(found[team.pk], today)) for team in teams]


def by_kind(user: Any, today: date) -> list[Count]:
    """In this school year, per kind."""
    found = Counter(_this_year(user, today).values_list("kind", flat=True))
    return [Count(str(kind.label), said(found[kind.value], today)) for kind in IncidentKind]


def said(count: int, today: date) -> str:
    """The number; of a small one only that it is small, nought too: else one report would point at a student."""
    least = norms_for(today).small_count
    return str(count) if count >= least else _("minder dan %(count)s") % {"count": least}


def _this_year(user: Any, today: date) -> Any:
    begins = date(school_year_of(today), 8, 1)
    return Incident.objects.filter(placement__team__in=user.roles.manager, received_at__date__gte=begins)
