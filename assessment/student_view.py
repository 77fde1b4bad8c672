"""The student's own view, and what the student thinks of that of the leerbedrijf."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment import rights
from assessment.models import StudentView
from bpv.core import audit, clock
from placements.access import is_student, refuse_closed
from placements.models import Placement


def of(placement: Placement) -> StudentView | None:
    """What is kept of the student's view."""
    return StudentView.objects.filter(placement=placement).first()


@transaction.atomic
def write(*, placement: Placement, by: Any, submit: bool, **fields: Any) -> StudentView:
    """Keep what was filled in, or hand it in; `fields`: score, scores, good, attention.

    Raises ValidationError: handed in already, decided already, or incomplete when it is handed in.
    """
    locked = _locked(placement, by)
    moment = rights.moment_of(locked)
    if moment.is_decided:
        raise ValidationError(_("De school heeft al besloten."), code="decided")
    kept = of(locked) or StudentView(placement=locked)
    if kept.submitted_at:
        raise ValidationError(_("Je hebt je oordeel al ingeleverd."), code="submitted")
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.saved_at = clock.now()
    kept.submitted_at = clock.now() if submit else None
    kept.full_clean(exclude=["placement", "submitted_at", "answered_at", "agrees"])
    kept.save()
    if submit:
        audit.record("student_view_given", subject=kept, by=by, dossier=locked.pk)
    return kept


@transaction.atomic
def answer(*, placement: Placement, by: Any, agrees: bool, remark: str) -> StudentView:
    """Agree with what the leerbedrijf thinks, or not and say why; once, before the school decides.

    Raises ValidationError: before both are in, after the decision, twice, or without a reason.
    """
    locked = _locked(placement, by)
    moment = rights.moment_of(locked)
    if not (moment.own_in and moment.company_in) or moment.is_decided:
        raise ValidationError(_("Reageren kan als beide oordelen er zijn en de school nog niet heeft besloten."))
    kept = StudentView.objects.select_for_update().get(placement=locked)
    if kept.answered_at:
        raise ValidationError(_("Je hebt al gereageerd."), code="answered")
    if not agrees and not remark.strip():
        raise ValidationError({"remark": _("Schrijf op waarom je het er niet mee eens bent.")})
    kept.agrees, kept.remark, kept.answered_at = agrees, remark, clock.now()
    kept.save()
    said = gettext_lazy("eens") if agrees else gettext_lazy("niet eens")
    audit.record("student_answered", subject=kept, by=by, dossier=locked.pk, answer=said)
    return kept


def _locked(placement: Placement, by: Any) -> Placement:
    locked = Placement.objects.select_for_update(of=("self",)).select_related("student").get(pk=placement.pk)
    if not is_student(by, locked):
        raise PermissionDenied
    refuse_closed(locked)
    return locked
