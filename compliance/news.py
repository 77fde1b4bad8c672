"""What was done: by the reader today, and by others in the reader's dossiers since the last workday."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q
from django.utils.translation import ngettext, ngettext_lazy

from bpv.core import audit
from bpv.core.clock import AMSTERDAM
from bpv.core.models import AuditEvent
from placements.models import Placement

SHOWN = 12  # deeds of the reader that are listed
NAMED = 100  # names that are listed; the number says how many there are
MOST = 400  # events that are read: more happen on a day of an import, and then nobody reads them one by one
# Deeds of others that are news, in the order of the page.
NEWS = {
    "pok_paper_checked": ngettext_lazy("%(count)s POK getekend", "%(count)s POK's getekend", "count"),
    "pok_filed": ngettext_lazy("%(count)s POK in het dossier gezet", "%(count)s POK's in het dossier gezet", "count"),
    "pok_made": ngettext_lazy("%(count)s POK gemaakt", "%(count)s POK's gemaakt", "count"),
    "contact_logged": ngettext_lazy(
        "%(count)s student met een nieuw gesprek", "%(count)s studenten met een nieuw gesprek", "count"
    ),
    "request_received": ngettext_lazy(
        "%(count)s student met een nieuwe vraag", "%(count)s studenten met een nieuwe vraag", "count"
    ),
    "request_answered": ngettext_lazy(
        "%(count)s student met een nieuw antwoord", "%(count)s studenten met een nieuw antwoord", "count"
    ),
    "assessment_recorded": ngettext_lazy(
        "%(count)s student met een nieuwe beoordeling", "%(count)s studenten met een nieuwe beoordeling", "count"
    ),
}


@dataclass(frozen=True)
class Done:
    """One deed of the reader."""

    at: datetime
    text: str
    placement: Placement


@dataclass(frozen=True)
class Happened:
    """One kind of deed of others, with the placements in which it was done."""

    event: str
    placements: list[Placement] = field(default_factory=list)

    @property
    def text(self) -> str:
        """How often, in words."""
        return str(NEWS[self.event] % {"count": len(self.placements)})

    @property
    def shown(self) -> list[Placement]:
        return self.placements[:NAMED]

    @property
    def more(self) -> str:
        """How many are not named, in words; empty when all are."""
        left = len(self.placements) - len(self.shown)
        return ngettext("en nog %(count)s", "en nog %(count)s", left) % {"count": left} if left else ""


def done_by(user: Any, day: date) -> list[Done]:
    """What the person did in dossiers on this Amsterdam day, the latest first, a dozen at most. Two queries."""
    events = AuditEvent.objects.filter(by=user, at__gte=_morning(day), dossier__isnull=False)
    events = list(events.order_by("-at", "-id")[:SHOWN])
    placements = _placements(user, {event.dossier for event in events})
    return [
        Done(event.at, audit.sentence(event), placements[event.dossier])
        for event in events
        if event.dossier in placements
    ]


def by_others(user: Any, since: date) -> list[Happened]:
    """What others did since this day in the dossiers that the person leads or guides. Two queries."""
    own = Placement.objects.filter(Q(team__in=user.roles.coordinator | user.roles.manager) | Q(teacher=user))
    events = AuditEvent.objects.filter(at__gte=_morning(since), event__in=NEWS, dossier__in=own.values("pk"))
    events = events.exclude(by=user).order_by("-at", "-id")
    found = list(events.values_list("event", "dossier")[:MOST])
    placements = _placements(user, {dossier for _event, dossier in found})
    happened = {event: Happened(event) for event in NEWS}
    for event, dossier in dict.fromkeys(found):
        if dossier in placements:
            happened[event].placements.append(placements[dossier])
    return [one for one in happened.values() if one.placements]


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM)


def _placements(user: Any, ids: Iterable[Any]) -> dict[Any, Placement]:
    found = Placement.objects.visible_to(user).filter(pk__in=set(ids)).select_related("student", "location")
    return {placement.pk: placement for placement in found}
