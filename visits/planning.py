"""Deeds with a talk to come: plan, move, plan several after each other, cancel. Who is invited hears every change."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bpv.core import audit, clock, mail
from placements.access import hold_open
from placements.messages import Receiver, Receivers, receivers_of
from placements.models import Placement, State
from standards.deadlines import first_contact_from
from standards.periods import school_year_of
from visits.models import ContactKind, Occasion, Talk

AFTER = timedelta(days=14)  # an eindgesprek may be held a little after the last day
PLANNED_FIELDS = ("on", "at", "minutes", "kind", "place")


@transaction.atomic
def plan(*, talk: Talk, by: Any, today: date, invite: bool = False, **fields: Any) -> Talk:
    """Put a talk on a day (and time), or move it; `fields`: on, at, minutes, kind, place.

    With `invite` student and praktijkopleider get a mail; who was invited before is told of a change anyway. Raises
    ValidationError at the field: outside the bpv, in the past, or the bpv-docent is elsewhere then; and when the
    dossier is closed (S8-d).
    """
    locked = _locked(talk)
    hold_open(locked.placement)
    _require_day(locked.placement, fields["on"], today)
    changed = [name for name in PLANNED_FIELDS if getattr(locked, name) != fields[name]]
    for name in changed:
        setattr(locked, name, fields[name])
    _require_free(locked)
    was_planned = locked.state == Talk.State.PLANNED
    told = locked.invited_at is not None
    if changed or not was_planned:
        locked.sequence += 1
        locked.changed_at = clock.now()
    locked.state = Talk.State.PLANNED
    if invite or (told and changed):
        locked.invited_at = clock.now()
        tell_both("talk_moved" if told and changed else "talk_invitation", locked)
    locked.save()
    about = {"dossier": locked.placement_id, "occasion": Occasion(locked.occasion).label, "on": locked.on}
    if was_planned and changed:
        audit.record("talk_moved", subject=locked, by=by, **about)
    elif not was_planned:
        audit.record("talk_planned", subject=locked, by=by, **about)
    return locked


@transaction.atomic
def plan_together(
    *, talks: Iterable[Talk], by: Any, today: date, on: date, at: time, minutes: int, invite: bool
) -> int:
    """One visit for several students: the talks after each other on one day, one contact moment each later."""
    begins, count = datetime.combine(on, at), 0
    for talk in talks:
        how = {"at": begins.time(), "minutes": minutes, "kind": ContactKind.ON_SITE, "place": talk.place}
        plan(talk=talk, by=by, today=today, invite=invite, on=on, **how)
        begins += timedelta(minutes=minutes)
        count += 1
        if begins.date() != on:
            raise ValidationError({"at": _("Zo loopt het bezoek door tot na middernacht.")})
    return count


@transaction.atomic
def extra(*, placement: Placement, by: Any, today: date, invite: bool = False, **fields: Any) -> Talk:
    """An extra voortgangsgesprek (BEG-08)."""
    talk = Talk.objects.create(
        placement=placement,
        occasion=Occasion.EXTRA,
        school_year=school_year_of(fields["on"]),
        on=fields["on"],
        made_by=by,
    )
    return plan(talk=talk, by=by, today=today, invite=invite, **fields)


@transaction.atomic
def cancel(*, talk: Talk, by: Any, reason: str) -> Talk:
    """The talk does not take place; it stays to be seen. Who was invited is told why."""
    locked = _locked(talk)
    locked.state, locked.cancelled_reason = Talk.State.CANCELLED, reason
    locked.sequence += 1
    locked.changed_at = clock.now()
    locked.save()
    about = {"dossier": locked.placement_id, "occasion": Occasion(locked.occasion).label, "on": locked.on}
    audit.record("talk_cancelled", subject=locked, by=by, reason=reason, **about)
    if locked.invited_at:
        tell_both("talk_cancelled", locked)
    return locked


def _locked(talk: Talk) -> Talk:
    """The row, held until the end of the transaction; ValidationError when it is over."""
    found = Talk.objects.select_for_update(of=("self",)).select_related(
        "placement__student__user", "placement__supervisor__user", "placement__teacher", "placement__location"
    )
    locked = found.get(pk=talk.pk)
    if locked.state == Talk.State.CANCELLED:
        raise ValidationError(_("Dit gesprek is afgezegd. Plan een nieuw gesprek."), code="cancelled")
    if hasattr(locked, "contact"):
        raise ValidationError(_("Dit gesprek is al geweest."), code="held")
    return locked


def _require_day(placement: Placement, on: date, today: date) -> None:
    if placement.state != State.PLANNED:
        raise ValidationError(_("Deze plaatsing is vervallen of beëindigd."))
    if on < today:
        raise ValidationError({"on": _("Deze datum is geweest. Leg het gesprek vast als het al is gehouden.")})
    if not first_contact_from(placement.start) <= on <= placement.end + AFTER:
        raise ValidationError({"on": _("Deze datum ligt niet bij deze bpv.")})


def _require_free(talk: Talk) -> None:
    """The bpv-docent is at one place at a time; two talks at one leerbedrijf may be one."""
    if talk.at is None:
        return
    same_day = Talk.objects.to_come().filter(on=talk.on, state=Talk.State.PLANNED, at__isnull=False)
    others = same_day.filter(placement__teacher=talk.placement.teacher_id).exclude(pk=talk.pk)
    for other in others.exclude(placement__location=talk.placement.location_id).select_related("placement__student"):
        if _begins(talk) < _ends(other) and _begins(other) < _ends(talk):
            message = _("Je hebt dan een gesprek met %(name)s (%(time)s uur). Kies een andere tijd.")
            words = {"name": other.placement.student.full_name, "time": f"{other.at:%H.%M}"}
            raise ValidationError({"at": message % words})


def _begins(talk: Talk) -> datetime:
    return datetime.combine(talk.on, talk.at or time.min)


def _ends(talk: Talk) -> datetime:
    return _begins(talk) + timedelta(minutes=talk.minutes)


def tell_both(kind: str, talk: Talk) -> None:
    """A mail to student and praktijkopleider, each in the own language, once for each version of the talk."""
    placement = talk.placement
    for receiver in receivers_of(placement, Receivers.BOTH):
        key = f"{talk.pk}:{talk.sequence}:{receiver.role}"
        about = {"dossier": placement.pk, "language": receiver.language, "name": receiver.person.full_name}
        words = {"talk": talk, "placement": placement, "teacher": placement.teacher, "page": _page(receiver, placement)}
        mail.queue(kind, to=receiver.person.email, key=key, **about, **words)


def _page(receiver: Receiver, placement: Placement) -> str:
    return f"{settings.SITE_URL}/link/?next=/plaatsingen/{placement.number}/"
