"""Deeds with a talk that was held: write down, correct, confirm; student and praktijkopleider get a copy (BEG-06)."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bpv.core import audit, clock, mail
from placements.access import hold_open
from placements.messages import Receivers, receivers_of
from placements.models import Placement
from visits import points
from visits.models import ContactKind, ContactMoment, Correction, Talk


@transaction.atomic
def log_contact(
    *,
    placement: Placement,
    by: Any,
    form_key: UUID,
    on: date,
    kind: str,
    talk: Talk | None = None,
    agreements: Iterable[points.Agreement] = (),
    done: Iterable[int] = (),
    copies: bool = False,
    **fields: Any,
) -> ContactMoment:
    """Write down a talk that was held. The same form sent twice is one talk (form_key): the first one is returned.

    `talk`: the planned one that this was; what was written down for it before stays the only one. `agreements`: new
    action points; `done`: ids of earlier ones that turned out to be done (B2-01). With `copies` both get a mail.
    Raises ValidationError when the dossier is closed (S8-d).
    """
    if talk and not ContactMoment.objects.filter(talk=talk).exists():
        fields |= {"talk": talk, "occasion": talk.occasion}
    moment, created = ContactMoment.objects.get_or_create(
        form_key=form_key, defaults={"placement": placement, "on": on, "kind": kind, "teacher": by} | fields
    )
    if not created:
        return moment
    hold_open(placement)
    audit.record("contact_logged", subject=moment, by=by, dossier=placement.pk, kind=ContactKind(kind).label, on=on)
    points.settle(placement=placement, ids=done, by=by, on=on)
    points.agree(contact=moment, by=by, agreements=agreements)
    if copies:
        _send_copies(moment, "talk_report")
    return moment


@transaction.atomic
def correct(*, contact: ContactMoment, by: Any, reason: str, copies: bool = False, **fields: Any) -> ContactMoment:
    """Change what was written down; the old text stays, and a confirmation of it no longer holds.

    Raises ValidationError when nothing changes, and when the dossier is closed (S8-d).
    """
    hold_open(contact.placement)
    locked = ContactMoment.objects.select_for_update().get(pk=contact.pk)
    changed = [name for name, value in fields.items() if getattr(locked, name) != value]
    if not changed:
        raise ValidationError(_("Er is niets gewijzigd."), code="unchanged")
    before = {name: _as_json(getattr(locked, name)) for name in changed}
    Correction.objects.create(contact=locked, by=by, reason=reason, before=before)
    for name in changed:
        setattr(locked, name, fields[name])
    if changed != ["private_note"]:
        locked.confirmed_at = locked.confirmed_by = None
    locked.save()
    audit.record("contact_corrected", subject=locked, by=by, dossier=locked.placement_id, on=locked.on)
    if copies:
        _send_copies(locked, "talk_report_changed")
    return locked


@transaction.atomic
def confirm(*, contact: ContactMoment, by: Any) -> ContactMoment:
    """The praktijkopleider says that the talk took place as written. A second time changes nothing."""
    locked = ContactMoment.objects.select_for_update().get(pk=contact.pk)
    if locked.confirmed_at is None:
        locked.confirmed_at, locked.confirmed_by = clock.now(), by
        locked.save()
        audit.record("contact_confirmed", subject=locked, by=by, dossier=locked.placement_id, on=locked.on)
    return locked


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _send_copies(contact: ContactMoment, kind: str) -> None:
    """A mail that the report is there, once for each version of it; what was said stays on the page (T4)."""
    placement, version = contact.placement, contact.corrections.count()
    for receiver in receivers_of(placement, Receivers.BOTH):
        key = f"{contact.pk}:{version}:{receiver.role}"
        page = f"{settings.SITE_URL}/link/?next=/contacten/{contact.pk}/"
        about = {"dossier": placement.pk, "language": receiver.language, "name": receiver.person.full_name}
        words = {"contact": contact, "placement": placement, "page": page, "role": receiver.role.value}
        mail.queue(kind, to=receiver.person.email, key=key, **about, **words)
