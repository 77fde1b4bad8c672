"""Asking student and praktijkopleider to prepare the interim assessment (BEO-06)."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings

from bpv.core import mail
from bpv.core.models import OutboxMail
from placements.messages import Receiver, Receivers, receivers_of
from placements.models import Placement, State
from standards.deadlines import interim_due
from standards.norms import norms_for
from standards.periods import period_of


def ask_waiting(today: date) -> int:
    """Ask student and praktijkopleider to prepare, some time before the middle of the bpv; returns how many mails."""
    running = Placement.objects.filter(state=State.PLANNED, start__lte=today, end__gt=today, closed_at__isnull=True)
    running = running.select_related("programme", "student__user", "supervisor__user", "location")
    sent = 0
    for placement in running.prefetch_related("interims").order_by("start", "pk"):
        leerweg = placement.programme.leerweg
        period = period_of(leerweg, placement.start, placement.end, today)
        due = interim_due(period.first, period.last)
        is_time = due - timedelta(days=norms_for(placement.start).interim_asked_days) <= today <= due
        held = any(period.first <= interim.held_on for interim in placement.interims.all())
        if is_time and not held:
            sent += _ask(placement, due)
    return sent


def _ask(placement: Placement, due: date) -> int:
    """Once for each period: the day it is due is part of the mail's key."""
    page, key = f"/plaatsingen/{placement.number}/tussentijds/", f"{placement.pk}:{due}"
    if OutboxMail.objects.filter(key__startswith=f"interim_asked:{key}:").exists():
        return 0
    found = receivers_of(placement, Receivers.BOTH)
    for receiver in found:
        mail_of_interim("interim_asked", placement, receiver, key=key, page=page, due=due)
    return len(found)


def mail_of_interim(kind: str, placement: Placement, receiver: Receiver, *, key: str, page: str, **words: Any) -> None:
    """Queue a mail about the interim assessment, in the language of who gets it; `page` is what its link opens."""
    about = {"placement": placement, "page": f"{settings.SITE_URL}/link/?next={page}", "person": receiver.person}
    told = {"dossier": placement.pk, "language": receiver.language}
    mail.queue(kind, to=receiver.person.email, key=key, **told, **about, **words)
