"""A placement that does not count for the diploma, by a decision of the examencommissie (BEO-14)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment import examining
from assessment.models import LeftOut
from bpv.core import audit, clock
from placements.models import Placement, State


def _locked(placement: Placement, by: Any) -> Placement:
    related = Placement.objects.select_for_update(of=("self",)).select_related("enrolment__programme")
    locked = related.get(pk=placement.pk)
    if not examining.leads(by, locked.enrolment):
        raise PermissionDenied
    return locked


@transaction.atomic
def leave_out(*, placement: Placement, by: Any, on: date, reason: str) -> LeftOut:
    """It was done again, or ended early without an eindoordeel: it does not count. Also of a closed dossier.

    Raises ValidationError: left out already, cancelled, or in the future. PermissionDenied for who does not lead the
    opleiding.
    """
    locked = _locked(placement, by)
    if locked.state == State.CANCELLED:
        raise ValidationError(_("Deze plaatsing is vervallen en telt al niet mee."), code="cancelled")
    if LeftOut.objects.filter(placement=locked).exists():
        raise ValidationError(_("Deze bpv telt al niet mee."), code="out")
    if on > clock.today():
        raise ValidationError({"on": _("Deze datum ligt in de toekomst.")})
    made = LeftOut(placement=locked, reason=reason, on=on, by=by)
    made.full_clean(exclude=["placement", "by"])
    made.save()
    audit.record("assessment_left_out", subject=made, by=by, dossier=locked.pk, reason=reason)
    return made


@transaction.atomic
def count_again(*, placement: Placement, by: Any) -> None:
    """The decision is taken back. Nothing happens when there is none."""
    locked = _locked(placement, by)
    gone, _by_model = LeftOut.objects.filter(placement=locked).delete()
    if gone:
        audit.record("assessment_counted_again", subject=locked, by=by, dossier=locked.pk)
