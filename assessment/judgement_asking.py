"""Asking the leerbedrijf for its judgement, and reminding of it (BEO-09)."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from assessment.hearing import of
from assessment.models import CompanyJudgement
from bpv.core import mail
from placements.messages import Receiver, Receivers, receivers_of
from placements.models import Placement, State
from standards.norms import norms_for

MOST = 200  # placements in one run
ASKED = ("company_judgement__asks", "company_judgement__asked_end", "company_judgement__asked_to")


def ask_waiting(today: date) -> int:
    """Ask the praktijkopleiders of bpv's that end soon, and remind who did not answer; returns how many were mailed.

    A bpv that ended early is also asked about in the weeks after: mostly that is recorded when it is over.
    """
    near = timedelta(days=max(norms_for(today).judgement_asked_days))
    ending = Placement.objects.annotate(until=Coalesce("ended_on", "end")).filter(supervisor__isnull=False)
    ending = ending.filter(Q(state=State.PLANNED, until__gte=today) | Q(state=State.ENDED, until__gte=today - near))
    ending = ending.filter(until__lte=today + near, closed_at=None)
    waiting = ending.exclude(company_judgement__submitted_at__isnull=False).exclude(finals__is_current=True)
    rows = waiting.order_by("until", "pk").values_list("pk", "start", "until", "supervisor", *ASKED)
    to_ask = [
        pk
        for pk, start, until, supervisor, *asked in rows
        if _asks(*asked, until, supervisor) < _passed(start, until, today)
    ]
    return sum(_ask(pk, today) for pk in to_ask[:MOST])


def _asks(asks: int | None, end: date | None, to: int | None, last_day: date, supervisor: int | None) -> int:
    """How often this praktijkopleider was asked about this last day."""
    return asks or 0 if (end or last_day, to or supervisor) == (last_day, supervisor) else 0


def _passed(start: date, last_day: date, today: date) -> int:
    """How many of the moments to ask have come."""
    return sum((last_day - today).days <= days for days in norms_for(start).judgement_asked_days)


@transaction.atomic
def _ask(pk: int, today: date) -> int:
    related = ("supervisor__user", "student", "location")
    placement = Placement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)
    kept = of(placement) or CompanyJudgement(placement=placement)
    passed = _passed(placement.start, placement.last_day, today)
    last_day, supervisor = placement.last_day, placement.supervisor_id
    if kept.submitted_at or _asks(kept.asks, kept.asked_end, kept.asked_to_id, last_day, supervisor) >= passed:
        return 0
    kept.asks, kept.asked_end, kept.asked_to = passed, last_day, placement.supervisor
    kept.save()
    time = f"{last_day}:{passed}"
    found = receivers_of(placement, Receivers.SUPERVISOR)
    for receiver in found:
        ask_by_mail(placement, receiver, time)
    if kept.delegate and kept.delegate.email:
        ask_by_mail(placement, Receiver(Receivers.SUPERVISOR, kept.delegate), time, page=f"/oordelen/{kept.pk}/")
    return len(found)


def ask_by_mail(placement: Placement, receiver: Receiver, time: str, page: str = "") -> None:
    """Queue the mail, once for each `time`: the last day it is about and which of the moments, or a request."""
    page = f"{settings.SITE_URL}/link/?next={page or f'/plaatsingen/{placement.number}/oordeel/'}"
    words = {"placement": placement, "page": page, "name": receiver.person.full_name}
    about = {"dossier": placement.pk, "language": receiver.language}
    mail.queue("judgement_asked", to=receiver.person.email, key=f"{placement.pk}:{time}", **about, **words)
