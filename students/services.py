"""Deeds with what is known of a student: address, work permit, parent or guardian."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpv.core import audit
from students.models import Guardian, Programme, Student, WorkPermit


@transaction.atomic
def change_reach(*, student: Student, by: Any, email: str, mobile: str) -> Student:
    """Change where the student is reached. Whoever reads the mail of the old address comes in no longer."""
    locked = Student.objects.select_for_update().get(pk=student.pk)
    if email and Student.objects.filter(email__iexact=email).exclude(pk=locked.pk).exists():
        raise ValidationError({"email": _("Dit adres is van een andere student.")})
    if locked.email.lower() != email.lower():
        locked.user = None  # the new address gets an account with its first link
    locked.email, locked.mobile = email, mobile
    locked.full_clean(exclude=["sort_key", "user"])
    locked.save()
    for dossier in _dossiers(student):
        audit.record("student_changed", subject=student, by=by, dossier=dossier, name=student.full_name)
    return locked


@transaction.atomic
def record_permit(*, student: Student, by: Any, on: date, state: str, valid_until: date | None) -> WorkPermit:
    """What was seen of a tewerkstellingsvergunning, by whom and when; no copy is kept (TWV-01)."""
    Student.objects.select_for_update().get(pk=student.pk)
    permit = WorkPermit.objects.filter(student=student).first() or WorkPermit(student=student)
    permit.state, permit.valid_until, permit.checked_on, permit.checked_by = state, valid_until, on, by
    permit.full_clean()
    permit.save()
    for dossier in _dossiers(student):
        audit.record(
            "work_permit_checked",
            subject=student,
            by=by,
            dossier=dossier,
            name=student.full_name,
            answer=WorkPermit.State(state).label,
        )
    return permit


@transaction.atomic
def save_guardian(*, student: Student, by: Any, name: str, email: str) -> Guardian:
    """Who is informed, or signs along, as long as the student is under 18 (T26)."""
    Student.objects.select_for_update().get(pk=student.pk)
    guardian = Guardian.objects.filter(student=student).first() or Guardian(student=student)
    guardian.name, guardian.email = name, email
    if email.lower() == student.email.lower():
        raise ValidationError({"email": _("Dit is het adres van de student zelf.")})
    guardian.full_clean()
    guardian.save()
    for dossier in _dossiers(student):
        audit.record("guardian_saved", subject=student, by=by, dossier=dossier, name=student.full_name)
    return guardian


@transaction.atomic
def set_hours_registration(*, programme: Programme, by: Any, registers: bool) -> Programme:
    """Whether the students of an opleiding keep their bpv hours here (UUR-01). What was kept stays when it goes off."""
    locked: Programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if locked.team_id not in by.roles.coordinator:
        raise PermissionDenied
    if locked.registers_hours == registers:
        return locked
    locked.registers_hours = registers
    locked.save(update_fields=["registers_hours"])
    answer = gettext_lazy("aan") if registers else gettext_lazy("uit")
    audit.record("hours_registration_set", subject=locked, by=by, programme=str(locked), answer=answer)
    return locked


def _dossiers(student: Student) -> list[int | None]:
    """Every dossier of the student (by the related name: placements lie above students)."""
    return list(student.placements.values_list("pk", flat=True)) or [None]
