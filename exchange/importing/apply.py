"""Write a plan, in the transaction of the caller."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from bpv.core import audit
from bpv.core.models import Touch
from exchange.importing import writing
from exchange.importing.register import Kept
from exchange.importing.school import School
from placements.models import Placement


def write(school: School, by: Any) -> None:
    """All new and changed rows, then what follows from them: search columns, dossiers to judge again, history."""
    ids: writing.Ids = {}
    for kept in school.all:
        writing.write(kept, ids)
    own = _real(school.placements, ids)
    _index(school, own)
    _touch(school, ids, own)
    audit.record_many("placement_imported", subjects=Placement, ids=sorted(own), by=by)


def _real(kept: Kept, ids: writing.Ids) -> set[int]:
    """Ids in the database of what was written."""
    return set(ids.get(kept.model, {}).values()) | set(kept.changed_ids())


def _index(school: School, own: set[int]) -> None:
    """Sorting and search columns of placements that were written or whose student, location or class was."""
    follows = (
        Q(pk__in=own)
        | Q(student__in=school.students.changed_ids())
        | Q(location__in=school.locations.changed_ids())
        | Q(enrolment__in=school.enrolments.changed_ids())
    )
    rows = []
    for placement in Placement.objects.filter(follows).select_related("student", "location", "enrolment"):
        before = (placement.sort_key, placement.search)
        placement.index()
        if before != (placement.sort_key, placement.search):
            rows.append({"id": placement.pk, "sort_key": placement.sort_key, "search": placement.search})
    if rows:
        writing.update(Placement, rows)


def _touch(school: School, ids: writing.Ids, own: set[int]) -> None:
    """Have every dossier judged again in which something changed, and those at the same location (S4.2-a)."""
    dossiers = set(own) | _owners(school, (school.poks, school.moments, school.requests), ids)
    signed = school.signatures.new + school.signatures.changed
    dossiers |= {_real_id(school.poks.with_id(record["pok_id"])["placement_id"], ids) for record in signed}
    places = {record["location_id"] for record in school.placements.new + school.placements.changed}
    places |= {record["location_id"] for record in school.accreditations.new + school.accreditations.changed}
    dossiers |= set(
        Placement.objects.filter(Q(location__in=places) | Q(programme__in=school.programmes.changed_ids())).values_list(
            "pk", flat=True
        )
    )
    writing.insert(Touch, ({"dossier": dossier} for dossier in sorted(dossiers)))


def _owners(school: School, kepts: Iterable[Kept], ids: writing.Ids) -> set[int]:
    records = [record for kept in kepts for record in kept.new + kept.changed]
    return {_real_id(record["placement_id"], ids) for record in records}


def _real_id(placement: int, ids: writing.Ids) -> int:
    return ids.get(Placement, {}).get(placement, placement)
