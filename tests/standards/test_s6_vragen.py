"""S6.1-c: a first response within three workdays; the day of receipt does not count."""

from datetime import date

import pytest

from standards import Outcome, RequestFacts, judge_request, outcome
from standards.deadlines import response_attention_on, response_due


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 11, 2), date(2026, 11, 5)),  # Monday to Thursday
        (date(2026, 11, 4), date(2026, 11, 9)),  # across a weekend
        (date(2026, 11, 6), date(2026, 11, 11)),  # received on Friday
        (date(2026, 11, 7), date(2026, 11, 11)),  # received on Saturday
        (date(2026, 11, 8), date(2026, 11, 11)),  # received on Sunday
        (date(2026, 10, 23), date(2026, 10, 28)),  # across the end of summer time
        (date(2026, 4, 2), date(2026, 4, 9)),  # Goede Vrijdag and tweede paasdag
        (date(2027, 4, 26), date(2027, 4, 30)),  # Koningsdag
        (date(2026, 5, 4), date(2026, 5, 8)),  # 5 May is free every year
        (date(2026, 5, 13), date(2026, 5, 19)),  # Hemelvaartsdag
        (date(2026, 12, 24), date(2026, 12, 30)),  # Christmas
        (date(2026, 12, 30), date(2027, 1, 5)),  # 31 December is a workday, 1 January is not
    ],
)
def test_s6_1_c_due_date(received: date, due: date, free_days: frozenset[date]) -> None:
    assert response_due(received, free_days) == due


def test_s6_1_c_asks_for_attention_one_workday_before_it_is_due(free_days: frozenset[date]) -> None:
    assert response_attention_on(date(2026, 4, 2), free_days) == date(2026, 4, 8)


@pytest.mark.parametrize(
    ("answered", "today", "expected"),
    [
        (date(2026, 4, 2), date(2026, 4, 30), Outcome.MET),
        (date(2026, 4, 9), date(2026, 4, 30), Outcome.MET),
        (date(2026, 4, 10), date(2026, 4, 30), Outcome.LATE),
        (None, date(2026, 4, 9), Outcome.OPEN),
        (None, date(2026, 4, 10), Outcome.MISSED),
        (date(2026, 4, 9), date(2026, 4, 8), Outcome.OPEN),
        (date(2026, 4, 13), date(2026, 4, 10), Outcome.MISSED),
    ],
)
def test_s6_1_c_last_good_day_and_first_bad_day(
    answered: date | None, today: date, expected: Outcome, free_days: frozenset[date]
) -> None:
    facts = RequestFacts("H1", date(2026, 4, 2), answered)
    [finding] = judge_request(facts, today=today, free_days=free_days)
    assert (finding.rule, finding.subject, finding.due) == ("S6.1-c", "H1", date(2026, 4, 9))
    assert outcome(finding.due, finding.done_on, today) == expected
    assert finding.done_on == (answered if answered and answered <= today else None)
