"""The POK of a placement as hours know it: from when until when it holds, since when, and how many hours it plans."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from agreements.changes import SIGNED
from agreements.lifecycle import open_parties, state_of
from agreements.models import MAIN, Kind, Pok
from placements.models import Placement
from standards.bpv_hours import PokSpan
from standards.deadlines import pok_filed_due


def spans_of(placements: Iterable[Placement], today: date) -> dict[int, PokSpan]:
    """By placement the POK that stands, with the end and the hours of an addendum that everybody agreed to (KZD-04).

    A placement without a live POK is not in it.
    """
    kinds, leerwegen = [*MAIN, Kind.ADDENDUM], {found.pk: found.programme.leerweg for found in placements}
    live = Pok.objects.live().filter(placement__in=leerwegen, kind__in=kinds)
    poks = list(live.prefetch_related("signatures", "signatories").order_by("made_at", "id"))
    found = {pok.placement_id: _span(pok, leerwegen[pok.placement_id]) for pok in poks if pok.is_main}
    for pok in poks:
        span = found.get(pok.placement_id)
        if span and not pok.is_main and state_of(pok, today) in SIGNED:
            end = max(span.end, pok.end)
            found[pok.placement_id] = replace(span, end=end, by_year=pok.hours_by_year)
    return found


def _span(pok: Pok, leerweg: Any) -> PokSpan:
    """Complete on the day of the last signature; not yet when somebody has to sign. In time as S5 says (T3)."""
    days = [signature.signed_on for signature in pok.signatures.all()]
    complete_on = max(days) if days and not open_parties(pok) else None
    return PokSpan(pok.start, pok.end, complete_on, pok.hours_by_year, pok_filed_due(leerweg, pok.start))
