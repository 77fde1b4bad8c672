"""The interim assessment: prepared by three, established in a talk, told to both (BEO-05, BEO-06)."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import Interim, InterimView, Party
from bpv.core import audit, clock, mail
from bpv.core.models import OutboxMail
from placements.access import is_student, is_supervisor, may_guide, may_see_all, refuse_closed
from placements.messages import Receiver, Receivers, receivers_of
from placements.models import Placement, State
from standards.deadlines import interim_due
from standards.norms import norms_for
from standards.periods import period_of

BOTH = frozenset({Party.STUDENT, Party.COMPANY})
WORDS = {Receivers.STUDENT: gettext_lazy("student"), Receivers.SUPERVISOR: gettext_lazy("praktijkopleider")}


def party_of(user: Any, placement: Placement) -> Party | None:
    """For which of the three this person prepares the talk."""
    if is_student(user, placement):
        return Party.STUDENT
    if is_supervisor(user, placement):
        return Party.COMPANY
    return Party.SCHOOL if may_guide(user, placement) else None


def waiting_views(placement: Placement) -> list[InterimView]:
    """What was prepared for the talk to come."""
    return list(InterimView.objects.filter(placement=placement, interim=None).select_related("by"))


def readable(user: Any, placement: Placement, views: list[InterimView]) -> list[InterimView]:
    """The own one; of others what is handed in: for staff at once, for student and praktijkopleider when both are in.

    What the bpv-docent prepared is read by nobody else before it is established with the others.
    """
    own = party_of(user, placement)
    handed_in = {view.party for view in views if view.submitted_at}
    open_to_all = handed_in >= BOTH or may_see_all(user, placement)
    return [
        view
        for view in views
        if view.party == own or (view.submitted_at and (view.interim_id or (open_to_all and view.party in BOTH)))
    ]


@transaction.atomic
def prepare(*, placement: Placement, by: Any, good: str, attention: str, submit: bool) -> InterimView:
    """Keep the own view, or hand it in. Raises ValidationError: handed in already, or incomplete when it is."""
    locked = _locked(placement)
    party = party_of(by, locked)
    if party is None:
        raise PermissionDenied
    refuse_closed(locked)
    mine = InterimView.objects.filter(placement=locked, interim=None, party=party).first()
    mine = mine or InterimView(placement=locked, party=party)
    if mine.submitted_at:
        raise ValidationError(_("Dit is al ingeleverd."), code="submitted")
    mine.good, mine.attention = good, attention
    mine.by, mine.saved_at = by, clock.now()
    mine.submitted_at = clock.now() if submit else None
    mine.full_clean(exclude=["placement", "interim", "by", "submitted_at"])
    mine.save()
    if submit:
        audit.record("interim_prepared", subject=mine, by=by, dossier=locked.pk, party=party.label)
    return mine


@transaction.atomic
def establish(*, placement: Placement, by: Any, **fields: Any) -> Interim:
    """Keep what the three established in a talk, and send it to student and praktijkopleider.

    `fields`: held_on, with_student, with_supervisor, good, attention. Complete once both are told; who has no
    e-mail address is told by a person (`tell`). Raises ValidationError.
    """
    locked = _locked(placement)
    if not may_guide(by, locked):
        raise PermissionDenied
    refuse_closed(locked)
    made = Interim(placement=locked, established_by=by, established_at=clock.now(), **fields)
    if made.held_on > clock.today():
        raise ValidationError({"held_on": _("Deze datum ligt in de toekomst.")})
    if not locked.start <= made.held_on <= locked.last_day:
        raise ValidationError({"held_on": _("Deze datum ligt niet in de bpv-periode.")})
    made.full_clean(exclude=["placement", "established_by", "student_told_on", "supervisor_told_on"])
    made.save()
    InterimView.objects.filter(placement=locked, interim=None).update(interim=made)
    audit.record("interim_established", subject=made, by=by, dossier=locked.pk, on=made.held_on)
    found = receivers_of(locked, Receivers.BOTH)
    for receiver in found:
        _mail("interim_told", locked, receiver, key=f"{made.pk}", page=f"/tussentijds/{made.pk}/")
    _mark(made, {receiver.role for receiver in found}, clock.today(), by)
    return made


@transaction.atomic
def tell(*, interim: Interim, by: Any, on: date, student: bool, supervisor: bool) -> Interim:
    """Somebody was told in another way than by mail. Raises ValidationError: before the talk, or in the future."""
    locked = Interim.objects.select_for_update(of=("self",)).select_related("placement").get(pk=interim.pk)
    if not may_guide(by, locked.placement):
        raise PermissionDenied
    refuse_closed(locked.placement)
    if not locked.held_on <= on <= clock.today():
        raise ValidationError({"on": _("Deze datum ligt in de toekomst, of voor het gesprek.")})
    told = {Receivers.STUDENT} if student else set()
    told |= {Receivers.SUPERVISOR} if supervisor else set()
    _mark(locked, told, on, by)
    return locked


def _mark(interim: Interim, told: set[Receivers], on: date, by: Any) -> None:
    new = []
    if Receivers.STUDENT in told and not interim.student_told_on:
        interim.student_told_on = on
        new.append(WORDS[Receivers.STUDENT])
    if Receivers.SUPERVISOR in told and not interim.supervisor_told_on:
        interim.supervisor_told_on = on
        new.append(WORDS[Receivers.SUPERVISOR])
    if new:
        interim.save()
        audit.record("interim_told", subject=interim, by=by, dossier=interim.placement_id, to=new, on=on)


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
        _mail("interim_asked", placement, receiver, key=key, page=page, due=due)
    return len(found)


def _mail(kind: str, placement: Placement, receiver: Receiver, *, key: str, page: str, **words: Any) -> None:
    about = {"placement": placement, "page": f"{settings.SITE_URL}/link/?next={page}", "person": receiver.person}
    told = {"dossier": placement.pk, "language": receiver.language}
    mail.queue(kind, to=receiver.person.email, key=key, **told, **about, **words)


def _locked(placement: Placement) -> Placement:
    related = ("student__user", "supervisor__user", "location")
    return Placement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=placement.pk)
