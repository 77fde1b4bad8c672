"""Equivalence for a zij-instromer: proof of an earlier bpv (ZIJ-01), or a decision on work experience (ZIJ-02)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from assessment import examining
from assessment.models import Equivalence
from bpv.core import audit, clock, documents
from students.models import Enrolment


def may_decide(user: Any, enrolment: Enrolment) -> bool:
    """The bevoegd gezag: the manager onderwijs of the opleiding."""
    return enrolment.programme.team_id in user.roles.manager


def current(enrolment: Enrolment) -> Equivalence | None:
    """The one that counts now."""
    return Equivalence.objects.filter(enrolment=enrolment, is_current=True).select_related("by").first()


@transaction.atomic
def record_proof(*, enrolment: Enrolment, by: Any, on: date, proof: str, proof_on: date) -> Equivalence:
    """Proof was seen of an earlier bpv for this kwalificatie with a positive eindoordeel; no copy is kept (ZIJ-01).

    Raises ValidationError: a date in the future. PermissionDenied for who does not lead the opleiding.
    """
    locked = _locked(enrolment)
    if not examining.leads(by, locked):
        raise PermissionDenied
    made = Equivalence(enrolment=locked, ground=Equivalence.Ground.PROOF, granted=True, on=on, by=by)
    made.proof, made.proof_on = proof, proof_on
    _refuse_future(on=on, proof_on=proof_on)
    _keep(made)
    audit.record(
        "assessment_equivalence_seen", subject=made, by=by, dossier=examining.last_dossier(locked), proof=proof
    )
    return made


@transaction.atomic
def decide(*, enrolment: Enrolment, by: Any, granted: bool, on: date, **answers: Any) -> Equivalence:
    """The bevoegd gezag decides whether work experience satisfies the requirement (ZIJ-02).

    `answers`: recent, extent, level (yes or no) and recent_why, extent_why, level_why. Raises ValidationError: granted
    without three times yes, an answer without motivation, or in the future. PermissionDenied for others than the
    manager.
    """
    locked = _locked(enrolment)
    if not may_decide(by, locked):
        raise PermissionDenied
    if granted and not all(answers.get(question) for question in ("recent", "extent", "level")):
        raise ValidationError(
            {"granted": _("Gelijkwaardig kan alleen als alle drie de vragen met ja zijn beantwoord.")}
        )
    made = Equivalence(enrolment=locked, ground=Equivalence.Ground.DECISION, granted=granted, on=on, by=by, **answers)
    _refuse_future(on=on)
    _keep(made)
    result = gettext_lazy("gelijkwaardig") if granted else gettext_lazy("niet gelijkwaardig")
    audit.record(
        "assessment_equivalence_decided", subject=made, by=by, dossier=examining.last_dossier(locked), result=result
    )
    return made


def _locked(enrolment: Enrolment) -> Enrolment:
    found = Enrolment.objects.select_for_update(of=("self",)).select_related("programme")
    return found.get(pk=enrolment.pk)


def _refuse_future(**days: date) -> None:
    for name, day in days.items():
        if day > clock.today():
            raise ValidationError({name: _("Deze datum ligt in de toekomst.")})


def _keep(made: Equivalence) -> None:
    """In place of the one before, which stays to be read."""
    Equivalence.objects.filter(enrolment=made.enrolment, is_current=True).update(is_current=False)
    made.full_clean(exclude=["enrolment", "by"])
    made.save()


@dataclass(frozen=True)
class Decision:
    """All that the template of *Besluit zij-instroom* reads (D39)."""

    school: str
    written_in: str
    student: str
    number: str
    birth_date: date
    programme: str
    crebo: str
    leerweg: str
    level: int
    is_proof: bool
    granted: bool
    on: date
    by: str
    proof: str
    proof_on: date | None
    questions: list[tuple[str, bool | None, str]]


def pdf_of(kept: Equivalence) -> bytes:
    """The decision, or what was seen, as PDF."""
    student, programme = kept.enrolment.student, kept.enrolment.programme
    decision = Decision(
        school=settings.SCHOOL_NAME,
        written_in=get_language() or settings.LANGUAGE_CODE,
        student=student.full_name,
        number=student.number,
        birth_date=student.birth_date,
        programme=programme.name,
        crebo=programme.crebo,
        leerweg=programme.leerweg,
        level=programme.level,
        is_proof=kept.ground == Equivalence.Ground.PROOF,
        granted=kept.granted,
        on=kept.on,
        by=kept.by.full_name,
        proof=kept.proof,
        proof_on=kept.proof_on,
        questions=kept.questions,
    )
    return documents.render("assessment/pdf/equivalence.html", decision)
