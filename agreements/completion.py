"""What follows from a document that everybody has signed."""

from datetime import date

from agreements.models import Kind, Pok
from placements.models import State
from placements.services import follow_addendum


def completed(pok: Pok, today: date) -> None:
    """Called once, in the transaction of the last signature and under the lock of the POK.

    After an addendum the placement has its keuzedelen and its end (KZD-02..KZD-04), unless it ended meanwhile.
    """
    if pok.kind == Kind.ADDENDUM and pok.placement.state == State.PLANNED:
        keuzedelen = sorted(pok.lines.values_list("code", flat=True))
        by = pok.offered_by
        follow_addendum(placement=pok.placement, keuzedelen=keuzedelen, end=pok.end, hours_total=pok.hours_total, by=by)
