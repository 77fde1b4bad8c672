"""The start of a bpv: reachability (S4.2-c), agreements (VB-07, BEG-14), and the judgement of the guidance (S6.4)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from bpv.core import clock
from bpv.core.models import OutboxMail
from tests.builders import a_contact, a_placement, a_user
from tests.visits.held import logged_in
from visits import guidance, starting
from visits.models import GuidanceJudgement, StartAgreements

pytestmark = pytest.mark.django_db
START = date(2026, 8, 31)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(START):
        yield


def with_teacher(**fields):
    placement = a_placement(supervisor=a_contact(user=a_user()), **fields)
    placement.teacher.reachability = "ma t/m do, 9 tot 17 uur"
    placement.teacher.save()
    placement.student.user = a_user()
    placement.student.save()
    return placement


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (START - timedelta(days=1), 0),
        (START, 1),
        (START + timedelta(days=28), 1),
        (START + timedelta(days=29), 0),
    ],
)
def test_on_the_first_day_both_hear_how_the_bpv_docent_is_reached(day, told):
    placement = with_teacher()
    with clock.moved(day):
        assert [starting.tell_waiting(day) for _time in range(2)] == [told, 0]
    mails = OutboxMail.objects.filter(kind="bpv_started")
    expected = {placement.student.email, placement.supervisor.email} if told else set()
    assert set(mails.values_list("to", flat=True)) == expected
    assert {"ma t/m do, 9 tot 17 uur" in mail.body for mail in mails} == ({True} if told else set())


def test_another_bpv_docent_is_told_again_and_one_without_reachability_is_not():
    placement = with_teacher()
    starting.tell_waiting(START)
    placement.teacher = a_user("teacher", placement.team)
    placement.save()
    assert starting.tell_waiting(START) == 0
    placement.teacher.reachability = "altijd"
    placement.teacher.save()
    assert starting.tell_waiting(START) == 1


def filled(**changes):
    topics = {name: f"Over {name}" for name in starting.TOPICS}
    return topics | {"feedback": "elke week", "self_study": "", "task_final": "Ilse Wassink"} | changes


def test_the_seven_agreements_are_asked_before_they_stand():
    """VB-07."""
    placement = with_teacher()
    client = logged_in(placement.teacher)
    page = f"/plaatsingen/{placement.number}/startafspraken/"
    edit = f"{page}opschrijven/"
    refused = client.post(edit, filled(interim="", return_days="", vastleggen="1"))
    assert list(refused.context["form"].errors) == ["interim", "return_days"]
    assert client.post(edit, filled(interim="", bewaren="1")).status_code == 302
    outsiders = [logged_in(user) for user in (placement.student.user, placement.supervisor.user)]
    assert [one.get(page).context["kept"] for one in outsiders] == [None, None]
    assert client.get(f"/plaatsingen/{placement.number}/startafspraken.pdf").status_code == 404
    assert client.post(edit, filled(vastleggen="1")).status_code == 302
    kept = StartAgreements.objects.get()
    assert (kept.established_on, kept.responsible["final"]) == (START, "Ilse Wassink")
    assert [one.get(page).context["tasks"] for one in outsiders] == [[("het eindgesprek", "Ilse Wassink")]] * 2
    assert OutboxMail.objects.filter(kind="start_agreements").count() == 2
    pdf = client.get(f"/plaatsingen/{placement.number}/startafspraken.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_ten_points_for_the_guidance():
    """BEG-16."""
    assert len(guidance.POINTS) == 10
    assert [guidance.suggested(dict.fromkeys(list(guidance.POINTS)[:poor], "o")) for poor in (0, 1, 4, 5)] == [
        "good",
        "improve",
        "improve",
        "failing",
    ]


def judged(placement, verdict="failing", **fields):
    values = {"on": START, "scores": {}, "explanation": "", "improvement": "", "improve_by": None}
    return guidance.judge(placement=placement, by=placement.teacher, verdict=verdict, **values | fields)


def test_what_must_be_better_has_words_and_a_day():
    """S6.4-a."""
    placement = with_teacher()
    client = logged_in(placement.teacher)
    scores = {f"point_{point}": "v" for point in guidance.POINTS}
    sent = scores | {"on": "2026-08-31", "verdict": "improve", "explanation": "", "improvement": "Vaker praten"}
    page = f"/plaatsingen/{placement.number}/begeleiding/"
    refused = client.post(page, sent)
    assert refused.context["form"].non_field_errors() == ["Leg vast wat er beter moet en wanneer."]
    assert client.post(page, sent | {"improve_by": "2026-09-30"}).status_code == 302
    assert GuidanceJudgement.objects.get().scores == dict.fromkeys(guidance.POINTS, "v")


def test_failing_guidance_ends_with_sbb_and_another_place_decided_by_the_coordinator():
    """S6.4-b, T32."""
    placement = with_teacher()
    judgement = judged(placement)
    coordinator = a_user("coordinator", placement.team)
    none = {"improved_on": None, "sbb_informed_on": None, "transfer_on": None}
    both = none | {"sbb_informed_on": date(2026, 9, 7), "transfer_on": date(2026, 9, 8)}

    def proceed(by, close=True, **dates):
        return guidance.proceed(judgement=judgement, by=by, close=close, **none | dates)

    with pytest.raises(ValidationError) as fault:
        proceed(placement.teacher, **both)
    assert fault.value.code == "coordinator"
    for half in ({}, {"sbb_informed_on": date(2026, 9, 7)}, {"transfer_on": date(2026, 9, 8)}):
        with pytest.raises(ValidationError) as fault:
            proceed(coordinator, **half)
        assert fault.value.messages == ["Afronden kan als SBB is geïnformeerd en de overplaatsing is begonnen."]
    done = proceed(coordinator, **both)
    assert (done.closed_on, done.sbb_informed_by) == (date(2026, 9, 8), coordinator)


def test_student_and_praktijkopleider_do_not_read_the_judgement():
    placement = with_teacher()
    judgement = judged(placement, "good", explanation="Kanarie")
    people = (placement.student.user, placement.supervisor.user, a_user("manager", placement.team))
    assert [logged_in(user).get(f"/begeleiding/{judgement.pk}/").status_code for user in people] == [403, 403, 200]
    page = f"/plaatsingen/{placement.number}/"
    assert ["/begeleiding/" in logged_in(user).get(page).content.decode() for user in people] == [False, False, True]
