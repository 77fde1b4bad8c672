"""The dossier of one placement, and everything that happened in it."""

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bpv.core import audit, clock
from bpv.core.access import require
from bpv.core.models import AuditEvent
from compliance import queries
from compliance.dossier import Dossier
from compliance.lijn import draw
from compliance.people import people_of
from placements.access import may_guide, may_manage, may_see_all
from placements.models import Placement
from visits.access import may_ask

SHORT = 6
ON_A_PAGE = 100


class Event(NamedTuple):
    """One line of the history."""

    at: Any
    text: str
    note: str

    @classmethod
    def of(cls, event: AuditEvent) -> "Event":
        """The sentence, and by whom."""
        return cls(event.at, audit.sentence(event), event.by.full_name if event.by else "")


def dossier(request: HttpRequest, number: str) -> HttpResponse:
    """The bpv-lijn, what comes next, and all that is known; for outsiders without the staff parts."""
    user: Any = request.user
    placement = get_object_or_404(Placement.objects.visible_to(user).for_list(), number=number)
    today = clock.today()
    seen = Dossier(placement, user, today)
    context = {
        "placement": placement,
        "dossier": seen,
        "today": today,
        "phase": placement.phase(today),
        "lijn": draw(
            seen.points, start=placement.start, end=placement.last_day, today=today, company=placement.location.name
        ),
        "may_manage": may_manage(user, placement),
        "may_guide": may_guide(user, placement),
        "may_ask": may_ask(user, placement),
        "people": people_of(placement, user, queries.coordinators_of(placement)),
    }
    if seen.is_staff:
        context["events"] = [Event.of(event) for event in queries.events_of(placement)[:SHORT]]
    return render(request, "compliance/dossier.html", context)


def history(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that happened, newest first; for the school."""
    user: Any = request.user
    placement = get_object_or_404(Placement.objects.visible_to(user).for_list(), number=number)
    require(may_see_all(user, placement))
    page: Any = Paginator(queries.events_of(placement), ON_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [Event.of(event) for event in page.object_list]
    return render(request, "compliance/history.html", {"placement": placement, "page": page})
