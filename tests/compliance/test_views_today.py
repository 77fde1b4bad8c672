"""Vandaag, per role."""

from datetime import date

import pytest

from bpv.core import clock
from compliance import judging
from tests.builders import (
    a_contact,
    a_finding,
    a_handed_out,
    a_placement,
    a_pok,
    a_student,
    a_submission,
    a_team,
    a_user,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def test_an_empty_school_tells_the_coordinator_to_read_in_files(client):
    client.force_login(a_user("coordinator"))
    page = client.get("/").content.decode()
    assert page.count('class="btn btn-primary" href="/inlezen/"') == 1


def test_a_teacher_without_placements_is_told_who_starts(client):
    client.force_login(a_user("teacher"))
    response = client.get("/")
    assert (response.context["is_empty"], response.content.decode().count("/inlezen/")) == (True, 0)


def test_the_first_task_has_the_one_primary_button(client):
    placement = a_placement()
    judging.rejudge([placement.pk], today=TODAY)
    client.force_login(a_user("coordinator", placement.team))
    response = client.get("/")
    assert response.context["first"].due == date(2026, 8, 30)
    assert response.content.decode().count("btn-primary") == 1


def test_a_teacher_has_the_own_students_with_the_phone_of_the_praktijkopleider(client):
    team = a_team()
    contact = a_contact(phone="0612345678")
    mine = a_placement(team=team, location=contact.location, supervisor=contact)
    a_placement(team=team)
    client.force_login(mine.teacher)
    response = client.get("/")
    assert [row.placement for row in response.context["rows"]] == [mine]
    assert response.content.decode().count('href="tel:+31612345678"') == 1


def test_the_own_students_stand_by_what_falls_due_first(client):
    team = a_team()
    teacher = a_user("teacher", team)
    later, nothing, first = (a_placement(team=team, teacher=teacher) for _ in range(3))
    a_finding(later, "S6.2-a", due=date(2027, 2, 26))
    a_finding(first, "S4.2-b", due=date(2026, 9, 28))
    client.force_login(teacher)
    assert [row.placement for row in client.get("/").context["rows"]] == [first, later, nothing]


def test_numbers_are_those_of_their_lists(client):
    team = a_team()
    for done_on in (None, None, date(2026, 8, 1)):
        a_finding(a_placement(team=team), "S5", due=date(2026, 8, 30), done_on=done_on)
    a_placement(team=team, start=date(2027, 2, 1), end=date(2027, 6, 30))
    without = a_placement(team=team)
    without.teacher = None
    without.save()
    client.force_login(a_user("manager", team))
    context = client.get("/").context
    shown = [*context["figures"], *context["late_figures"]]
    listed = [client.get(figure.url).context["page"].paginator.count for figure in shown]
    assert [figure.count for figure in shown] == listed == [4, 1, 1, 2]


def test_a_manager_has_a_summary_and_the_overview(client):
    placement = a_placement()
    a_finding(placement, "S5", due=date(2026, 8, 30))
    client.force_login(a_user("manager", college=placement.team.college))
    response = client.get("/")
    assert [(figure.label, figure.count) for figure in response.context["late_figures"]] == [("POK in dossier", 1)]
    assert response.content.decode().count('class="btn btn-primary" href="/overzicht/"') == 1


def test_a_student_sees_the_own_bpv_and_what_comes_next(client):
    student = a_student(user=a_user())
    a_placement(student=student, start=date(2026, 2, 1), end=date(2026, 6, 30))
    placement = a_placement(student=student)
    a_pok(placement)
    client.force_login(student.user)
    context = client.get("/").context
    assert (context["placement"], context["next"].moment.due >= TODAY) == (placement, True)
    assert [other.number for other in context["others"]] != [placement.number]


def test_a_praktijkopleider_sees_the_own_students(client):
    contact = a_contact(user=a_user())
    mine = a_placement(location=contact.location, supervisor=contact)
    a_placement(location=contact.location)
    client.force_login(contact.user)
    response = client.get("/")
    assert [student.placement for student in response.context["students"]] == [mine]
    assert response.content.decode().count(f'href="/vragen/nieuw/?plaatsing={mine.number}"') == 1


def test_somebody_without_anything_is_told_whom_to_call(client):
    client.force_login(a_user())
    assert client.get("/").context["students"] == []


def test_a_student_without_bpv_is_told_so_and_not_spoken_to_as_a_praktijkopleider(client):
    student = a_student(user=a_user())
    client.force_login(student.user)
    response = client.get("/")
    titles = ("Je hebt nog geen bpv", "Er zijn geen studenten aan u gekoppeld")
    assert [response.content.decode().count(title) for title in titles] == [1, 0]


def test_a_teacher_without_own_students_is_told_who_assigns_them(client):
    placement = a_placement()
    client.force_login(a_user("teacher", placement.team))
    response = client.get("/")
    assert (response.context["rows"], response.content.decode().count("Je begeleidt nu geen studenten")) == ([], 1)


def test_counts_are_the_tasks_that_stand_on_the_page(client):
    team = a_team()
    dues = (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 22), TODAY, date(2026, 11, 29), date(2026, 11, 30))
    for due in dues * 4:
        a_finding(a_placement(team=team), "POK-03", due=due)
    client.force_login(a_user("coordinator", team))
    response = client.get("/")
    context = response.context
    counts = [(part["title"], part["count"], part["after_first"]) for part in context["parts"]]
    assert counts == [("Te laat", 11, True), ("Deze week", 8, False), ("Later", 4, False)]
    buttons = response.content.decode().count(">POK maken")
    assert (context["count"], context["late_count"], buttons) == (24, 12, 24)


def test_a_fold_says_how_many_tasks_it_holds(client):
    team = a_team()
    for _ in range(10):
        a_finding(a_placement(team=team), "LB-02", due=date(2026, 11, 25))
    for _ in range(2):
        a_finding(a_placement(team=team, start=date(2026, 11, 30)), "POK-03", due=date(2026, 11, 29))
    client.force_login(a_user("coordinator", team))
    (part,) = client.get("/").context["parts"]
    assert (part["count"], len(part["lines"]), len(part["more"]), part["more_count"]) == (11, 8, 2, 3)


def test_a_teacher_finds_the_opdrachten_that_wait_for_a_judgement_the_oldest_first(client):
    placement = a_placement()
    late, early, _open, judged = (a_handed_out(placement, title) for title in ("Laat", "Vroeg", "Open", "Klaar"))
    for handed, day in ((late, TODAY), (early, date(2026, 11, 2)), (judged, TODAY)):
        a_submission(handed, at=clock.at(day))
    type(judged).objects.filter(pk=judged.pk).update(state="assessed", score="v")
    a_submission(a_handed_out(a_placement(team=placement.team)))
    client.force_login(placement.teacher)
    assert [handed.title for handed in client.get("/").context["to_judge"]] == ["Vroeg", "Laat"]
    client.force_login(a_user("coordinator", placement.team))
    assert client.get("/").context["to_judge"] == []


@pytest.mark.parametrize("over", [{"state": "cancelled", "reason": "Ging niet door"}, {"closed_at": clock.at(TODAY)}])
def test_an_opdracht_of_a_bpv_that_is_over_waits_for_nobody(client, over):
    placement = a_placement()
    a_submission(a_handed_out(placement))
    client.force_login(placement.teacher)
    assert len(client.get("/").context["to_judge"]) == 1
    over |= {"closed_by": placement.teacher} if "closed_at" in over else {}
    type(placement).objects.filter(pk=placement.pk).update(**over)
    assert client.get("/").context["to_judge"] == []


@pytest.mark.parametrize(("role", "queries"), [("coordinator", 25), ("teacher", 16), ("supervisor", 9)])
@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(client, django_assert_num_queries, count, role, queries):
    team, contact = a_team(), a_contact(user=a_user())
    teacher = a_user("teacher", team)
    for _ in range(count):
        placement = a_placement(team=team, location=contact.location, supervisor=contact, teacher=teacher)
        judging.rejudge([placement.pk], today=TODAY)
    users = {"coordinator": a_user("coordinator", team), "teacher": teacher, "supervisor": contact.user}
    client.force_login(users[role])
    client.get("/")
    with django_assert_num_queries(queries):
        client.get("/")
