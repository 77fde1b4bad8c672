"""The dossier of one placement, and everything that happened in it."""

from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment import examining
from bpv.core import audit, clock
from bpv.core.access import require
from bpv.core.events import SENTENCES
from bpv.core.models import AuditEvent
from compliance import queries
from compliance.dossier import Dossier
from compliance.lijn import draw
from compliance.people import people_of
from placements.access import may_guide, may_manage, may_see_all
from placements.models import Placement
from visits.access import may_ask

SHORT = 6  # events in the dossier; the others are folded
FOLDED = 60
ON_A_PAGE = 100
OF_PLACEMENT = ("placement_", "teacher_", "accreditation_", "student_", "guardian_", "work_permit_", "search_")
# Parts of the history: the address's word, its label, and how its events begin.
OF_CONTACTS = ("contact_", "talk_", "talks_", "message_", "deviation_", "watch_", "start_", "guidance_")
OF_ASSESSMENT = ("assessment_", "goal_", "plan_", "interim_", "judgement_", "student_", "assignment_")
PARTS = (
    ("plaatsing", gettext_lazy("Plaatsing"), OF_PLACEMENT),
    ("pok", gettext_lazy("POK"), ("pok_", "signature_")),
    ("contacten", gettext_lazy("Contacten"), OF_CONTACTS),
    ("vragen", gettext_lazy("Vragen"), ("request_",)),
    ("beoordeling", gettext_lazy("Beoordeling"), OF_ASSESSMENT),
    ("uren", gettext_lazy("Uren"), ("hours_",)),
)


class Event(NamedTuple):
    """One line of the history."""

    at: Any
    day: date
    text: str
    note: str

    @classmethod
    def of(cls, event: AuditEvent) -> "Event":
        """The sentence, and by whom; what the night did has nobody."""
        by = _("door %(name)s") % {"name": event.by.full_name} if event.by else ""
        return cls(event.at, clock.local_day(event.at), audit.sentence(event), by)


class Part(NamedTuple):
    """A link to one kind of events."""

    label: str
    count: int
    url: str
    current: bool


def dossier(request: HttpRequest, number: str) -> HttpResponse:
    """The bpv-lijn, what comes next, and all that is known; for outsiders without the staff parts."""
    user: Any = request.user
    placement = get_object_or_404(Placement.objects.visible_to(user).for_list(), number=number)
    today = clock.today()
    seen = Dossier(placement, user, today)
    is_open = placement.closed_at is None  # S8-d: a closed dossier offers nothing that would change it
    context = {
        "placement": placement,
        "dossier": seen,
        "today": today,
        "phase": placement.phase(today),
        "lijn": draw(
            seen.points, start=placement.start, end=placement.last_day, today=today, company=placement.location.name
        ),
        "may_manage": is_open and may_manage(user, placement),
        "may_guide": is_open and may_guide(user, placement),
        "may_ask": may_ask(user, placement),
        "may_lead": placement.programme.team_id in examining.teams_of(user),
        "people": people_of(placement, user, queries.coordinators_of(placement)),
    }
    if seen.is_staff:
        events = [Event.of(event) for event in queries.events_of(placement)[: SHORT + FOLDED + 1]]
        context |= {"events": events[:SHORT], "older": events[SHORT : SHORT + FOLDED]}
        context["has_more"] = len(events) > SHORT + FOLDED
    return render(request, "compliance/dossier.html", context)


def history(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that happened, newest first, or one part of it; for the school."""
    user: Any = request.user
    placement = get_object_or_404(Placement.objects.visible_to(user).for_list(), number=number)
    require(may_see_all(user, placement))
    happened = queries.events_by_name(placement)
    wanted = request.GET.get("deel", "")
    names = next((names_of(begins) for part, _label, begins in PARTS if part == wanted), None)
    page: Any = Paginator(queries.events_of(placement, names), ON_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [Event.of(event) for event in page.object_list]
    context = {"placement": placement, "page": page, "parts": parts(happened, wanted if names else "")}
    return render(request, "compliance/history.html", context)


def names_of(begins: tuple[str, ...]) -> list[str]:
    """The events whose name begins like this."""
    return [name for name in SENTENCES if name.startswith(begins)]


def parts(happened: dict[str, int], wanted: str) -> list[Part]:
    """A link to everything, and one to each part in which something happened."""
    found = [Part(_("Alles"), sum(happened.values()), "?", not wanted)]
    for part, label, begins in PARTS:
        count = sum(number for name, number in happened.items() if name.startswith(begins))
        if count:
            found.append(Part(str(label), count, f"?deel={part}", part == wanted))
    return found
