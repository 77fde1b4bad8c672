"""The one place that knows what time it is. Tests and rehearsals move it; all else takes `today` as an argument."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_moved: datetime | None = None


def now() -> datetime:
    """The moment, aware (UTC). BPV_TODAY=jjjj-mm-dd moves the day; with Thh:mm the clock stands still."""
    if _moved is not None:
        return _moved
    real = timezone.now()
    if day := os.environ.get("BPV_TODAY"):
        if "T" in day:
            return datetime.fromisoformat(day).replace(tzinfo=AMSTERDAM)
        local = real.astimezone(AMSTERDAM)
        return datetime.combine(date.fromisoformat(day), local.time(), AMSTERDAM)
    return real


def today() -> date:
    """The day in Europe/Amsterdam, on which deadlines are counted."""
    return local_day(now())


def local_day(moment: datetime) -> date:
    """The Europe/Amsterdam date of an aware moment."""
    return moment.astimezone(AMSTERDAM).date()


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """An aware moment on a day in Europe/Amsterdam."""
    return datetime.combine(day, time(hour, minute), AMSTERDAM)


@contextmanager
def moved(moment: datetime | date) -> Iterator[None]:
    """Inside the block it is `moment` (a date means noon)."""
    global _moved
    before = _moved
    _moved = moment if isinstance(moment, datetime) else at(moment)
    try:
        yield
    finally:
        _moved = before
