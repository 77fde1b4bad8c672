"""Deeds with questions, complaints and reports (S6.1-c)."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import languages
from accounts.absence import answering_for
from bpv.core import audit, mail
from bpv.core.clock import local_day
from bpv.core.numbers import next_number
from placements.messages import Receiver, Receivers
from placements.models import Placement
from visits.models import HelpRequest


@transaction.atomic
def receive_request(*, placement: Placement, by: Any, at: datetime, **fields: Any) -> HelpRequest:
    """Take in a hulpvraag, klacht or melding: it gets a number, one owner and a clock (S6.1-c).

    The owner is the bpv-docent, or who stands in.
    """
    request = HelpRequest.objects.create(
        number=next_number(HelpRequest.objects.all(), "H", before=10000),
        placement=placement,
        owner=answering_for(placement.teacher, local_day(at)),
        received_at=at,
        **fields,
    )
    audit.record("request_received", subject=request, by=by, dossier=placement.pk, topic=request.topic)
    if request.owner and request.owner != by:
        _tell_owner(request)
    return request


@transaction.atomic
def answer(*, request: HelpRequest, by: Any, at: datetime, text: str) -> HelpRequest:
    """The first response to who asked, by mail. Raises ValidationError when it was answered already."""
    locked = HelpRequest.objects.select_for_update().get(pk=request.pk)
    if locked.first_response_at:
        raise ValidationError(
            _("Deze vraag is al beantwoord door %(who)s.") % {"who": locked.responded_by}, code="answered"
        )
    locked.first_response_at, locked.responded_by, locked.response = at, by.full_name, text
    locked.save()
    audit.record("request_answered", subject=locked, by=by, dossier=locked.placement_id, topic=locked.topic)
    if to := sender_address(locked):
        about = {"dossier": locked.placement_id, "language": sender_language(locked), "request": locked}
        mail.queue("request_answered", to=to, key=locked.number, **about)
    return locked


@transaction.atomic
def hand_over(*, request: HelpRequest, to: Any, by: Any) -> HelpRequest:
    """Give the question another owner; the clock runs on."""
    locked = HelpRequest.objects.select_for_update().get(pk=request.pk)
    locked.owner = to
    locked.save()
    audit.record(
        "request_handed_over",
        subject=locked,
        by=by,
        dossier=locked.placement_id,
        owner=to.full_name,
        topic=locked.topic,
    )
    if to != by:
        _tell_owner(locked)
    return locked


def sender_address(request: HelpRequest) -> str:
    """Where the answer goes: the student, or the praktijkopleider; empty when no address is known."""
    placement = request.placement
    if request.sender == "student":
        return str(placement.student.email)
    return str(placement.supervisor.email) if placement.supervisor else ""


def sender_language(request: HelpRequest) -> str:
    """The language of who asked."""
    if request.sender == "student":
        return Receiver(Receivers.STUDENT, request.placement.student).language
    return Receiver(Receivers.SUPERVISOR, request.placement.supervisor).language


def _tell_owner(request: HelpRequest) -> None:
    key = f"{request.number}:{request.owner_id}"
    about = {"dossier": request.placement_id, "language": languages.of(request.owner), "request": request}
    mail.queue("request_received", to=request.owner.email, key=key, **about)
