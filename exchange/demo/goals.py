"""Leerdoelen in the demo: for seven of eight students with a bpv-docent, most of them set before the start (S7)."""

from datetime import date, timedelta

from assessment.models import Goal, Progress
from bpv.core import clock
from placements.models import Placement
from students.models import WorkProcess

TEXTS = (
    ("Zelf een werkdag voorbereiden", "Dan weet ik 's ochtends wat ik ga doen."),
    ("Aan een klant uitleggen wat ik doe", "Dat vind ik nog spannend."),
    ("Mijn eigen werk controleren voor ik het afgeef", ""),
    ("Om hulp vragen voordat ik vastloop", "Mijn vorige praktijkopleider noemde dit."),
)
STEPS = (Progress.BUSY, Progress.OPEN, Progress.REACHED)


def goals(today: date) -> None:
    """Two leerdoelen each."""
    processes: dict[str, list[WorkProcess]] = {}
    for process in WorkProcess.objects.order_by("crebo", "code"):
        processes.setdefault(process.crebo, []).append(process)
    placed = Placement.objects.filter(teacher__isnull=False).select_related("programme").order_by("number")
    made = [
        _goal(placement, processes[placement.programme.crebo], 2 * index + turn, today)
        for index, placement in enumerate(placed)
        if index % 8
        for turn in (0, 1)
    ]
    Goal.objects.bulk_create(made)


def _goal(placement: Placement, processes: list[WorkProcess], number: int, today: date) -> Goal:
    text, wish = TEXTS[number % len(TEXTS)]
    process = processes[number % len(processes)]
    set_on = min(placement.start + timedelta(days=-10 if number % 13 else 12), today)
    about = {"placement": placement, "work_process": process, "made_by": placement.teacher}
    return Goal(**about, made_at=clock.at(set_on, 10), text=text, wish=wish, progress=STEPS[number % len(STEPS)])
