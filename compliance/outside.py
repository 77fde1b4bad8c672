"""How a placement stands for the praktijkopleider: in words for somebody who does not work at the school."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from compliance import own_tasks, presentation, queries
from compliance.models import Finding
from compliance.own_tasks import OwnTask
from placements import timesheet
from placements.models import Placement

NEXT = {
    "POK-03": gettext_lazy("De POK is nog niet door iedereen getekend"),
    "S5": gettext_lazy("De school zet de POK in het dossier"),
    "LB-02": gettext_lazy("De school kijkt de erkenning na"),
    "S4.2-a": gettext_lazy("De bpv-docent komt langs voor een eerste gesprek"),
    "S4.2-b": gettext_lazy("Gesprek over de leerdoelen"),
    "S6.2-a": gettext_lazy("Gesprekken met de student en de bpv-docent"),
    "S6.2-b": gettext_lazy("De bpv-docent komt langs"),
    "S7": gettext_lazy("De student en de school kiezen leerdoelen en een opdracht"),
    "S8-a": gettext_lazy("De school laat weten hoe de bpv wordt beoordeeld"),
    "BEO-06": gettext_lazy("Tussentijdse beoordeling met de student en de bpv-docent"),
    "BEO-09": gettext_lazy("De school vraagt uw oordeel over de student"),
    "S8-c": gettext_lazy("De school stelt de eindbeoordeling vast"),
    "BEO-12": gettext_lazy("De school vertelt u het resultaat"),
}


@dataclass(frozen=True)
class Student:
    """One placement with what comes first; `state` is never red: it waits for the school or for everybody."""

    placement: Placement
    text: str = ""
    due: date | None = None
    state: str = ""
    tasks: tuple[OwnTask, ...] = ()  # what is theirs to do


def students(user: Any, placements: list[Placement], today: date) -> list[Student]:
    """What comes first for each, in two queries: who has something to come stands above who has not."""
    found, own = queries.findings_by_placement(placements), own_tasks.tasks_of(user, placements, today)
    rows = [
        replace(_student(placement, found[placement.pk], today), tasks=tuple(own.get(placement.pk, ())))
        for placement in placements
    ]
    return sorted(rows, key=lambda row: (row.placement.last_day < today and not row.tasks, row.due or date.max))


def hours_to_confirm(placements: list[Placement]) -> list[tuple[Placement, int]]:
    """Whose hours wait for confirmation, and how many weeks; one query, none where no hours are kept."""
    found = timesheet.waiting(placements)
    return [(placement, found[placement.pk]) for placement in placements if placement.pk in found]


def _student(placement: Placement, findings: Iterable[Finding], today: date) -> Student:
    """Without questions: a student may have asked one that is not for the praktijkopleider to know."""
    waiting = []
    for finding in findings:
        if finding.rule not in NEXT:
            continue
        state = presentation.state_of(finding, today, mine=False, closed=placement.closed_at is not None)
        over = placement.last_day < today and finding.rule not in presentation.AFTER_END
        if state in presentation.WAITING and not over and finding.active_until >= today:
            waiting.append((finding.due, finding.rule, state))
    if not waiting:
        return Student(placement)
    due, rule, state = min(waiting)
    return Student(placement, str(NEXT[rule]), due, state)
