"""A change that is sent, with ten workdays to say that it is not right (T16): silence and confirming make it final."""

import logging
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from agreements import chain, statements
from agreements.lifecycle import State, open_parties, require_mode, require_state
from agreements.models import Method, Mode, Party, Pok, Remark, Signature
from agreements.signing import Client, complete, locked, offer, party_of
from agreements.telling import tell
from bpv.core import audit, clock
from bpv.core.calendar import free_days
from standards.norms import norms_for
from standards.workdays import add_workdays

log = logging.getLogger(__name__)


def last_day(sent_on: date, start: date) -> date:
    """The last workday on which an answer counts; the day of sending does not."""
    return add_workdays(sent_on, norms_for(start).answer_workdays, free_days())


@transaction.atomic
def send(*, pok: Pok, by: User, today: date) -> Pok:
    """Send a made document to student and leerbedrijf; the school agrees by sending it."""
    pok = offer(pok=pok, by=by, mode=Mode.WINDOW, today=today)
    pok.lapses_on = last_day(today, pok.start)
    pok.save(update_fields=["lapses_on"])
    _keep(pok, Party.SCHOOL, by, by.full_name, "sent", None)
    return pok


@transaction.atomic
def confirm(*, pok: Pok, by: User, sha256: str, client: Client) -> Signature:
    """A party agrees before the window closes; with the last one the document is final."""
    pok, party, today = _open_for(pok, by)
    if pok.document is None or pok.document.sha256 != sha256:
        raise ValidationError(_("De tekst is intussen veranderd. Open het document opnieuw."))
    kept = _keep(pok, party, by, by.full_name, "link_code", client)
    pok._prefetched_objects_cache = {}
    if not open_parties(pok):
        complete(pok, today=today)
    return kept


@transaction.atomic
def object_to(*, pok: Pok, by: User, text: str, client: Client) -> Remark:
    """A party says that it is not right: the window stays open until the school has answered or withdrawn it."""
    pok, party, _today = _open_for(pok, by)
    remark = Remark(pok=pok, kind=Remark.Kind.OBJECTION, party=party, by=by, text=text.strip(), at=clock.now())
    remark.full_clean(exclude=["settled_at", "settled_by", "accepted"])
    remark.save()
    chain.record(pok, "objected", at=remark.at, party=party, client=client)
    words = {"number": pok.number, "party": party.label}
    audit.record("pok_objected", subject=pok, by=by, dossier=pok.placement_id, **words)
    if pok.offered_by:
        tell(pok.offered_by, pok, "pok_sent_back", key=str(remark.pk), about=Remark.Kind(remark.kind).label)
    return remark


def close_windows(now: datetime) -> int:
    """Make final what nobody objected to in time; returns how many. One that cannot be does not hold up the others."""
    today = clock.local_day(now)
    over = Pok.objects.live().filter(mode=Mode.WINDOW, complete_at=None, refused_at=None, lapses_on__lt=today)
    closed = 0
    for pok in over.exclude(remarks__in=_standing_objections()).order_by("pk"):
        try:
            closed += _close(pok, now, today)
        except ValidationError:  # what was agreed meanwhile does not go with it; a person sees it on its page
            log.exception("%s cannot be made final", pok)
    return closed


def _standing_objections() -> QuerySet[Remark]:
    """What was not turned down by the school: waits for an answer, or was found right and takes a new document."""
    return Remark.objects.filter(kind=Remark.Kind.OBJECTION).exclude(accepted=False)


@transaction.atomic
def _close(pok: Pok, now: datetime, today: date) -> int:
    pok = locked(pok)
    if pok.complete_at or pok.withdrawn_on or _standing_objections().filter(pok=pok).exists():
        return 0
    silent = [str(party) for party in open_parties(pok)]
    chain.record(pok, "window_closed", at=now, silent=silent)
    audit.record("pok_window_closed", subject=pok, by=None, dossier=pok.placement_id, number=pok.number)
    complete(pok, today=today)
    return 1


def _open_for(pok: Pok, by: User) -> tuple[Pok, Party, date]:
    """The document under its lock, and for whom this person answers. ValidationError after the last day."""
    pok = locked(pok)
    today = clock.today()
    require_state(pok, today, State.OFFERED)
    require_mode(pok, Mode.WINDOW)
    party = party_of(by, pok)
    if party is None:
        raise ValidationError(_("Dit document wacht niet op jouw antwoord."), code="party")
    if pok.lapses_on and today > pok.lapses_on:
        raise ValidationError(_("De termijn om te reageren is voorbij."), code="late")
    return pok, party, today


def _keep(pok: Pok, party: Party, by: User, name: str, proof: str, client: Any) -> Signature:
    now = clock.now()
    document = pok.document
    signature = Signature(
        pok=pok,
        party=party,
        method=Method.CONFIRMED,
        signed_on=clock.local_day(now),
        signed_at=now,
        signer=name,
        sha256=document.sha256 if document else "",
        statement=statements.VERSION,
        proof=proof,
        recorded_by=by,
    )
    signature.full_clean()
    signature.save()
    chain.record(pok, "confirmed", at=now, party=party, client=client, name=name, sha256=signature.sha256, proof=proof)
    return signature
