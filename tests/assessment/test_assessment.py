"""Interim and final assessment: the leerbedrijf is heard, the school decides (S8)."""

from datetime import date

import pytest

from assessment.models import Assessment
from bpv.core import clock
from bpv.core.models import AuditEvent
from tests.builders import a_placement, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(date(2026, 11, 23)):
        yield


def form(**changes):
    return {
        "held_on": "2026-11-20",
        "company_heard": "Ilse Wassink",
        "company_heard_on": "2026-11-19",
        "company_score": "v",
        "company_text": "Werkt netjes.",
        "score": "v",
        "text": "Goede groei.",
    } | changes


def page(placement, kind="tussentijds"):
    return f"/plaatsingen/{placement.number}/beoordeling/{kind}/"


def midterm(placement, held_on=date(2026, 10, 20)):
    return Assessment.objects.create(
        placement=placement,
        kind="midterm",
        held_on=held_on,
        score="v",
        text="x",
        company_score="v",
        company_heard_on=held_on,
        company_heard="Ilse",
        decided_by=placement.teacher,
    )


def test_teacher_records_an_interim_assessment(client):
    placement = a_placement()
    client.force_login(placement.teacher)
    assert client.post(page(placement), form()).status_code == 302
    made = Assessment.objects.get()
    assert (made.kind, made.score, made.company_heard, made.decided_by) == (
        "midterm",
        "v",
        "Ilse Wassink",
        placement.teacher,
    )
    assert AuditEvent.objects.get().dossier == placement.pk


def test_s8_c_final_without_interim_needs_a_reason(client):
    placement = a_placement()
    client.force_login(placement.teacher)
    refused = client.post(page(placement, "eind"), form())
    assert refused.context["form"].errors == {
        "exception": ["Er is geen eerdere tussentijdse beoordeling. Geef de reden waarom die er niet is."]
    }
    assert client.post(page(placement, "eind"), form(exception="Bpv van drie weken.")).status_code == 302


@pytest.mark.parametrize(("held_on", "status"), [(date(2026, 11, 19), 302), (date(2026, 11, 20), 200)])
def test_s8_c_the_interim_one_lies_before_the_final_one(client, held_on, status):
    placement = a_placement()
    midterm(placement, held_on)
    client.force_login(placement.teacher)
    assert client.post(page(placement, "eind"), form()).status_code == status


def test_judging_otherwise_than_the_leerbedrijf_needs_a_reason(client):
    placement = a_placement()
    midterm(placement)
    client.force_login(placement.teacher)
    refused = client.post(page(placement, "eind"), form(company_score="o"))
    assert refused.context["form"].errors == {
        "exception": ["Het oordeel wijkt af van dat van het leerbedrijf. Geef de reden."]
    }


def test_there_is_one_final_assessment(client):
    placement = a_placement()
    midterm(placement)
    client.force_login(placement.teacher)
    assert client.post(page(placement, "eind"), form()).status_code == 302
    again = client.post(page(placement, "eind"), form())
    assert again.context["form"].non_field_errors() == ["Er is al een eindbeoordeling."]
    assert Assessment.objects.filter(kind="final").count() == 1


def test_leerbedrijf_is_heard_before_the_school_decides(client):
    placement = a_placement()
    client.force_login(placement.teacher)
    refused = client.post(page(placement), form(company_heard_on="2026-11-21"))
    assert refused.context["form"].errors == {
        "company_heard_on": ["Het leerbedrijf is gehoord voordat de school oordeelt."]
    }


def test_who_may_assess_and_who_may_read(client):
    placement = a_placement()
    placement.student.user = a_user()
    placement.student.save()
    made = midterm(placement)
    people = {
        "coordinator": (a_user("coordinator", placement.team), (200, 200)),
        "own teacher": (placement.teacher, (200, 200)),
        "colleague": (a_user("teacher", placement.team), (403, 200)),
        "student": (placement.student.user, (403, 200)),
        "stranger": (a_user("coordinator"), (404, 404)),
    }
    found = {}
    for name, (user, _statuses) in people.items():
        client.force_login(user)
        found[name] = (client.get(page(placement)).status_code, client.get(f"/beoordeling/{made.pk}/").status_code)
    assert found == {name: statuses for name, (_user, statuses) in people.items()}
