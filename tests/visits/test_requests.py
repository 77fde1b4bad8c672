"""Questions, complaints and reports with the three-workday clock (S6.1-c)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from bpv.core import clock
from bpv.core.models import AuditEvent, OutboxMail
from tests.builders import a_contact, a_placement, a_request, a_user
from visits import services
from visits.inbox import Clock, inbox
from visits.models import HelpRequest

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def with_people(**fields):
    """A placement whose student and praktijkopleider can log in."""
    placement = a_placement(**fields)
    placement.student.user = a_user()
    placement.student.save()
    placement.supervisor = a_contact(placement.location, user=a_user())
    placement.save()
    return placement


def test_student_asks_and_the_teacher_gets_it(client):
    placement = with_people()
    client.force_login(placement.student.user)
    sent = {"kind": "question", "topic": "Rooster", "text": "Mijn rooster klopt niet."}
    response = client.post(f"/vragen/nieuw/?plaatsing={placement.number}", sent)
    question = HelpRequest.objects.get()
    assert response.url == f"/vragen/{question.number}/"
    assert (question.sender, question.owner, question.number) == ("student", placement.teacher, "H10001")
    assert list(OutboxMail.objects.values_list("kind", "to")) == [("request_received", placement.teacher.email)]


def test_a_mail_never_holds_the_text_of_a_question(client):
    placement = with_people()
    client.force_login(placement.student.user)
    sent = {"kind": "report", "topic": "Kanarieonderwerp", "text": "Kanarietekst"}
    client.post(f"/vragen/nieuw/?plaatsing={placement.number}", sent)
    mail = OutboxMail.objects.get()
    assert [word for word in ("Kanarieonderwerp", "Kanarietekst") if word in mail.subject + mail.body] == []


def test_the_other_side_does_not_see_it(client):
    placement = with_people()
    question = a_request(placement, sender="student")
    other_side = with_people(team=placement.team)
    people = {
        "student": (placement.student.user, 200),
        "praktijkopleider": (placement.supervisor.user, 404),
        "other student": (other_side.student.user, 404),
        "teacher": (placement.teacher, 200),
        "colleague": (a_user("teacher", placement.team), 200),
        "stranger": (a_user("coordinator"), 404),
    }
    found = {}
    for name, (user, _status) in people.items():
        client.force_login(user)
        found[name] = client.get(f"/vragen/{question.number}/").status_code
    assert found == {name: status for name, (_user, status) in people.items()}


def test_owner_answers_and_the_asker_hears_it(client):
    placement = with_people()
    question = a_request(placement)
    client.force_login(placement.teacher)
    assert client.post(f"/vragen/{question.number}/", {"text": "Ik bel je morgen."}).status_code == 302
    question.refresh_from_db()
    assert (question.responded_by, question.response) == (placement.teacher.full_name, "Ik bel je morgen.")
    assert list(OutboxMail.objects.values_list("kind", "to")) == [("request_answered", placement.student.email)]


def test_colleague_reads_but_may_not_answer(client):
    placement = a_placement()
    question = a_request(placement)
    client.force_login(a_user("teacher", placement.team))
    assert client.post(f"/vragen/{question.number}/", {"text": "Hoi"}).status_code == 403


def test_answering_twice_is_refused_with_the_name_of_who_was_first():
    question = a_request(a_placement())
    services.answer(request=question, by=question.owner, at=clock.now(), text="Eerst")
    with pytest.raises(ValidationError) as refused:
        services.answer(request=question, by=a_user(), at=clock.now(), text="Later")
    assert refused.value.messages == [f"Deze vraag is al beantwoord door {question.owner.full_name}."]


def test_hand_over_keeps_the_clock(client):
    placement = a_placement()
    question = a_request(placement)
    colleague = a_user("teacher", placement.team)
    client.force_login(placement.teacher)
    client.post(f"/vragen/{question.number}/overdragen/", {"owner": colleague.pk})
    changed = HelpRequest.objects.get(pk=question.pk)
    assert (changed.owner, changed.received_at) == (colleague, question.received_at)


@pytest.mark.parametrize(
    ("today", "outcome", "soon"),
    [
        (date(2026, 11, 17), "open", False),
        (date(2026, 11, 18), "open", True),
        (date(2026, 11, 19), "open", True),
        (date(2026, 11, 20), "missed", False),
    ],
)
def test_s6_1_c_clock_of_a_question_of_monday(today, outcome, soon):
    question = a_request(a_placement(), clock.at(date(2026, 11, 16), 23, 59))
    found = Clock.of(question, today)
    assert (found.due, found.outcome, found.is_soon) == (date(2026, 11, 19), outcome, soon)


def test_inbox_shows_the_oldest_first_and_only_what_waits():
    placement = a_placement()
    new = a_request(placement, clock.at(date(2026, 11, 20)))
    old = a_request(placement, clock.at(date(2026, 11, 3)))
    a_request(placement, first_response_at=clock.now(), responded_by="Sanne")
    rows = inbox(placement.teacher, today=TODAY)
    assert [row.question for row in rows] == [old, new]


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_of_the_inbox(client, django_assert_num_queries, rows):
    team = a_placement().team
    for _ in range(rows):
        a_request(a_placement(team=team))
    client.force_login(a_user("coordinator", team))
    client.get("/vragen/")  # the first page of a session writes the session
    with django_assert_num_queries(6):
        assert client.get("/vragen/").status_code == 200


def test_the_numbers_above_the_inbox_are_those_of_their_lists(client):
    placement = a_placement()
    a_request(placement, owner=placement.teacher)
    a_request(placement, owner=None)
    a_request(placement, first_response_at=clock.now(), responded_by="Sanne")
    client.force_login(placement.teacher)
    parts = {part["name"]: part["count"] for part in client.get("/vragen/").context["parts"]}
    listed = {name: client.get(f"/vragen/?toon={name}").context["page"].paginator.count for name in parts}
    assert parts == listed == {"open": 2, "mijn": 1, "beantwoord": 1}


def test_the_inbox_as_a_file_is_the_list_without_what_people_wrote(client):
    placement = a_placement()
    a_request(placement, topic="=2+3", text="Kanarietekst")
    client.force_login(a_user("coordinator", placement.team))
    made = b"".join(client.post("/vragen/exporteren/?toon=open", {"vorm": "csv"}).streaming_content).decode("utf-8-sig")
    head, line = made.splitlines()
    assert (head.split(";")[:3], line.split(";")[2]) == (["Nummer", "Soort", "Onderwerp"], "'=2+3")
    assert made.count("Kanarietekst") == 0
    assert AuditEvent.objects.get(event="register_exported").data == {"name": "Vragen", "count": 1}


@pytest.mark.django_db(transaction=True)
def test_two_questions_at_the_same_moment_get_two_numbers():
    placement = a_placement()

    def ask(topic):
        fields = {"kind": "question", "sender": "student", "topic": topic, "text": "x"}
        try:
            return services.receive_request(placement=placement, by=None, at=clock.now(), **fields).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(ask, "abcdefgh"))
    assert len(set(numbers)) == 8
