"""Several people at one piece of work: nothing typed is lost, nothing unread is written over, nothing is kept twice."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from assessment import delegating, finals, interims
from assessment.models import CompanyJudgement, Goal, HandedOut, InterimView, Proposal, Submission
from bpv.core import clock
from bpv.core.models import OutboxMail
from tests.assessment.test_assignment_judged import hand_in, judge
from tests.assessment.test_assignments import proposed
from tests.assessment.test_finals import adopt, judged, running
from tests.builders import (
    a_company_judgement,
    a_contact,
    a_goal,
    a_handed_out,
    a_submission,
    a_user,
    a_work_process,
    an_interim,
)
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TODAY = date(2027, 6, 25)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def hearing(placement):
    return f"/plaatsingen/{placement.number}/oordeel/"


def typed(answer, name):
    """The reasons of the refusal, and what stands in the field that is still on the page."""
    form = answer.context["form"]
    return form.non_field_errors(), form[name].value(), f'name="{name}"' in answer.content.decode()


def test_beo_09_who_is_too_late_keeps_what_was_typed():
    placement = running()
    heard = {"way": "phone", "good": "Gehoord", "score": "v", "assessor": "Ilse", "inleveren": "1"}
    assert logged_in(placement.teacher).post(hearing(placement), heard).status_code == 302
    sent = {"good": "Zelf getypt", "score": "g", "assessor": "Ilse", "inleveren": "1"}
    late = logged_in(placement.supervisor.user).post(hearing(placement), sent)
    assert typed(late, "good") == (["Dit oordeel is al ingeleverd."], "Zelf getypt", True)
    assert "Gehoord" in late.content.decode()


def test_beo_09_after_the_decision_the_page_says_so():
    placement = running()
    an_interim(placement)
    adopt(placement, a_user("coordinator", placement.team), override="Failliet.")
    client = logged_in(placement.supervisor.user)
    page = client.get(hearing(placement)).content.decode()
    assert [words in page for words in ("De school heeft al besloten", "twee weken voor het einde")] == [True, False]
    sent = {"good": "Zelf getypt", "score": "g", "assessor": "Ilse", "inleveren": "1"}
    assert typed(client.post(hearing(placement), sent), "good") == (
        ["De school heeft al besloten."],
        "Zelf getypt",
        True,
    )


def test_rol_beo_3_a_werkbegeleider_is_not_written_over_by_a_page_that_was_open():
    placement = running()
    mentor = a_contact(placement.location, is_mentor=True, user=a_user())
    supervisor, mentors = logged_in(placement.supervisor.user), logged_in(mentor.user)
    opened = supervisor.get(hearing(placement)).context["read"]
    kept = delegating.delegate(placement=placement, to=mentor, by=placement.supervisor.user)
    page = f"/oordelen/{kept.pk}/"
    own = {"good": "Van Bo", "gelezen": mentors.get(page).context["read"], "bewaren": "1"}
    assert [mentors.post(page, own).status_code for _twice in range(2)] == [302, 302]
    sent = {"good": "Van Ilse", "gelezen": opened, "bewaren": "1"}
    answer = supervisor.post(hearing(placement), sent)
    assert typed(answer, "good") == (["Een collega heeft intussen ook geschreven. Lees dat eerst."], "Van Ilse", True)
    assert ("Van Bo" in answer.content.decode(), CompanyJudgement.objects.get().good) == (True, "Van Bo")
    again = sent | {"gelezen": answer.context["read"]}
    assert (supervisor.post(hearing(placement), again).status_code, CompanyJudgement.objects.get().good) == (
        302,
        "Van Ilse",
    )


def test_rol_beo_3_the_form_names_who_fills_it_in():
    placement = running()
    mentor = a_contact(placement.location, is_mentor=True, user=a_user())
    supervisor = logged_in(placement.supervisor.user)
    supervisor.post(hearing(placement), {"assessor": "Ilse", "bewaren": "1"})
    kept = delegating.delegate(placement=placement, to=mentor, by=placement.supervisor.user)
    assert supervisor.get(hearing(placement)).context["form"]["assessor"].value() == "Ilse"
    assert logged_in(mentor.user).get(f"/oordelen/{kept.pk}/").context["form"]["assessor"].value() == mentor.full_name


def test_what_the_school_noted_does_not_become_the_words_of_the_leerbedrijf():
    placement = running()
    noted = {"way": "phone", "good": "Gebeld", "score": "o", "assessor": "Ilse", "bewaren": "1"}
    assert logged_in(placement.teacher).post(hearing(placement), noted).status_code == 302
    form = logged_in(placement.supervisor.user).get(hearing(placement)).context["form"]
    assert (form["good"].value(), form["score"].value()) == ("", "")
    assert logged_in(placement.teacher).get(hearing(placement)).context["form"]["good"].value() == "Gebeld"


def test_a_werkbegeleider_is_asked_again_by_a_new_mail():
    placement = running()
    mentor = a_contact(placement.location, is_mentor=True, user=a_user())
    for minute in (0, 0, 5):
        with clock.moved(clock.at(TODAY, 12) + timedelta(minutes=minute)):
            delegating.delegate(placement=placement, to=mentor, by=placement.supervisor.user)
    assert OutboxMail.objects.filter(kind="judgement_asked", to=mentor.email).count() == 2


def test_beo_06_of_two_preparations_of_the_school_the_second_keeps_what_was_typed():
    placement = running()
    page = f"/plaatsingen/{placement.number}/tussentijds/"
    sent = {"good": "Van de docent", "attention": "Rust", "inleveren": "1"}
    assert logged_in(placement.teacher).post(page, sent).status_code == 302
    second = logged_in(a_user("coordinator", placement.team)).post(page, sent | {"good": "Van de coördinator"})
    assert typed(second, "good") == (["Dit is al ingeleverd."], "Van de coördinator", True)
    assert (second.context["mine"].good, InterimView.objects.get().good) == ("Van de docent", "Van de docent")


def test_ons_11_what_was_typed_stays_when_it_was_judged_meanwhile():
    handed = a_handed_out(running())
    a_submission(handed)
    assert judge(handed, handed.placement.teacher).status_code == 302
    text = "Deze opdracht is beoordeeld. Vraag je bpv-docent om haar weer te openen."
    assert typed(hand_in(handed, text="Tweede."), "text") == ([text], "Tweede.", True)


def test_after_a_newer_version_the_same_page_judges_that_one():
    handed = a_handed_out(running())
    a_submission(handed)
    a_submission(handed)
    refused = judge(handed, handed.placement.teacher, version=1)
    form = refused.context["form"]
    assert (typed(refused, "feedback")[1:], int(form["version"].value())) == (("Goed gedaan.", True), 2)
    assert judge(handed, handed.placement.teacher, version=form["version"].value()).status_code == 302


def test_what_is_sent_twice_is_kept_once():
    placement = running()
    handed = a_handed_out(placement)
    for text in ("Eerste.", "Eerste.", "Tweede."):
        assert hand_in(handed, text=text).status_code == 302
    assert list(Submission.objects.order_by("version").values_list("text", flat=True)) == ["Eerste.", "Tweede."]
    assert judge(handed, placement.teacher, score="o").status_code == 302
    assert hand_in(handed, text="Tweede.").status_code == 302  # after a judgement it is a new version
    assert (Submission.objects.count(), proposed(placement) == proposed(placement), Proposal.objects.count()) == (
        3,
        True,
        1,
    )


def test_s7_two_people_work_on_one_leerdoel():
    placement = running()
    goal = a_goal(placement, text="Zelf bellen", work_process=a_work_process(placement.programme))
    page = f"/leerdoelen/{goal.pk}/"
    teacher, student = logged_in(placement.teacher), logged_in(placement.student.user)

    def opened(client):
        form = client.get(page).context["form"]
        shown = {name: form[name].value() or "" for name in form.fields if name != "for_later"}
        return shown | {f"initial-{name}": value for name, value in shown.items()} | {"initial-for_later": "False"}

    of_teacher, of_student = opened(teacher), opened(student)
    assert student.post(page, of_student | {"note": "Drie keer gedaan."}).status_code == 302
    assert teacher.post(page, of_teacher | {"text": "Zelf klanten bellen"}).status_code == 302
    kept = Goal.objects.get()
    assert (kept.text, kept.note) == ("Zelf klanten bellen", "Drie keer gedaan.")


def test_the_page_of_a_leerdoel_sends_along_what_it_was_opened_with():
    placement = running()
    goal = a_goal(placement, text="Zelf bellen", work_process=a_work_process(placement.programme))
    page = logged_in(placement.teacher).get(f"/leerdoelen/{goal.pk}/").content.decode()
    assert page.count('name="initial-') == len(("progress", "note", "text", "work_process", "wish", "for_later"))


def test_ons_13_after_an_own_opdracht_is_withdrawn_the_school_decides_again():
    placement = running()
    made = proposed(placement)
    answer = {"answer": "ja", "difficulty": 4, "work_processes": [a_work_process(placement.programme).pk]}
    client = logged_in(placement.teacher)
    page = f"/opdrachtvoorstellen/{made.pk}/"
    assert client.post(page, answer).status_code == 302
    client.post(f"/opdrachten/{HandedOut.objects.get().pk}/intrekken/")
    made.refresh_from_db()
    assert (made.state, made.decided_by, HandedOut.objects.count()) == ("waiting", None, 0)
    assert (client.post(page, answer).status_code, HandedOut.objects.count()) == (302, 1)


@pytest.mark.parametrize(("days", "missing"), [(0, 1), (1, 0)])
def test_s8_c_an_interim_comes_before_the_eindgesprek(days, missing):
    """BEO-05: on the same day a student can do nothing with it any more."""
    placement = running()
    a_company_judgement(placement)
    told = {"student_told_on": TODAY, "supervisor_told_on": TODAY}
    an_interim(placement, held_on=TODAY - timedelta(days=days), **told)
    assert len(finals.lacking(placement, TODAY)) == missing


def test_beo_09_another_result_needs_a_reason_of_its_own():
    placement = running()
    coordinator = a_user("coordinator", placement.team)
    adopt(placement, coordinator, override="Failliet.")
    values = {"held_on": TODAY, "text": "Anders.", "correction": "Bij nader inzien."}
    with pytest.raises(ValidationError):
        finals.correct(placement=placement, by=placement.teacher, score="o", **values)
    assert finals.correct(placement=placement, by=placement.teacher, score="v", **values).override == "Failliet."


def test_beg_09_after_a_correction_the_search_that_still_runs_is_said():
    placement = judged()
    adopt(placement, score="o", difference="Niet af.")
    assert finals.searches_on(placement) is False
    sent = {"held_on": TODAY, "score": "v", "text": "Toch goed.", "correction": "Vergissing."}
    page = f"/plaatsingen/{placement.number}/eindbeoordeling/vaststellen/"
    done = logged_in(placement.teacher).post(page, sent, follow=True)
    said = [str(message) for message in done.context["messages"]]
    assert said[1:] == ["De zoektocht naar een tweede plek loopt nog. Rond die zo nodig af."]


def test_q_st_10_what_is_not_finished_is_said_before_the_decision():
    placement = judged()
    handed = a_handed_out(placement, "Kassa opmaken")
    shown = logged_in(placement.teacher).get(f"/plaatsingen/{placement.number}/eindbeoordeling/vaststellen/")
    assert (shown.context["left_open"], "Kassa opmaken" in shown.content.decode()) == ([handed], True)


def test_control_interims_can_be_established_on_the_last_day():
    placement = running()
    values = {"with_student": True, "with_supervisor": True, "good": "x", "attention": "y"}
    assert interims.establish(placement=placement, by=placement.teacher, held_on=TODAY, **values).is_complete is True
