"""What waits is taken together, what others have stands apart, and what was done is told."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from bpv.core import audit, clock
from compliance import judging, late, news, outside, worklist
from compliance.together import Group, taken_together
from tests.builders import (
    a_contact,
    a_finding,
    a_placement,
    a_pok,
    a_request,
    a_round,
    a_student,
    a_team,
    a_user,
    sign_for,
    signed_by_all,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
SOON = {"start": date(2026, 11, 30), "end": date(2027, 4, 23)}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def soon(team, **more):
    placement = a_placement(team=team, **SOON, **more)
    a_finding(placement, "POK-03", due=date(2026, 11, 29))
    return placement


def titles(lines):
    return [line.title for line in lines]


def test_poks_to_make_are_one_line_with_one_button():
    team = a_team()
    placements = [soon(team) for _ in range(3)]
    (group,) = taken_together(worklist.items_for(a_user("coordinator", team), TODAY), TODAY)
    assert isinstance(group, Group)
    assert (group.title, group.deed, group.button) == ("Maak 3 POK's", "pok", "POK's maken")
    assert {item.finding.placement for item in group.items} == set(placements)


def test_one_pok_to_make_stays_a_task_of_its_own():
    team = a_team()
    placement = soon(team)
    (item,) = taken_together(worklist.items_for(a_user("coordinator", team), TODAY), TODAY)
    assert item.title == f"POK laten tekenen: {placement.student.full_name}"


@pytest.mark.parametrize(("start", "deed"), [(date(2026, 11, 23), ""), (date(2026, 11, 24), "pok")])
def test_a_pok_that_is_made_after_the_start_needs_its_own_reason_and_has_no_deed_with_many(start, deed):
    team = a_team()
    for _ in range(2):
        a_finding(a_placement(team=team, start=start), "POK-03", due=date(2026, 11, 22))
    (group,) = taken_together(worklist.items_for(a_user("coordinator", team), TODAY), TODAY)
    assert (group.title, group.deed) == ("Maak 2 POK's", deed)


def test_poks_to_file_are_one_line_and_are_filed_one_by_one(client):
    team = a_team()
    poks = [a_pok(soon(team), signed_by_all(date(2026, 11, 20))) for _ in range(3)]
    client.force_login(a_user("coordinator", team))
    response = client.get("/")
    ((group,),) = [part["lines"] for part in response.context["parts"]]
    assert (group.title, group.deed) == ("Zet 2 POK's in het dossier", "")
    links = [response.content.decode().count(f'href="{reverse("pok_file", args=[pok.pk])}"') for pok in poks]
    assert (links, response.content.decode().count('name="sel"')) == ([1, 1, 1], 0)


def test_poks_stand_together_by_what_comes_next():
    """Made, offered and waiting for others, waiting for the school alone, and not made yet: four kinds of task."""
    team = a_team()
    coordinator = a_user("coordinator", team)
    by_name = (a_student(last_name=letter) for letter in "ABCDEFG")  # the order of the list
    for _ in range(2):
        a_pok(soon(team, student=next(by_name)))
    for _ in range(2):
        a_round(soon(team, student=next(by_name)), by=coordinator)
    for _ in range(2):
        pok = a_round(soon(team, student=next(by_name)), by=coordinator)
        sign_for(pok, "student")
        sign_for(pok, "company")
    soon(team, student=next(by_name))
    lines = taken_together(worklist.items_for(coordinator, TODAY), TODAY)
    groups = [line for line in lines if isinstance(line, Group)]
    assert ([(group.title, group.deed) for group in groups], len(lines)) == (
        [
            ("Laat 2 POK's tekenen", "aanbieden"),
            ("2 POK's wachten op anderen", "bericht"),
            ("Teken 2 POK's namens de school", ""),
        ],
        4,
    )


def test_who_has_no_docent_gets_one_in_one_deed():
    team = a_team()
    for _ in range(2):
        placement = a_placement(team=team)
        placement.teacher = None
        placement.save()
        a_finding(placement, "S4.2-b", due=date(2026, 11, 30))
    (group,) = taken_together(worklist.items_for(a_user("coordinator", team), TODAY), TODAY)
    assert (group.title, group.deed) == ("Wijs een bpv-docent toe aan 2 studenten", "docent")


def test_the_line_starts_the_deed_for_exactly_these_students(client):
    team = a_team()
    a_finding(a_placement(team=team), "S5", due=date(2026, 8, 30))  # the first task, apart
    numbers = {soon(team).number for _ in range(3)}
    client.force_login(a_user("coordinator", team))
    (part,) = client.get("/").context["parts"]
    (group,) = part["lines"]
    assert (part["count"], {item.finding.placement.number for item in group.items}) == (3, numbers)
    preview = client.post("/plaatsingen/samen/", {"deed": group.deed, "sel": sorted(numbers)})
    assert {placement.number for placement in preview.context["plan"].everything} == numbers


def test_what_is_late_with_others_stands_apart_with_who_has_it():
    team = a_team()
    placement = a_placement(team=team)
    a_finding(placement, "S4.2-b", due=date(2026, 11, 22))
    a_finding(placement, "S5", due=date(2026, 11, 22))
    coordinator = a_user("coordinator", team)
    (of_teacher,) = late.of_others(coordinator, TODAY)
    (of_coordinator,) = late.of_others(placement.teacher, TODAY)
    assert (of_teacher.who, of_coordinator.who) == (placement.teacher.full_name, "de bpv-coördinator")
    assert [item.finding.rule for item in worklist.items_for(coordinator, TODAY)] == ["S5"]
    assert late.of_others(a_user("coordinator"), TODAY) == []


@pytest.mark.parametrize(("due", "count"), [(date(2026, 11, 22), 1), (date(2026, 11, 23), 0)])
def test_what_is_not_late_does_not_stand_with_others(due, count):
    placement = a_placement()
    a_finding(placement, "S4.2-b", due=due)
    assert len(late.of_others(a_user("coordinator", placement.team), TODAY)) == count


def happened(placement, by, at):
    with clock.moved(at):
        audit.record("contact_logged", subject=placement, by=by, dossier=placement.pk, kind="online", on="2026-11-20")


def test_what_i_did_today_begins_at_midnight_in_amsterdam():
    placement = a_placement()
    happened(placement, placement.teacher, datetime(2026, 11, 22, 23, 59, tzinfo=clock.AMSTERDAM))
    happened(placement, placement.teacher, datetime(2026, 11, 23, 0, 0, tzinfo=clock.AMSTERDAM))
    done = news.done_by(placement.teacher, TODAY)
    assert [(one.placement, one.text) for one in done] == [
        (placement, "Contactmoment vastgelegd: online op vr 20 nov 2026")
    ]


def test_news_is_of_others_in_the_own_teams_and_counts_students_once(client):
    team = a_team()
    mine, other = a_placement(team=team), a_placement()
    friday = datetime(2026, 11, 20, 0, 0, tzinfo=clock.AMSTERDAM)
    coordinator = a_user("coordinator", team)
    happened(mine, mine.teacher, friday)
    happened(mine, mine.teacher, friday)
    happened(mine, coordinator, friday)
    happened(other, other.teacher, friday)
    client.force_login(coordinator)
    context = client.get("/").context
    found = [(one.text, one.placements) for one in context["happened"]]
    assert (context["since"], found) == (date(2026, 11, 20), [("1 student met een nieuw gesprek", [mine])])


def test_news_begins_on_the_last_workday():
    placement = a_placement()
    happened(placement, placement.teacher, datetime(2026, 11, 19, 23, 59, tzinfo=clock.AMSTERDAM))
    assert news.by_others(a_user("manager", placement.team), date(2026, 11, 20)) == []


def test_a_praktijkopleider_does_not_see_that_a_student_asked_something():
    contact = a_contact(user=a_user())
    placement = a_placement(location=contact.location, supervisor=contact, start=date(2026, 11, 2))
    a_request(placement)
    judging.rejudge([placement.pk], today=TODAY)
    texts = [student.text for student in outside.students(placement.teacher, [placement], TODAY)]
    assert texts == ["De POK is nog niet door iedereen getekend"]
