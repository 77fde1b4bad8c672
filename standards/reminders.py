"""When a signer is reminded: on a rhythm of workdays before the start, with a pause, and not for ever."""

from datetime import date

from standards.norms import norms_for
from standards.workdays import add_workdays, is_workday


def reminder_days(start: date, free_days: frozenset[date]) -> tuple[date, ...]:
    """The workdays before the start on which is reminded, the earliest first."""
    return tuple(add_workdays(start, -count, free_days) for count in norms_for(start).reminder_workdays_before)


def is_due(*, start: date, last: date, sent: int, today: date, free_days: frozenset[date]) -> bool:
    """Whether a signer who heard from us on `last` (invitation or reminder) is reminded today, after `sent` reminders.

    Only on a workday, after the pause, when a day of the rhythm came since; after the start every so many workdays.
    """
    norms = norms_for(start)
    if sent >= norms.reminders_at_most or not is_workday(today, free_days):
        return False
    if today < add_workdays(last, norms.reminder_pause_workdays, free_days):
        return False
    if today >= start:
        return today >= add_workdays(last, norms.reminder_workdays_after, free_days)
    return any(last < day <= today for day in reminder_days(start, free_days))


def is_wide(start: date, today: date, free_days: frozenset[date]) -> bool:
    """Whether the coordinator is told as well: the start is near or has passed."""
    return today >= add_workdays(start, -norms_for(start).reminder_widens_workdays_before, free_days)
