"""Asking for the preparation of a talk two weeks before, and once more when it is due (B1-02)."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from bpv.core import clock, mail
from placements.messages import Receiver, Receivers, receivers_of
from standards.norms import norms_for
from visits import preparing
from visits.models import Party, Talk

PAUSE = timedelta(days=3)  # between asking and reminding, for a talk that was planned late
MOST = 200  # talks in one run
PARTIES = {Receivers.STUDENT: Party.STUDENT, Receivers.SUPERVISOR: Party.COMPANY}


def ask_waiting(today: date) -> int:
    """Ask what must be asked today, and remind who is late; returns for how many talks."""
    norms = norms_for(today)
    planned = Talk.objects.to_come().filter(state=Talk.State.PLANNED, on__gt=today)
    ask = Q(asked_at=None, on__lte=today + timedelta(days=norms.preparation_asked_days))
    remind = Q(
        asked_at__lt=clock.now() - PAUSE, reminded_at=None, on__lte=today + timedelta(days=norms.preparation_due_days)
    )
    waiting = planned.filter(ask | remind).order_by("on", "pk").values_list("pk", flat=True)[:MOST]
    return sum(_ask(pk, today) for pk in waiting)


@transaction.atomic
def _ask(pk: int, today: date) -> int:
    locked = Talk.objects.select_for_update(of=("self",)).select_related(
        "placement__student__user", "placement__supervisor__user", "placement__location", "placement__teacher"
    )
    talk = locked.get(pk=pk)
    again = talk.asked_at is not None
    if again and talk.reminded_at is not None:
        return 0
    setattr(talk, "reminded_at" if again else "asked_at", clock.now())
    talk.save(update_fields=["asked_at", "reminded_at"])
    handed_in = set(talk.preparations.filter(submitted_at__isnull=False).values_list("party", flat=True))
    for receiver in receivers_of(talk.placement, Receivers.BOTH):
        if PARTIES[receiver.role] not in handed_in:
            _tell(talk, receiver, today, again=again)
    return 1


def _tell(talk: Talk, receiver: Receiver, today: date, *, again: bool) -> None:
    placement = talk.placement
    page = f"{settings.SITE_URL}/link/?next=/gesprekken/{talk.pk}/voorbereiden/"
    about = {"dossier": placement.pk, "language": receiver.language, "name": receiver.person.full_name}
    words = {"talk": talk, "placement": placement, "due": max(preparing.due_on(talk), today), "page": page}
    key = f"{talk.pk}:{receiver.role}"
    mail.queue("talk_prepare_late" if again else "talk_prepare", to=receiver.person.email, key=key, **about, **words)
