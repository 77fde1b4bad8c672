"""S7, VB-06: on the first day a leerdoel at a werkproces is set and an opdracht handed out."""

from datetime import date

import pytest

from standards import Outcome, judge_placement, why
from tests.standards.facts import START, a_placement, assessed, judged

BEFORE, AFTER = date(2027, 1, 15), date(2027, 2, 2)
MONDAY_AFTER_EASTER = date(2027, 3, 29)  # a free day, as is the Friday before it
SATURDAY = date(2027, 2, 6)


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
def test_s7_is_done_on_the_later_of_the_two_days(leerweg: str) -> None:
    for goals, given in ((BEFORE, START), (START, BEFORE)):
        facts = assessed(leerweg=leerweg, goals_set_on=goals, assignment_given_on=given)
        assert judged("S7", facts, START) == (Outcome.MET, START, START)


@pytest.mark.parametrize("done", [{}, {"goals_set_on": BEFORE}, {"assignment_given_on": BEFORE}])
def test_s7_asks_for_both_and_is_missed_the_day_after_the_start(done: dict[str, date]) -> None:
    assert judged("S7", assessed(**done), START) == (Outcome.OPEN, START, None)
    assert judged("S7", assessed(**done), AFTER) == (Outcome.MISSED, START, None)


def test_s7_a_day_after_the_start_is_late() -> None:
    facts = assessed(goals_set_on=BEFORE, assignment_given_on=AFTER)
    assert judged("S7", facts, AFTER) == (Outcome.LATE, START, AFTER)


@pytest.mark.parametrize("start", [SATURDAY, MONDAY_AFTER_EASTER])
def test_s7_a_start_in_a_weekend_or_on_a_free_day_moves_nothing(start: date) -> None:
    facts = assessed(start=start, goals_set_on=start, assignment_given_on=start)
    assert judged("S7", facts, start) == (Outcome.MET, start, start)


def test_s7_what_is_handed_out_later_does_not_count_yet() -> None:
    facts = assessed(goals_set_on=BEFORE, assignment_given_on=START)
    assert judged("S7", facts, date(2027, 1, 31)) == (Outcome.OPEN, START, None)


def test_standards_7_and_8_do_not_speak_when_the_assessment_is_not_kept_here() -> None:
    spoken = {finding.rule for finding in judge_placement(a_placement(new_location=True), today=START)}
    assert spoken == {"POK-03", "S5", "LB-02", "S4.2-a", "S4.2-b", "S6.2-a", "S6.2-b"}


@pytest.mark.parametrize(
    ("done", "todo"),
    [
        ({}, "Leg met de student een leerdoel vast, kies het werkproces erbij en deel een opdracht uit."),
        ({"goals_set_on": BEFORE}, "Deel een opdracht uit die bij de leerdoelen past."),
        ({"assignment_given_on": BEFORE}, "Leg met de student een leerdoel vast en kies het werkproces erbij."),
    ],
)
def test_s7_says_what_is_left(done: dict[str, date], todo: str) -> None:
    facts = assessed(**done)
    [finding] = [finding for finding in judge_placement(facts, today=START) if finding.rule == "S7"]
    told = why("S7", facts, finding, START)
    assert (told.todo, told.section) == (todo, "3.4, standaard 7")
    assert dict(told.facts)["Leerdoel bij een werkproces"] == (
        "vr 15 jan 2027" if "goals_set_on" in done else "nog niet"
    )
