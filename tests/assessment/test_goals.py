"""Leerdoelen: tied to a werkproces (S7), worked on by the student, evaluated with the leerbedrijf (VB-08)."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.db import IntegrityError, transaction

from assessment.models import Goal
from bpv.core import clock
from bpv.core.models import AuditEvent
from tests.builders import a_goal, a_placement, a_programme, a_user, a_work_process
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(date(2026, 11, 23)):
        yield


@pytest.fixture
def placement():
    found = a_placement()
    found.student.user = a_user()
    found.student.save()
    return found


def new(placement):
    return f"/plaatsingen/{placement.number}/leerdoelen/nieuw/"


def test_a_student_sets_a_goal_and_works_on_it(placement):
    process = a_work_process(placement.programme)
    client = logged_in(placement.student.user)
    assert client.post(new(placement), {"text": "Zelf bellen", "work_process": process.pk}).status_code == 302
    goal = Goal.objects.get()
    assert (goal.placement, goal.work_process, goal.made_by, goal.progress) == (
        placement,
        process,
        placement.student.user,
        "open",
    )
    later = {"text": "Zelf bellen", "work_process": process.pk, "progress": "busy", "note": "Drie keer gedaan."}
    assert client.post(f"/leerdoelen/{goal.pk}/", later).status_code == 302
    goal.refresh_from_db()
    assert (goal.progress, goal.note) == ("busy", "Drie keer gedaan.")
    events = AuditEvent.objects.filter(dossier=placement.pk).order_by("pk").values_list("event", flat=True)
    assert list(events) == ["goal_set", "goal_changed"]


def test_s7_a_goal_without_a_work_process_of_the_opleiding_is_refused(placement):
    a_work_process(placement.programme)
    strange = a_work_process(a_programme())
    client = logged_in(placement.student.user)
    none = client.post(new(placement), {"text": "Zelf bellen"})
    other = client.post(new(placement), {"text": "Zelf bellen", "work_process": strange.pk})
    assert none.context["form"].errors == {"work_process": ["Dit veld is verplicht."]}
    assert list(other.context["form"].errors) == ["work_process"]
    assert Goal.objects.count() == 0


def test_s7_work_processes_are_those_of_the_cohort(placement):
    old = a_work_process(placement.programme, cohort=placement.enrolment.cohort, title="Van dit cohort")
    a_work_process(placement.programme, cohort=placement.enrolment.cohort + 1, title="Van een later cohort")
    page = logged_in(placement.student.user).get(new(placement))
    assert list(page.context["form"].fields["work_process"].queryset) == [old]


def test_a_goal_stands_there_once(placement):
    goal = a_goal(placement)
    client = logged_in(placement.student.user)
    again = client.post(new(placement), {"text": goal.text, "work_process": goal.work_process_id})
    assert again.context["form"].non_field_errors() == ["Dit leerdoel staat er al."]
    assert Goal.objects.count() == 1


def evaluation(**changes):
    return {
        "on": "2026-11-20",
        "progress": "reached",
        "evaluation": "Dat lukt nu.",
        "improvement": "Rustiger.",
    } | changes


def test_vb_08_a_goal_is_evaluated_once_and_stays(placement):
    goal = a_goal(placement)
    teacher, student = logged_in(placement.teacher), logged_in(placement.student.user)
    page = f"/leerdoelen/{goal.pk}/evalueren/"
    assert teacher.post(page, evaluation()).status_code == 302
    goal.refresh_from_db()
    assert (goal.progress, goal.evaluated_on, goal.evaluated_by, goal.improvement) == (
        "reached",
        date(2026, 11, 20),
        placement.teacher,
        "Rustiger.",
    )
    stays = "Dit leerdoel is al geëvalueerd en blijft zoals het is."
    again = teacher.post(page, evaluation(evaluation="Toch niet."))
    changed = student.post(
        f"/leerdoelen/{goal.pk}/", {"text": "Anders", "work_process": goal.work_process_id, "progress": "open"}
    )
    assert [refused.context["form"].non_field_errors() for refused in (again, changed)] == [[stays], [stays]]
    goal.refresh_from_db()
    assert (goal.evaluation, goal.text) == ("Dat lukt nu.", "Zelf een klant te woord staan")


@pytest.mark.parametrize(
    ("on", "message"),
    [
        ("2026-11-24", "Deze datum ligt in de toekomst."),
        ("2026-11-23", None),
        ("2026-08-31", None),
        ("2026-08-30", "Toen was de bpv nog niet begonnen."),
    ],
)
def test_vb_08_the_day_of_the_evaluation_lies_in_the_bpv_and_not_in_the_future(placement, on, message):
    placement.start = date(2026, 8, 31)
    placement.save()
    page = f"/leerdoelen/{a_goal(placement).pk}/evalueren/"
    answer = logged_in(placement.teacher).post(page, evaluation(on=on))
    assert (answer.status_code, answer.context and answer.context["form"].errors.get("on")) == (
        (200, [message]) if message else (302, None)
    )


def test_an_evaluation_says_something(placement):
    goal = a_goal(placement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(evaluated_on=date(2026, 11, 20), evaluated_by=placement.teacher)


@pytest.mark.parametrize(("form", "title"), [("leerdoelen", "Mijn leerdoelen"), ("leerwerkplan", "Leerwerkplan")])
def test_goals_as_pdf(placement, form, title):
    a_goal(placement)
    answer = logged_in(placement.student.user).get(f"/plaatsingen/{placement.number}/{form}.pdf")
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == f"{title} {placement.student.full_name}"


def test_the_page_asks_as_much_for_one_goal_as_for_three(placement, django_assert_num_queries):
    client = logged_in(placement.teacher)
    page = f"/plaatsingen/{placement.number}/leerdoelen/"
    a_goal(placement, "een")
    client.get(page)
    with django_assert_num_queries(6):
        client.get(page)
    a_goal(placement, "twee")
    a_goal(placement, "drie", work_process=a_work_process(placement.programme, "B1-K1-W2"))
    with django_assert_num_queries(6):
        client.get(page)
