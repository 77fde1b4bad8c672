"""Action points: what was agreed in a talk, who does it by when, and what became of it (B2-01, B2-02)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from bpv.core import audit
from visits.models import ActionPoint, ContactMoment, Party

SOON = timedelta(days=7)


class Agreement(NamedTuple):
    """A new action point as it was written down; `owner` is a Party."""

    text: str
    owner: str
    due: date


def agree(*, contact: ContactMoment, by: Any, agreements: Iterable[Agreement]) -> None:
    """Keep the action points of a talk; part of its deed."""
    about = {"placement": contact.placement, "contact": contact, "made_by": by}
    ActionPoint.objects.bulk_create(ActionPoint(**one._asdict(), **about) for one in agreements)


def settle(*, placement: Any, ids: Iterable[int], by: Any, on: date) -> None:
    """Open action points of a placement that are done, seen in a talk; part of its deed."""
    ActionPoint.objects.open().filter(placement=placement, pk__in=list(ids)).update(done_on=on, done_by=by)


@transaction.atomic
def finish(*, point: ActionPoint, by: Any, today: date, dropped: bool = False) -> ActionPoint:
    """It is done, or dropped: no longer needed. A second time changes nothing."""
    locked = ActionPoint.objects.select_for_update().get(pk=point.pk)
    if locked.done_on or locked.dropped:
        return locked
    locked.done_on, locked.done_by, locked.dropped = (None if dropped else today), by, dropped
    locked.save()
    about = {"subject": locked, "by": by, "dossier": locked.placement_id, "party": Party(locked.owner).label}
    if dropped:
        audit.record("contact_point_dropped", **about)
    else:
        audit.record("contact_point_done", **about)
    return locked


def of_school(user: Any, today: date) -> QuerySet[ActionPoint]:
    """What this bpv-docent promised and must do within a week, the first first."""
    mine = ActionPoint.objects.open().filter(owner=Party.SCHOOL, placement__teacher=user, due__lte=today + SOON)
    return mine.select_related("placement__student")
