"""The free days of the school, as the pure functions of `standards` want them."""

from datetime import date

from bpv.core.models import FreeDay


def free_days() -> frozenset[date]:
    """All days that are free besides the weekend."""
    return frozenset(FreeDay.objects.values_list("date", flat=True))
