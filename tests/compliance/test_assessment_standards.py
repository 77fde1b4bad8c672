"""Standards 7 and 8 from what is kept of an assessment: facts, findings, whose turn it is, and where it shows."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bpv.core import clock
from compliance import judging, late, outside, presentation, queries, worklist
from compliance.dossier import Dossier
from compliance.facts import facts_of, facts_of_many
from compliance.models import Finding
from standards import RULES, AssessmentFacts, InterimFact, judge_placement, outcome
from tests.builders import (
    a_company_judgement,
    a_final,
    a_finding,
    a_goal,
    a_handed_out,
    a_placement,
    a_plan,
    a_team,
    a_user,
    an_agreed_plan,
    an_interim,
)

pytestmark = pytest.mark.django_db
FROM = date(2027, 2, 1)
START, END = date(2027, 2, 1), date(2027, 7, 2)
TODAY = date(2027, 6, 28)  # the last week
EIGHT = ("S7", "S8-a", "S8-b", "BEO-06", "BEO-09", "S8-c", "BEO-12", "S8-d")
OWN = {"S7", "BEO-06", "BEO-09", "S8-c", "BEO-12", "S8-d"}  # of the bpv-docent


@pytest.fixture(autouse=True)
def _day(settings):
    settings.ASSESSMENTS_FROM = FROM
    with clock.moved(TODAY):
        yield


def placed(**fields):
    return a_placement(**{"start": START, "end": END, **fields})


def shared(placement, on, plan=None, **fields):
    return an_agreed_plan(placement, plan, shared_at=clock.at(on), **fields)


def heard(placement, on):
    return a_company_judgement(placement, submitted_at=clock.at(on))


def adopted(placement, on, **fields):
    untold = {"student_told_on": None, "supervisor_told_on": None}
    return a_final(placement, **{"held_on": on, "adopted_at": clock.at(on), **untold, **fields})


def everything(placement):
    """All that is kept of one assessment, each on its own day."""
    a_goal(placement, made_at=clock.at(date(2027, 1, 20)))
    a_handed_out(placement, handed_out_on=START + timedelta(days=1))
    told = {"student_told_on": date(2027, 4, 2), "supervisor_told_on": date(2027, 4, 5)}
    shared(placement, date(2027, 1, 4), student_informed_at=clock.at(date(2027, 1, 4)), supervisor_agreed_on=START)
    an_interim(placement, date(2027, 4, 1), **told)
    heard(placement, date(2027, 6, 14))
    adopted(placement, date(2027, 6, 21), student_told_on=date(2027, 6, 22), supervisor_told_on=date(2027, 6, 23))


def stored(placement):
    judging.rejudge([placement.pk], today=TODAY)
    return {found.rule: found for found in Finding.objects.filter(placement=placement)}


def test_facts_of_a_whole_assessment():
    placement = placed(closed_at=clock.at(TODAY), closed_by=a_user())
    everything(placement)
    assert facts_of(placement).assessment == AssessmentFacts(
        goals_set_on=date(2027, 1, 20),
        assignment_given_on=START + timedelta(days=1),
        plan_student_informed_on=date(2027, 1, 4),
        plan_supervisor_informed_on=START,
        plan_in_guides_on=date(2027, 1, 4),
        interims=(InterimFact(date(2027, 4, 1), date(2027, 4, 2), date(2027, 4, 5)),),
        company_heard_on=date(2027, 6, 14),
        adopted_on=date(2027, 6, 21),
        student_told_on=date(2027, 6, 22),
        supervisor_told_on=date(2027, 6, 23),
        closed_on=TODAY,
    )


def test_a_placement_from_before_the_setting_has_no_facts_of_its_assessment():
    before, on = placed(start=FROM - timedelta(days=1)), placed()
    everything(before)
    known = facts_of_many([before, on])
    assert (known[before.pk].assessment, known[on.pk].assessment) == (None, AssessmentFacts())
    assert set(stored(before)) & set(EIGHT) == set()
    assert set(stored(on)) >= set(EIGHT)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("start", "number"), [(START, 5 + 5), (FROM - timedelta(days=1), 5)])
def test_facts_take_a_fixed_number_of_queries(django_assert_num_queries, count, start, number):
    placements = [placed(start=start) for _ in range(count)]
    for placement in placements:
        everything(placement)
        assert placement.programme.leerweg == "BOL"  # read before counting
    with django_assert_num_queries(number):
        facts_of_many(placements)


@pytest.mark.parametrize("missing", ["study_guide", "bpv_guide"])
def test_s8_b_a_plan_in_one_guide_does_not_count(missing):
    placement = placed()
    shared(placement, START, a_plan(placement.programme, **{missing: ""}))
    assert facts_of(placement).assessment.plan_in_guides_on is None


def test_s7_a_leerdoel_for_the_next_bpv_and_a_later_one_do_not_count():
    placement = placed()
    a_goal(placement, "Later", for_later=True, made_at=clock.at(date(2027, 1, 5)))
    assert facts_of(placement).assessment.goals_set_on is None
    a_goal(placement, "Tweede", made_at=clock.at(date(2027, 1, 12)))
    a_goal(placement, "Eerste", made_at=clock.at(date(2027, 1, 11)))
    assert facts_of(placement).assessment.goals_set_on == date(2027, 1, 11)


def test_beo_09_a_judgement_that_is_only_kept_does_not_count():
    placement = placed()
    a_company_judgement(placement, submitted_at=None)
    assert facts_of(placement).assessment.company_heard_on is None


def test_a_correction_is_told_again_and_makes_no_adoption_late():
    placement = placed()
    an_interim(placement, date(2027, 4, 1), student_told_on=date(2027, 4, 1), supervisor_told_on=date(2027, 4, 1))
    told = {"student_told_on": date(2027, 6, 22), "supervisor_told_on": date(2027, 6, 22)}
    adopted(placement, date(2027, 6, 21), is_current=False, **told)
    adopted(placement, TODAY, version=2, correction="Verkeerde bpv")
    known = facts_of(placement).assessment
    assert (known.adopted_on, known.student_told_on, known.supervisor_told_on) == (date(2027, 6, 21), None, None)
    found = stored(placement)
    assert (found["S8-c"].done_on, found["BEO-12"].done_on) == (date(2027, 6, 21), None)


def test_s8_c_adopted_with_a_reason_is_kept_as_a_deviation_and_is_no_work():
    placement = placed()
    adopted(placement, TODAY, override="Het leerbedrijf is failliet.")
    found = stored(placement)
    outcomes = {r: outcome(f.due, f.done_on, TODAY, f.deviated_on) for r, f in found.items() if r in ("S8-c", "BEO-09")}
    assert outcomes == {"S8-c": "deviated", "BEO-09": "deviated"}
    later = END + timedelta(days=1)
    rules = {finding.rule for finding in worklist.worth_doing(later)}
    assert rules & {"S8-c", "BEO-09", "BEO-12"} == {"BEO-12"}


@pytest.mark.parametrize("rule", EIGHT)
def test_whose_turn_it_is_is_the_same_on_the_page_and_in_the_list_of_work(rule):
    placement = placed()
    finding = a_finding(placement, rule, due=TODAY)
    coordinator = a_user("coordinator", placement.team)
    people = {"teacher": placement.teacher, "coordinator": coordinator, "colleague": a_user("teacher", placement.team)}
    acts = {name for name, person in people.items() if presentation.acts(person, rule, placement)}
    listed = {
        name for name, person in people.items() if Finding.objects.filter(worklist.own_turn(person)).contains(finding)
    }
    assert acts == listed == ({"teacher"} if rule in OWN else {"coordinator"})


@pytest.mark.parametrize("rule", EIGHT)
def test_every_rule_has_its_page_its_words_and_its_deed(rule):
    placement = placed()
    finding = a_finding(placement, rule, due=TODAY)
    person = placement.teacher if rule in OWN else a_user("coordinator", placement.team)
    (item,) = worklist.items_for(person, TODAY)
    name, label = presentation.PAGES[rule]
    assert (item.finding, item.action_label) == (finding, str(label))
    assert item.action_url == reverse(name, args=[placement.number])
    assert item.title == f"{presentation.NEXT[rule]}: {placement.student.full_name}"
    assert worklist.items_for(a_user("manager", placement.team), TODAY) == []


def test_a_placement_without_docent_asks_for_one_first_until_it_is_over():
    placement = placed(team=a_team())
    placement.teacher = None
    placement.save()
    a_finding(placement, "S8-c", due=END + timedelta(days=14))
    coordinator = a_user("coordinator", placement.team)
    assert [item.kind for item in worklist.items_for(coordinator, END)] == ["teacher"]
    (item,) = worklist.items_for(coordinator, END + timedelta(days=1))
    assert item.action_label == "Eindbeoordeling vaststellen"


def test_one_deed_is_one_task_and_a_result_is_told_when_there_is_one():
    placement = placed()
    for rule in ("BEO-12", "S8-c"):
        a_finding(placement, rule, due=END + timedelta(days=14))
    assert [item.finding.rule for item in worklist.items_for(placement.teacher, END)] == ["S8-c"]
    Finding.objects.filter(rule="S8-c").update(done_on=END)
    assert [item.finding.rule for item in worklist.items_for(placement.teacher, END)] == ["BEO-12"]


def test_plans_of_many_stand_in_one_line():
    team = a_team()
    for _ in range(2):
        placement = placed(team=team)
        for rule in ("S8-a", "S8-b"):
            a_finding(placement, rule, due=TODAY)
    items = worklist.items_for(a_user("coordinator", team), TODAY)
    assert [(item.kind, item.finding.rule) for item in items] == [("plan", "S8-a")] * 2


@pytest.mark.parametrize(("rule", "shown"), [("S7", False), ("BEO-06", False), ("BEO-09", True), ("S8-d", True)])
def test_after_the_end_only_what_can_still_be_done_waits(rule, shown):
    placement = placed()
    a_finding(placement, rule, due=END)
    after = END + timedelta(days=3)
    assert [item.finding.rule for item in worklist.items_for(placement.teacher, after)] == [rule] * shown
    placement.closed_at, placement.closed_by = clock.at(after), placement.teacher
    placement.save()
    assert worklist.items_for(placement.teacher, after) == []


YEARS = [
    (2026, date(2027, 9, 25), False),
    (2026, date(2027, 9, 26), True),  # eight weeks after the school year
    (2027, date(2027, 9, 26), False),
    (0, date(2027, 9, 26), False),
]


@pytest.mark.parametrize(("year", "day", "gone"), YEARS)
def test_beo_06_of_an_earlier_school_year_is_gone_by(year, day, gone):
    placement = placed(leerweg="BBL", end=date(2028, 6, 30))
    finding = a_finding(placement, "BEO-06", due=date(2027, 4, 17), year=year)
    assert presentation.is_gone_by(finding, day) == gone
    assert Finding.objects.filter(presentation.gone_by(day)).exists() == gone
    assert presentation.state_of(finding, day, mine=True) == ("missed" if gone else "late")
    assert bool(worklist.items_for(placement.teacher, day)) != gone


def test_in_a_closed_dossier_nothing_is_left_to_do(client):
    placement = placed(closed_at=clock.at(TODAY), closed_by=a_user())
    everything(placement)
    seen = Dossier(placement, placement.teacher, TODAY)
    by_rule = {item.finding.rule: item for item in seen.judged}
    assert (by_rule["S7"].state, by_rule["S7"].action, by_rule["S8-d"].state) == ("missed", None, "done")
    judging.rejudge([placement.pk], today=TODAY)
    client.force_login(placement.teacher)
    (row,) = client.get("/plaatsingen/?sorteer=uiterlijk").context["page"]
    assert {mark.standard: mark.state for mark in row.marks}["7"] == "missed"


def test_the_dossier_judges_live_what_is_stored(client):
    placement = placed()
    everything(placement)
    found = stored(placement)
    live = {f.rule: (f.due, f.done_on) for f in judge_placement(facts_of(placement), today=TODAY)}
    assert live == {rule: (finding.due, finding.done_on) for rule, finding in found.items()}
    client.force_login(placement.teacher)
    shown = {
        item.finding.rule: item.state
        for item in client.get(f"/plaatsingen/{placement.number}/").context["dossier"].judged
    }
    assert {rule: shown[rule] for rule in EIGHT} == {
        "S7": "missed",  # the opdracht a day after the start
        "S8-a": "missed",  # the praktijkopleider heard on the first day: a day late
        "S8-b": "done",
        "BEO-06": "done",
        "BEO-09": "done",
        "S8-c": "done",
        "BEO-12": "done",
        "S8-d": "coming",
    }


def test_plaatsingen_and_overzicht_count_them(client):
    placement = placed()
    everything(placement)
    stored(placement)
    client.force_login(a_user("coordinator", placement.team))
    page = client.get("/plaatsingen/")
    (row,) = page.context["page"]
    assert [(mark.standard, mark.state) for mark in row.marks[-2:]] == [("7", "missed"), ("8", "missed")]
    counts = queries.counts(a_user("manager", placement.team), TODAY)
    assert {rule: being for (rule, _team, being) in counts if rule in EIGHT} == {
        "S7": "late",
        "S8-a": "late",
        "S8-b": "met",
        "BEO-06": "met",
        "BEO-09": "met",
        "S8-c": "met",
        "BEO-12": "met",
        "S8-d": "open",
    }
    found = client.get("/plaatsingen/?regel=S8-a&uitkomst=late").context["page"]
    assert [row.placement for row in found] == [placement]


def test_who_is_late_is_named_with_whose_turn_it_is():
    placement = placed()
    coordinator = a_user("coordinator", placement.team)
    for rule in ("S7", "S8-a", "BEO-06"):
        a_finding(placement, rule, due=TODAY - timedelta(days=2))
    groups = late.groups(placement.team, TODAY)
    assert [(group.title, group.names[0].who) for group in groups] == [
        (str(presentation.NEXT["S7"]), placement.teacher.full_name),
        (str(presentation.NEXT["S8-a"]), coordinator.full_name),
        (str(presentation.NEXT["BEO-06"]), placement.teacher.full_name),
    ]
    assert [group.source for group in groups] == ["standaard 7", "standaard 8", "handboek 4.3"]


@pytest.mark.parametrize(
    ("day", "text"), [(END, "De school vraagt uw oordeel"), (END + timedelta(days=5), "De school")]
)
def test_the_praktijkopleider_sees_that_the_school_asks_also_when_it_is_over(day, text):
    placement = placed()
    a_finding(placement, "BEO-09", due=END)
    (student,) = outside.students(placement.teacher, [placement], day)
    assert (student.text.startswith(text), student.state in ("soon", "late-other")) == (True, True)


def test_every_rule_of_the_assessment_is_said_in_all_places():
    places = (presentation.NEXT, worklist.DEEDS, {rule for column in presentation.COLUMNS for rule in column.rules})
    assert [set(place) for place in places] == [set(RULES)] * 3
