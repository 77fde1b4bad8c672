"""Praktijkverklaringen: who still needs one, drawing one up, and its data as PDF (CERT-01, CERT-02, D37)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Least
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assessment import examining
from assessment.models import Finished, Goal, Progress, Statement
from bpv.core import audit, clock, documents
from placements.models import Placement, State
from standards.bbl import school_year
from students.models import Enrolment, WorkProcess


def may_draw(user: Any, enrolment: Enrolment) -> bool:
    """The bpv-coördinator of the opleiding."""
    return enrolment.programme.team_id in user.roles.coordinator


def due(user: Any, today: date) -> Any:
    """Enrolments without a praktijkverklaring of students who stopped, with `stopped_on` (CERT-02).

    Stopped: a bpv ended early and none goes on after it; or the enrolment is over, there was a bpv, and not every one
    of them is positive. Of this school year and the one before. What was drawn up or needless before the student's
    last day in a bpv says nothing of it.
    """
    since = date(school_year(today) - 1, 8, 1)
    mine = Placement.objects.filter(enrolment=OuterRef("pk")).exclude(state=State.CANCELLED)
    ended = mine.filter(state=State.ENDED, ended_on__range=(since, today)).order_by("-ended_on")
    goes_on = mine.filter(state=State.PLANNED, end__gt=OuterRef("stopped_on"))
    found = Enrolment.objects.filter(programme__team__in=user.roles.coordinator)
    found = found.annotate(stopped_on=Subquery(ended.values("ended_on")[:1]))
    stopped = Q(stopped_on__isnull=False) & ~Exists(goes_on)
    over = Q(end__gte=since, end__lt=today) & Exists(mine.filter(start__lte=today)) & ~examining.is_met()
    days = mine.filter(start__lte=today).annotate(until=Coalesce("ended_on", "end")).order_by("-until")
    found = found.annotate(last_on=Least(Subquery(days.values("until")[:1]), "end", Value(today)))
    stated = Statement.objects.filter(enrolment=OuterRef("pk"), on__gte=OuterRef("last_on"))
    found = found.filter(stopped | over).exclude(Exists(stated))
    return found.select_related("student", "programme").order_by("student__sort_key", "pk")


def placements_of(enrolment: Enrolment) -> list[Placement]:
    """Where the student was."""
    found = enrolment.placements.exclude(state=State.CANCELLED).select_related("location", "supervisor")
    return list(found.order_by("start", "pk"))


def work_processes_of(enrolment: Enrolment) -> Any:
    """The werkprocessen of the opleiding as they are for the student's cohort."""
    return WorkProcess.objects.of_cohort(enrolment.programme.crebo, enrolment.cohort)


def reached(placements: Iterable[Placement]) -> dict[tuple[int, int], list[str]]:
    """(placement, werkproces) -> the leerdoelen that were reached there, as help in choosing."""
    found: dict[tuple[int, int], list[str]] = {}
    goals = Goal.objects.filter(placement__in=list(placements), progress=Progress.REACHED)
    for goal in goals:
        found.setdefault((goal.placement_id, goal.work_process_id), []).append(goal.text)
    return found


@transaction.atomic
def draw_up(*, enrolment: Enrolment, by: Any, finished: Iterable[tuple[int, int]], **fields: Any) -> Statement:
    """Draw up a praktijkverklaring. `finished`: (placement, werkproces); `fields`: trajectory, on, judged_by, remark.

    Raises ValidationError: of another student or opleiding, nothing finished without saying why, finished without who
    of the leerbedrijf says so, or in the future. PermissionDenied for others than the bpv-coördinator.
    """
    locked = _locked(enrolment, by)
    pairs = sorted(set(finished))
    known = {placement.pk for placement in placements_of(locked)}
    processes = set(work_processes_of(locked).values_list("pk", flat=True))
    if not all(placement in known and process in processes for placement, process in pairs):
        raise ValidationError(_("Kies werkprocessen van deze opleiding, bij een bpv van deze student."))
    if not pairs and not fields.get("remark"):
        raise ValidationError({"remark": _("Schrijf op waarom er geen werkproces is afgerond.")})
    if pairs and not fields.get("judged_by"):
        raise ValidationError({"judged_by": _("Geef de naam van wie dit bij het leerbedrijf vaststelde.")})
    if fields["on"] > clock.today():
        raise ValidationError({"on": _("Deze datum ligt in de toekomst.")})
    made = Statement(enrolment=locked, drawn_by=by, **fields)
    made.full_clean(exclude=["enrolment", "drawn_by"])
    made.save()
    Finished.objects.bulk_create(
        Finished(statement=made, placement_id=placement, work_process_id=process) for placement, process in pairs
    )
    count = len(pairs)
    audit.record("assessment_statement_made", subject=made, by=by, dossier=examining.last_dossier(locked), count=count)
    return made


@transaction.atomic
def not_needed(*, enrolment: Enrolment, by: Any, trajectory: str, reason: str) -> Statement:
    """The student needs none, for example because of a diploma. Raises ValidationError without a reason."""
    locked = _locked(enrolment, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Geef een reden.")})
    made = Statement(enrolment=locked, drawn_by=by, trajectory=trajectory, on=clock.today(), needless=reason.strip())
    made.full_clean(exclude=["enrolment", "drawn_by"])
    made.save()
    why = made.needless
    audit.record(
        "assessment_statement_needless", subject=made, by=by, dossier=examining.last_dossier(locked), reason=why
    )
    return made


def _locked(enrolment: Enrolment, by: Any) -> Enrolment:
    locked = Enrolment.objects.select_for_update(of=("self",)).select_related("programme").get(pk=enrolment.pk)
    if not may_draw(by, locked):
        raise PermissionDenied
    return locked


@dataclass(frozen=True)
class Place:
    """A leerbedrijf with what the student mastered there."""

    location: str
    city: str
    start: date
    end: date
    hours: int
    supervisor: str
    processes: list[WorkProcess]


@dataclass(frozen=True)
class Sheet:
    """All that the template of the praktijkverklaring reads."""

    school: str
    written_in: str
    student: str
    number: str
    birth_date: date
    programme: str
    crebo: str
    leerweg: str
    level: int
    trajectory: str
    on: date
    drawn_by: str
    judged_by: str
    remark: str
    places: list[Place]


def pdf_of(statement: Statement) -> bytes:
    """The data of the praktijkverklaring as PDF."""
    enrolment = statement.enrolment
    finished = list(statement.finished.select_related("work_process"))
    places = []
    for placement in placements_of(enrolment):
        processes = [one.work_process for one in finished if one.placement_id == placement.pk]
        supervisor = placement.supervisor.full_name if placement.supervisor else ""
        about = (placement.location.name, placement.location.city, placement.start, placement.last_day)
        places.append(Place(*about, placement.hours_planned, supervisor, processes))
    sheet = Sheet(
        school=settings.SCHOOL_NAME,
        written_in=get_language() or settings.LANGUAGE_CODE,
        student=enrolment.student.full_name,
        number=enrolment.student.number,
        birth_date=enrolment.student.birth_date,
        programme=enrolment.programme.name,
        crebo=enrolment.programme.crebo,
        leerweg=enrolment.programme.leerweg,
        level=enrolment.programme.level,
        trajectory=str(statement.get_trajectory_display()),
        on=statement.on,
        drawn_by=statement.drawn_by.full_name,
        judged_by=statement.judged_by,
        remark=statement.remark,
        places=places,
    )
    return documents.render("assessment/pdf/statement.html", sheet)
