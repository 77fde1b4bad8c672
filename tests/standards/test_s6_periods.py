"""S6.2 for a BBL that runs on: counted per school year (T9), with deviations that were accepted (S6.2-d)."""

from dataclasses import replace
from datetime import date

import pytest

from standards import DeviationFact, Outcome, Period, judge_placement, outcome, period_of, periods
from tests.standards.facts import a_contact, a_placement

START, END = date(2025, 9, 1), date(2027, 7, 2)
FIRST = Period(2025, START, date(2026, 7, 31))
SECOND = Period(2026, date(2026, 8, 1), END)
BEFORE = Period(2024, date(2025, 6, 6), date(2025, 7, 31))


@pytest.mark.parametrize(
    ("leerweg", "start", "end", "expected"),
    [
        ("BBL", START, END, (FIRST, SECOND)),
        ("BOL", START, END, (Period(0, START, END),)),
        ("BBL", START, date(2026, 7, 31), (Period(0, START, date(2026, 7, 31)),)),
        # eight weeks are a period of their own, a day less joins the year beside it
        ("BBL", START, date(2026, 9, 25), (FIRST, Period(2026, date(2026, 8, 1), date(2026, 9, 25)))),
        ("BBL", START, date(2026, 9, 24), (Period(0, START, date(2026, 9, 24)),)),
        ("BBL", date(2025, 6, 6), END, (BEFORE, replace(FIRST, first=date(2025, 8, 1)), SECOND)),
        ("BBL", date(2025, 6, 7), END, (replace(FIRST, first=date(2025, 6, 7)), SECOND)),
        ("BBL", date(2026, 7, 1), date(2026, 8, 31), (Period(0, date(2026, 7, 1), date(2026, 8, 31)),)),
    ],
)  # fmt: skip
def test_periods(leerweg, start, end, expected) -> None:
    assert periods(leerweg, start, end) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 1, 1), FIRST), (date(2026, 7, 31), FIRST), (date(2026, 8, 1), SECOND), (date(2028, 1, 1), SECOND)],
)
def test_the_period_of_a_day(day, expected) -> None:
    assert period_of("BBL", START, END, day) == expected


def seen(facts, today: date) -> list[tuple[str, int, Outcome]]:
    found = judge_placement(facts, today=today)
    return [
        (f.rule, f.year, outcome(f.due, f.done_on, today, f.deviated_on)) for f in found if f.rule.startswith("S6.2")
    ]


def test_s6_2_a_contact_of_one_school_year_does_not_count_in_the_other() -> None:
    days = (date(2025, 9, 15), date(2026, 2, 2), date(2026, 7, 31), date(2026, 8, 1), date(2027, 3, 1))
    facts = a_placement(leerweg="BBL", start=START, end=END, contacts=tuple(map(a_contact, days)))
    assert seen(facts, END) == [
        ("S6.2-a", 2025, Outcome.MET),
        ("S6.2-b", 2025, Outcome.MET),
        ("S6.2-a", 2026, Outcome.OPEN),
        ("S6.2-b", 2026, Outcome.MET),
    ]
    assert seen(facts, date(2027, 7, 3))[2] == ("S6.2-a", 2026, Outcome.MISSED)


def test_s6_2_d_a_deviation_stands_for_its_rule_and_year_from_the_day_it_was_accepted() -> None:
    accepted = DeviationFact("S6.2-a", 2026, date(2027, 6, 1))
    facts = a_placement(leerweg="BBL", start=START, end=END, deviations=(accepted,))
    assert [found for _rule, _year, found in seen(facts, date(2027, 5, 31))] == [
        Outcome.MISSED, Outcome.MISSED, Outcome.OPEN, Outcome.OPEN,
    ]  # fmt: skip
    assert [found for _rule, _year, found in seen(facts, date(2027, 6, 1))] == [
        Outcome.MISSED, Outcome.MISSED, Outcome.DEVIATED, Outcome.OPEN,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("done_on", "expected"),
    [(None, Outcome.DEVIATED), (END, Outcome.MET), (date(2027, 7, 3), Outcome.DEVIATED)],
)
def test_s6_2_d_what_was_done_in_time_is_met_and_a_deviation_is_never_met(done_on, expected) -> None:
    assert outcome(END, done_on, date(2027, 8, 1), date(2027, 7, 1)) == expected
