"""Invitations and reminders: one mail per person for all that waits, with a link of its own.

The worker looks every few seconds. What is written is written in the transaction that marks it: twice is impossible,
forgotten too, also when the worker is killed.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts import links
from accounts.models import User
from agreements import chain
from agreements.lifecycle import State, open_parties, state_of
from agreements.models import Mode, Party, Pok, Signatory
from agreements.signing import locked
from agreements.telling import people_of, tell
from bpv.core import audit, clock
from bpv.core.calendar import free_days
from standards import reminders

GATHER = timedelta(seconds=20)  # what is offered to one person within this time goes in one mail
NAMED = 10  # students named in a mail
ALL_MODES = [Mode.DIGITAL, Mode.WINDOW]
HOURS = range(8, 18)  # in which a reminder goes out


def to_sign(user: User, today: date) -> list[Pok]:
    """What this person can sign now, the earliest start first."""
    asked = Pok.objects.live().filter(signatories__user=user, complete_at=None, mode=Mode.DIGITAL)
    found = asked.select_related("placement__student", "placement__location", "document").order_by("start", "number")
    waiting = []
    for pok in found.prefetch_related("signatures", "signatories"):
        parties = {signer.party for signer in pok.signatories.all() if signer.user_id == user.pk}
        if state_of(pok, today) == State.OFFERED and parties & set(open_parties(pok)):
            waiting.append(pok)
    return waiting


def invite_waiting(now: datetime) -> int:
    """Invite everybody who was asked to sign and has had no mail yet; returns how many mails were written."""
    waiting = _uninvited().order_by("pok__offered_at").values_list("user", "pok__offered_at")
    youngest = dict(waiting)
    return sum(_invite(user, now) for user, offered_at in youngest.items() if offered_at <= now - GATHER)


def _uninvited() -> QuerySet[Signatory]:
    return Signatory.objects.filter(
        invited_at=None,
        user__isnull=False,
        pok__offered_at__isnull=False,
        pok__mode__in=ALL_MODES,
        pok__complete_at=None,
        pok__refused_at=None,
        pok__withdrawn_on=None,
    )


@transaction.atomic
def _invite(user_id: int, now: datetime) -> int:
    user = User.objects.select_for_update().get(pk=user_id)
    signers = list(_uninvited().filter(user=user).order_by("pok").select_related("pok"))
    if not signers or not links.may_use(user):
        return 0
    for signer in signers:
        pok = locked(signer.pok)
        Signatory.objects.filter(pk=signer.pk).update(invited_at=now)
        chain.record(pok, "invited", at=now, party=signer.party, mail=user.email)
    sent = [signer for signer in signers if signer.pok.mode == Mode.WINDOW]
    for signer in sent:
        _mail(user, "pok_sent", [signer], page="akkoord")
    if others := [signer for signer in signers if signer not in sent]:
        _mail(user, "pok_invitation", others)
    return 1


def _mail(user: User, kind: str, signers: Iterable[Signatory], page: str = "tekenen") -> None:
    """One mail with one link: to the one document, or to the page with all that wait."""
    poks = [signer.pok for signer in signers]
    alone = poks[0] if len(poks) == 1 else None
    path = f"/pok/{alone.pk}/{page}/" if alone else "/tekenen/"
    parties = {signer.party for signer in signers}
    links.mail_with_link(
        user,
        kind,
        next_path=path,
        dossier=alone.placement_id if alone else None,
        students=sorted({pok.placement.student.full_name for pok in poks})[:NAMED],
        more=max(len(poks) - NAMED, 0),
        count=len(poks),
        number=poks[0].number,
        answer_by=poks[0].lapses_on,
        location=poks[0].placement.location.name,
        start=min(pok.start for pok in poks),
        for_company=Party.COMPANY in parties,
        for_student=Party.STUDENT in parties,
    )


@transaction.atomic
def invite_again(*, signer: Signatory, by: User) -> None:
    """A person asks for a new invitation; once per hour at most, so that nobody is flooded."""
    pok = locked(signer.pok)
    signer = Signatory.objects.select_for_update().get(pk=signer.pk)
    now = clock.now()
    if state_of(pok, clock.local_day(now)) != State.OFFERED or signer.party not in open_parties(pok):
        raise ValidationError(_("Deze partij hoeft nu niet te tekenen."))
    if signer.invited_at and now - signer.invited_at < timedelta(hours=1):
        raise ValidationError(_("De vorige uitnodiging is van minder dan een uur geleden."))
    Signatory.objects.filter(pk=signer.pk).update(invited_at=None)
    words = {"number": pok.number, "party": Party(signer.party).label}
    audit.record("pok_invited_again", subject=pok, by=by, dossier=pok.placement_id, **words)


def remind_waiting(now: datetime) -> int:
    """Remind who has not signed, on the rhythm of the norms; returns how many mails were written. Once a day each."""
    local = now.astimezone(clock.AMSTERDAM)
    if local.hour not in HOURS:
        return 0
    today, free = local.date(), free_days()
    due: dict[int, list[Signatory]] = {}
    for signer in _silent(today):
        last = signer.reminded_on or clock.local_day(signer.invited_at)  # type: ignore[arg-type]
        start = signer.pok.start
        if reminders.is_due(start=start, last=last, sent=signer.reminders, today=today, free_days=free):
            due.setdefault(signer.user_id, []).append(signer)  # type: ignore[arg-type]
    return sum(_remind(user, signers, now, today, free) for user, signers in due.items())


def _silent(today: date) -> list[Signatory]:
    """Invited, and the party has not signed."""
    found = Signatory.objects.filter(
        invited_at__isnull=False,
        user__isnull=False,
        pok__mode=Mode.DIGITAL,
        pok__complete_at=None,
        pok__refused_at=None,
        pok__withdrawn_on=None,
        pok__lapses_on__gte=today,
    ).exclude(reminded_on=today)
    found = found.select_related("pok__placement__student", "pok__placement__location", "pok__document")
    return [s for s in found.prefetch_related("pok__signatures", "pok__signatories") if s.party in open_parties(s.pok)]


@transaction.atomic
def _remind(user_id: int, signers: list[Signatory], now: datetime, today: date, free: frozenset[date]) -> int:
    user = User.objects.select_for_update().get(pk=user_id)
    held = []
    for signer in sorted(signers, key=lambda signer: signer.pok_id):
        pok = locked(signer.pok)
        row = Signatory.objects.get(pk=signer.pk)
        if row.reminded_on == today or row.user_id != user_id or signer.party not in open_parties(pok):
            continue
        if state_of(pok, today) != State.OFFERED:
            continue
        Signatory.objects.filter(pk=signer.pk).update(reminded_on=today, reminders=row.reminders + 1)
        chain.record(pok, "reminded", at=now, party=signer.party, mail=user.email)
        held.append(signer)
        if pok.offered_by and reminders.is_wide(pok.start, today, free):
            key = f"{pok.pk}:{today}"
            tell(pok.offered_by, pok, "pok_waits", key=key, parties=_words(open_parties(pok)), start=pok.start)
    if not held or not links.may_use(user):
        return 0
    _mail(user, "pok_reminder", held)
    return 1


def _words(parties: Iterable[Any]) -> str:
    return ", ".join(str(party.label) for party in parties)


def lapse_rounds(now: datetime) -> int:
    """Tell everybody of a round whose last day has passed, once; returns how many rounds lapsed."""
    today = clock.local_day(now)
    over = Pok.objects.live().filter(complete_at=None, refused_at=None, lapses_on__lt=today)
    over = over.filter(mode=Mode.DIGITAL).exclude(events__event="lapsed")
    return sum(_lapse(pok, now, today) for pok in over)


@transaction.atomic
def _lapse(pok: Pok, now: datetime, today: date) -> int:
    pok = locked(pok)
    if state_of(pok, today) != State.LAPSED or pok.events.filter(event="lapsed").exists():
        return 0
    chain.record(pok, "lapsed", at=now)
    audit.record("pok_lapsed", subject=pok, by=None, dossier=pok.placement_id, number=pok.number)
    for person in people_of(pok):
        tell(person, pok, "pok_lapsed", key=str(pok.pk))
    return 1
