"""Deeds with leerdoelen: set, worked on, evaluated with the leerbedrijf (S7, VB-08), and the form as PDF."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.models import Goal, Progress
from bpv.core import audit, clock, documents
from placements.access import is_student, may_guide, refuse_closed
from placements.models import Placement
from placements.papers import Paper, head_of
from students.models import WorkProcess


def may_set(user: Any, placement: Placement) -> bool:
    """The student, with the bpv-docent and the bpv-coördinator."""
    return is_student(user, placement) or may_guide(user, placement)


def work_processes_of(placement: Placement) -> Any:
    """The werkprocessen of the opleiding as they are for the student's cohort."""
    return WorkProcess.objects.of_cohort(placement.programme.crebo, placement.enrolment.cohort)


@transaction.atomic
def save(*, goal: Goal, by: Any, changed: Collection[str] = ()) -> Goal:
    """Set a leerdoel, or write the `changed` fields of one: what somebody else wrote meanwhile stays.

    Raises ValidationError: without a werkproces of the opleiding (S7), or evaluated.
    PermissionDenied for who is neither the student nor guides.
    """
    placement = Placement.objects.select_for_update(of=("self",)).get(pk=goal.placement_id)
    if not may_set(by, placement):
        raise PermissionDenied
    refuse_closed(placement)
    if not work_processes_of(placement).filter(pk=goal.work_process_id).exists():
        raise ValidationError({"work_process": _("Kies een werkproces van de opleiding.")})
    is_new = goal.pk is None
    if is_new:
        goal.made_by = by
    else:
        _refuse_evaluated(goal)
        given, goal = goal, Goal.objects.get(pk=goal.pk)
        for name in changed:
            setattr(goal, name, getattr(given, name))
    goal.full_clean(exclude=["work_process", "made_by", "evaluated_by"])
    goal.save()
    if is_new:
        audit.record("goal_set", subject=goal, by=by, dossier=placement.pk)
    else:
        audit.record("goal_changed", subject=goal, by=by, dossier=placement.pk)
    return goal


@transaction.atomic
def evaluate(*, goal: Goal, by: Any, on: date, progress: str, evaluation: str, improvement: str) -> Goal:
    """What student, leerbedrijf and school say of it at the end, with what can be better (VB-08). Stays as it is.

    Raises ValidationError: evaluated already, in the future, before the bpv began, or in a closed dossier.
    """
    placement = Placement.objects.select_for_update(of=("self",)).get(pk=goal.placement_id)
    if not may_guide(by, placement):
        raise PermissionDenied
    refuse_closed(placement)
    locked = Goal.objects.select_for_update(of=("self",)).select_related("placement").get(pk=goal.pk)
    _refuse_evaluated(locked)
    if on > clock.today():
        raise ValidationError({"on": _("Deze datum ligt in de toekomst.")})
    if on < locked.placement.start:
        raise ValidationError({"on": _("Toen was de bpv nog niet begonnen.")})
    locked.progress, locked.evaluation, locked.improvement = progress, evaluation, improvement
    locked.evaluated_on, locked.evaluated_by = on, by
    locked.full_clean(exclude=["work_process", "made_by", "evaluated_by"])
    locked.save()
    result = Progress(progress).label
    audit.record("goal_evaluated", subject=locked, by=by, dossier=locked.placement_id, result=result)
    return locked


def _refuse_evaluated(goal: Goal) -> None:
    if Goal.objects.filter(pk=goal.pk, evaluated_on__isnull=False).exists():
        raise ValidationError(_("Dit leerdoel is al geëvalueerd en blijft zoals het is."), code="evaluated")


@dataclass(frozen=True)
class GoalSheet(Paper):
    """All that the templates of *Mijn leerdoelen* (D19) and the leerwerkplan (D18) read."""

    is_plan: bool
    lines: list[tuple[WorkProcess, list[Goal]]]


def lines_of(placement: Placement, *, all_of_them: bool) -> list[tuple[WorkProcess, list[Goal]]]:
    """The leerdoelen by werkproces; with `all_of_them` also the werkprocessen that have none."""
    goals = list(Goal.objects.filter(placement=placement).select_related("work_process"))
    processes = {goal.work_process for goal in goals} | set(work_processes_of(placement) if all_of_them else ())
    ordered = sorted(processes, key=lambda process: (process.code, process.pk))
    return [(process, [goal for goal in goals if goal.work_process_id == process.pk]) for process in ordered]


def pdf_of(placement: Placement, *, is_plan: bool) -> bytes:
    """The form *Mijn leerdoelen*, or the leerwerkplan: the same by werkproces, with those that have no leerdoel yet."""
    sheet = GoalSheet(
        head=head_of(placement),
        is_plan=is_plan,
        lines=lines_of(placement, all_of_them=is_plan),
    )
    return documents.render("assessment/pdf/goals.html", sheet)
