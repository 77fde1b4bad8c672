"""A round on paper (POK-08, POK-09): sent, the original received back, and checked by a person. A scan never counts."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.lifecycle import State, open_parties, require_state, state_of
from agreements.models import Method, Mode, Paper, Pok, Signature
from agreements.signing import complete, locked
from bpv.core import audit

BEFORE = (State.CONCEPT, State.OFFERED)


@transaction.atomic
def mark_sent(*, pok: Pok, by: Any, on: date, today: date) -> Paper:
    """The printed document went out."""
    pok, paper = _round(pok, today)
    _not_to_come("sent_on", on, today)
    paper.sent_on = on
    paper.save()
    audit.record("pok_paper_sent", subject=pok, by=by, dossier=pok.placement_id, number=pok.number, on=on)
    return paper


@transaction.atomic
def receive_original(*, pok: Pok, by: Any, on: date, channel: str, today: date) -> Paper:
    """The original came back by post, through the student or in person. It does not count before it is checked."""
    pok, paper = _round(pok, today)
    _not_to_come("received_on", on, today)
    if paper.sent_on and on < paper.sent_on:
        raise ValidationError({"received_on": _("Toen was het document nog niet verzonden.")})
    paper.received_on, paper.channel = on, channel
    paper.full_clean(exclude=["sent_on", "checked_on", "checked_by", "kept_at"])
    paper.save()
    audit.record("pok_paper_received", subject=pok, by=by, dossier=pok.placement_id, number=pok.number, on=on)
    return paper


@transaction.atomic
def check_original(*, pok: Pok, by: Any, signatures: Mapping[str, tuple[str, date]], kept_at: str, today: date) -> Pok:
    """A person saw the signature of every party that was still open on the original of this version (POK-02, POK-08).

    `signatures`: party -> (name, day). Only this makes a POK on paper signed; it is filed by hand and gets no seal.
    """
    pok, paper = _round(pok, today)
    if paper.received_on is None:
        raise ValidationError(_("Leg eerst vast wanneer het origineel is ontvangen."))
    if set(signatures) != {str(party) for party in open_parties(pok)}:
        raise ValidationError(_("Op het origineel moeten alle handtekeningen staan."))
    for party, (name, day) in signatures.items():
        if day > paper.received_on:
            raise ValidationError({f"on_{party}": _("Dit is later dan de dag waarop het origineel is ontvangen.")})
        signature = Signature(pok=pok, party=party, method=Method.PAPER, signer=name, signed_on=day, recorded_by=by)
        signature.original_received_on = paper.received_on
        signature.full_clean()
        signature.save()
    paper.checked_on, paper.checked_by, paper.kept_at = today, by, kept_at
    paper.save()
    audit.record("pok_paper_checked", subject=pok, by=by, dossier=pok.placement_id, number=pok.number, place=kept_at)
    complete(pok, today=today)
    return pok


def _round(pok: Pok, today: date) -> tuple[Pok, Paper]:
    """The POK under its lock and its paper. A document that was taken over half signed is finished on paper too."""
    pok = locked(pok)
    require_state(pok, today, *BEFORE)
    if pok.mode not in ("", Mode.PAPER) or (pok.mode == "" and state_of(pok, today) == State.CONCEPT):
        raise ValidationError(_("Deze POK wordt op een andere manier getekend."), code="mode")
    return pok, Paper.objects.get_or_create(pok=pok)[0]


def _not_to_come(field: str, on: date, today: date) -> None:
    if on > today:
        raise ValidationError({field: _("Deze datum ligt in de toekomst.")})
