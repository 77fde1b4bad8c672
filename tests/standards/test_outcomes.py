"""A finding is two dates; the outcome on a day is arithmetic on them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards import Outcome, is_soon, outcome

DUE = date(2026, 11, 23)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("done_on", "today", "expected"),
    [
        (None, BEFORE, Outcome.OPEN),
        (None, DUE, Outcome.OPEN),
        (None, AFTER, Outcome.MISSED),
        (BEFORE, DUE, Outcome.MET),
        (DUE, DUE, Outcome.MET),
        (DUE, AFTER, Outcome.MET),
        (AFTER, AFTER, Outcome.LATE),
        (AFTER, DUE, Outcome.OPEN),
        (AFTER + timedelta(days=1), AFTER, Outcome.MISSED),
        (DUE, BEFORE, Outcome.OPEN),
    ],
)
def test_outcome_of_two_dates(done_on: date | None, today: date, expected: Outcome) -> None:
    assert outcome(DUE, done_on, today) == expected


def test_outcome_words_are_those_of_the_export() -> None:
    assert [str(word) for word in Outcome] == ["met", "late", "missed", "open", "deviated"]


@pytest.mark.parametrize(
    ("done_on", "today", "soon"),
    [
        (None, date(2026, 11, 8), False),
        (None, date(2026, 11, 9), True),
        (None, DUE, True),
        (None, AFTER, False),
        (date(2026, 11, 10), date(2026, 11, 10), False),
        (date(2026, 11, 11), date(2026, 11, 10), True),
    ],
)
def test_soon_is_open_and_due_within_two_weeks(done_on: date | None, today: date, soon: bool) -> None:
    assert is_soon(DUE, done_on, today) == soon


@given(due=days, done_on=st.none() | days, today=days, later=st.integers(0, 400))
def test_time_only_moves_an_outcome_forward(due: date, done_on: date | None, today: date, later: int) -> None:
    """open -> met | missed | late, missed -> late; met and late stay."""
    order = {
        Outcome.OPEN: {Outcome.OPEN, Outcome.MET, Outcome.MISSED, Outcome.LATE},
        Outcome.MISSED: {Outcome.MISSED, Outcome.LATE},
        Outcome.MET: {Outcome.MET},
        Outcome.LATE: {Outcome.LATE},
    }
    assert outcome(due, done_on, today + timedelta(days=later)) in order[outcome(due, done_on, today)]


@given(due=days, done_on=days, earlier=st.integers(0, 400), today=days)
def test_doing_it_earlier_never_makes_it_worse(due: date, done_on: date, earlier: int, today: date) -> None:
    worse_to_better = [Outcome.MISSED, Outcome.LATE, Outcome.OPEN, Outcome.MET]
    before = outcome(due, done_on - timedelta(days=earlier), today)
    assert worse_to_better.index(before) >= worse_to_better.index(outcome(due, done_on, today))
