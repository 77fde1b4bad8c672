"""S4.2: the first contact with the leerbedrijf, within four weeks after the start."""

from datetime import date

import pytest

from standards import Outcome, judge_placement
from standards.deadlines import first_contact_due, first_contact_from
from tests.standards.facts import START, a_contact, a_placement, judged

DUE = date(2027, 3, 1)
LATER = date(2027, 8, 1)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (START, DUE),
        (date(2026, 8, 31), date(2026, 9, 28)),
        (date(2026, 10, 5), date(2026, 11, 2)),  # across the end of summer time
        (date(2024, 2, 5), date(2024, 3, 4)),  # across 29 February
    ],
)
def test_s4_due_four_weeks_after_the_start(start: date, due: date) -> None:
    assert first_contact_due(start) == due


def test_s4_counts_from_sixteen_weeks_before_the_start() -> None:
    assert first_contact_from(START) == date(2026, 10, 12)


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
@pytest.mark.parametrize("rule", ["S4.2-a", "S4.2-b"])
@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 10, 11), (Outcome.MISSED, DUE, None)),
        (date(2026, 10, 12), (Outcome.MET, DUE, date(2026, 10, 12))),
        (date(2027, 3, 1), (Outcome.MET, DUE, date(2027, 3, 1))),
        (date(2027, 3, 2), (Outcome.LATE, DUE, date(2027, 3, 2))),
    ],
)
def test_s4_first_and_last_good_day(leerweg: str, rule: str, on: date, expected: tuple) -> None:
    facts = a_placement(leerweg=leerweg, new_location=True, contacts=(a_contact(on, goals=True),))
    assert judged(rule, facts, LATER) == expected


@pytest.mark.parametrize("rule", ["S4.2-a", "S4.2-b"])
@pytest.mark.parametrize(("today", "expected"), [(DUE, Outcome.OPEN), (date(2027, 3, 2), Outcome.MISSED)])
def test_s4_open_until_the_due_date_and_missed_after_it(rule: str, today: date, expected: Outcome) -> None:
    assert judged(rule, a_placement(new_location=True), today)[0] == expected


def test_s4_2_a_speaks_only_about_a_new_location() -> None:
    def rules(new_location: bool) -> list[str]:
        return [finding.rule for finding in judge_placement(a_placement(new_location=new_location), today=START)]

    assert rules(new_location=True) == ["POK-03", "S5", "LB-02", "S4.2-a", "S4.2-b", "S6.2-a", "S6.2-b"]
    assert rules(new_location=False) == ["POK-03", "S5", "LB-02", "S4.2-b", "S6.2-a", "S6.2-b"]


@pytest.mark.parametrize(
    ("kind", "supervisor", "student", "done"),
    [
        ("on_site", True, True, True),
        ("on_site", True, False, True),
        ("on_site", False, True, False),
        ("phone", True, True, False),
        ("online", True, True, False),
    ],
)
def test_s4_2_a_is_a_visit_on_site_with_the_praktijkopleider(
    kind: str, supervisor: bool, student: bool, done: bool
) -> None:
    contact = a_contact(START, kind, student=student, supervisor=supervisor)
    facts = a_placement(new_location=True, contacts=(contact,))
    assert judged("S4.2-a", facts, LATER)[2] == (START if done else None)


@pytest.mark.parametrize("kind", ["on_site", "phone", "online"])
@pytest.mark.parametrize("goals", [True, False])
def test_s4_2_b_is_any_contact_in_which_the_leerdoelen_were_discussed(kind: str, goals: bool) -> None:
    facts = a_placement(contacts=(a_contact(START, kind, goals=goals),))
    assert judged("S4.2-b", facts, LATER)[2] == (START if goals else None)


def test_s4_takes_the_earliest_contact_in_whatever_order_they_come() -> None:
    contacts = tuple(a_contact(date(2027, 2, day), goals=True) for day in (24, 10, 17))
    facts = a_placement(new_location=True, contacts=contacts)
    assert judged("S4.2-a", facts, LATER)[2] == date(2027, 2, 10)
    assert judged("S4.2-b", facts, LATER)[2] == date(2027, 2, 10)


@pytest.mark.parametrize("rule", ["S4.2-a", "S4.2-b"])
def test_s4_a_planned_contact_does_not_count_yet(rule: str) -> None:
    facts = a_placement(new_location=True, contacts=(a_contact(date(2027, 2, 10), goals=True),))
    assert judged(rule, facts, date(2027, 2, 9)) == (Outcome.OPEN, DUE, None)
    assert judged(rule, facts, date(2027, 2, 10)) == (Outcome.MET, DUE, date(2027, 2, 10))
