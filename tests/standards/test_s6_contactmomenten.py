"""S6.2: three contact moments in the period, at least one of them on site."""

from datetime import date

import pytest

from standards import Outcome
from standards.deadlines import contact_plan
from tests.standards.facts import END, START, a_contact, a_placement, judged

LATER = date(2027, 8, 1)
FIRST, SECOND, THIRD = date(2027, 2, 15), date(2027, 4, 15), date(2027, 6, 15)


def phone_calls(*days: date) -> tuple:
    return tuple(a_contact(day, "phone") for day in days)


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
def test_s6_2_a_is_done_on_the_day_of_the_third_contact(leerweg: str) -> None:
    facts = a_placement(leerweg=leerweg, contacts=phone_calls(THIRD, FIRST, SECOND))
    assert judged("S6.2-a", facts, LATER) == (Outcome.MET, END, THIRD)


def test_s6_2_a_two_contacts_are_open_on_the_last_day_and_missed_the_day_after() -> None:
    facts = a_placement(contacts=phone_calls(FIRST, SECOND))
    assert judged("S6.2-a", facts, END) == (Outcome.OPEN, END, None)
    assert judged("S6.2-a", facts, date(2027, 7, 3)) == (Outcome.MISSED, END, None)


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2027, 1, 31), False), (START, True), (END, True), (date(2027, 7, 3), False)],
)
def test_s6_2_counts_from_the_first_day_to_the_last(day: date, counts: bool) -> None:
    on_site = a_placement(contacts=(a_contact(day),))
    assert judged("S6.2-b", on_site, LATER)[2] == (day if counts else None)
    three = a_placement(contacts=phone_calls(FIRST, SECOND, day))
    assert (judged("S6.2-a", three, LATER)[0] is Outcome.MET) == counts


@pytest.mark.parametrize(("student", "supervisor"), [(True, False), (False, True), (False, False)])
def test_s6_2_counts_only_when_student_and_praktijkopleider_took_part(student: bool, supervisor: bool) -> None:
    incomplete = a_contact(THIRD, student=student, supervisor=supervisor)
    facts = a_placement(contacts=(*phone_calls(FIRST, SECOND), incomplete))
    assert judged("S6.2-a", facts, LATER) == (Outcome.MISSED, END, None)
    assert judged("S6.2-b", facts, LATER) == (Outcome.MISSED, END, None)


def test_s6_2_b_three_calls_are_no_visit() -> None:
    calls = tuple(a_contact(day, kind) for day, kind in ((FIRST, "phone"), (SECOND, "online"), (THIRD, "phone")))
    facts = a_placement(contacts=calls)
    assert judged("S6.2-a", facts, LATER)[0] == Outcome.MET
    assert judged("S6.2-b", facts, LATER) == (Outcome.MISSED, END, None)


def test_s6_2_b_is_done_on_the_day_of_the_first_visit() -> None:
    facts = a_placement(contacts=(a_contact(THIRD), a_contact(SECOND), a_contact(FIRST, "phone")))
    assert judged("S6.2-b", facts, LATER) == (Outcome.MET, END, SECOND)


def test_s6_2_a_planned_contact_does_not_count_yet() -> None:
    facts = a_placement(contacts=phone_calls(FIRST, SECOND, THIRD))
    assert judged("S6.2-a", facts, date(2027, 6, 14)) == (Outcome.OPEN, END, None)
    assert judged("S6.2-a", facts, THIRD) == (Outcome.MET, END, THIRD)


def test_s6_2_a_never_becomes_late_because_nothing_counts_after_the_end() -> None:
    facts = a_placement(contacts=phone_calls(FIRST, SECOND, date(2027, 7, 3)))
    assert judged("S6.2-a", facts, LATER) == (Outcome.MISSED, END, None)


@pytest.mark.parametrize(
    ("start", "end", "plan"),
    [
        (START, END, (date(2027, 3, 1), date(2027, 4, 17), END)),
        (date(2027, 2, 1), date(2027, 3, 12), (date(2027, 2, 10), date(2027, 2, 20), date(2027, 3, 12))),
        (START, START, (START, START, START)),
    ],
)
def test_s6_2_contact_plan_is_four_weeks_halfway_and_end(start: date, end: date, plan: tuple) -> None:
    assert contact_plan(start, end) == plan
