"""Which werkprocessen are practised: per placement and per leerbedrijf (S7, OPD-03)."""

from datetime import date

import pytest

from assessment import coverage
from assessment.models import HandedOut
from bpv.core import clock
from tests.builders import (
    a_goal,
    a_handed_out,
    a_location,
    a_placement,
    a_submission,
    a_team,
    a_user,
    a_work_process,
)
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(date(2026, 11, 23)):
        yield


def passed(handed, score="v"):
    a_submission(handed)
    HandedOut.objects.filter(pk=handed.pk).update(state="assessed", score=score)


def figures(placement):
    return [
        (line.work_process.code, line.goals, line.handed_out, line.submitted, line.passed, line.lacks)
        for line in coverage.of_placement(placement)
    ]


def test_s7_per_placement_each_werkproces_with_what_hangs_on_it():
    placement = a_placement()
    codes = ["B1-K1-W1", "B1-K1-W2", "B1-K1-W3"]
    for code in codes:
        a_work_process(placement.programme, code)
    a_goal(placement)
    a_handed_out(placement, "open", *codes[:2])
    passed(a_handed_out(placement, "goed", codes[0]), "g")
    passed(a_handed_out(placement, "niet goed", codes[0]), "o")
    a_handed_out(a_placement(programme=placement.programme), "van een ander", codes[2])
    assert figures(placement) == [
        ("B1-K1-W1", 1, 3, 2, 1, False),
        ("B1-K1-W2", 0, 1, 0, 0, False),
        ("B1-K1-W3", 0, 0, 0, 0, True),
    ]
    page = logged_in(placement.teacher).get(f"/plaatsingen/{placement.number}/werkprocessen/").content.decode()
    assert "1 werkproces heeft nog geen opdracht." in page


@pytest.mark.parametrize(("at_work", "warned"), [([True], False), ([False], True), ([False, True], False)])
def test_opd_03_opdrachten_outside_working_time_alone_are_pointed_out(at_work, warned):
    placement = a_placement()
    for number, in_working_time in enumerate(at_work):
        a_handed_out(placement, f"Opdracht {number}", in_working_time=in_working_time)
    assert [line.only_outside_working_time for line in coverage.of_placement(placement)] == [warned]


def at_location(user, location):
    return [
        (programme.crebo, [(line.code, line.placements, line.practised, line.passed) for line in lines])
        for programme, lines in coverage.of_location(user, location)
    ]


def test_s7_per_leerbedrijf_over_the_placements_the_reader_may_see():
    team, location = a_team(), a_location()
    one = a_placement(team=team, location=location)
    two = a_placement(programme=one.programme, location=location)
    cancelled = a_placement(programme=one.programme, location=location, state="cancelled", reason="Ziek")
    foreign = a_placement(location=location)
    elsewhere = a_placement(programme=one.programme)
    for code in ("B1-K1-W1", "B1-K1-W2"):
        a_work_process(one.programme, code)
    a_work_process(one.programme, "B1-K1-W3", cohort=2019)  # not in the newest list
    for placement in (one, two):
        passed(a_handed_out(placement, "een", "B1-K1-W1"), "v" if placement is one else "o")
        passed(a_handed_out(placement, "twee", "B1-K1-W1"))
    for placement in (cancelled, foreign, elsewhere):
        passed(a_handed_out(placement, "drie", "B1-K1-W2"))
    a_handed_out(one, "open", "B1-K1-W2")
    mine = [(one.programme.crebo, [("B1-K1-W1", 2, 2, 2), ("B1-K1-W2", 1, 0, 0)])]
    assert at_location(a_user("coordinator", team), location) == mine
    assert at_location(foreign.teacher, location) == [(foreign.programme.crebo, [("B1-K1-W2", 1, 1, 1)])]
    assert at_location(a_user("coordinator"), location) == []


@pytest.mark.parametrize(("who", "status"), [("teacher", 200), ("stranger", 200), ("supervisor", 403)])
def test_the_page_of_a_leerbedrijf_is_for_the_school(who, status):
    placement = a_placement()
    placement.supervisor.user = a_user()
    placement.supervisor.save()
    people = {"teacher": placement.teacher, "stranger": a_user("teacher")}
    client = logged_in(people.get(who, placement.supervisor.user))
    assert client.get(f"/leerbedrijven/{placement.location.sbb_id}/werkprocessen/").status_code == status


@pytest.mark.parametrize("where", ["placement", "location"])
def test_the_pages_ask_as_much_for_one_as_for_three(where, django_assert_num_queries):
    placement = a_placement()
    client = logged_in(placement.teacher)
    page = f"/plaatsingen/{placement.number}/werkprocessen/"
    if where == "location":
        page = f"/leerbedrijven/{placement.location.sbb_id}/werkprocessen/"
    a_handed_out(placement, "een")
    client.get(page)
    count = {"placement": 7, "location": 7}[where]
    with django_assert_num_queries(count):
        client.get(page)
    for number in (2, 3):
        other = a_placement(programme=placement.programme, location=placement.location)
        for about in (placement, other):
            a_handed_out(about, f"opdracht {number}", f"B1-K1-W{number}")
    with django_assert_num_queries(count):
        client.get(page)
