"""An opdracht as PDF (D20), and the same with what the student handed in and the judgements."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from assessment.catalogue import shown
from assessment.models import Assignment, HandedOut
from assessment.models.assignment_texts import AssignmentText
from bpv.core import clock, documents
from students.models import WorkProcess


@dataclass(frozen=True)
class AssignmentSheet:
    """All that the template of an opdracht reads; `versions` only with the answers."""

    school: str
    written_in: str
    made_on: date
    programme: str
    text: AssignmentText
    reflection: list[str]
    work_processes: list[WorkProcess]
    student: str = ""
    location: str = ""
    supervisor: str = ""
    due: date | None = None
    result: str = ""
    with_answers: bool = False
    versions: list[Any] = field(default_factory=list)


def of_catalogue(assignment: Assignment) -> bytes:
    """As it stands in the catalogue."""
    return documents.render(
        "assessment/pdf/assignment.html", AssignmentSheet(**_about(assignment, assignment.programme))
    )


def of_student(handed: HandedOut, *, with_answers: bool) -> bytes:
    """As it was handed out; with the answers also every version and its judgements."""
    placement = handed.placement
    sheet = AssignmentSheet(
        **_about(handed, placement.programme),
        student=placement.student.full_name,
        location=placement.location.name,
        supervisor=placement.supervisor.full_name if placement.supervisor else "",
        due=handed.due,
        result=handed.get_score_display() if handed.score else "",
        with_answers=with_answers,
        versions=list(handed.submissions.all()) if with_answers else [],
    )
    return documents.render("assessment/pdf/assignment.html", sheet)


def _about(text: Any, programme: Any) -> dict[str, Any]:
    return {
        "school": settings.SCHOOL_NAME,
        "written_in": get_language() or settings.LANGUAGE_CODE,
        "made_on": clock.today(),
        "programme": str(programme),
        "text": text,
        "reflection": shown(text.reflection),
        "work_processes": list(text.work_processes.all()),
    }
