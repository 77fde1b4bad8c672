"""S5 (POK in the dossier) and POK-03 (three signatures before the start)."""

from datetime import date, timedelta

import pytest

from standards import Outcome
from standards.deadlines import pok_filed_due, pok_signed_due
from standards.workdays import add_workdays
from tests.standards.facts import START, a_placement, a_pok, judged

LATER = date(2027, 8, 1)
SUNDAY = date(2027, 1, 31)
BBL_START = date(2026, 8, 31)


@pytest.mark.parametrize(
    ("leerweg", "start", "due"),
    [("BOL", START, SUNDAY), ("BBL", BBL_START, date(2026, 9, 13)), ("BOL", date(2024, 3, 1), date(2024, 2, 29))],
)
def test_s5_due_date(leerweg: str, start: date, due: date) -> None:
    assert pok_filed_due(leerweg, start) == due


def test_s5_bbl_last_workday_lies_before_the_sunday_it_is_due(free_days: frozenset[date]) -> None:
    too_late_from = pok_filed_due("BBL", BBL_START) + timedelta(days=1)
    assert too_late_from == date(2026, 9, 14)
    assert add_workdays(too_late_from, -1, free_days) == date(2026, 9, 11)


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
def test_pok_03_is_due_the_day_before_the_start_for_both_leerwegen(leerweg: str) -> None:
    assert judged("POK-03", a_placement(leerweg=leerweg), SUNDAY) == (Outcome.OPEN, SUNDAY, None)
    assert pok_signed_due(START) == SUNDAY


@pytest.mark.parametrize(
    ("leerweg", "start", "filed", "expected"),
    [
        ("BOL", START, date(2027, 1, 31), Outcome.MET),
        ("BOL", START, date(2027, 2, 1), Outcome.LATE),
        ("BBL", BBL_START, date(2026, 9, 13), Outcome.MET),
        ("BBL", BBL_START, date(2026, 9, 14), Outcome.LATE),
    ],
)
def test_s5_last_good_day_and_first_bad_day(leerweg: str, start: date, filed: date, expected: Outcome) -> None:
    facts = a_placement(leerweg=leerweg, start=start, pok=a_pok(filed=filed))
    assert judged("S5", facts, LATER) == (expected, pok_filed_due(leerweg, start), filed)


@pytest.mark.parametrize(
    ("leerweg", "today", "expected"),
    [
        ("BOL", date(2027, 1, 31), Outcome.OPEN),
        ("BOL", date(2027, 2, 1), Outcome.MISSED),
        ("BBL", date(2027, 2, 14), Outcome.OPEN),
        ("BBL", date(2027, 2, 15), Outcome.MISSED),
    ],
)
def test_s5_open_until_the_due_date_and_missed_after_it(leerweg: str, today: date, expected: Outcome) -> None:
    assert judged("S5", a_placement(leerweg=leerweg), today)[0] == expected


@pytest.mark.parametrize(("last", "expected"), [(SUNDAY, Outcome.MET), (START, Outcome.LATE)])
@pytest.mark.parametrize("party", ["student", "company", "school"])
def test_pok_03_counts_from_the_last_signature_whoever_gave_it(party: str, last: date, expected: Outcome) -> None:
    early = dict.fromkeys(("student", "company", "school"), date(2027, 1, 4))
    assert judged("POK-03", a_placement(pok=a_pok(**early | {party: last})), LATER) == (expected, SUNDAY, last)


@pytest.mark.parametrize("missing", ["student", "company", "school"])
def test_pok_03_two_signatures_are_not_three(missing: str) -> None:
    signed = dict.fromkeys(("student", "company", "school"), date(2027, 1, 4)) | {missing: None}
    assert judged("POK-03", a_placement(pok=a_pok(**signed)), START) == (Outcome.MISSED, SUNDAY, None)


@pytest.mark.parametrize(("today", "done_on"), [(date(2027, 1, 20), date(2027, 1, 20)), (date(2027, 1, 19), None)])
def test_pok_03_a_signature_after_the_day_asked_about_does_not_count(today: date, done_on: date | None) -> None:
    pok = a_pok(date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 20), date(2027, 1, 20))
    assert judged("POK-03", a_placement(pok=pok), today)[2] == done_on
    assert judged("S5", a_placement(pok=pok), today)[2] == done_on
