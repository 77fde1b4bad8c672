"""After the first response: follow up, close, tell SBB; and who answers for somebody who is away."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.absence import answering_for
from accounts.models import Absence
from bpv.core import audit, clock, mail
from visits import services
from visits.models import HelpRequest, RequestStep


@transaction.atomic
def add_step(*, request: HelpRequest, by: Any, text: str, to_sender: bool) -> RequestStep:
    """What was done further; with `to_sender` who asked gets a mail that there is something to read.

    Raises ValidationError before the first response and after closing.
    """
    locked = _answered(request)
    step = locked.steps.create(by=by, text=text, to_sender=to_sender)
    about = {"dossier": locked.placement_id, "topic": locked.topic}
    audit.record("request_followed_up", subject=locked, by=by, **about)
    if to_sender and (to := services.sender_address(locked)):
        told = {"dossier": locked.placement_id, "language": services.sender_language(locked), "request": locked}
        mail.queue("request_followed_up", to=to, key=f"{locked.number}:{step.pk}", **told)
    return step


@transaction.atomic
def close(*, request: HelpRequest, by: Any, outcome: str, sbb_on: date | None) -> HelpRequest:
    """It is done, with the outcome, and the day on which SBB was told of it (VEI-08)."""
    locked = _answered(request)
    locked.outcome, locked.sbb_informed_on = outcome, sbb_on
    locked.closed_at, locked.closed_by = clock.now(), by
    locked.save()
    audit.record("request_closed", subject=locked, by=by, dossier=locked.placement_id, topic=locked.topic)
    return locked


def _answered(request: HelpRequest) -> HelpRequest:
    locked = HelpRequest.objects.select_for_update().get(pk=request.pk)
    if locked.first_response_at is None:
        raise ValidationError(_("Geef eerst een antwoord."), code="unanswered")
    if locked.closed_at:
        raise ValidationError(_("Deze vraag is afgerond."), code="closed")
    return locked


def hand_to_stand_ins(today: date) -> int:
    """Questions that wait for somebody who is away go to the stand-in, whose clock it then is; returns how many."""
    away = Absence.objects.filter(first__lte=today, last__gte=today).values("user")
    waiting = HelpRequest.objects.unanswered().filter(owner__in=away).select_related("owner")
    moved = 0
    for request in waiting:
        stand_in = answering_for(request.owner, today)
        if stand_in and stand_in != request.owner:
            services.hand_over(request=request, to=stand_in, by=None)
            moved += 1
    return moved
