"""The agenda of the demo: what the worker proposes, and for every bpv-docent a first week that is planned."""

from datetime import date, time, timedelta
from itertools import groupby

from bpv.core import calendar
from standards.workdays import add_workdays
from visits import planning, proposing
from visits.models import ContactKind, Talk

TIMES = (time(9), time(10, 30), time(13), time(14, 30))
PLANNED = 3  # talks that every bpv-docent has planned


def talks(today: date) -> None:
    """Propose everything, and plan the first talks of each bpv-docent on the coming workdays, one of them by phone."""
    while proposing.propose_waiting(today):
        pass
    free = calendar.free_days()
    found = Talk.objects.to_come().filter(placement__start__lte=today, on__lte=today + timedelta(weeks=12))
    ordered = found.select_related("placement__teacher").order_by("placement__teacher", "on", "id")
    for _teacher, own in groupby(ordered, key=lambda talk: talk.placement.teacher_id):
        for number, talk in enumerate(list(own)[:PLANNED]):
            on = min(add_workdays(today, number // 2 + 1, free), talk.placement.last_day)
            how = {"at": TIMES[number % len(TIMES)], "minutes": 45, "place": ""}
            kind = ContactKind.PHONE if number == 1 else ContactKind.ON_SITE
            planning.plan(talk=talk, by=talk.placement.teacher, today=today, on=on, kind=kind, invite=True, **how)
