"""LB-02: the leerbedrijf is accredited for the crebo and the location on the start date."""

from datetime import date

import pytest

from standards import AccreditationFact, Outcome
from standards.deadlines import accredited_due
from tests.standards.facts import START, a_placement, judged

LATER = date(2027, 8, 1)
LONG_AGO = date(2020, 5, 1)


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
@pytest.mark.parametrize(
    ("granted", "withdrawn", "expected"),
    [
        (LONG_AGO, None, Outcome.MET),
        (START, None, Outcome.MET),
        (date(2027, 2, 2), None, Outcome.MISSED),
        (LONG_AGO, date(2027, 1, 31), Outcome.MISSED),
        (LONG_AGO, START, Outcome.MISSED),
        (LONG_AGO, date(2027, 2, 2), Outcome.MET),
    ],
)
def test_lb_02_granted_by_the_start_and_not_withdrawn_by_it(
    leerweg: str, granted: date, withdrawn: date | None, expected: Outcome
) -> None:
    facts = a_placement(leerweg=leerweg, accreditations=(AccreditationFact(granted, withdrawn),))
    assert judged("LB-02", facts, LATER) == (expected, START, granted if expected is Outcome.MET else None)
    assert accredited_due(START) == START


@pytest.mark.parametrize(("today", "expected"), [(START, Outcome.OPEN), (date(2027, 2, 2), Outcome.MISSED)])
def test_lb_02_without_accreditation_open_until_the_start_and_missed_after_it(today: date, expected: Outcome) -> None:
    assert judged("LB-02", a_placement(), today) == (expected, START, None)


def test_lb_02_counts_the_oldest_accreditation_that_stands() -> None:
    granted_again = AccreditationFact(date(2024, 3, 1), None)
    also_stands = AccreditationFact(date(2025, 3, 1), None)
    withdrawn = AccreditationFact(LONG_AGO, date(2023, 1, 1))
    facts = a_placement(accreditations=(also_stands, withdrawn, granted_again))
    assert judged("LB-02", facts, LATER) == (Outcome.MET, START, date(2024, 3, 1))


def test_lb_02_a_grant_or_withdrawal_still_to_come_does_not_count_yet() -> None:
    facts = a_placement(accreditations=(AccreditationFact(date(2026, 12, 1), date(2027, 1, 15)),))
    assert judged("LB-02", facts, date(2026, 11, 30)) == (Outcome.OPEN, START, None)
    assert judged("LB-02", facts, date(2027, 1, 14)) == (Outcome.MET, START, date(2026, 12, 1))
    assert judged("LB-02", facts, date(2027, 1, 15)) == (Outcome.OPEN, START, None)
