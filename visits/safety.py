"""Reports of unsafe work, bad treatment and discrimination (VEI-02, VEI-06). Own rights, and every reading is kept.

No mail, list, export, dossier or audit event holds a word of a report, or whose it is.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import languages
from accounts.models import Role, User
from bpv.core import audit, calendar, clock, mail
from bpv.core.numbers import next_number
from placements.models import Placement
from standards import Outcome, outcome
from standards.deadlines import response_due
from visits.models import Incident, IncidentReading, IncidentStep, Recipient


@dataclass(frozen=True)
class Route:
    """Somebody to whom a student can tell it."""

    recipient: Recipient
    user: User

    @property
    def code(self) -> str:
        """As a form sends it."""
        return f"{self.recipient}:{self.user.pk}"


def routes(placement: Placement) -> list[Route]:
    """The three routes of VEI-02 with their people: bpv-docent, bpv-coördinator, vertrouwenscontactpersoon."""
    found = [Route(Recipient.TEACHER, placement.teacher)] if placement.teacher else []
    team = Q(memberships__team=placement.team_id) | Q(memberships__college__teams=placement.team_id)
    for role, recipient in ((Role.COORDINATOR, Recipient.COORDINATOR), (Role.CONFIDANT, Recipient.CONFIDANT)):
        people = User.objects.filter(team, memberships__role=role, is_active=True).distinct().order_by("sort_key")
        found += [Route(recipient, person) for person in people]
    return found


@transaction.atomic
def report(*, placement: Placement, by: Any, form_key: UUID, to: Route, **fields: Any) -> Incident:
    """Keep a report and tell the person it is for that there is one. The same form twice is one report.

    `fields`: kind, text, happened_on, unnamed, may_be_known.
    """
    if found := Incident.objects.filter(form_key=form_key, reported_by=by).first():
        return found
    made = Incident.objects.create(
        number=next_number(Incident.objects.all(), "V", before=10000),
        placement=placement,
        reported_by=by,
        recipient=to.recipient,
        owner=to.user,
        form_key=form_key,
        **fields,
    )
    audit.record("incident_reported", subject=made, by=by)
    about = {"language": languages.of(to.user), "name": to.user.first_name, "number": made.number}
    mail.queue("incident_reported", to=to.user.email, key=made.number, **about)
    return made


@transaction.atomic
def read(*, incident: Incident, by: Any) -> IncidentReading:
    """Somebody opens the content: that is kept before it is shown."""
    return IncidentReading.objects.create(incident=incident, by=by)


@transaction.atomic
def add_step(*, incident: Incident, by: Any, text: str, internal: bool) -> IncidentStep:
    """What was done. The first that the student may read is the first response, due in three workdays (VEI-02).

    Only the recipient and the student write here; the student is told by mail that there is something to read.
    """
    locked = _open(incident)
    step = locked.steps.create(by=by, text=text, internal=internal and by == locked.owner)
    audit.record("incident_step_added", subject=locked, by=by)
    if by != locked.owner or step.internal:
        return step
    if locked.first_response_at is None:
        locked.first_response_at = clock.now()
        locked.save()
    student = locked.reported_by
    about = {"language": languages.of(student), "name": student.first_name, "number": locked.number}
    page = f"{settings.SITE_URL}/link/?next=/veiligheid/{locked.number}/"
    mail.queue("incident_answered", to=student.email, key=f"{locked.number}:{step.pk}", page=page, **about)
    return step


@transaction.atomic
def settle(*, incident: Incident, by: Any, confidant_on: date | None, sbb_on: date | None, close: bool) -> Incident:
    """The dates on which the vertrouwenscontactpersoon and SBB were told, and whether it is done.

    Raises ValidationError: closing asks for a response first.
    """
    locked = _open(incident)
    if close and locked.first_response_at is None:
        raise ValidationError({"close": _("Reageer eerst. Daarna kun je de melding afronden.")})
    locked.confidant_involved_on, locked.sbb_informed_on = confidant_on, sbb_on
    locked.closed_at = clock.now() if close else None
    locked.save()
    audit.record("incident_settled", subject=locked, by=by)
    return locked


def _open(incident: Incident) -> Incident:
    locked = Incident.objects.select_for_update().get(pk=incident.pk)
    if locked.closed_at:
        raise ValidationError(_("Deze melding is afgerond."), code="closed")
    return locked


def due_on(incident: Incident) -> date:
    """The last good day of the first response."""
    return response_due(clock.local_day(incident.received_at), calendar.free_days())


def state_of(incident: Incident, today: date) -> Outcome:
    """met, late, missed or open."""
    answered = clock.local_day(incident.first_response_at) if incident.first_response_at else None
    return outcome(due_on(incident), answered, today)


def known_of(user: Any, placement: Placement) -> list[Incident]:
    """Reports of which bpv-coördinator or manager may know that they are there: number and day, no more."""
    if placement.team_id not in user.roles.coordinator | user.roles.manager:
        return []
    found = Incident.objects.filter(placement=placement, may_be_known=True)
    return list(found.only("number", "received_at", "closed_at"))
