"""Who is not spoken with (S6.1-a), and the vinger aan de pols that asks for contact more often (BEG-07, BEG-09)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from bpv.core import audit
from placements.access import hold_open
from placements.models import Placement, State
from standards.norms import norms_for
from visits.models import CloseWatch, Talk

PLANNED_SOON = timedelta(days=14)  # a talk that is planned ends the silence


@dataclass(frozen=True)
class Silence:
    """A running bpv, the day of the last contact (None: never), and the rhythm in weeks when it is watched."""

    placement: Placement
    last: date | None
    every_weeks: int | None
    weeks: int


def start(*, placement: Placement, by: Any, since: date, every_weeks: int, reason: str, measure: str) -> CloseWatch:
    """From now on contact more often. Raises ValidationError when it is on already, or the dossier closed (S8-d)."""
    fields = {"since": since, "every_weeks": every_weeks, "reason": reason, "measure": measure}
    try:
        with transaction.atomic():
            hold_open(placement)
            watch = CloseWatch.objects.create(placement=placement, by=by, **fields)
            about = {"dossier": placement.pk, "count": every_weeks, "reason": reason}
            audit.record("watch_started", subject=watch, by=by, **about)
    except IntegrityError:
        raise ValidationError(_("Voor deze student staat dit al aan.")) from None
    return watch


@transaction.atomic
def stop(*, placement: Placement, by: Any, on: date) -> None:
    """The usual rhythm again; nothing happens when it was not on."""
    for watch in CloseWatch.objects.select_for_update().filter(placement=placement, ended_on=None):
        watch.ended_on = max(on, watch.since)
        watch.save()
        audit.record("watch_stopped", subject=watch, by=by, dossier=placement.pk)


def of(placement: Placement) -> CloseWatch | None:
    """The watch that is on."""
    return placement.watches.filter(ended_on=None).select_related("by").first()


def silent(user: Any, today: date) -> list[Silence]:
    """The own students with whom there was no contact for longer than their rhythm, and no talk is near."""
    watch = CloseWatch.objects.filter(placement=OuterRef("pk"), ended_on=None).values("every_weeks")[:1]
    near = Talk.objects.to_come().filter(
        placement=OuterRef("pk"), state=Talk.State.PLANNED, on__gte=today, on__lte=today + PLANNED_SOON
    )
    running = Placement.objects.filter(teacher=user, state=State.PLANNED, start__lte=today, end__gte=today)
    last = Max("contacts__on", filter=Q(contacts__on__lte=today))
    found = running.exclude(Exists(near)).annotate(last=last, every_weeks=Subquery(watch))
    ordered = found.select_related("student", "location").order_by("start", "sort_key", "id")
    return [silence for placement in ordered if (silence := _silence(placement, today))]


def _silence(placement: Any, today: date) -> Silence | None:
    since = max(placement.last or placement.start, placement.start)
    every: int | None = placement.every_weeks
    limit = timedelta(weeks=every) if every else timedelta(days=norms_for(placement.start).silence_days)
    if today - since <= limit:
        return None
    return Silence(placement, placement.last, every, (today - since).days // 7)
