"""What goes wrong when two work at once, when somebody is not done yet, or when the bpv is over or never was."""

import pytest
from django.core.exceptions import ValidationError

from assessment import agreeing, assessing, assignments, finals, hearing, judgement_asking, submitting
from assessment.models import CompanyJudgement, Final, Interim, InterimView
from assessment.papers import pdf_of_final
from bpv.core import clock
from placements import services
from placements.models import State
from tests.assessment.test_finals import TODAY, adopt, judged, running
from tests.builders import a_final, a_handed_out, a_placement, a_student_view, a_submission, a_user, an_agreed_plan
from tests.builders import an_interim as told_interim
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def test_beo_09_everybody_is_asked_also_when_many_end_at_once(monkeypatch):
    monkeypatch.setattr(judgement_asking, "MOST", 2)
    for _one in range(5):
        running()
    assert [judgement_asking.ask_waiting(TODAY) for _run in range(4)] == [2, 2, 1, 0]


def test_beo_06_what_was_not_handed_in_stays_hidden_when_the_form_is_wrong():
    placement = running()
    held = told_interim(placement)
    InterimView.objects.create(placement=placement, interim=held, party="student", good="Half af", by=a_user())
    page = logged_in(placement.teacher).post(f"/tussentijds/{held.pk}/verteld/", {"on": str(TODAY)})
    assert (list(page.context["form"].errors), list(page.context["views"])) == (["student"], [])


def test_a_second_interim_of_one_day_is_refused_at_its_field():
    placement = running()
    told_interim(placement, TODAY)
    both = {"with_student": "on", "with_supervisor": "on", "held_on": str(TODAY)}
    page = logged_in(placement.teacher).post(
        f"/plaatsingen/{placement.number}/tussentijds/vastleggen/", both | {"good": "x", "attention": "y"}
    )
    assert (list(page.context["form"].errors), Interim.objects.count()) == (["held_on"], 1)


def test_scores_that_the_student_did_not_hand_in_are_not_in_the_form(monkeypatch):
    shown = []
    monkeypatch.setattr("bpv.core.documents.render", lambda _template, paper: shown.extend(paper.lines) or b"")
    placement = judged()
    agreed = an_agreed_plan(placement)
    parts = {str(part.pk): "o" for part in agreed.plan.parts.all()}
    a_student_view(placement, submitted_at=None, scores=parts)
    pdf_of_final(placement, a_final(placement, scores=dict.fromkeys(parts, "v")))
    assert [(line.student, line.school) for line in shown] == [("", "voldoende"), ("", "voldoende")]


def test_the_school_does_not_write_over_what_the_leerbedrijf_is_writing():
    placement = running()
    client = logged_in(placement.supervisor.user)
    page = f"/plaatsingen/{placement.number}/oordeel/"
    client.post(page, {"good": "Van ons", "bewaren": "1"})
    answer = logged_in(placement.teacher).post(page, {"way": "phone", "good": "Van school", "bewaren": "1"})
    assert (CompanyJudgement.objects.get().good, len(answer.context["form"].non_field_errors())) == ("Van ons", 1)
    heard = {"way": "phone", "good": "Gehoord", "score": "v", "assessor": "Ilse"}
    assert logged_in(placement.teacher).post(page, heard).status_code == 302
    assert (CompanyJudgement.objects.get().good, CompanyJudgement.objects.get().way) == ("Gehoord", "phone")


@pytest.mark.parametrize("page", ["oordeel/", "eindbeoordeling/eigen/", "tussentijds/"])
def test_what_cannot_be_kept_by_itself_answers_with_one_line(page):
    placement = running()
    by = placement.student.user if page != "oordeel/" else placement.supervisor.user
    sent = {"good": "x" * 5000, "vanzelf": "1", "bewaren": "1"}
    answer = logged_in(by).post(f"/plaatsingen/{placement.number}/{page}", sent)
    assert (answer.status_code, "<html" in answer.content.decode()) == (200, False)


def test_a_bpv_that_does_not_take_place_is_not_judged():
    placement = judged()
    placement.state, placement.reason = State.CANCELLED, "Gestopt"
    placement.save()
    with pytest.raises(ValidationError):
        adopt(placement)
    with pytest.raises(ValidationError):
        hearing.write(placement=placement, by=placement.supervisor.user, submit=False, good="x")
    assert not Final.objects.exists()


def test_s8_d_a_closed_placement_is_not_changed_or_cancelled():
    placement = a_placement(closed_at=clock.now(), closed_by=a_user())
    teacher = a_user("teacher", placement.team, reachability="ma t/m vr")
    placement.hours_total = 1
    for deed in (
        lambda: services.change_placement(placement=placement, by=teacher, changed=["hours_total"]),
        lambda: services.assign_teacher(placement=placement, teacher=teacher, by=teacher),
        lambda: services.cancel_placement(placement=placement, reason="x", by=teacher),
    ):
        with pytest.raises(ValidationError, match="afgesloten"):
            deed()


def test_agreeing_in_a_closed_dossier_says_so():
    placement = running()
    an_agreed_plan(placement)
    placement.closed_at, placement.closed_by = clock.now(), placement.teacher
    placement.save()
    for by in (placement.student.user, placement.supervisor.user):
        page = logged_in(by).post(f"/plaatsingen/{placement.number}/beoordelingsplan/")
        assert (page.status_code, page.context["may_agree"]) == (200, False)
        assert len(page.context["form"].non_field_errors()) == 1
    with pytest.raises(ValidationError):
        agreeing.agree(placement=placement, by=placement.student.user, on=TODAY)


def test_beo_12_what_is_told_and_corrected_is_what_was_read():
    placement = judged()
    adopt(placement)
    better = {"held_on": TODAY, "score": "g", "text": "Beter", "difference": "Wij zagen meer."}
    finals.correct(placement=placement, by=placement.teacher, correction="Fout", **better)
    client, here = logged_in(placement.teacher), f"/plaatsingen/{placement.number}/eindbeoordeling/"
    told = {"on": str(TODAY), "student": "on", "version": "1"}
    assert client.post(f"{here}verteld/", told).status_code == 200
    again = {"correction": "Nog eens", "held_on": str(TODAY), "score": "v", "text": "x", "version": "1"}
    page = client.post(f"{here}vaststellen/", again | {"difference": "x"})
    assert len(page.context["form"].non_field_errors()) == 1
    assert list(Final.objects.values_list("version", "student_told_on")) == [(1, None), (2, None)]
    assert client.post(f"{here}verteld/", told | {"version": "2"}).status_code == 302


@pytest.mark.parametrize("deed", ["submit", "assess", "withdraw", "reopen", "fit"])
def test_an_opdracht_that_was_withdrawn_meanwhile_is_said(deed):
    placement = running()
    handed = a_handed_out(placement)
    a_submission(handed)
    type(handed).objects.filter(pk=handed.pk).delete()
    teacher, student = placement.teacher, placement.student.user
    deeds = {
        "submit": lambda: submitting.submit(handed=handed, by=student, text="x"),
        "assess": lambda: assessing.assess(handed=handed, by=teacher, version=1, score="v", feedback=""),
        "withdraw": lambda: assignments.withdraw(handed=handed, by=teacher),
        "reopen": lambda: assignments.reopen(handed=handed, by=teacher, reason="x"),
        "fit": lambda: assessing.rate_fit(handed=handed, by=student, score=3),
    }
    with pytest.raises(ValidationError) as fault:
        deeds[deed]()
    assert fault.value.code == "withdrawn"
