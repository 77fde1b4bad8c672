"""What a change of a bpv moves: deadlines, talks, hours, documents to sign again. Shown before it is done."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from placements.models import Placement
from placements.timesheet import pauses_of
from standards.deadlines import contact_plan, moments
from standards.facts import Leerweg
from standards.hours import Pauses, split_hours
from standards.words import long_date


@dataclass(frozen=True)
class Period:
    """What the dates follow from."""

    leerweg: Leerweg
    start: date
    end: date
    hours: int
    pauses: Pauses = ()


@dataclass(frozen=True)
class Effect:
    """One thing that becomes different; empty when it comes or goes."""

    label: str
    old: str
    new: str


def impact(before: Period, after: Period) -> list[Effect]:
    """Everything that is different afterwards, in the order of time."""
    return [*_moments(before, after), *_talks(before, after), *_hours(before, after)]


def _moments(before: Period, after: Period) -> list[Effect]:
    """The moments of the handbook's first page; talks stand apart."""
    old = {moment.code: moment for moment in moments(before.leerweg, before.start, before.end, False)}
    new = {moment.code: moment for moment in moments(after.leerweg, after.start, after.end, False)}
    return [
        Effect(moment.title, long_date(old[code].due), long_date(moment.due))
        for code, moment in new.items()
        if code not in ("second_contact", "final_talk") and old[code].due != moment.due
    ]


def _talks(before: Period, after: Period) -> list[Effect]:
    names = (_("Eerste contact uiterlijk"), _("Tweede gesprek"), _("Eindgesprek uiterlijk"))
    old, new = (contact_plan(period.start, period.end) for period in (before, after))
    rows = zip(names, old, new, strict=True)
    return [Effect(name, long_date(was), long_date(will)) for name, was, will in rows if was != will]


def _hours(before: Period, after: Period) -> list[Effect]:
    old, new = (split_hours(one.start, one.end, one.hours, one.pauses) for one in (before, after))
    found = []
    for year in sorted(old.keys() | new.keys()):
        if old.get(year) != new.get(year):
            label = _("Uren in %(year)s") % {"year": year}
            found.append(Effect(label, str(old.get(year, "")), str(new.get(year, ""))))
    return found


def seal(effects: list[Effect]) -> str:
    """Differs as soon as something that was shown differs."""
    return hashlib.sha256(repr(effects).encode()).hexdigest()[:16]


def period_of(placement: Placement) -> Period:
    """The bpv as it is agreed now."""
    leerweg: Leerweg = "BBL" if placement.programme.leerweg == "BBL" else "BOL"
    return Period(leerweg, placement.start, placement.last_day, placement.hours_total, pauses_of(placement))


def standing(placement: Placement) -> list[Any]:
    """The POKs and addenda that stand and speak of dates and hours (by the related name: POKs lie above)."""
    return list(placement.poks.live().order_by("number"))
