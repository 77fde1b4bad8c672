"""After the answer: follow up, close, stand-ins, callers, percentages and repeated complaints (S6.1-c, VEI-08)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts import absence
from accounts.models import Absence
from bpv.core import clock
from bpv.core.models import AuditEvent, OutboxMail
from tests.builders import a_contact, a_location, a_placement, a_request, a_team, a_user
from tests.visits.held import logged_in
from visits import answering, questions, services
from visits.models import HelpRequest

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
ANSWERED = {"responded_by": "Sanne", "response": "Ja"}


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def answered(placement, received=date(2026, 11, 16), on=date(2026, 11, 17), **fields):
    return a_request(placement, clock.at(received), first_response_at=clock.at(on), **ANSWERED | fields)


def away(user, stand_in, first=TODAY, last=TODAY + timedelta(days=4)):
    return Absence.objects.create(user=user, stand_in=stand_in, first=first, last=last)


def test_follow_up_and_close_come_after_the_answer():
    placement = a_placement()
    waiting = a_request(placement)
    for deed in (
        lambda: questions.add_step(request=waiting, by=placement.teacher, text="x", to_sender=False),
        lambda: questions.close(request=waiting, by=placement.teacher, outcome="x", sbb_on=None),
    ):
        with pytest.raises(ValidationError) as fault:
            deed()
        assert fault.value.code == "unanswered"


def test_who_asked_reads_the_steps_that_are_meant_for_them():
    placement = a_placement(supervisor=a_contact(user=a_user()))
    placement.student.user = a_user()
    placement.student.save()
    question = answered(placement)
    teacher, student = logged_in(placement.teacher), logged_in(placement.student.user)
    page = f"/vragen/{question.number}/"
    teacher.post(f"{page}vervolg/", {"text": "Gebeld met het bedrijf"})
    teacher.post(f"{page}vervolg/", {"text": "Het rooster is aangepast", "to_sender": "on"})
    found = [[step.text for step in client.get(page).context["steps"]] for client in (teacher, student)]
    assert found == [["Gebeld met het bedrijf", "Het rooster is aangepast"], ["Het rooster is aangepast"]]
    told = OutboxMail.objects.get()
    assert (told.kind, told.to, "rooster" in told.body) == ("request_followed_up", placement.student.email, False)


def test_closing_keeps_the_outcome_and_when_sbb_was_told():
    placement = a_placement()
    question = answered(placement, kind="complaint")
    client, page = logged_in(placement.teacher), f"/vragen/{question.number}/"
    assert client.post(f"{page}afronden/", {"outcome": "Opgelost", "sbb_on": "2026-11-20"}).status_code == 302
    question.refresh_from_db()
    kept = (question.outcome, question.sbb_informed_on, question.closed_by, question.closed_at)
    assert kept == ("Opgelost", date(2026, 11, 20), placement.teacher, clock.now())
    again = client.post(f"{page}vervolg/", {"text": "Nog iets"})
    assert again.context["form"].non_field_errors() == ["Deze vraag is afgerond."]
    assert AuditEvent.objects.filter(event="request_closed").count() == 1


@pytest.mark.parametrize(
    ("day", "stands_in"),
    [
        (TODAY - timedelta(days=1), False),
        (TODAY, True),
        (TODAY + timedelta(days=4), True),
        (TODAY + timedelta(days=5), False),
    ],
)
def test_a_question_that_comes_in_goes_to_the_stand_in(day, stands_in):
    placement = a_placement()
    stand_in = a_user("teacher", placement.team)
    away(placement.teacher, stand_in)
    made = services.receive_request(
        placement=placement, by=None, at=clock.at(day), kind="question", sender="student", topic="Rooster"
    )
    assert made.owner == (stand_in if stands_in else placement.teacher)


def test_a_stand_in_who_is_away_passes_it_on_and_a_circle_ends():
    team = a_team()
    first, second, third = (a_user("teacher", team) for _number in range(3))
    away(first, second)
    away(second, third)
    assert absence.answering_for(first, TODAY) == third
    away(third, first)
    assert absence.answering_for(first, TODAY) == first


def test_what_already_waits_goes_over_once_and_the_clock_runs_on():
    placement = a_placement()
    stand_in = a_user("teacher", placement.team)
    waiting, done = a_request(placement), answered(placement)
    away(placement.teacher, stand_in)
    assert [questions.hand_to_stand_ins(TODAY) for _time in range(2)] == [1, 0]
    waiting.refresh_from_db(), done.refresh_from_db()
    assert (waiting.owner, done.owner) == (stand_in, placement.teacher)
    assert waiting.received_at == clock.at(date(2026, 11, 16))
    assert list(OutboxMail.objects.values_list("to", flat=True)) == [stand_in.email]


def test_everybody_enters_the_own_absence_and_a_coordinator_that_of_the_team():
    team = a_team()
    teacher, colleague, coordinator = a_user("teacher", team), a_user("teacher", team), a_user("coordinator", team)
    sent = {"first": "2026-11-24", "last": "2026-11-27", "stand_in": colleague.pk}
    found = []
    for who, about in ((teacher, teacher), (teacher, colleague), (coordinator, teacher)):
        answer = logged_in(who).post("/account/afwezig/", sent | {"user": about.pk})
        found.append(answer.status_code)
    assert found == [302, 200, 302]
    wrong = logged_in(teacher).post("/account/afwezig/", sent | {"user": teacher.pk, "stand_in": teacher.pk})
    assert wrong.context["form"].non_field_errors() == ["Kies iemand anders als vervanger."]
    backwards = logged_in(teacher).post("/account/afwezig/", sent | {"user": teacher.pk, "last": "2026-11-23"})
    assert backwards.context["form"].non_field_errors() == ["Het einde ligt voor het begin."]


def test_a_caller_is_entered_with_the_moment_of_the_call():
    placement = a_placement()
    client = logged_in(placement.teacher)
    page = f"/vragen/nieuw/?plaatsing={placement.number}"
    sent = {"sender": "company", "channel": "phone", "kind": "complaint", "topic": "Te laat", "text": "Al drie keer"}
    later = client.post(page, sent | {"received_at": "2026-11-23T12:01"})
    assert later.context["form"].errors == {"received_at": ["Dit moment is nog niet geweest."]}
    assert client.post(page, sent | {"received_at": "2026-11-20T17:30"}).status_code == 302
    made = HelpRequest.objects.get()
    kept = (made.channel, made.entered_by, made.received_at, made.sender)
    assert kept == ("phone", placement.teacher, clock.at(date(2026, 11, 20), 17, 30), "company")


def test_in_time_by_team_and_month():
    """Last good day Thursday 19 November for what came in on Monday 16; what can still be in time is not judged."""
    placement = a_placement()
    answered(placement, on=date(2026, 11, 19))
    answered(placement, on=date(2026, 11, 20))
    a_request(placement, clock.at(date(2026, 11, 17)))  # missed
    a_request(placement, clock.at(date(2026, 11, 20)))  # open, still in time
    answered(placement, date(2026, 10, 5), date(2026, 10, 6))
    answered(a_placement())  # another team
    manager = a_user("manager", placement.team)
    (row,) = answering.by_team(manager, TODAY)
    assert row.team == placement.team
    assert [(m.in_time, m.judged, m.open, m.percentage) for m in row.months[:2]] == [(1, 3, 2, 33), (1, 1, 0, 100)]
    assert {month.percentage for month in row.months[2:]} == {None}
    assert answering.months_until(date(2027, 1, 31))[0::11] == [date(2027, 1, 1), date(2026, 2, 1)]


@pytest.mark.parametrize(("count", "oldest", "noticed"), [(1, 0, []), (2, 0, [2]), (2, 365, [2]), (2, 366, [])])
def test_complaints_about_one_leerbedrijf_that_come_back(count, oldest, noticed):
    """VEI-08."""
    placement = a_placement()
    days = [TODAY - timedelta(days=oldest), *[TODAY] * (count - 1)]
    for day in days:
        a_request(placement, clock.at(day), kind="complaint")
    a_request(placement, clock.at(TODAY), kind="complaint", sender="company")  # the leerbedrijf complains itself
    a_request(placement, clock.at(TODAY), kind="question")
    coordinator = a_user("coordinator", placement.team)
    assert [told for _location, told, _sbb in answering.repeated(coordinator, TODAY)] == noticed


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_percentages(django_assert_num_queries, count):
    placement = a_placement()
    coordinator = a_user("coordinator", placement.team)
    for _number in range(count + 1):
        a_request(placement, kind="complaint")
        a_request(a_placement(team=placement.team, location=a_location()), kind="complaint")
    client = logged_in(coordinator)
    with django_assert_num_queries(11):
        assert client.get("/vragen/op-tijd/").status_code == 200
