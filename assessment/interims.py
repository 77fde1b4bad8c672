"""The interim assessment: established in a talk, told to both (BEO-05, BEO-06)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment import interim_asking, late_views
from assessment.models import Interim, InterimView
from bpv.core import audit, clock
from placements.access import may_guide, refuse_closed
from placements.messages import Receivers, receivers_of
from placements.models import Placement

WORDS = {Receivers.STUDENT: gettext_lazy("student"), Receivers.SUPERVISOR: gettext_lazy("praktijkopleider")}


@transaction.atomic
def establish(*, placement: Placement, by: Any, **fields: Any) -> Interim:
    """Keep what the three established in a talk, and send it to student and praktijkopleider.

    `fields`: held_on, with_student, with_supervisor, good, attention. Complete once both are told; who has no
    e-mail address is told by a person (`tell`). Raises ValidationError.
    """
    locked = _locked(placement)
    if not may_guide(by, locked):
        raise PermissionDenied
    refuse_closed(locked)
    made = Interim(placement=locked, established_by=by, established_at=clock.now(), **fields)
    if made.held_on > clock.today():
        raise ValidationError({"held_on": _("Deze datum ligt in de toekomst.")})
    if not locked.start <= made.held_on <= locked.last_day:
        raise ValidationError({"held_on": _("Deze datum ligt niet in de bpv-periode.")})
    if Interim.objects.filter(placement=locked, held_on=made.held_on).exists():
        raise ValidationError({"held_on": _("Van dit gesprek is er al een tussentijdse beoordeling.")})
    made.full_clean(exclude=["placement", "established_by", "student_told_on", "supervisor_told_on"])
    late_views.file_away(locked)
    made.save()
    InterimView.objects.filter(placement=locked, interim=None).update(interim=made)
    audit.record("assessment_recorded", subject=made, by=by, dossier=locked.pk)
    found = receivers_of(locked, Receivers.BOTH)
    for receiver in found:
        interim_asking.mail_of_interim(
            "interim_told", locked, receiver, key=f"{made.pk}", page=f"/tussentijds/{made.pk}/"
        )
    _mark(made, {receiver.role for receiver in found}, clock.today(), by)
    return made


@transaction.atomic
def tell(*, interim: Interim, by: Any, on: date, student: bool, supervisor: bool) -> Interim:
    """Somebody was told in another way than by mail. Raises ValidationError: before the talk, or in the future."""
    locked = Interim.objects.select_for_update(of=("self",)).select_related("placement").get(pk=interim.pk)
    if not may_guide(by, locked.placement):
        raise PermissionDenied
    refuse_closed(locked.placement)
    if not locked.held_on <= on <= clock.today():
        raise ValidationError({"on": _("Deze datum ligt in de toekomst, of voor het gesprek.")})
    told = {Receivers.STUDENT} if student else set()
    told |= {Receivers.SUPERVISOR} if supervisor else set()
    _mark(locked, told, on, by)
    return locked


def _mark(interim: Interim, told: set[Receivers], on: date, by: Any) -> None:
    new = []
    if Receivers.STUDENT in told and not interim.student_told_on:
        interim.student_told_on = on
        new.append(WORDS[Receivers.STUDENT])
    if Receivers.SUPERVISOR in told and not interim.supervisor_told_on:
        interim.supervisor_told_on = on
        new.append(WORDS[Receivers.SUPERVISOR])
    if new:
        interim.save()
        audit.record("interim_told", subject=interim, by=by, dossier=interim.placement_id, to=new, on=on)


def _locked(placement: Placement) -> Placement:
    related = ("student__user", "supervisor__user", "location")
    return Placement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=placement.pk)
