"""Opdrachten of a placement: handed out from the catalogue, withdrawn, opened again (OPD-05)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment import telling
from assessment.goals import work_processes_of
from assessment.models import Assignment, HandedOut, Proposal
from assessment.models.assignment_texts import AssignmentText
from bpv.core import audit
from placements.access import is_student, may_guide, refuse_closed
from placements.models import Placement, State
from students.models import WorkProcess

RELATED = ("student__user", "supervisor__user", "teacher", "programme", "enrolment", "location")


def locked(placement: int) -> Placement:
    """The row of a placement that is changed; closed it stays as it is (S8-d). Raises ValidationError."""
    found = Placement.objects.select_for_update(of=("self",)).select_related(*RELATED).get(pk=placement)
    refuse_closed(found)
    return found


def current_of(handed: HandedOut) -> HandedOut:
    """The row as it is now; ask for the lock of the placement first. Raises ValidationError: withdrawn meanwhile."""
    found = HandedOut.objects.select_related("placement__student").filter(pk=handed.pk).first()
    if found is None:
        raise ValidationError(_("Deze opdracht is intussen ingetrokken."), code="withdrawn")
    return found


def left_open(placement: Placement) -> list[HandedOut]:
    """What is not finished: nothing handed in, or not judged yet (Q-ST-10)."""
    return list(HandedOut.objects.filter(placement=placement).unfinished())


def to_choose(placement: Placement) -> Any:
    """The opdrachten of the catalogue that this student does not have yet."""
    found = Assignment.objects.filter(programme=placement.programme_id, active=True)
    return found.exclude(handed_out__placement=placement).prefetch_related("work_processes")


@transaction.atomic
def hand_out(
    *, placement: Placement, chosen: Collection[Assignment], by: Any, today: date, due: date | None = None
) -> list[HandedOut]:
    """Hand out one or several at once; the student gets one mail.

    Raises ValidationError: none chosen, had already, the day lies in the past, a werkproces that the student's cohort
    does not know, or a placement that was cancelled. PermissionDenied for who does not guide.
    """
    placement = locked(placement.pk)
    if not may_guide(by, placement):
        raise PermissionDenied
    if not chosen:
        raise ValidationError({"chosen": _("Kies minstens één opdracht.")})
    if not {one.pk for one in chosen} <= set(to_choose(placement).values_list("pk", flat=True)):
        raise ValidationError({"chosen": _("Deze opdracht is al uitgedeeld, of staat niet meer in de catalogus.")})
    made = [
        give(placement, one, _of_cohort(placement, one), source=one, by=by, today=today, due=due)
        for one in sorted(chosen, key=lambda one: (one.difficulty, one.title))
    ]
    telling.of_handed_out(placement, made)
    return made


def give(
    placement: Placement,
    text: AssignmentText,
    work_processes: Collection[WorkProcess],
    *,
    by: Any,
    today: date,
    **how: Any,
) -> HandedOut:
    """Copy a text to a placement whose row is locked; `how`: source or proposal, and due. Raises ValidationError."""
    if placement.state == State.CANCELLED:
        raise ValidationError(_("Deze plaatsing is vervallen."), code="cancelled")
    if how.get("due") and how["due"] < today:
        raise ValidationError({"due": _("Deze datum ligt in het verleden.")})
    made = HandedOut(placement=placement, handed_out_on=today, handed_out_by=by, **text.words(), **how)
    made.full_clean(exclude=["placement", "handed_out_by", "work_processes", "source", "proposal"])
    made.save()
    made.work_processes.set(work_processes)
    audit.record("assignment_handed_out", subject=made, by=by, dossier=placement.pk, title=made.title)
    return made


def _of_cohort(placement: Placement, assignment: Assignment) -> list[WorkProcess]:
    """The same werkprocessen as they are for the student's cohort: a code says which."""
    codes = {process.code for process in assignment.work_processes.all()}
    found = list(work_processes_of(placement).filter(code__in=codes))
    if len(found) < len(codes):
        text = _("%(title)s hoort bij een werkproces dat het cohort van deze student niet heeft.")
        raise ValidationError({"chosen": text % {"title": assignment.title}})
    return found


@transaction.atomic
def withdraw(*, handed: HandedOut, by: Any) -> None:
    """Take back what was handed out; about an own opdracht of the leerbedrijf the school can then decide again.

    Raises ValidationError once something was handed in: that stays.
    """
    placement = locked(handed.placement_id)
    if not may_guide(by, placement):
        raise PermissionDenied
    current = current_of(handed)
    if current.submissions.exists():
        raise ValidationError(_("Er is al iets ingeleverd. Deze opdracht blijft staan."), code="submitted")
    audit.record("assignment_withdrawn", subject=current, by=by, dossier=placement.pk, title=current.title)
    current.delete()
    if current.proposal:
        waiting = {"state": Proposal.State.WAITING, "decided_by": None, "decided_at": None}
        Proposal.objects.filter(pk=current.proposal_id).update(**waiting)


@transaction.atomic
def reopen(*, handed: HandedOut, by: Any, reason: str) -> HandedOut:
    """Let the student hand in again after a judgement, which stays to be read. ValidationError when not judged."""
    placement = locked(handed.placement_id)
    if not may_guide(by, placement):
        raise PermissionDenied
    current = current_of(handed)
    if current.state != HandedOut.State.ASSESSED:
        raise ValidationError(_("Alleen een opdracht die beoordeeld is kan opnieuw open."), code="state")
    current.state, current.score = HandedOut.State.OPEN, ""
    current.save()
    audit.record(
        "assignment_reopened", subject=current, by=by, dossier=placement.pk, title=current.title, reason=reason
    )
    return current


def may_submit(user: Any, handed: HandedOut) -> bool:
    """The student, until it is judged; after an onvoldoende again."""
    return is_student(user, handed.placement) and (handed.state != HandedOut.State.ASSESSED or handed.score == "o")
