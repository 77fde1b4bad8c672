"""The interim assessment and the eindoordeel (S8-c, BEO-05, BEO-06, BEO-08, BEO-09, BEO-12, BEO-13, BEG-09)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import override

from assessment import delegating, finals, hearing, interim_asking, interim_views, interims, student_view
from assessment.models import CompanyJudgement, Final, Interim, StudentView
from bpv.core import clock
from bpv.core.models import AuditEvent, OutboxMail
from placements.models import Search
from tests.builders import (
    a_company_judgement,
    a_contact,
    a_final,
    a_placement,
    a_programme,
    a_student_view,
    a_user,
    an_agreed_plan,
    an_interim,
)
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TODAY = date(2027, 6, 25)
HELD = date(2027, 4, 5)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def running(leerweg="BOL", **fields):
    placement = a_placement(programme=a_programme(leerweg), start=date(2027, 2, 1), end=date(2027, 7, 2), **fields)
    placement.student.user = a_user()
    placement.student.save()
    placement.supervisor.user = a_user()
    placement.supervisor.save()
    return placement


def judged(score="v", **company):
    """A bpv of which all is there but the decision."""
    placement = running()
    an_interim(placement)
    a_company_judgement(placement, score=score, **company)
    return placement


def adopt(placement, by=None, **changes):
    values = {"held_on": TODAY, "score": "v", "text": "Goede groei."} | changes
    return finals.adopt(placement=placement, by=by or placement.teacher, **values)


def test_beo_06_complete_only_when_both_are_told():
    placement = running()
    placement.supervisor.email = ""
    placement.supervisor.save()
    made = interims.establish(placement=placement, by=placement.teacher, held_on=HELD, good="Goed.", attention="Meer.")
    assert (made.student_told_on, made.supervisor_told_on, made.is_complete) == (TODAY, None, False)
    assert OutboxMail.objects.get(kind="interim_told").to == placement.student.email
    told = interims.tell(interim=made, by=placement.teacher, on=TODAY, student=False, supervisor=True)
    assert told.is_complete is True


@pytest.mark.parametrize("day", [date(2027, 1, 31), TODAY + timedelta(days=1)])
def test_an_interim_lies_in_the_bpv_and_not_in_the_future(day):
    placement = running()
    with pytest.raises(ValidationError) as fault:
        interims.establish(placement=placement, by=placement.teacher, held_on=day, good="G", attention="A")
    assert list(fault.value.message_dict) == ["held_on"]


def test_beo_06_student_and_praktijkopleider_are_both_there():
    placement = running()
    sent = {"held_on": "2027-04-05", "good": "G.", "attention": "A.", "with_student": "on"}
    page = logged_in(placement.teacher).post(f"/plaatsingen/{placement.number}/tussentijds/vastleggen/", sent)
    assert list(page.context["form"].errors) == ["with_supervisor"]


@pytest.mark.parametrize("leerweg", ["BOL", "BBL"])
@pytest.mark.parametrize(("day", "mails"), [(date(2027, 4, 2), 0), (date(2027, 4, 3), 2), (date(2027, 4, 18), 0)])
def test_beo_06_both_are_asked_to_prepare_two_weeks_before_the_middle(leerweg, day, mails):
    running(leerweg)  # the middle is 17 April 2027
    assert (interim_asking.ask_waiting(day), interim_asking.ask_waiting(day)) == (mails, 0)


def test_who_had_the_talk_is_not_asked():
    an_interim(running(), date(2027, 3, 1))
    assert interim_asking.ask_waiting(date(2027, 4, 5)) == 0


@pytest.mark.parametrize("lacking", ["interim", "told", "company", "draft"])
def test_s8_c_beo_09_not_without_interim_and_leerbedrijf_but_by_a_coordinator_with_a_reason(lacking):
    placement = running()
    if lacking != "interim":
        an_interim(placement, supervisor_told_on=None if lacking == "told" else HELD)
    if lacking != "company":
        a_company_judgement(placement, submitted_at=None if lacking == "draft" else clock.now())
    with pytest.raises(ValidationError):
        adopt(placement, override="Ik mag dit niet.")
    coordinator = a_user("coordinator", placement.team)
    with pytest.raises(ValidationError) as fault:
        adopt(placement, coordinator)
    assert list(fault.value.message_dict) == ["override"]
    assert adopt(placement, coordinator, override="Het bedrijf is failliet.").override == "Het bedrijf is failliet."


def test_control_with_all_there_no_reason_is_asked():
    assert adopt(judged()).version == 1


def test_beo_09_the_school_says_why_it_differs():
    placement = judged(score="g")
    with pytest.raises(ValidationError) as fault:
        adopt(placement)
    assert list(fault.value.message_dict) == ["difference"]
    assert adopt(placement, difference="De opdrachten waren niet af.").score == "v"


def test_beo_08_only_who_guides_decides():
    placement = judged()
    for by in (placement.supervisor.user, placement.student.user, a_user("teacher", placement.team)):
        with pytest.raises(PermissionDenied):
            adopt(placement, by)


def test_adopted_is_final_and_a_correction_is_a_new_version_with_a_reason():
    placement = judged()
    first = adopt(placement)
    with pytest.raises(ValidationError):
        adopt(placement)
    finals.tell(final=first, by=placement.teacher, on=TODAY, student=True, supervisor=True)
    values = {"held_on": TODAY, "score": "v", "text": "Beter gezegd."}
    with pytest.raises(ValidationError):
        finals.correct(placement=placement, by=placement.teacher, correction="", **values)
    same = finals.correct(placement=placement, by=placement.teacher, correction="Spelfout.", **values)
    assert (same.version, same.student_told_on) == (2, TODAY)
    values |= {"score": "o", "difference": "Fraude."}
    other = finals.correct(placement=placement, by=placement.teacher, correction="Fraude gebleken.", **values)
    assert (other.version, other.student_told_on, finals.current(placement)) == (3, None, other)
    assert list(Final.objects.values_list("version", "score", "is_current")) == [
        (1, "v", False),
        (2, "v", False),
        (3, "o", True),
    ]


@pytest.mark.parametrize(("score", "searches"), [("o", 1), ("v", 0), ("g", 0)])
def test_beg_09_a_negative_one_opens_the_search_for_a_second_place(score, searches):
    placement = judged(score=score)
    adopt(placement, score=score)
    assert Search.objects.filter(after=placement, kind="replacement").count() == searches


@pytest.mark.parametrize(
    ("day", "right"), [(TODAY - timedelta(days=1), False), (TODAY, True), (TODAY + timedelta(days=1), False)]
)
def test_beo_12_told_on_a_day_from_the_decision_until_today(day, right):
    made = adopt(judged())
    told = {"final": made, "by": made.placement.teacher, "on": day, "student": True, "supervisor": True}
    if right:
        assert finals.tell(**told).supervisor_told_on == TODAY
        return
    with pytest.raises(ValidationError):
        finals.tell(**told)


@pytest.mark.parametrize(("who", "warned"), [("teacher", True), ("coordinator", False)])
def test_rol_beo_the_guide_is_warned_softly(who, warned):
    placement = judged()
    by = placement.teacher if who == "teacher" else a_user("coordinator", placement.team)
    page = logged_in(by).get(f"/plaatsingen/{placement.number}/eindbeoordeling/vaststellen/")
    assert page.context["is_guide_too"] is warned


def test_rol_beo_3_a_werkbegeleider_fills_it_in_by_an_own_link_and_sees_nothing_else():
    placement = running()
    mentor = a_contact(placement.location, is_mentor=True, user=a_user())
    client = logged_in(placement.supervisor.user)
    assert client.post(f"/plaatsingen/{placement.number}/oordeel/werkbegeleider/", {"to": mentor.pk}).status_code == 302
    kept = CompanyJudgement.objects.get()
    mail = OutboxMail.objects.get(kind="judgement_asked")
    assert (kept.delegate, mail.to, f"/oordelen/{kept.pk}/" in mail.body) == (mentor, mentor.email, True)
    theirs = logged_in(mentor.user)
    assert theirs.get(f"/plaatsingen/{placement.number}/").status_code == 404
    sent = {"score": "g", "good": "Rustig.", "assessor": mentor.full_name}
    assert theirs.post(f"/oordelen/{kept.pk}/", sent).status_code == 302
    assert CompanyJudgement.objects.get().by == mentor.user
    neighbour = a_contact(placement.location, user=a_user())
    assert logged_in(neighbour.user).get(f"/oordelen/{kept.pk}/").status_code == 404


def test_somebody_of_another_leerbedrijf_is_not_asked():
    placement = running()
    with pytest.raises(ValidationError):
        delegating.delegate(placement=placement, to=a_contact(is_mentor=True), by=placement.supervisor.user)


def test_received_in_another_way_says_how():
    placement = running()
    client, page = logged_in(placement.teacher), f"/plaatsingen/{placement.number}/oordeel/"
    sent = {"score": "v", "assessor": "Ilse", "way": "other", "inleveren": "1"}
    assert list(client.post(page, sent).context["form"].errors) == ["explanation"]
    assert client.post(page, sent | {"explanation": "Op een beurs."}).status_code == 302


def test_scores_of_the_parts_are_asked_kept_and_set_side_by_side():
    placement = running()
    an_interim(placement)
    parts = list(an_agreed_plan(placement).plan.parts.all())
    page = f"/plaatsingen/{placement.number}/oordeel/"
    client = logged_in(placement.supervisor.user)
    names = [f"part_{part.pk}" for part in parts]
    assert list(client.post(page, {"score": "v", "assessor": "I"}).context["form"].errors) == names
    assert client.post(page, {"score": "v", "assessor": "I", names[0]: "g", names[1]: "o"}).status_code == 302
    a_student_view(placement, scores={str(parts[0].pk): "v", str(parts[1].pk): "o"})
    shown = logged_in(placement.teacher).get(f"/plaatsingen/{placement.number}/eindbeoordeling/").context["lines"]
    assert [(line.student, line.company, line.differs) for line in shown] == [
        ("voldoende", "goed", True),
        ("onvoldoende", "onvoldoende", False),
    ]


def test_kept_while_it_is_filled_in_without_a_button():
    placement = running()
    client, page = logged_in(placement.student.user), f"/plaatsingen/{placement.number}/eindbeoordeling/eigen/"
    answer = client.post(page, {"good": "Veel geleerd.", "vanzelf": "1", "bewaren": "1"})
    assert (answer.status_code, answer.content.decode().strip()[:10]) == (200, "Bewaard om")
    assert (StudentView.objects.get().good, StudentView.objects.get().submitted_at) == ("Veel geleerd.", None)


def test_the_student_disagrees_with_a_reason_before_the_decision():
    placement = judged()
    a_student_view(placement)
    by = placement.student.user
    with pytest.raises(ValidationError) as fault:
        student_view.answer(placement=placement, by=by, agrees=False, remark=" ")
    assert list(fault.value.message_dict) == ["remark"]
    with override("en"):
        student_view.answer(placement=placement, by=by, agrees=False, remark="Ik was nooit te laat.")
    assert StudentView.objects.get().agrees is False
    assert AuditEvent.objects.get(event="student_answered").data == {"answer": "niet eens"}
    adopt(placement)
    with pytest.raises(ValidationError):
        student_view.answer(placement=placement, by=by, agrees=True, remark="")


def test_s8_d_a_closed_dossier_refuses_every_deed():
    placement = judged()
    final = a_final(placement)
    placement.closed_at, placement.closed_by = clock.now(), placement.teacher
    placement.save()
    by, student = placement.teacher, placement.student.user
    interim = {"held_on": TODAY, "good": "G", "attention": "A"}
    deeds = (
        lambda: interims.establish(placement=placement, by=by, **interim),
        lambda: interim_views.prepare(placement=placement, by=student, good="G", attention="A", submit=True),
        lambda: interims.tell(interim=Interim.objects.get(), by=by, on=TODAY, student=True, supervisor=True),
        lambda: hearing.write(placement=placement, by=by, submit=True, way="phone", score="v", assessor="I"),
        lambda: student_view.write(placement=placement, by=student, submit=True, score="v"),
        lambda: finals.correct(placement=placement, by=by, correction="C", held_on=TODAY, score="v", text="T"),
        lambda: finals.tell(final=final, by=by, on=TODAY, student=True, supervisor=True),
    )
    codes = []
    for deed in deeds:
        with pytest.raises(ValidationError) as fault:
            deed()
        codes.append(fault.value.code)
    assert codes == ["closed"] * len(deeds)


@pytest.mark.parametrize("form", ["interim", "final"])
def test_the_forms_as_pdf_say_what_was_decided(form):
    placement = judged()
    a_final(placement, text="Goede groei.")
    held = Interim.objects.get()
    url = (
        f"/tussentijds/{held.pk}/formulier.pdf"
        if form == "interim"
        else f"/plaatsingen/{placement.number}/eindbeoordeling.pdf"
    )
    for user in (placement.teacher, placement.student.user, placement.supervisor.user):
        answer = logged_in(user).get(url)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert logged_in(a_user("teacher")).get(url).status_code == 404
