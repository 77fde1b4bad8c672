"""Results of keuzedelen (KZD-09): recorded by who guides, until the dossier is closed."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.models import KeuzedeelResult
from bpv.core import audit, clock
from placements.access import may_guide, refuse_closed
from placements.models import Placement


def lines_of(placement: Placement) -> list[tuple[str, KeuzedeelResult | None]]:
    """Every keuzedeel of the placement, with what is recorded."""
    kept = {result.code: result for result in KeuzedeelResult.objects.filter(placement=placement).select_related("by")}
    return [(code, kept.get(code)) for code in placement.keuzedelen]


@transaction.atomic
def save(*, placement: Placement, by: Any, results: Mapping[str, Mapping[str, Any]]) -> None:
    """Record keuzedelen by code: certificate, requirements, hours and result, as far as they are known.

    Raises ValidationError: the dossier is closed, or the placement has no such keuzedeel. PermissionDenied for who
    does not guide.
    """
    locked = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    if not may_guide(by, locked):
        raise PermissionDenied
    refuse_closed(locked)
    if not set(results) <= set(locked.keuzedelen):
        raise ValidationError(_("Deze plaatsing heeft dit keuzedeel niet."))
    before = {result.code: result for result in KeuzedeelResult.objects.filter(placement=locked)}
    for code, fields in results.items():
        kept = before.get(code) or KeuzedeelResult(placement=locked, code=code)
        if kept.pk and all(getattr(kept, name) == value for name, value in fields.items()):
            continue
        for name, value in fields.items():
            setattr(kept, name, value)
        kept.by, kept.saved_at = by, clock.now()
        kept.full_clean(exclude=["placement", "by"])
        kept.save()
        audit.record("assessment_keuzedeel_kept", subject=kept, by=by, dossier=locked.pk, code=code)
