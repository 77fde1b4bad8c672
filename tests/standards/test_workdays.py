"""Dutch workdays: Monday to Friday, without the free days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.workdays import add_workdays, is_workday, next_workday

days = st.dates(date(2025, 1, 1), date(2031, 12, 31))
some_free_days = st.frozensets(days, max_size=20)


@pytest.mark.parametrize(
    ("day", "workday"),
    [
        (date(2026, 4, 2), True),
        (date(2026, 4, 3), False),  # Goede Vrijdag
        (date(2026, 4, 4), False),  # Saturday
        (date(2026, 4, 6), False),  # tweede paasdag
        (date(2026, 4, 7), True),
        (date(2027, 5, 5), False),  # Bevrijdingsdag, outside the lustrum
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_workday(day: date, workday: bool, free_days: frozenset[date]) -> None:
    assert is_workday(day, free_days) == workday


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 4, 2), 3, date(2026, 4, 9)),
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
        (date(2026, 4, 4), 0, date(2026, 4, 4)),
        (date(2026, 4, 4), 1, date(2026, 4, 7)),
    ],
)
def test_add_workdays_across_easter(day: date, count: int, expected: date, free_days: frozenset[date]) -> None:
    assert add_workdays(day, count, free_days) == expected


def test_next_workday_never_is_the_day_itself(free_days: frozenset[date]) -> None:
    assert next_workday(date(2026, 4, 1), free_days) == date(2026, 4, 2)
    assert next_workday(date(2026, 4, 2), free_days) == date(2026, 4, 7)


@given(day=days, count=st.integers(0, 30), free=some_free_days)
def test_adding_workdays_and_going_back_returns_the_workday(day: date, count: int, free: frozenset[date]) -> None:
    start = next_workday(day, free)
    assert add_workdays(add_workdays(start, count, free), -count, free) == start


@given(day=days, count=st.integers(1, 30), free=some_free_days)
def test_added_workdays_are_the_workdays_passed(day: date, count: int, free: frozenset[date]) -> None:
    end = add_workdays(day, count, free)
    passed = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert is_workday(end, free)
    assert sum(is_workday(each, free) for each in passed) == count


@given(day=days, later=st.integers(0, 30), count=st.integers(1, 10), free=some_free_days)
def test_a_later_day_is_never_due_earlier(day: date, later: int, count: int, free: frozenset[date]) -> None:
    assert add_workdays(day, count, free) <= add_workdays(day + timedelta(days=later), count, free)
