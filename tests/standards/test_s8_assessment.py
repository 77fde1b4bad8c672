"""S8-a to S8-d, BEO-06, BEO-09, BEO-12: known beforehand, judged halfway and at the end, told, and in the dossier."""

from datetime import date, timedelta

import pytest

from standards import AssessmentFacts, Outcome, PlacementFacts, judge_placement, outcome, why
from tests.standards.facts import END, START, an_interim, assessed, judged

DAY = timedelta(days=1)
SUNDAY_BEFORE = date(2027, 1, 31)  # the start is a Monday
HALF = date(2027, 4, 17)  # a Saturday
HALF_DAY = date(2027, 3, 10)
TWO_WEEKS, FOUR_WEEKS = date(2027, 7, 16), date(2027, 7, 30)  # after the end, in the summer holiday
LATER = date(2027, 9, 1)
BBL_START, BBL_END = date(2026, 9, 1), date(2028, 6, 30)  # two school years


def explained(rule: str, facts: PlacementFacts, today: date) -> tuple[dict[str, str], str]:
    found = [finding for finding in judge_placement(facts, today=today) if finding.rule == rule]
    told = why(rule, facts, found[0], today)
    return dict(told.facts), told.todo


def told(on: date = HALF_DAY) -> dict[str, tuple]:
    return {"interims": (an_interim(on, on, on),)}


TOLD_HALF = {"interims": (an_interim(HALF_DAY, HALF_DAY),)}  # to the student alone


def plan(on: date) -> dict[str, date]:
    return {"plan_student_informed_on": on, "plan_supervisor_informed_on": on}


# What is needed for each rule that speaks once, done on a day.
DONE = {
    "S8-a": plan,
    "S8-b": lambda on: {"plan_in_guides_on": on},
    "BEO-09": lambda on: {"company_heard_on": on},
    "S8-c": lambda on: {"adopted_on": on, **told()},
    "BEO-12": lambda on: {"adopted_on": on, "student_told_on": on, "supervisor_told_on": on},
    "S8-d": lambda on: {"closed_on": on},
}
DUE = {
    "S8-a": SUNDAY_BEFORE,
    "S8-b": SUNDAY_BEFORE,
    "BEO-09": END,
    "S8-c": TWO_WEEKS,
    "BEO-12": TWO_WEEKS,
    "S8-d": FOUR_WEEKS,
}


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
@pytest.mark.parametrize("rule", DUE)
def test_the_last_good_day_and_the_first_bad_one(rule: str, leerweg: str) -> None:
    due, late = DUE[rule], DUE[rule] + DAY
    assert judged(rule, assessed(leerweg=leerweg, **DONE[rule](due)), LATER) == (Outcome.MET, due, due)
    assert judged(rule, assessed(leerweg=leerweg, **DONE[rule](late)), LATER) == (Outcome.LATE, due, late)
    assert judged(rule, assessed(leerweg=leerweg), due) == (Outcome.OPEN, due, None)
    assert judged(rule, assessed(leerweg=leerweg), late) == (Outcome.MISSED, due, None)


@pytest.mark.parametrize("rule", DUE)
def test_what_is_still_to_come_does_not_count(rule: str) -> None:
    due = DUE[rule]
    assert judged(rule, assessed(**DONE[rule](due)), due - DAY) == (Outcome.OPEN, due, None)


@pytest.mark.parametrize("informed", ["plan_student_informed_on", "plan_supervisor_informed_on"])
def test_s8_a_asks_that_both_know_it_and_the_last_day_counts(informed: str) -> None:
    early = date(2027, 1, 4)
    assert judged("S8-a", assessed(**{informed: early}), START) == (Outcome.MISSED, SUNDAY_BEFORE, None)
    facts = assessed(**{**plan(early), informed: date(2027, 1, 20)})
    assert judged("S8-a", facts, START) == (Outcome.MET, SUNDAY_BEFORE, date(2027, 1, 20))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2027, 3, 30), date(2027, 3, 29)),  # the day before is Easter Monday
        (date(2027, 3, 1), date(2027, 2, 28)),  # a Sunday
    ],
)
def test_s8_a_counts_calendar_days_across_a_weekend_and_a_free_day(start: date, due: date) -> None:
    assert judged("S8-a", assessed(start=start, **plan(due)), LATER) == (Outcome.MET, due, due)


def test_beo_06_is_due_halfway_a_saturday_and_done_when_both_know() -> None:
    on_time = assessed(interims=(an_interim(HALF_DAY, HALF_DAY, HALF),))
    assert judged("BEO-06", on_time, LATER) == (Outcome.MET, HALF, HALF)
    late = assessed(interims=(an_interim(HALF_DAY, HALF_DAY, HALF + DAY),))
    assert judged("BEO-06", late, LATER) == (Outcome.LATE, HALF, HALF + DAY)
    assert judged("BEO-06", late, HALF) == (Outcome.OPEN, HALF, None)


@pytest.mark.parametrize(("student", "supervisor"), [(None, None), (HALF_DAY, None), (None, HALF_DAY)])
def test_beo_06_is_not_complete_before_both_are_told(student: date | None, supervisor: date | None) -> None:
    facts = assessed(interims=(an_interim(HALF_DAY, student, supervisor),))
    assert judged("BEO-06", facts, LATER) == (Outcome.MISSED, HALF, None)


def test_beo_06_the_first_complete_one_counts() -> None:
    second = date(2027, 4, 1)
    facts = assessed(interims=(an_interim(second, second, second), an_interim(HALF_DAY)))
    assert judged("BEO-06", facts, LATER) == (Outcome.MET, HALF, second)


@pytest.mark.parametrize(("day", "counts"), [(START - DAY, False), (START, True), (END, True), (END + DAY, False)])
def test_beo_06_the_talk_lies_within_the_period(day: date, counts: bool) -> None:
    assert (judged("BEO-06", assessed(**told(day)), LATER)[2] is not None) == counts


def test_beo_06_speaks_once_a_school_year_of_a_bbl() -> None:
    last, first = date(2027, 7, 31), date(2027, 8, 1)
    for held, met in ((last, {2026}), (first, {2027})):
        facts = assessed(leerweg="BBL", start=BBL_START, end=BBL_END, **told(held))
        found = [f for f in judge_placement(facts, today=date(2028, 12, 1)) if f.rule == "BEO-06"]
        assert [(f.year, f.due) for f in found] == [(2026, date(2027, 2, 14)), (2027, date(2028, 1, 15))]
        assert {finding.year for finding in found if finding.done_on} == met


def test_beo_06_told_in_the_next_school_year_counts_for_the_one_of_the_talk() -> None:
    interim = an_interim(date(2027, 7, 31), date(2027, 8, 3), date(2027, 8, 3))
    facts = assessed(leerweg="BBL", start=BBL_START, end=BBL_END, interims=(interim,))
    found = [f for f in judge_placement(facts, today=date(2027, 9, 1)) if f.rule == "BEO-06"]
    assert [(f.year, f.done_on) for f in found] == [(2026, date(2027, 8, 3)), (2027, None)]


def test_s8_c_without_an_interim_before_it_is_not_met_whatever_the_reason() -> None:
    assert judged("S8-c", assessed(adopted_on=END), LATER) == (Outcome.MISSED, TWO_WEEKS, None)
    after = assessed(adopted_on=END, **told(END + DAY))
    assert judged("S8-c", after, LATER) == (Outcome.MISSED, TWO_WEEKS, None)
    same_day = assessed(adopted_on=END, **told(END))  # BEO-05: then a student can do nothing with it any more
    assert judged("S8-c", same_day, LATER) == (Outcome.MISSED, TWO_WEEKS, None)
    day_before = assessed(adopted_on=END, **told(END - DAY))
    assert judged("S8-c", day_before, LATER) == (Outcome.MET, TWO_WEEKS, END)


def test_s8_c_an_interim_that_both_heard_after_the_decision_does_not_count() -> None:
    facts = assessed(adopted_on=END, interims=(an_interim(HALF_DAY, HALF_DAY, END + DAY),))
    assert judged("S8-c", facts, LATER) == (Outcome.MISSED, TWO_WEEKS, None)


@pytest.mark.parametrize(
    ("done", "deviated"),
    [
        ({}, {"S8-c", "BEO-09"}),
        (told(), {"BEO-09"}),
        ({"company_heard_on": END}, {"S8-c"}),
        ({"company_heard_on": END, **told()}, set()),
    ],
)
def test_an_override_with_a_reason_is_a_deviation_of_what_was_not_there(done: dict, deviated: set[str]) -> None:
    facts = assessed(adopted_on=END, overridden_on=END, **done)
    found = judge_placement(facts, today=LATER)
    by_rule = {f.rule: outcome(f.due, f.done_on, LATER, f.deviated_on) for f in found}
    assert {rule for rule, being in by_rule.items() if being is Outcome.DEVIATED} == deviated
    assert {by_rule[rule] for rule in {"S8-c", "BEO-09"} - deviated} <= {Outcome.MET}
    before = judge_placement(facts, today=END - DAY)
    assert {f.deviated_on for f in before} == {None}


def test_beo_12_asks_for_a_result_and_for_both() -> None:
    nothing = assessed(student_told_on=END, supervisor_told_on=END)
    assert judged("BEO-12", nothing, LATER) == (Outcome.MISSED, TWO_WEEKS, None)
    half = assessed(adopted_on=END, student_told_on=END)
    assert judged("BEO-12", half, LATER) == (Outcome.MISSED, TWO_WEEKS, None)


def test_the_findings_in_the_order_of_the_rules() -> None:
    rules = [finding.rule for finding in judge_placement(assessed(), today=START)]
    assert rules[6:] == ["S7", "S8-a", "S8-b", "BEO-06", "BEO-09", "S8-c", "BEO-12", "S8-d"]


def test_nothing_that_happens_later_changes_what_was_known() -> None:
    everything = {name: day for make in DONE.values() for name, day in make(END).items()}
    facts = assessed(**everything, goals_set_on=END, assignment_given_on=END)
    before = [outcome(f.due, f.done_on, START) for f in judge_placement(facts, today=START) if f.rule != "BEO-06"]
    assert before == [outcome(f.due, None, START) for f in judge_placement(facts, today=START) if f.rule != "BEO-06"]
    assert AssessmentFacts(interims=(an_interim(END),)).known_on(START) == AssessmentFacts()


@pytest.mark.parametrize(
    ("rule", "done", "todo"),
    [
        ("S8-a", {}, "Deel het beoordelingsplan nog met: student en praktijkopleider."),
        ("S8-a", {"plan_student_informed_on": START}, "Deel het beoordelingsplan nog met: praktijkopleider."),
        ("S8-b", {}, "Schrijf in het beoordelingsplan waar het in beide gidsen staat, en deel het plan."),
        ("BEO-06", {}, "Stel in een gesprek met student en praktijkopleider vast hoe het gaat, en leg het vast."),
        (
            "BEO-06",
            {"interims": (an_interim(HALF_DAY, HALF_DAY),)},
            "Laat de uitkomst nog weten aan: praktijkopleider.",
        ),
        ("S8-c", {}, "Leg eerst een tussentijdse beoordeling vast. Stel daarna de eindbeoordeling vast."),
        ("S8-c", told(), "Houd het eindgesprek en stel de eindbeoordeling vast."),
        (
            "S8-c",
            {"adopted_on": END},
            "De eindbeoordeling is vastgesteld zonder dat een tussentijdse beoordeling aan allebei is verteld.",
        ),
        ("BEO-12", {}, "Stel eerst de eindbeoordeling vast."),
        (
            "BEO-12",
            {"adopted_on": END, "student_told_on": END},
            "Vertel het resultaat nog in een gesprek aan: praktijkopleider.",
        ),
        ("S8-d", {}, "Kijk wat er nog ontbreekt en sluit het dossier af."),
    ],
)
def test_every_rule_says_what_is_left(rule: str, done: dict, todo: str) -> None:
    assert explained(rule, assessed(**done), END)[1] == todo


def test_beo_06_shows_the_period_and_who_was_told() -> None:
    facts = assessed(interims=(an_interim(HALF_DAY, HALF_DAY), an_interim(HALF, HALF, HALF)))
    seen, todo = explained("BEO-06", facts, HALF)
    assert seen == {
        "Bpv-periode": "ma 1 feb 2027 t/m vr 2 jul 2027",
        "wo 10 mrt 2027": "vastgesteld, nog niet verteld aan: praktijkopleider",
        "za 17 apr 2027": "vastgesteld en aan allebei verteld",
        "Uiterlijk": "za 17 apr 2027",
        "Stand": "op tijd: za 17 apr 2027",
    }
    assert todo == "Je hoeft niets meer te doen."


def test_beo_06_can_be_done_until_the_period_is_over() -> None:
    assert explained("BEO-06", assessed(), END)[1].startswith("Stel in een gesprek")
    over = explained("BEO-06", assessed(), END + DAY)[1]
    assert over == "De periode is voorbij. Leg vast waarom het niet is gelukt."
