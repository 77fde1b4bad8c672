"""Judge dossiers and keep the findings: only what differs is written."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from bpv.core import calendar
from bpv.core.models import Touch
from compliance import facts
from compliance.models import Finding
from placements.models import Placement
from standards import judge_placement, judge_request
from standards.norms import norms_for
from visits.models import HelpRequest

ONE_JUDGE = 5304  # advisory lock
TOUCHES = 500
KEY = ("placement_id", "request_id", "rule", "year")


class Key(NamedTuple):
    """A finding's place: rule for a placement (in a school year), or for a question of it."""

    placement: int
    request: int | None
    rule: str
    year: int


class Row(NamedTuple):
    """What is stored of a finding; plain, because a rebuild makes millions of them."""

    due: date
    done_on: date | None
    deviated_on: date | None
    team_id: int
    teacher_id: int | None
    active_until: date


class Written(NamedTuple):
    """How many findings were made, changed and removed."""

    made: int = 0
    changed: int = 0
    removed: int = 0

    def plus(self, other: "Written") -> "Written":
        return Written(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


@transaction.atomic
def rejudge(ids: list[int], *, today: date) -> Written:
    """Judge these dossiers and write what differs from the stored findings.

    One at a time: a judgement of older facts may not overwrite a newer one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_JUDGE])
    total = Written()
    free = calendar.free_days()
    for index in range(0, len(ids), facts.BATCH):
        some = ids[index : index + facts.BATCH]
        total = total.plus(_write(some, _fresh(some, today, free)))
    return total


def _fresh(ids: list[int], today: date, free: frozenset[date]) -> dict[Key, Row]:
    placements = {placement.pk: placement for placement in facts.judged_placements().filter(pk__in=ids)}
    known = facts.facts_of_many(placements.values())
    fresh = {}
    for pk, placement in placements.items():
        for finding in judge_placement(known[pk], today=today):
            fresh[Key(pk, None, finding.rule, finding.year)] = _row(placement, finding)
    for request in HelpRequest.objects.filter(placement__in=placements):
        placement = placements[request.placement_id]
        for finding in judge_request(facts.request_facts(request), today=today, free_days=free):
            fresh[Key(placement.pk, request.pk, finding.rule, finding.year)] = _row(placement, finding)
    return fresh


def _row(placement: Placement, finding: Any) -> Row:
    shown_after_end = timedelta(days=norms_for(placement.start).evaluation_days_after_end)
    active_until = max(placement.last_day, finding.due) + shown_after_end
    return Row(finding.due, finding.done_on, finding.deviated_on, placement.team_id, placement.teacher_id, active_until)


def _write(ids: list[int], fresh: dict[Key, Row]) -> Written:
    found = Finding.objects.filter(placement__in=ids).values_list("pk", *KEY, *Row._fields)
    stored = {Key(*row[1:5]): (row[0], row[5:]) for row in found}
    made = [_finding(key, row) for key, row in fresh.items() if key not in stored]
    changed = [_finding(key, fresh[key], pk) for key, (pk, row) in stored.items() if key in fresh and row != fresh[key]]
    gone = [stored[key][0] for key in stored.keys() - fresh.keys()]
    if made:
        Finding.objects.bulk_create(made, batch_size=2000)
    if changed:
        Finding.objects.bulk_update(
            changed, ["due", "done_on", "deviated_on", "team", "teacher", "active_until"], batch_size=500
        )
    if gone:
        Finding.objects.filter(pk__in=gone).delete()
    return Written(len(made), len(changed), len(gone))


def _finding(key: Key, row: Row, pk: int | None = None) -> Finding:
    return Finding(pk=pk, **dict(zip(KEY, key, strict=True)), **row._asdict())


def judge_touched(*, today: date) -> Written:
    """Judge every dossier in which something happened since the last look.

    Judging and forgetting the touch are one transaction: a killed worker loses and doubles nothing.
    """
    total = Written()
    while ids := list(Touch.objects.order_by("id").values_list("id", flat=True)[:TOUCHES]):
        with transaction.atomic():
            locked = Touch.objects.select_for_update(skip_locked=True).filter(pk__in=ids)
            touched = {touch.pk: touch.dossier for touch in locked}
            if not touched:
                break
            total = total.plus(rejudge(also_affected(touched.values()), today=today))
            Touch.objects.filter(pk__in=touched).delete()
    return total


def also_affected(dossiers: Iterable[int]) -> list[int]:
    """These dossiers and those of the same crebo at the same location: they share the erkenning and who was first."""
    asked = set(dossiers)
    places = Placement.objects.filter(pk__in=asked).order_by().values_list("location", "programme__crebo").distinct()
    query = Q(pk__in=asked)
    for location, crebo in places:
        query |= Q(location=location, programme__crebo=crebo)
    return sorted(asked | set(Placement.objects.filter(query).order_by().values_list("pk", flat=True)))


def all_ids() -> list[int]:
    """Every placement that is judged."""
    return list(Placement.objects.order_by("pk").values_list("pk", flat=True))
