"""Hearing the leerbedrijf before the school decides (BEO-09): asked by mail, kept while it is filled in.

The praktijkopleider answers, or a werkbegeleider whom the praktijkopleider asks (ROL-WB, ROL-BEO-3).
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from assessment import rights
from assessment.models import CompanyJudgement, Way
from bpv.core import audit, clock, mail
from companies.models import Contact
from placements.access import is_supervisor, may_guide, refuse_closed
from placements.messages import Receiver, Receivers, receivers_of
from placements.models import Placement, State
from standards.norms import norms_for

MOST = 200  # placements in one run


def delegated_to(user: Any) -> Any:
    """What a werkbegeleider was asked to fill in; such a person sees nothing else of the placement."""
    return CompanyJudgement.objects.filter(delegate__user=user)


def of(placement: Placement) -> CompanyJudgement | None:
    """What is kept of the leerbedrijf's judgement."""
    return CompanyJudgement.objects.select_related("by", "delegate").filter(placement=placement).first()


def is_delegate(user: Any, kept: CompanyJudgement | None) -> bool:
    """The werkbegeleider who was asked."""
    return bool(kept and kept.delegate and kept.delegate.user_id == user.pk)


def mentors_of(placement: Placement) -> Any:
    """Whom the praktijkopleider may ask: others of the same location with an e-mail address."""
    found = Contact.objects.filter(Q(is_mentor=True) | Q(is_supervisor=True), location=placement.location_id)
    return found.exclude(email="").exclude(pk=placement.supervisor_id)


@transaction.atomic
def write(
    *, placement: Placement, by: Any, submit: bool, way: str = Way.OWN, explanation: str = "", **fields: Any
) -> CompanyJudgement:
    """Keep what was filled in, or hand it in; `fields`: score, scores, good, attention, assessor.

    Raises ValidationError: handed in already, decided already, or incomplete when it is handed in. PermissionDenied
    for others than the praktijkopleider, the werkbegeleider who was asked, and who guides (says how it came: `way`).
    """
    locked = Placement.objects.select_for_update(of=("self",)).select_related("supervisor").get(pk=placement.pk)
    kept = of(locked) or CompanyJudgement(placement=locked)
    own = is_supervisor(by, locked) or is_delegate(by, kept)
    if not (own or may_guide(by, locked)):
        raise PermissionDenied
    refuse_closed(locked)
    if rights.moment_of(locked).is_decided:
        raise ValidationError(_("De school heeft al besloten."), code="decided")
    if kept.submitted_at:
        raise ValidationError(_("Dit oordeel is al ingeleverd."), code="submitted")
    if not own and way == Way.OWN:
        raise ValidationError({"way": _("Kies hoe je het oordeel ontving.")})
    if way == Way.OTHER and not explanation:
        raise ValidationError({"explanation": _("Schrijf op hoe je het oordeel ontving.")})
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.way, kept.explanation = (Way.OWN, "") if own else (way, explanation)
    kept.by, kept.saved_at = by, clock.now()
    kept.submitted_at = clock.now() if submit else None
    kept.full_clean(exclude=["placement", "by", "submitted_at", "delegate", "delegated_at"])
    kept.save()
    if submit:
        received = kept.get_way_display()
        audit.record("assessment_heard", subject=kept, by=by, dossier=locked.pk, way=received)
    return kept


@transaction.atomic
def delegate(*, placement: Placement, to: Contact, by: Any) -> CompanyJudgement:
    """The praktijkopleider (or who guides, when asked to) has a werkbegeleider fill it in, by a link of the own.

    Raises ValidationError: somebody of another location, or handed in already.
    """
    related = ("supervisor", "student", "location")
    locked = Placement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=placement.pk)
    if not (is_supervisor(by, locked) or may_guide(by, locked)):
        raise PermissionDenied
    refuse_closed(locked)
    kept = of(locked) or CompanyJudgement(placement=locked)
    if kept.submitted_at or rights.moment_of(locked).is_decided:
        raise ValidationError(_("Dit oordeel is al ingeleverd."), code="submitted")
    if not mentors_of(locked).filter(pk=to.pk).exists():
        raise ValidationError({"to": _("Kies iemand van dit leerbedrijf.")})
    kept.delegate, kept.delegated_at = to, clock.now()
    kept.save()
    audit.record("judgement_delegated", subject=kept, by=by, dossier=locked.pk, name=to.full_name)
    _tell(locked, Receiver(Receivers.SUPERVISOR, to), f"d{to.pk}", page=f"/oordelen/{kept.pk}/")
    return kept


def ask_waiting(today: date) -> int:
    """Ask the praktijkopleiders of bpv's that end soon, and remind who did not answer; returns how many were mailed."""
    soon = today + timedelta(days=max(norms_for(today).judgement_asked_days))
    ending = Placement.objects.filter(state=State.PLANNED, end__range=(today, soon), supervisor__isnull=False)
    waiting = ending.exclude(company_judgement__submitted_at__isnull=False).exclude(finals__is_current=True)
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
    if kept.delegate and kept.delegate.email:
        _tell(placement, Receiver(Receivers.SUPERVISOR, kept.delegate), passed, page=f"/oordelen/{kept.pk}/")
    return len(found)


def _tell(placement: Placement, receiver: Receiver, time: int | str, page: str = "") -> None:
    page = f"{settings.SITE_URL}/link/?next={page or f'/plaatsingen/{placement.number}/oordeel/'}"
    words = {"placement": placement, "page": page, "name": receiver.person.full_name, "again": time not in (1, "1")}
    about = {"dossier": placement.pk, "language": receiver.language}
    mail.queue("judgement_asked", to=receiver.person.email, key=f"{placement.pk}:{time}", **about, **words)
