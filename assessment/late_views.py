"""Preparations of an interim talk that came when it had been: they stay with that talk (BEO-06)."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from assessment.models import Interim, InterimView
from bpv.core import clock
from placements.models import Placement
from standards.periods import period_of


def of_earlier_talk(placement: Placement) -> Any:
    """Handed in when the talk of an earlier bpv-periode had been: that is no preparation of the next one (BEO-06)."""
    first = _first_day(placement)
    held = Interim.objects.filter(placement=OuterRef("placement"), held_on__lt=first)
    return InterimView.objects.filter(Exists(held), placement=placement, interim=None, submitted_at__date__lt=first)


def file_away(placement: Placement) -> None:
    """Keep what came after the talk of an earlier bpv-periode with that talk."""
    late = list(of_earlier_talk(placement).values_list("pk", flat=True))
    if late:
        before = Interim.objects.filter(placement=placement, held_on__lt=_first_day(placement)).last()
        InterimView.objects.filter(pk__in=late).update(interim=before)


def _first_day(placement: Placement) -> date:
    """Of the bpv-periode of today."""
    leerweg: Any = placement.programme.leerweg
    return period_of(leerweg, placement.start, placement.last_day, clock.today()).first
