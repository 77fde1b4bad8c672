"""The plan of a placement: shared with student and praktijkopleider in time, and agreed with them (S8-a, BEO-10)."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment import plans
from assessment.models import AgreedPlan, Plan
from bpv.core import audit, clock, mail
from placements.access import may_guide, refuse_closed
from placements.messages import Receiver, Receivers, receivers_of
from placements.models import Placement, State
from standards.norms import norms_for

MOST = 200  # placements in one run
STUDENT, COMPANY = gettext_lazy("student"), gettext_lazy("praktijkopleider")
INFORMED = {Receivers.STUDENT: "student_informed_at", Receivers.SUPERVISOR: "supervisor_informed_at"}
WORDS = {Receivers.STUDENT: STUDENT, Receivers.SUPERVISOR: COMPANY}


def of(placement: Placement) -> AgreedPlan | None:
    """The plan of a placement with its parts."""
    found = AgreedPlan.objects.filter(placement=placement).select_related("plan__programme", "shared_by")
    return found.prefetch_related("plan__parts").first()


@transaction.atomic
def share(*, placement: Placement, by: Any) -> AgreedPlan:
    """Fix the newest plan for this placement and tell student and praktijkopleider; again for who was not told yet.

    What is published later does not change it. Raises ValidationError when the opleiding has no plan.
    """
    related = ("student__user", "supervisor__user", "programme", "enrolment", "location")
    locked = Placement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=placement.pk)
    if by is not None and not may_guide(by, locked):
        raise PermissionDenied
    refuse_closed(locked)
    kept = of(locked)
    if kept is None:
        plan = plans.holding_for(locked)
        if plan is None:
            raise ValidationError(_("De opleiding heeft voor dit cohort nog geen beoordelingsplan."))
        kept = AgreedPlan(placement=locked, plan=plan, shared_at=clock.now(), shared_by=by)
    told = untold(locked, kept)
    for receiver in told:
        _tell(locked, receiver)
        if not getattr(kept, INFORMED[receiver.role]):
            setattr(kept, INFORMED[receiver.role], clock.now())
    kept.supervisor = locked.supervisor
    kept.save()
    if told:
        audit.record("plan_shared", subject=kept, by=by, dossier=locked.pk, to=[WORDS[one.role] for one in told])
    return kept


def untold(placement: Placement, kept: AgreedPlan) -> list[Receiver]:
    """Who has an address and was not told yet, also a praktijkopleider who came in the place of another."""
    another = kept.supervisor_id not in (None, placement.supervisor_id)
    return [
        receiver
        for receiver in receivers_of(placement, Receivers.BOTH)
        if not getattr(kept, INFORMED[receiver.role]) or (another and receiver.role == Receivers.SUPERVISOR)
    ]


def share_waiting(today: date) -> int:
    """Share the plan of placements that start soon or have begun with who does not have it; returns how many."""
    soon = today + timedelta(days=norms_for(today).plan_shared_days_before)
    plan = Plan.objects.published().filter(programme=OuterRef("programme"), cohort__lte=OuterRef("enrolment__cohort"))
    found = Placement.objects.filter(state=State.PLANNED, start__lte=soon, end__gte=today, closed_at__isnull=True)
    new = Q(Exists(plan), agreed_plan=None)
    waiting = list(found.filter(new | Q(agreed_plan__isnull=False) & _someone_untold()).order_by("start", "pk")[:MOST])
    for placement in waiting:
        share(placement=placement, by=None)
    return len(waiting)


def _someone_untold() -> Q:
    """The rows of which `untold` is not empty."""
    another = Q(agreed_plan__supervisor__isnull=False) & ~Q(agreed_plan__supervisor=F("supervisor"))
    supervisor = Q(supervisor__email__gt="") & (Q(agreed_plan__supervisor_informed_at=None) | another)
    return Q(student__email__gt="", agreed_plan__student_informed_at=None) | supervisor


def _tell(placement: Placement, receiver: Receiver) -> None:
    page = f"{settings.SITE_URL}/link/?next=/plaatsingen/{placement.number}/beoordelingsplan/"
    words = {"placement": placement, "page": page, "person": receiver.person}
    about = {"dossier": placement.pk, "language": receiver.language}
    mail.queue("plan_shared", to=receiver.person.email, key=f"{placement.pk}:{receiver.role}", **about, **words)
