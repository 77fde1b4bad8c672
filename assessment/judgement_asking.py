"""Asking the leerbedrijf for its judgement, and reminding of it (BEO-09)."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from assessment.hearing import of
from assessment.models import CompanyJudgement
from bpv.core import mail
from placements.messages import Receiver, Receivers, receivers_of
from placements.models import Placement, State
from standards.norms import norms_for

MOST = 200  # placements in one run


def ask_waiting(today: date) -> int:
    """Ask the praktijkopleiders of bpv's that end soon, and remind who did not answer; returns how many were mailed."""
    soon = today + timedelta(days=max(norms_for(today).judgement_asked_days))
    ending = Placement.objects.filter(state=State.PLANNED, end__range=(today, soon), supervisor__isnull=False)
    waiting = ending.exclude(company_judgement__submitted_at__isnull=False).exclude(finals__is_current=True)
    rows = waiting.order_by("end", "pk").values_list("pk", "start", "end", "company_judgement__asks")
    to_ask = [pk for pk, start, end, asks in rows if (asks or 0) < _passed(start, end, today)]
    return sum(_ask(pk, today) for pk in to_ask[:MOST])


def _passed(start: date, end: date, today: date) -> int:
    """How many of the moments to ask have come."""
    return sum((end - today).days <= days for days in norms_for(start).judgement_asked_days)


@transaction.atomic
def _ask(pk: int, today: date) -> int:
    related = ("supervisor__user", "student", "location")
    placement = Placement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=pk)
    kept = of(placement) or CompanyJudgement(placement=placement)
    passed = _passed(placement.start, placement.end, today)
    if kept.submitted_at or kept.asks >= passed:
        return 0
    kept.asks = passed
    kept.save()
    found = receivers_of(placement, Receivers.SUPERVISOR)
    for receiver in found:
        ask_by_mail(placement, receiver, passed)
    if kept.delegate and kept.delegate.email:
        ask_by_mail(placement, Receiver(Receivers.SUPERVISOR, kept.delegate), passed, page=f"/oordelen/{kept.pk}/")
    return len(found)


def ask_by_mail(placement: Placement, receiver: Receiver, time: int | str, page: str = "") -> None:
    page = f"{settings.SITE_URL}/link/?next={page or f'/plaatsingen/{placement.number}/oordeel/'}"
    words = {"placement": placement, "page": page, "name": receiver.person.full_name, "again": time not in (1, "1")}
    about = {"dossier": placement.pk, "language": receiver.language}
    mail.queue("judgement_asked", to=receiver.person.email, key=f"{placement.pk}:{time}", **about, **words)
