"""Dutch workdays: Monday to Friday, without the free days that are handed in."""

from datetime import date, timedelta

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


def is_workday(day: date, free_days: frozenset[date]) -> bool:
    """Whether people work on this day."""
    return day.weekday() < _SATURDAY and day not in free_days


def next_workday(day: date, free_days: frozenset[date]) -> date:
    """The first workday after this day; the day itself does not count."""
    return add_workdays(day, 1, free_days)


def add_workdays(day: date, count: int, free_days: frozenset[date]) -> date:
    """The workday that lies `count` workdays after the day, or before it when `count` is negative.

    The day itself does not count; with `count` 0 it is returned as it is, workday or not.
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= is_workday(day, free_days)
    return day
