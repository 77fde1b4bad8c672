"""Once a month the praktijkopleider is asked to confirm the hours that wait: one mail, however many students."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from bpv.core import calendar, clock, mail
from bpv.core.models import OutboxMail
from placements.messages import Receiver, Receivers, receivers_of
from placements.models import HoursWeek, Placement, State, WeekState
from standards.workdays import next_workday


def ask_waiting(today: date) -> int:
    """On the first workday of the month, or as soon as can be after it; returns how many were asked.

    Only about what was in by then; the outbox keeps one a month for each.
    """
    first = today.replace(day=1)
    workday = next_workday(first - timedelta(days=1), calendar.free_days())
    if today < workday:
        return 0
    in_time = HoursWeek.objects.filter(state=WeekState.HANDED_IN, handed_in_at__lt=clock.at(workday, 0))
    weeks = in_time.values("placement")
    found = Placement.objects.filter(pk__in=weeks, programme__registers_hours=True, closed_at=None)
    found = found.exclude(state=State.CANCELLED).filter(supervisor__isnull=False)
    by_contact: dict[int, list[Placement]] = {}
    for placement in found.select_related("supervisor__user", "student").order_by("sort_key", "id"):
        by_contact.setdefault(placement.supervisor_id, []).append(placement)
    return sum(_ask(placements, first) for placements in by_contact.values())


@transaction.atomic
def _ask(placements: list[Placement], month: date) -> int:
    if OutboxMail.objects.filter(key__startswith=f"hours_asked:{placements[0].supervisor_id}:{month:%Y-%m}:").exists():
        return 0
    receivers = receivers_of(placements[0], Receivers.SUPERVISOR)
    for receiver in receivers:
        _tell(placements, receiver, month)
    return len(receivers)


def _tell(placements: list[Placement], receiver: Receiver, month: date) -> None:
    one = placements[0]
    page = f"/plaatsingen/{one.number}/uren/bevestigen/" if len(placements) == 1 else "/"
    words = {"name": receiver.person.full_name, "students": [placement.student.full_name for placement in placements]}
    words |= {"page": f"{settings.SITE_URL}/link/?next={page}"}
    about = {"dossier": one.pk if len(placements) == 1 else None, "language": receiver.language}
    mail.queue("hours_asked", to=receiver.person.email, key=f"{receiver.person.pk}:{month:%Y-%m}", **about, **words)
