"""What a student and a praktijkopleider find on their Vandaag: to agree, to prepare, to judge."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from assessment import interim_views
from assessment.models import HandedOut, InterimView
from bpv.core import clock
from compliance.own_tasks import tasks_of
from tests.builders import a_goal, a_handed_out, a_placement, a_student_view, a_submission, a_user, an_interim
from tests.compliance.test_assessment_standards import END as LAST
from tests.compliance.test_assessment_standards import FROM, START, adopted, heard, shared

pytestmark = pytest.mark.django_db
HALF = date(2027, 4, 17)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.ASSESSMENTS_FROM = FROM
    with clock.moved(START):
        yield


@pytest.fixture
def placement():
    made = a_placement(start=START, end=LAST)
    made.student.user, made.supervisor.user = a_user(), a_user()
    made.student.save()
    made.supervisor.save()
    return made


def pages(placement, day):
    """The names of the pages that the student and the praktijkopleider are sent to on a day."""
    names = ("goals", "plan_of_placement", "interim", "hearing", "own_view", "final")
    by_url = {reverse(name, args=[placement.number]): name for name in names}
    people = placement.student.user, placement.supervisor.user
    return tuple([by_url[t.url] for t in tasks_of(p, [placement], day).get(placement.pk, [])] for p in people)


def view(placement, party, **fields):
    values = {"good": "x", "attention": "y", "by": placement.teacher, "submitted_at": clock.at(START)}
    return InterimView.objects.create(placement=placement, party=party, **values | fields)


def test_a_student_chooses_leerdoelen_when_the_start_is_near(placement):
    assert pages(placement, START - timedelta(days=15)) == ([], [])
    assert pages(placement, START - timedelta(days=14)) == (["goals"], [])
    a_goal(placement)
    assert pages(placement, START) == ([], [])


def test_what_is_settled_beforehand_is_asked_until_the_last_day(placement):
    shared(placement, START)
    settled = {"goals", "plan_of_placement"}
    asked = [[settled & {*names} for names in pages(placement, LAST + timedelta(days=more))] for more in (0, 1)]
    assert asked == [[settled, {"plan_of_placement"}], [set(), set()]]


def test_both_agree_with_a_plan_that_was_shared(placement):
    a_goal(placement)
    agreed = shared(placement, START)
    assert pages(placement, START) == (["plan_of_placement"], ["plan_of_placement"])
    agreed.student_agreed_on = START
    agreed.save()
    assert pages(placement, START) == ([], ["plan_of_placement"])


def test_both_prepare_the_interim_from_two_weeks_before_halfway_until_it_is_held(placement):
    a_goal(placement)
    assert pages(placement, HALF - timedelta(days=15)) == ([], [])
    assert pages(placement, HALF - timedelta(days=14)) == (["interim"], ["interim"])
    view(placement, "student")
    kept = view(placement, "company", submitted_at=None)
    assert pages(placement, HALF) == ([], ["interim"])
    kept.delete()
    an_interim(placement, HALF)
    assert pages(placement, HALF) == ([], [])


def test_beo_06_what_came_after_the_talk_is_no_preparation_of_the_next_period():
    placement = a_placement(leerweg="BBL", start=date(2027, 8, 30), end=date(2029, 7, 20))
    placement.student.user, placement.supervisor.user = a_user(), a_user()
    placement.student.save()
    placement.supervisor.save()
    a_goal(placement)
    held = an_interim(placement, held_on=date(2028, 2, 1))
    late = view(placement, "student", submitted_at=clock.at(date(2028, 2, 2)))
    next_year = date(2029, 1, 22)
    assert pages(placement, next_year) == (["interim"], ["interim"])
    with clock.moved(date(2028, 2, 3)):
        assert interim_views.waiting_views(placement) == [late]  # a further talk of the same period
    with clock.moved(next_year):
        assert interim_views.waiting_views(placement) == []
        by, words = placement.student.user, {"good": "Zelf plannen", "attention": "Rust", "submit": True}
        new = interim_views.prepare(placement=placement, by=by, **words)
        assert interim_views.waiting_views(placement) == [new]
    late.refresh_from_db()
    assert (late.interim, pages(placement, next_year)) == (held, ([], ["interim"]))


def test_both_judge_at_the_end_and_the_student_answers(placement):
    a_goal(placement)
    an_interim(placement, HALF)
    assert pages(placement, LAST - timedelta(days=15)) == ([], [])
    assert pages(placement, LAST - timedelta(days=14)) == (["own_view"], ["hearing"])
    seen = a_student_view(placement)
    assert pages(placement, LAST) == ([], ["hearing"])
    heard(placement, LAST)
    assert pages(placement, LAST) == (["final"], [])
    seen.agrees, seen.answered_at = True, clock.at(LAST)
    seen.save()
    assert pages(placement, LAST) == ([], [])


def test_after_the_decision_nothing_is_asked_any_more(placement):
    a_goal(placement)
    an_interim(placement, HALF)
    adopted(placement, LAST, override="Niemand te bereiken.")
    assert pages(placement, LAST) == ([], [])


def test_beo_09_a_bpv_that_ended_early_asks_both_for_their_judgement_by_its_last_day(placement):
    stopped = START + timedelta(days=32)
    assert pages(placement, stopped) == (["goals"], [])
    placement.state, placement.ended_on, placement.reason = "ended", stopped, "Gestopt"
    placement.save()
    assert pages(placement, stopped + timedelta(days=1)) == (["own_view"], ["hearing"])


@pytest.mark.parametrize("fields", [{"start": FROM - timedelta(days=1)}, {"closed_at": clock.at(START)}])
def test_nothing_is_asked_before_the_setting_and_in_a_closed_dossier(placement, fields):
    for name, value in fields.items():
        setattr(placement, name, value)
    placement.closed_by = placement.teacher if placement.closed_at else None
    placement.save()
    assert pages(placement, LAST) == ([], [])


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_two_queries_and_one_before_the_setting(django_assert_num_queries, count):
    found = [a_placement(start=START, end=LAST) for _ in range(count)]
    reader = a_user()
    for placement in found:
        assert (placement.student.full_name, placement.programme.leerweg) != ("", "")
        a_handed_out(placement)
    with django_assert_num_queries(2):
        assert len(tasks_of(reader, found, HALF)) == count
    for placement in found:
        placement.start = FROM - timedelta(days=1)
    with django_assert_num_queries(1):
        assert tasks_of(reader, found, HALF) == {}


def texts(placement):
    """What both read, with the day until when."""
    people = placement.student.user, placement.supervisor.user
    found = (tasks_of(person, [placement], START).get(placement.pk, []) for person in people)
    return tuple([(task.text, task.due) for task in tasks] for tasks in found)


def test_an_opdracht_waits_for_the_student_then_for_the_praktijkopleider(placement, settings):
    """Whatever the day from which assessments are kept."""
    settings.ASSESSMENTS_FROM = LAST
    soon = START + timedelta(days=9)
    handed, later = a_handed_out(placement, "Route", due=soon), a_handed_out(placement, "Klant")
    hand_in, judge = "Lever de opdracht in: {}".format, "Beoordeel de opdracht: {}".format
    assert texts(placement) == ([(hand_in("Route"), soon), (hand_in("Klant"), LAST)], [])
    a_submission(handed)
    assert texts(placement) == ([(hand_in("Klant"), LAST)], [(judge("Route"), LAST)])
    HandedOut.objects.filter(pk=handed.pk).update(state="assessed", score="v")
    later.delete()
    assert texts(placement) == ([], [])


def test_both_find_them_on_their_own_page(client, placement):
    client.force_login(placement.student.user)
    page = client.get("/")
    assert [(found, task.text) for found, task in page.context["tasks"]] == [(placement, "Kies je leerdoelen")]
    assert "Dit doe jij" in page.content.decode()
    with clock.moved(LAST):
        client.force_login(placement.supervisor.user)
        page = client.get("/")
        (student,) = page.context["students"]
        assert [task.text for task in student.tasks] == [
            "Bereid de tussentijdse beoordeling voor",
            "Geef uw oordeel over de student",
        ]
        assert "Dit vragen wij van u" in page.content.decode()
