"""The catalogue of opdrachten of an opleiding: kept by the bpv-coördinator of its team (S7, OPD-01, OPD-02, OPD-06)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Avg, Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from assessment.models import Assignment, PracticeFit
from bpv.core import audit, clock
from students.models import Programme, WorkProcess

# BEG-10: the questions of the handbook with which a praktijkopleider looks back, in our words
REFLECTION = (
    gettext_noop("Hoe zou je dit een volgende keer aanpakken?"),
    gettext_noop("Wat heeft deze opdracht te maken met je leerdoelen?"),
    gettext_noop("Welke opdracht kun je hierna het beste doen?"),
)


def shown(questions: list[str]) -> list[str]:
    """Questions in the reader's language when they are the handbook's, else as the school wrote them."""
    return [_(question) if question in REFLECTION else question for question in questions]


def as_kept(questions: list[str]) -> list[str]:
    """The other way round: the handbook's questions are kept in Dutch, in whatever language they were read."""
    sources = {_(question): question for question in REFLECTION}
    return [sources.get(question, question) for question in questions]


def may_keep(user: Any, programme: Programme) -> bool:
    """The bpv-coördinator of the team that gives the opleiding."""
    return programme.team_id in user.roles.coordinator


def work_processes_of(programme: Programme) -> Any:
    """The newest list of the opleiding; who gets the opdracht has the same codes in the list of the own cohort."""
    newest = WorkProcess.objects.filter(crebo=programme.crebo).aggregate(Max("cohort"))["cohort__max"]
    return WorkProcess.objects.filter(crebo=programme.crebo, cohort=newest)


@transaction.atomic
def save(*, assignment: Assignment, work_processes: Collection[WorkProcess], by: Any) -> Assignment:
    """Write an opdracht or change one; what was handed out stays as it was.

    Raises ValidationError: without a werkproces of the opleiding (S7, OPD-01), or with a title that is there already.
    """
    programme = Programme.objects.select_for_update().get(pk=assignment.programme_id)
    if not may_keep(by, programme):
        raise PermissionDenied
    refuse_without_work_process(work_processes, work_processes_of(programme))
    is_new = assignment.pk is None
    assignment.changed_by, assignment.changed_at = by, clock.now()
    assignment.full_clean(exclude=["changed_by", "work_processes"])
    assignment.save()
    assignment.work_processes.set(work_processes)
    if is_new:
        audit.record("assignment_written", subject=assignment, by=by, title=assignment.title, programme=programme.name)
    else:
        audit.record(
            "assignment_rewritten", subject=assignment, by=by, title=assignment.title, programme=programme.name
        )
    return assignment


def refuse_without_work_process(chosen: Collection[WorkProcess], possible: Any) -> None:
    """An opdracht derives from the kwalificatiedossier (S7, OPD-01). Raises ValidationError at `work_processes`."""
    if not chosen or not {one.pk for one in chosen} <= {one.pk for one in possible}:
        raise ValidationError({"work_processes": _("Kies minstens één werkproces van de opleiding.")})


@dataclass(frozen=True)
class Fit:
    """How well an opdracht fits practice according to one side: the mean, or None below the number that is told."""

    count: int
    mean: float | None


@dataclass(frozen=True)
class Line:
    """One opdracht of the catalogue with how often it is handed out and how well it fits practice (OPD-07)."""

    assignment: Assignment
    handed_out: int
    student: Fit
    supervisor: Fit


def lines_of(programme: Programme, *, least: int) -> list[Line]:
    """In order of difficulty; a mean of fewer than `least` answers would point at somebody and is not told."""
    sides = {}
    for party in PracticeFit.Party.values:
        only = Q(handed_out__fits__party=party)
        sides[f"{party}_count"] = Count("handed_out__fits", filter=only, distinct=True)
        sides[f"{party}_mean"] = Avg("handed_out__fits__score", filter=only)
    found = Assignment.objects.filter(programme=programme).prefetch_related("work_processes")
    counted = found.annotate(times=Count("handed_out", distinct=True), **sides)
    return [_line(assignment, least) for assignment in counted.order_by("difficulty", "title", "id")]


def _line(assignment: Any, least: int) -> Line:
    def fit(party: str) -> Fit:
        count = getattr(assignment, f"{party}_count")
        return Fit(count, round(getattr(assignment, f"{party}_mean"), 1) if count >= least else None)

    return Line(assignment, assignment.times, fit("student"), fit("supervisor"))
