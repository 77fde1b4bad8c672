"""Logging a contact moment (S4.2, S6.2): who may, what is refused, and one form is one talk."""

import uuid
from datetime import date

import pytest

from bpv.core import clock
from bpv.core.models import AuditEvent, Touch
from tests.builders import a_contact, a_placement, a_team, a_user
from visits.models import ContactMoment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def form(**changes):
    values = {
        "on": "2026-11-20",
        "kind": "on_site",
        "with_student": "on",
        "with_supervisor": "on",
        "goals_discussed": "on",
        "discussed": "Noor draait de ochtend zelf.",
        "agreed": "",
        "form_key": str(uuid.uuid4()),
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


def page(placement):
    return f"/plaatsingen/{placement.number}/contact/"


def test_teacher_logs_a_talk_and_the_dossier_is_judged_again(client):
    placement = a_placement()
    client.force_login(placement.teacher)
    response = client.post(page(placement), form())
    assert (response.status_code, response.url) == (302, f"/plaatsingen/{placement.number}/")
    moment = ContactMoment.objects.get()
    assert (moment.on, moment.kind, moment.teacher, moment.counts) == (
        date(2026, 11, 20),
        "on_site",
        placement.teacher,
        True,
    )
    assert AuditEvent.objects.get().event == "contact_logged"
    assert list(Touch.objects.values_list("dossier", flat=True)) == [placement.pk]


def test_the_same_form_sent_three_times_is_one_talk(client):
    placement = a_placement()
    client.force_login(placement.teacher)
    sent = form()
    assert [client.post(page(placement), sent).status_code for _ in range(3)] == [302, 302, 302]
    assert ContactMoment.objects.count() == 1
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        (
            {"on": "2026-11-24"},
            "on",
            "Deze datum ligt in de toekomst. Leg een gesprek vast als het is geweest.",
        ),
        (
            {"with_student": None, "with_supervisor": None},
            "with_student",
            "Geef aan wie er meedeed: de student, de praktijkopleider of allebei.",
        ),
        ({"discussed": ""}, "discussed", "Dit veld is verplicht."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(client, changes, field, message):
    placement = a_placement()
    client.force_login(placement.teacher)
    response = client.post(page(placement), form(agreed="Opdracht 2 af.", **changes))
    assert response.status_code == 200
    assert response.context["form"].errors[field] == [message]
    assert response.context["form"]["agreed"].value() == "Opdracht 2 af."
    assert ContactMoment.objects.count() == 0


def test_today_is_the_last_day_that_is_accepted(client):
    placement = a_placement()
    client.force_login(placement.teacher)
    assert client.post(page(placement), form(on="2026-11-23")).status_code == 302


def test_who_may_log(client):
    placement = a_placement()
    supervisor, student = a_user(), a_user()
    placement.supervisor = a_contact(placement.location, user=supervisor)
    placement.save()
    placement.student.user = student
    placement.student.save()
    people = {
        "coordinator": (a_user("coordinator", placement.team), 200),
        "own teacher": (placement.teacher, 200),
        "colleague": (a_user("teacher", placement.team), 403),
        "manager": (a_user("manager", placement.team), 403),
        "praktijkopleider": (supervisor, 403),
        "student": (student, 403),
        "stranger": (a_user("coordinator", a_team()), 404),
    }
    found = {}
    for name, (user, _status) in people.items():
        client.force_login(user)
        found[name] = client.get(page(placement)).status_code
    assert found == {name: status for name, (_user, status) in people.items()}
