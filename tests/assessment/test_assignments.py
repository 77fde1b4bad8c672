"""Opdrachten: catalogue (S7, OPD-01, -02, BEG-10, -12), own ones of a leerbedrijf (ONS-13), handed out (OPD-05)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from assessment import assignments, catalogue
from assessment.models import Assignment, HandedOut, Proposal
from bpv.core import clock
from bpv.core.models import AuditEvent, OutboxMail
from tests.builders import (
    a_handed_out,
    a_placement,
    a_programme,
    a_proposal,
    a_submission,
    a_user,
    a_work_process,
    an_assignment,
)
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def placement():
    found = a_placement()
    found.student.user = a_user(email=found.student.email)
    found.student.save()
    found.supervisor.user = a_user(email=found.supervisor.email)
    found.supervisor.save()
    return found


@pytest.fixture
def coordinator(placement):
    return a_user("coordinator", placement.team)


def pages(placement):
    return f"/plaatsingen/{placement.number}/opdrachten/"


def filled(*processes, **changes):
    """The form of the catalogue as the page sends it."""
    values = {
        "title": "Rijd een route",
        "work_processes": [process.pk for process in processes],
        "difficulty": 3,
        "steps": "Bekijk de route.\n\nRijd haar.",
        "reflection": "\n".join(catalogue.REFLECTION),
        "in_working_time": "on",
        "active": "on",
    }
    return values | changes


def test_opd_06_the_coordinator_writes_an_opdracht(placement, coordinator):
    process = a_work_process(placement.programme)
    page = f"/opleidingen/{placement.programme_id}/opdrachten/nieuw/"
    client = logged_in(coordinator)
    assert client.get(page).context["form"]["reflection"].value() == "\n".join(catalogue.REFLECTION)
    assert client.post(page, filled(process)).status_code == 302
    made = Assignment.objects.get()
    assert (made.title, made.difficulty, made.steps, list(made.work_processes.all()), made.reflection) == (
        "Rijd een route",
        3,
        ["Bekijk de route.", "Rijd haar."],
        [process],
        list(catalogue.REFLECTION),
    )


def test_beg_10_the_questions_of_the_handbook_stay_those_in_another_language(placement, coordinator, monkeypatch):
    monkeypatch.setattr(catalogue, "_", lambda text: f"[{text}]")
    process = a_work_process(placement.programme)
    read = catalogue.shown([*catalogue.REFLECTION, "Eigen vraag?"])
    assert read == [*(f"[{question}]" for question in catalogue.REFLECTION), "Eigen vraag?"]
    page = f"/opleidingen/{placement.programme_id}/opdrachten/nieuw/"
    logged_in(coordinator).post(page, filled(process, reflection="\n".join(read)))
    assert Assignment.objects.get().reflection == [*catalogue.REFLECTION, "Eigen vraag?"]


@pytest.mark.parametrize("strange", [False, True])
def test_s7_an_opdracht_without_a_werkproces_of_the_opleiding_is_refused(placement, coordinator, strange):
    a_work_process(placement.programme)
    chosen = [a_work_process(a_programme())] if strange else []
    page = f"/opleidingen/{placement.programme_id}/opdrachten/nieuw/"
    answer = logged_in(coordinator).post(page, filled(*chosen))
    assert (list(answer.context["form"].errors), Assignment.objects.count()) == (["work_processes"], 0)


def test_s7_control_the_deed_itself_refuses_what_the_form_would_let_through(placement, coordinator):
    made = Assignment(programme=placement.programme, title="x", steps=["y"])
    with pytest.raises(ValidationError) as fault:
        catalogue.save(assignment=made, work_processes=[a_work_process(a_programme())], by=coordinator)
    assert fault.value.message_dict == {"work_processes": ["Kies minstens één werkproces van de opleiding."]}


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"competence": "motives"}, "__all__"),
        ({"moment": "before"}, "__all__"),
        ({"competence": "motives", "moment": "before"}, None),
        ({"difficulty": 0}, "difficulty"),
        ({"difficulty": 10}, "difficulty"),
        ({"steps": " \n "}, "steps"),
        ({"steps": "x" * 1001}, "steps"),
        ({"steps": "\n".join("x" * 31)}, "steps"),
    ],
)
def test_beg_12_a_tag_has_a_competence_and_a_moment_and_the_rest_has_its_limits(placement, coordinator, changes, at):
    page = f"/opleidingen/{placement.programme_id}/opdrachten/nieuw/"
    answer = logged_in(coordinator).post(page, filled(a_work_process(placement.programme), **changes))
    assert (list(answer.context["form"].errors) if answer.status_code == 200 else None) == ([at] if at else None)


def test_a_title_stands_once_in_a_catalogue(placement, coordinator):
    an_assignment(placement.programme)
    page = f"/opleidingen/{placement.programme_id}/opdrachten/nieuw/"
    answer = logged_in(coordinator).post(page, filled(a_work_process(placement.programme)))
    assert answer.context["form"].non_field_errors() == ["Deze opleiding heeft al een opdracht met deze titel."]


def test_an_edit_does_not_change_what_was_handed_out(placement, coordinator):
    first, other = a_work_process(placement.programme), a_work_process(placement.programme, "B1-K1-W2")
    source = an_assignment(placement.programme)
    (handed,) = assignments.hand_out(placement=placement, chosen=[source], by=placement.teacher, today=TODAY)
    client = logged_in(coordinator)
    page = f"/opleidingen/opdrachten/{source.pk}/"
    assert client.post(page, filled(other, title="Anders", steps="Iets anders.")).status_code == 302
    source.refresh_from_db()
    handed.refresh_from_db()
    assert (source.title, handed.title, handed.steps) == (
        "Anders",
        "Rijd een route",
        ["Bekijk de route.", "Rijd haar."],
    )
    assert (list(source.work_processes.all()), list(handed.work_processes.all())) == ([other], [first])


def test_opd_05_several_are_handed_out_at_once_and_the_student_gets_one_mail(placement):
    easy = an_assignment(placement.programme, "Makkelijk", difficulty=1)
    hard = an_assignment(placement.programme, "Moeilijk", difficulty=8)
    sent = {"chosen": [hard.pk, easy.pk], "due": "2026-12-07"}
    answer = logged_in(placement.teacher).post(f"{pages(placement)}uitdelen/", sent)
    assert answer.status_code == 302
    found = HandedOut.objects.filter(placement=placement)
    assert [(one.title, one.state, one.due, one.handed_out_on) for one in found] == [
        ("Makkelijk", "open", date(2026, 12, 7), TODAY),
        ("Moeilijk", "open", date(2026, 12, 7), TODAY),
    ]
    mails = OutboxMail.objects.filter(kind="assignment_handed_out")
    assert [(mail.to, mail.subject) for mail in mails] == [(placement.student.email, "2 nieuwe opdrachten voor je bpv")]
    assert [("Makkelijk" in mail.body, "ma 7 dec 2026" in mail.body) for mail in mails] == [(True, True)]


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"due": ""}, {"chosen": ["Kies minstens één opdracht."]}),
        ({"due": "2026-11-22"}, {"due": ["Deze datum ligt in het verleden."]}),
        ({"due": "2026-11-23"}, None),
    ],
)
def test_handing_out_asks_a_choice_and_no_day_in_the_past(placement, sent, errors):
    source = an_assignment(placement.programme)
    sent = sent | ({"chosen": [source.pk]} if sent["due"] else {})
    answer = logged_in(placement.teacher).post(f"{pages(placement)}uitdelen/", sent)
    assert (answer.context["form"].errors if answer.status_code == 200 else None) == errors


def test_an_opdracht_is_handed_out_once_and_not_when_it_is_no_longer_in_use(placement):
    source = an_assignment(placement.programme)
    idle = an_assignment(placement.programme, "Oud", active=False)
    assignments.hand_out(placement=placement, chosen=[source], by=placement.teacher, today=TODAY)
    for one in (source, idle):
        with pytest.raises(ValidationError) as fault:
            assignments.hand_out(placement=placement, chosen=[one], by=placement.teacher, today=TODAY)
        assert list(fault.value.message_dict) == ["chosen"]


def test_s7_a_student_gets_the_werkproces_of_the_own_cohort(placement):
    old = a_work_process(placement.programme, cohort=2020, title="Zoals het was")
    a_work_process(placement.programme, cohort=2026, title="Nieuw")
    new_only = a_work_process(placement.programme, "B1-K1-W9", cohort=2026)
    source, later = Assignment.objects.none(), None
    newest = catalogue.work_processes_of(placement.programme)
    source = Assignment.objects.create(programme=placement.programme, title="Een", steps=["x"], changed_by=a_user())
    source.work_processes.set(newest.filter(code="B1-K1-W1"))
    later = Assignment.objects.create(programme=placement.programme, title="Twee", steps=["x"], changed_by=a_user())
    later.work_processes.set([new_only])
    (handed,) = assignments.hand_out(placement=placement, chosen=[source], by=placement.teacher, today=TODAY)
    assert [process.title for process in handed.work_processes.all()] == [old.title]
    with pytest.raises(ValidationError) as fault:
        assignments.hand_out(placement=placement, chosen=[later], by=placement.teacher, today=TODAY)
    text = "Twee hoort bij een werkproces dat het cohort van deze student niet heeft."
    assert fault.value.message_dict == {"chosen": [text]}


def test_what_nobody_worked_on_can_be_withdrawn_and_the_rest_stays(placement):
    untouched, begun = a_handed_out(placement, "Een"), a_handed_out(placement, "Twee")
    a_submission(begun)
    client = logged_in(placement.teacher)
    assert client.get(f"/opdrachten/{untouched.pk}/intrekken/").status_code == 405
    for one in (untouched, begun):
        client.post(f"/opdrachten/{one.pk}/intrekken/")
    assert [one.title for one in HandedOut.objects.all()] == ["Twee"]
    assert list(AuditEvent.objects.values_list("event", flat=True)) == ["assignment_withdrawn"]


def test_q_st_10_what_is_open_is_asked_for_the_closing(placement):
    one, two, three = (a_handed_out(placement, title, difficulty=n + 1) for n, title in enumerate("abc"))
    a_submission(two)
    HandedOut.objects.filter(pk=three.pk).update(state="assessed", score="o")
    assert assignments.left_open(placement) == [one, two]
    with clock.moved(date(2026, 11, 24)):
        a_handed_out(placement, "later")
    other = a_placement()
    assert HandedOut.objects.first_days([placement.pk, other.pk]) == {placement.pk: TODAY}


def test_s8_d_a_closed_dossier_gets_no_opdracht(placement):
    source = an_assignment(placement.programme)
    placement.closed_at, placement.closed_by = clock.now(), placement.teacher
    placement.save()
    answer = logged_in(placement.teacher).post(f"{pages(placement)}uitdelen/", {"chosen": [source.pk]})
    closed = ["Dit dossier is afgesloten en verandert niet meer."]
    assert (answer.context["form"].non_field_errors(), HandedOut.objects.count()) == (closed, 0)


def test_a_cancelled_placement_gets_no_opdracht(placement):
    source = an_assignment(placement.programme)
    placement.state, placement.reason = "cancelled", "Ziek"
    placement.save()
    answer = logged_in(placement.teacher).post(f"{pages(placement)}uitdelen/", {"chosen": [source.pk]})
    assert answer.context["form"].non_field_errors() == ["Deze plaatsing is vervallen."]


def proposed(placement):
    """The praktijkopleider proposes; the row."""
    sent = {"title": "Nachtdienst", "introduction": "Wij rijden ook 's nachts.", "steps": "Rijd mee.\nSchrijf op."}
    client = logged_in(placement.supervisor.user)
    assert client.post(f"{pages(placement)}voorstellen/", sent | {"in_working_time": "on"}).status_code == 302
    return Proposal.objects.get()


def test_ons_13_an_own_opdracht_is_proposed_taken_over_and_the_praktijkopleider_hears_it(placement):
    process = a_work_process(placement.programme)
    made = proposed(placement)
    asked = OutboxMail.objects.get(kind="assignment_proposed")
    assert (asked.to, f"/opdrachtvoorstellen/{made.pk}/" in asked.body) == (placement.teacher.email, True)
    page = f"/opdrachtvoorstellen/{made.pk}/"
    answer = {"answer": "ja", "difficulty": 4, "work_processes": [process.pk]}
    client = logged_in(placement.teacher)
    without = client.post(page, answer | {"work_processes": []})
    assert without.context["form"].errors == {"work_processes": ["Kies minstens één werkproces van de opleiding."]}
    assert client.post(page, answer).status_code == 302
    handed = HandedOut.objects.get()
    assert (handed.title, handed.steps, handed.difficulty, handed.proposal, list(handed.work_processes.all())) == (
        "Nachtdienst",
        ["Rijd mee.", "Schrijf op."],
        4,
        made,
        [process],
    )
    told = OutboxMail.objects.get(kind="assignment_decided")
    assert (told.to, told.subject) == (placement.supervisor.email, "De school neemt uw opdracht over")
    again = client.post(page, answer)
    assert again.context["form"].non_field_errors() == ["Over dit voorstel is al beslist."]


def test_ons_13_an_own_opdracht_is_refused_with_a_reason(placement):
    made = proposed(placement)
    page, client = f"/opdrachtvoorstellen/{made.pk}/", logged_in(placement.teacher)
    bare = client.post(page, {"answer": "nee", "difficulty": 5})
    assert bare.context["form"].errors["__all__"] == ["Schrijf op waarom de school deze opdracht niet overneemt."]
    assert client.post(page, {"answer": "nee", "difficulty": 5, "reason": "Dat mag niet."}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.reason, HandedOut.objects.count()) == ("refused", "Dat mag niet.", 0)
    seen = logged_in(placement.supervisor.user).get(pages(placement)).content.decode()
    assert [word in seen for word in ("Niet overgenomen", "Dat mag niet.")] == [True, True]
    assert "Dat mag niet." in OutboxMail.objects.get(kind="assignment_decided").body


@pytest.mark.parametrize("who", ["student", "teacher", "supervisor", "stranger"])
def test_ons_13_a_student_does_not_meet_a_proposal(placement, who):
    made = a_proposal(placement)
    people = {"student": placement.student.user, "teacher": placement.teacher, "stranger": a_user("teacher")}
    user = people.get(who, placement.supervisor.user)
    read = logged_in(user).get(f"/opdrachtvoorstellen/{made.pk}/").status_code
    posted = logged_in(user).post(f"/opdrachtvoorstellen/{made.pk}/", {"answer": "ja"}).status_code
    expected = {"student": (404, 404), "stranger": (404, 404), "teacher": (200, 200), "supervisor": (200, 403)}
    assert (read, posted) == expected[who]


def test_the_database_refuses_a_refusal_without_a_reason_and_a_score_that_was_not_given(placement):
    made, handed = a_proposal(placement), a_handed_out(placement)
    decided = {"state": "refused", "decided_by": placement.teacher, "decided_at": clock.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=made.pk).update(**decided)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandedOut.objects.filter(pk=handed.pk).update(score="v")


def test_an_event_is_kept_in_dutch_whoever_did_it(placement):
    handed = a_handed_out(placement)
    a_submission(handed)
    with override("de"):
        logged_in(placement.supervisor.user).post(
            f"/opdrachten/{handed.pk}/beoordelen/", {"role": "supervisor", "score": "g", "version": 1}
        )
    data = AuditEvent.objects.get(event="assignment_assessed").data
    assert data == {"title": "Rijd een route", "result": "goed", "role": "praktijkopleider"}


@pytest.mark.parametrize("who", ["teacher", "student", "supervisor"])
def test_opd_02_the_list_goes_from_easy_to_difficult_and_asks_as_much_for_one_as_for_three(
    placement, who, django_assert_num_queries
):
    people = {"teacher": placement.teacher, "student": placement.student.user}
    client = logged_in(people.get(who, placement.supervisor.user))
    a_submission(a_handed_out(placement, "b", difficulty=2))
    client.get(pages(placement))
    counts = {"teacher": 10, "student": 11, "supervisor": 11}
    with django_assert_num_queries(counts[who]):
        client.get(pages(placement))
    a_submission(a_handed_out(placement, "c", difficulty=3))
    a_submission(a_handed_out(placement, "a", difficulty=1))
    with django_assert_num_queries(counts[who]):
        page = client.get(pages(placement))
    assert [line.handed.title for line in page.context["lines"]] == ["a", "b", "c"]


def test_opd_02_the_catalogue_asks_as_much_for_one_as_for_three(placement, django_assert_num_queries):
    client = logged_in(placement.teacher)
    page = f"/opleidingen/{placement.programme_id}/opdrachten/"
    an_assignment(placement.programme, "b", difficulty=2)
    client.get(page)
    with django_assert_num_queries(8):
        client.get(page)
    an_assignment(placement.programme, "a", "B1-K1-W2", difficulty=1)
    an_assignment(placement.programme, "c", "B1-K1-W3", difficulty=3)
    with django_assert_num_queries(8):
        found = client.get(page).context["lines"]
    assert [line.assignment.title for line in found] == ["a", "b", "c"]
