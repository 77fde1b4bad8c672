"""Which werkprocessen are practised: by one student, and at one leerbedrijf (S7, OPD-03)."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from assessment.goals import work_processes_of
from assessment.models import Goal, HandedOut
from companies.models import Location
from placements.models import Placement, State
from students.models import Programme, WorkProcess

PASSED = Q(score__in=("v", "g"))


@dataclass(frozen=True)
class Line:
    """One werkproces of a student: how many opdrachten and leerdoelen hang on it."""

    work_process: WorkProcess
    goals: int
    handed_out: int
    submitted: int
    passed: int
    in_working_time: int

    @property
    def lacks(self) -> bool:
        """No opdracht at all: the student does not practise it here, as far as the school knows."""
        return not self.handed_out

    @property
    def only_outside_working_time(self) -> bool:
        """Opdrachten, but none that is done at work (OPD-03)."""
        return bool(self.handed_out) and not self.in_working_time


def of_placement(placement: Placement) -> list[Line]:
    """Every werkproces of the student's cohort, and those of a leerdoel or opdracht besides: three queries."""
    handed = HandedOut.objects.filter(placement=placement).order_by().values("work_processes")
    counted = handed.annotate(
        handed_out=Count("pk"),
        submitted=Count("pk", filter=~Q(state=HandedOut.State.OPEN)),
        passed=Count("pk", filter=PASSED),
        in_working_time=Count("pk", filter=Q(in_working_time=True)),
    )
    by_process = {row.pop("work_processes"): row for row in counted}
    goals = Counter(Goal.objects.filter(placement=placement).values_list("work_process", flat=True))
    of_cohort = work_processes_of(placement).values("pk")
    wanted = WorkProcess.objects.filter(Q(pk__in=of_cohort) | Q(pk__in=[*by_process, *goals]))
    none = {"handed_out": 0, "submitted": 0, "passed": 0, "in_working_time": 0}
    return [Line(process, goals[process.pk], **by_process.get(process.pk, none)) for process in wanted]


@dataclass(frozen=True)
class Practised:
    """One werkproces at a leerbedrijf: how many students got an opdracht for it, and how many handed one in."""

    crebo: str
    code: str
    title: str
    placements: int
    practised: int
    passed: int


def of_location(user: Any, location: Location) -> list[tuple[Programme, list[Practised]]]:
    """By opleiding, over all placements at the leerbedrijf that this person may see: four queries, however many.

    A werkproces is its code here, with the title of the newest list: students of several cohorts stand together.
    """
    placed = Placement.objects.visible_to(user).filter(location=location).exclude(state=State.CANCELLED)
    programmes = list(Programme.objects.filter(pk__in=placed.values("programme")))
    counts = {(row["programme"], row["code"]): row for row in _counted(placed)}
    processes = _newest(programmes)
    return [
        (one, [_practised(process, counts.get((one.pk, process.code))) for process in processes.get(one.crebo, [])])
        for one in programmes
    ]


def _counted(placed: Any) -> Any:
    handed = HandedOut.objects.filter(placement__in=placed.order_by()).order_by()
    grouped = handed.values(programme=F("placement__programme"), code=F("work_processes__code"))
    return grouped.annotate(
        placements=Count("placement", distinct=True),
        practised=Count("placement", filter=~Q(state=HandedOut.State.OPEN), distinct=True),
        passed=Count("placement", filter=PASSED, distinct=True),
    )


def _newest(programmes: list[Programme]) -> dict[str, list[WorkProcess]]:
    newest = WorkProcess.objects.filter(crebo=OuterRef("crebo")).order_by().values("crebo")
    latest = newest.annotate(latest=Max("cohort")).values("latest")
    found: dict[str, list[WorkProcess]] = {}
    for process in WorkProcess.objects.filter(crebo__in={one.crebo for one in programmes}, cohort=Subquery(latest)):
        found.setdefault(process.crebo, []).append(process)
    return found


def _practised(process: WorkProcess, row: dict[str, Any] | None) -> Practised:
    figures = {name: row[name] if row else 0 for name in ("placements", "practised", "passed")}
    return Practised(process.crebo, process.code, process.title, **figures)
