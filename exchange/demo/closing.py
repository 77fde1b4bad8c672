"""The end of a bpv in the demo: keuzedelen, closed dossiers, a zij-instromer, and a student who stopped."""

from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Role, User
from assessment import closing, equivalence, keuzedelen, statements
from bpv.core import clock
from placements.models import Placement, State
from students.models import Enrolment

CLOSED = 6  # dossiers that are closed; the others wait for somebody
NEEDED = "Elke opdracht van het keuzedeel is voldoende en het portfolio is besproken."
ANSWERS = {
    "recent": True,
    "recent_why": "Werkt sinds 2015 in dit beroep, tot op de dag van vandaag bij dezelfde werkgever.",
    "extent": True,
    "extent_why": "Elf jaar, gemiddeld 32 uur per week, in alle kerntaken van de kwalificatie.",
    "level": True,
    "level_why": "Werkt zelfstandig en begeleidt collega's; de werkgever bevestigt dit met een functieprofiel.",
}


def endings(today: date) -> None:
    """Each only where the rows it stands on are there."""
    _keuzedelen(today)
    _close(today)
    _decide(today)
    _draw_up(today)


def _keuzedelen(today: date) -> None:
    """Of most a right to a certificaat; of what is over also the result."""
    found = Placement.objects.filter(teacher__isnull=False, start__lte=today).exclude(keuzedelen=[])
    for index, placement in enumerate(found.order_by("number")):
        known: dict[str, Any] = {"certificate": index % 4 != 3, "requirements": NEEDED, "hours": 240}
        known["result"] = ("v", "g")[index % 2] if placement.end < today else ""
        keuzedelen.save(placement=placement, by=placement.teacher, results=dict.fromkeys(placement.keuzedelen, known))


def _close(today: date) -> None:
    """The first that can be closed: those with an eindoordeel that was told to both."""
    over = Placement.objects.filter(state=State.PLANNED, end__lt=today, teacher__isnull=False)
    ready = over.filter(finals__is_current=True).order_by("end", "number")
    list(islice(filter(_closed, ready), CLOSED))


def _closed(placement: Placement) -> bool:
    """Whether it could be closed."""
    try:
        with transaction.atomic():
            closing.close(placement=placement, by=placement.teacher, despite=True)
    except ValidationError:
        return False
    return True


def _decide(today: date) -> None:
    """A zij-instromer: somebody in BBL without any bpv."""
    found = Enrolment.objects.filter(programme__leerweg="BBL", placements=None, end__gte=today)
    enrolment = found.select_related("programme__team").order_by("student__number").first()
    managers = User.objects.filter(memberships__role=Role.MANAGER)
    manager = enrolment and managers.filter(memberships__team=enrolment.programme.team).first()
    if enrolment and manager:
        equivalence.decide(enrolment=enrolment, by=manager, granted=True, on=today - timedelta(days=21), **ANSWERS)


def _draw_up(today: date) -> None:
    """A praktijkverklaring for somebody who does not aim at a diploma; who stopped waits in the list."""
    for coordinator in User.objects.filter(memberships__role=Role.COORDINATOR).distinct().order_by("pk"):
        led = Enrolment.objects.filter(programme__team__in=coordinator.roles.coordinator)
        over = led.filter(placements__state=State.PLANNED, placements__end__lt=today).select_related("programme")
        enrolment = over.order_by("student__number").first()
        processes = statements.work_processes_of(enrolment) if enrolment else []
        if enrolment and processes:
            last = statements.placements_of(enrolment)[-1]
            statements.draw_up(
                enrolment=enrolment,
                by=coordinator,
                finished=[(last.pk, process.pk) for process in processes[:2]],
                trajectory="practice",
                on=clock.today(),
                judged_by=last.supervisor.full_name if last.supervisor else last.location.name,
                remark="",
            )
            return
