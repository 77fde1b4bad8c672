"""Reminders: workdays before the start, a pause, an end; the last day without and the first day with one."""

from datetime import date

import pytest

from standards.reminders import is_due, is_wide, reminder_days

MONDAY = date(2026, 8, 31)


def test_the_rhythm_before_a_monday():
    assert reminder_days(MONDAY, frozenset()) == (
        date(2026, 8, 10),
        date(2026, 8, 17),
        date(2026, 8, 24),
        date(2026, 8, 26),
        date(2026, 8, 28),
    )


def test_the_rhythm_steps_over_free_days(free_days):
    """Thursday 1 April 2027: Good Friday 26 and Easter Monday 29 March are no workdays."""
    assert reminder_days(date(2027, 4, 1), free_days)[-3:] == (
        date(2027, 3, 23),
        date(2027, 3, 25),
        date(2027, 3, 31),
    )


@pytest.mark.parametrize(
    ("last", "sent", "today", "expected"),
    [
        (date(2026, 8, 3), 0, date(2026, 8, 7), False),  # Friday: the first day of the rhythm is Monday
        (date(2026, 8, 3), 0, date(2026, 8, 9), False),  # Sunday
        (date(2026, 8, 3), 0, date(2026, 8, 10), True),
        (date(2026, 8, 10), 1, date(2026, 8, 14), False),
        (date(2026, 8, 10), 1, date(2026, 8, 17), True),
        (date(2026, 8, 3), 0, date(2026, 8, 12), True),  # the worker was away on the day itself
        (date(2026, 8, 25), 3, date(2026, 8, 26), False),  # the pause of two workdays is not over
        (date(2026, 8, 25), 3, date(2026, 8, 27), True),
        (date(2026, 8, 28), 5, date(2026, 9, 3), False),  # after the start: every five workdays
        (date(2026, 8, 28), 5, date(2026, 9, 4), True),
        (date(2026, 8, 28), 7, date(2026, 9, 4), True),
        (date(2026, 8, 28), 8, date(2026, 9, 4), False),  # eight is enough
    ],
)
def test_due(last, sent, today, expected):
    assert is_due(start=MONDAY, last=last, sent=sent, today=today, free_days=frozenset()) is expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 8, 21), False), (date(2026, 8, 24), True), (date(2026, 9, 15), True)],
)
def test_wide_from_five_workdays_before_the_start(today, expected):
    assert is_wide(MONDAY, today, frozenset()) is expected
