"""Deeds with assessments: the leerbedrijf is heard, the school decides."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.models import Assessment, Kind, Score
from bpv.core import audit
from placements.models import Placement


@transaction.atomic
def record_assessment(*, placement: Placement, kind: str, by: Any, **fields: Any) -> Assessment:
    """Adopt an interim or final assessment. The leerbedrijf is heard first (S8).

    A final one without an interim one before it, or against the judgement of the leerbedrijf, needs a reason (S8-c).
    Raises ValidationError.
    """
    Placement.objects.select_for_update().get(pk=placement.pk)
    assessment = Assessment(placement=placement, kind=kind, decided_by=by, **fields)
    if kind == Kind.FINAL:
        _require_ground(assessment)
    assessment.full_clean()
    assessment.save()
    audit.record(
        "assessment_decided" if kind == Kind.FINAL else "assessment_recorded",
        subject=assessment,
        by=by,
        dossier=placement.pk,
        kind=Kind(kind).label,
        result=Score(assessment.score).label,
    )
    return assessment


def _require_ground(final: Assessment) -> None:
    earlier = final.placement.assessments.filter(kind=Kind.MIDTERM, held_on__lt=final.held_on)
    if final.exception:
        return
    if not earlier.exists():
        raise ValidationError(
            {"exception": _("Er is geen eerdere tussentijdse beoordeling. Geef de reden waarom die er niet is.")}
        )
    if final.score != final.company_score:
        raise ValidationError({"exception": _("Het oordeel wijkt af van dat van het leerbedrijf. Geef de reden.")})
