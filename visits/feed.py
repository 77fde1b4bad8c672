"""The bpv-docent's talks as a calendar that phones and programs follow (RFC 5545).

A talk keeps its UID for ever; each change raises SEQUENCE; what is cancelled stays some weeks with STATUS:CANCELLED,
so that a program takes it away. Who has the address reads the feed: its owner makes, renews and withdraws it, only its
hash is kept, and it says no more than who, where and when.
"""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import languages
from accounts.models import User
from bpv.core import audit, clock
from visits.models import CalendarFeed, ContactKind, Occasion, Talk

BACK = timedelta(days=60)  # what was held or cancelled longer ago is gone
REFRESH = timedelta(hours=1)


@transaction.atomic
def renew(*, user: User) -> str:
    """A new secret address; the one before stops working. It is shown once: only its hash is kept."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=user, defaults={"token_hash": digest(token), "made_at": clock.now(), "read_at": None}
    )
    audit.record("calendar_address_made", subject=user, by=user)
    return settings.SITE_URL + reverse("agenda_feed", args=[token])


@transaction.atomic
def withdraw(*, user: User) -> None:
    """The address stops working."""
    if CalendarFeed.objects.filter(user=user).delete()[0]:
        audit.record("calendar_address_withdrawn", subject=user, by=user)


def digest(token: str) -> str:
    """What is kept of an address."""
    return hashlib.sha256(token.encode()).hexdigest()


def owner_of(token: str) -> User | None:
    """Whose calendar it is; None for an unknown or withdrawn address and for who is no longer staff."""
    found = CalendarFeed.objects.select_related("user").filter(token_hash=digest(token)).first()
    return found.user if found and found.user.is_active and found.user.roles.is_staff else None


def as_ics(user: User, today: date) -> bytes:
    """The calendar of this person."""
    from icalendar import Calendar  # slow import, only for who asks

    found = Talk.objects.filter(placement__teacher=user).exclude(state=Talk.State.PROPOSED).filter(sequence__gt=0)
    found = found.filter(Q(on__gte=today - BACK) | Q(changed_at__gte=clock.at(today - BACK)))
    with override(languages.of(user)):
        calendar = Calendar()
        calendar.add("prodid", f"-//{settings.SCHOOL_NAME}//bpv//NL")
        calendar.add("version", "2.0")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", _("Bpv-gesprekken"))
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        for talk in found.select_related("placement__student", "placement__location").order_by("on", "at", "id"):
            calendar.add_component(_event(talk))
        calendar.add_missing_timezones(first_date=today - BACK * 6, last_date=today + BACK * 12)
        return calendar.to_ical()


def _event(talk: Talk) -> Any:
    from icalendar import Event

    placement, location = talk.placement, talk.placement.location
    event = Event()
    event.add("uid", f"{talk.uid}@bpv")
    event.add("sequence", talk.sequence)
    event.add("dtstamp", talk.changed_at)
    event.add("last-modified", talk.changed_at)
    event.add("status", "CANCELLED" if talk.state == Talk.State.CANCELLED else "CONFIRMED")
    kind, occasion = ContactKind(talk.kind).label, Occasion(talk.occasion).label
    words = {"occasion": str(occasion).capitalize(), "name": placement.student.full_name, "company": location.name}
    event.add("summary", _("%(occasion)s: %(name)s, %(company)s") % words)
    event.add("description", str(kind))
    event.add("url", settings.SITE_URL + reverse("dossier", args=[placement.number]))
    event.add("location", _where(talk))
    if talk.at is None:
        event.add("dtstart", talk.on)
        event.add("dtend", talk.on + timedelta(days=1))
    else:
        begins = datetime.combine(talk.on, talk.at, clock.AMSTERDAM)
        event.add("dtstart", begins)
        event.add("duration", timedelta(minutes=talk.minutes))
    return event


def _where(talk: Talk) -> str:
    if talk.place:
        return talk.place
    location = talk.placement.location
    street = f"{location.street} {location.house_number}".strip()
    return ", ".join(filter(None, (street, f"{location.postcode} {location.city}".strip())))
