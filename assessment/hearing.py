"""Hearing the leerbedrijf before the school decides (BEO-09): asked by mail, kept while it is filled in."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.models import CompanyJudgement, Kind, Way
from bpv.core import audit, clock, mail
from placements.access import is_supervisor, may_guide
from placements.messages import Receiver, Receivers, receivers_of
from placements.models import Placement, State
from standards.norms import norms_for

MOST = 200  # placements in one run


def of(placement: Placement) -> CompanyJudgement | None:
    """What is kept of the leerbedrijf's judgement."""
    return CompanyJudgement.objects.select_related("by").filter(placement=placement).first()


def may_write(user: Any, placement: Placement) -> bool:
    """The praktijkopleider; who guides writes down what was heard in another way."""
    return is_supervisor(user, placement) or may_guide(user, placement)


@transaction.atomic
def write(*, placement: Placement, by: Any, submit: bool, way: str = Way.OWN, **fields: str) -> CompanyJudgement:
    """Keep what was filled in, or hand it in; `fields`: score, good, attention, assessor.

    Raises ValidationError: handed in already, or incomplete when it is handed in. PermissionDenied for others than
    the praktijkopleider and who guides.
    """
    locked = Placement.objects.select_for_update(of=("self",)).select_related("supervisor").get(pk=placement.pk)
    own = is_supervisor(by, locked)
    if not may_write(by, locked):
        raise PermissionDenied
    kept = of(locked) or CompanyJudgement(placement=locked)
    if kept.submitted_at:
        raise ValidationError(_("Dit oordeel is al ingeleverd."), code="submitted")
    if not own and way == Way.OWN:
        raise ValidationError({"way": _("Kies hoe je het oordeel ontving.")})
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.way, kept.by, kept.saved_at = Way.OWN if own else way, by, clock.now()
    kept.submitted_at = clock.now() if submit else None
    kept.full_clean(exclude=["placement", "by", "submitted_at", "delegate", "delegated_at"])
    kept.save()
    if submit:
        received = kept.get_way_display()
        audit.record("assessment_heard", subject=kept, by=by, dossier=locked.pk, way=received)
    return kept


def ask_waiting(today: date) -> int:
    """Ask the praktijkopleiders of bpv's that end soon, and remind who did not answer; returns how many were mailed."""
    soon = today + timedelta(days=max(norms_for(today).judgement_asked_days))
    ending = Placement.objects.filter(state=State.PLANNED, end__range=(today, soon), supervisor__isnull=False)
    waiting = ending.exclude(company_judgement__submitted_at__isnull=False).exclude(assessments__kind=Kind.FINAL)
    return sum(_ask(pk, today) for pk in waiting.order_by("end", "pk").values_list("pk", flat=True)[:MOST])


@transaction.atomic
def _ask(pk: int, today: date) -> int:
    related = ("supervisor__user", "student", "location")
    placement = Placement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)
    kept = of(placement) or CompanyJudgement(placement=placement)
    left = (placement.end - today).days
    passed = sum(left <= days for days in norms_for(placement.start).judgement_asked_days)
    if kept.submitted_at or kept.asks >= passed:
        return 0
    kept.asks = passed
    kept.save()
    found = receivers_of(placement, Receivers.SUPERVISOR)
    for receiver in found:
        _tell(placement, receiver, passed)
    return len(found)


def _tell(placement: Placement, receiver: Receiver, time: int) -> None:
    page = f"{settings.SITE_URL}/link/?next=/plaatsingen/{placement.number}/oordeel/"
    words = {"placement": placement, "page": page, "name": receiver.person.full_name, "again": time > 1}
    about = {"dossier": placement.pk, "language": receiver.language}
    mail.queue("judgement_asked", to=receiver.person.email, key=f"{placement.pk}:{time}", **about, **words)
