"""Leerdoelen in the demo: for two of three students with a bpv-docent, further on when the bpv is further."""

from assessment.models import Goal, Progress
from placements.models import Placement
from students.models import WorkProcess

TEXTS = (
    ("Zelf een werkdag voorbereiden", "Dan weet ik 's ochtends wat ik ga doen."),
    ("Aan een klant uitleggen wat ik doe", "Dat vind ik nog spannend."),
    ("Mijn eigen werk controleren voor ik het afgeef", ""),
    ("Om hulp vragen voordat ik vastloop", "Mijn vorige praktijkopleider noemde dit."),
)
STEPS = (Progress.BUSY, Progress.OPEN, Progress.REACHED)


def goals() -> None:
    """Two leerdoelen each."""
    processes: dict[str, list[WorkProcess]] = {}
    for process in WorkProcess.objects.order_by("crebo", "code"):
        processes.setdefault(process.crebo, []).append(process)
    placed = Placement.objects.filter(teacher__isnull=False).select_related("programme").order_by("number")
    made = [
        _goal(placement, processes[placement.programme.crebo], 2 * index + turn)
        for index, placement in enumerate(placed)
        if index % 3
        for turn in (0, 1)
    ]
    Goal.objects.bulk_create(made)


def _goal(placement: Placement, processes: list[WorkProcess], number: int) -> Goal:
    text, wish = TEXTS[number % len(TEXTS)]
    process = processes[number % len(processes)]
    about = {"placement": placement, "work_process": process, "made_by": placement.teacher}
    return Goal(**about, text=text, wish=wish, progress=STEPS[number % len(STEPS)])
