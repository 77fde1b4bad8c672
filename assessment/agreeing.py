"""The plan is agreed with student and praktijkopleider before the first contact (BEO-10)."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.sharing import COMPANY, STUDENT, of
from bpv.core import audit, clock
from placements.access import is_student, is_supervisor, may_guide, refuse_closed
from placements.models import Placement

A_YEAR = timedelta(days=365)  # earlier is a slip of the pen


@transaction.atomic
def agree(
    *, placement: Placement, by: Any, on: date, with_student: bool = False, with_supervisor: bool = False
) -> None:
    """Student and praktijkopleider each agree themselves; who guides writes down with whom it was discussed, and when.

    Raises ValidationError: not shared yet, nobody named, in the future, or long before the bpv.
    """
    locked = (
        Placement.objects.select_for_update(of=("self",)).select_related("student", "supervisor").get(pk=placement.pk)
    )
    refuse_closed(locked)
    kept = of(locked)
    if kept is None:
        raise ValidationError(_("Er is nog geen beoordelingsplan gedeeld."))
    if is_student(by, locked):
        with_student, with_supervisor = True, False
    elif is_supervisor(by, locked):
        with_student, with_supervisor = False, True
    elif not may_guide(by, locked):
        raise PermissionDenied
    if on > clock.today():
        raise ValidationError({"on": _("Deze datum ligt in de toekomst.")})
    if on < locked.start - A_YEAR:
        raise ValidationError({"on": _("Deze datum ligt meer dan een jaar voor de bpv.")})
    if not (with_student or with_supervisor):
        raise ValidationError({"with_student": _("Kies met wie het plan is besproken.")})
    who = []
    if with_student and not kept.student_agreed_on:
        kept.student_agreed_on = on
        who.append(STUDENT)
    if with_supervisor and not kept.supervisor_agreed_on:
        kept.supervisor_agreed_on = on
        who.append(COMPANY)
    if who:
        kept.recorded_by = by
        kept.save()
        audit.record("plan_agreed", subject=kept, by=by, dossier=locked.pk, to=who, on=on)
