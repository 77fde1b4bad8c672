"""Planning a placement: who may, what the database refuses, and what a live POK fixes (S4.2-c)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bpv.core.models import AuditEvent
from placements import services
from placements.lifecycle import advance
from placements.models import Placement, State
from tests.builders import a_contact, a_location, a_placement, a_pok, a_programme, a_student, a_user

pytestmark = pytest.mark.django_db


def new(enrolment, location, **changes):
    return {
        "enrolment": enrolment.pk,
        "sbb_id": location.sbb_id,
        "supervisor_email": "",
        "start": "2027-02-01",
        "end": "2027-07-02",
        "hours_per_week": "32",
        "hours_total": "640",
        "keuzedelen": "K0067,K0165",
    } | changes


def test_coordinator_plans_a_placement(client):
    programme = a_programme()
    enrolment = a_student(programme).enrolments.get()
    praktijkopleider = a_contact()
    client.force_login(a_user("coordinator", programme.team))
    sent = new(enrolment, praktijkopleider.location, supervisor_email=praktijkopleider.email)
    response = client.post("/plaatsingen/nieuw/", sent)
    made = Placement.objects.get()
    assert (response.status_code, response.url) == (302, f"/plaatsingen/{made.number}/")
    assert (made.student, made.programme, made.team) == (enrolment.student, programme, programme.team)
    assert (made.supervisor, made.keuzedelen, made.number) == (praktijkopleider, ["K0067", "K0165"], "PL100001")


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"end": "2027-01-31"}, "__all__", "Het einde ligt voor het begin."),
        ({"sbb_id": "999999999"}, "sbb_id", "We kennen geen leerbedrijf met dit nummer."),
        (
            {"supervisor_email": "x@bedrijf.example"},
            "supervisor_email",
            "Bij dit leerbedrijf is geen praktijkopleider met dit e-mailadres.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_dutch(client, changes, field, message):
    programme = a_programme()
    enrolment = a_student(programme).enrolments.get()
    client.force_login(a_user("coordinator", programme.team))
    refused = client.post("/plaatsingen/nieuw/", new(enrolment, a_location(), **changes))
    assert refused.context["form"].errors[field] == [message]
    assert Placement.objects.count() == 0


def test_overlap_at_the_same_leerbedrijf_is_refused(client):
    placed = a_placement(start=date(2027, 2, 1), end=date(2027, 7, 2))
    client.force_login(a_user("coordinator", placed.team))
    refused = client.post(
        "/plaatsingen/nieuw/", new(placed.enrolment, placed.location, start="2027-07-02", end="2027-09-01")
    )
    assert refused.context["form"].non_field_errors() == [
        "Deze student heeft in deze periode al een plaatsing bij dit leerbedrijf."
    ]
    next_day = new(placed.enrolment, placed.location, start="2027-07-03", end="2027-09-01")
    assert client.post("/plaatsingen/nieuw/", next_day).status_code == 302


def edit(placement, **changes):
    return {
        "sbb_id": placement.location.sbb_id,
        "supervisor_email": placement.supervisor.email,
        "start": placement.start.isoformat(),
        "end": placement.end.isoformat(),
        "hours_per_week": "24.0",
        "hours_total": "600",
        "keuzedelen": "",
    } | changes


def test_with_a_live_pok_the_period_stays(client):
    placement = a_placement()
    a_pok(placement)
    client.force_login(a_user("coordinator", placement.team))
    page = f"/plaatsingen/{placement.number}/wijzigen/"
    refused = client.post(page, edit(placement, end="2027-03-05"))
    assert refused.context["form"].errors == {"end": ["Er is een geldige POK. Trek die eerst in."]}
    assert client.post(page, edit(placement, hours_total="640")).status_code == 302
    placement.refresh_from_db()
    assert (placement.end, placement.hours_total) == (date(2027, 2, 26), 640)
    assert AuditEvent.objects.get().data == {"fields": ["uren totaal"]}


def test_s4_2_c_a_teacher_without_reachability_is_not_assigned(client):
    placement = a_placement()
    reachable = a_user("teacher", placement.team, reachability="ma t/m do, 06")
    silent = a_user("teacher", placement.team)
    client.force_login(a_user("coordinator", placement.team))
    page = f"/plaatsingen/{placement.number}/docent/"
    refused = client.post(page, {"teacher": silent.pk})
    assert refused.context["form"].errors == {
        "teacher": [f"{silent.full_name} heeft nog geen bereikbaarheid ingevuld (standaard 4.2). Vraag dat eerst."]
    }
    assert client.post(page, {"teacher": reachable.pk}).status_code == 302
    placement.refresh_from_db()
    assert placement.teacher == reachable


def test_cancelling_needs_a_reason_and_no_live_pok(client):
    placement = a_placement()
    pok = a_pok(placement)
    client.force_login(a_user("coordinator", placement.team))
    page = f"/plaatsingen/{placement.number}/vervallen/"
    assert client.post(page, {"reason": ""}).context["form"].errors == {"reason": ["Dit veld is verplicht."]}
    refused = client.post(page, {"reason": "Student stopt"})
    assert refused.context["form"].non_field_errors() == ["Er is een geldige POK. Trek die eerst in."]
    pok.withdrawn_on, pok.withdrawn_reason = placement.start, "x"
    pok.save()
    assert client.post(page, {"reason": "Student stopt"}).status_code == 302
    again = client.post(page, {"reason": "Nog eens"})
    assert again.context["form"].non_field_errors() == ["Deze plaatsing is al vervallen of beëindigd."]


def test_who_may_change(client):
    placement = a_placement()
    people = {
        "coordinator": (a_user("coordinator", placement.team), 200),
        "own teacher": (placement.teacher, 403),
        "manager": (a_user("manager", placement.team), 403),
        "stranger": (a_user("coordinator"), 404),
    }
    found = {}
    for name, (user, _status) in people.items():
        client.force_login(user)
        found[name] = client.get(f"/plaatsingen/{placement.number}/wijzigen/").status_code
    assert found == {name: status for name, (_user, status) in people.items()}


def test_two_who_decide_from_the_same_page_decide_once():
    placement = a_placement()
    stale = Placement.objects.get(pk=placement.pk)
    advance(placement, State.CANCELLED, reason="Student stopt")
    with pytest.raises(ValidationError) as refused:
        advance(stale, State.CANCELLED, reason="Leerbedrijf stopt")
    assert refused.value.messages == ["Deze plaatsing is al vervallen of beëindigd."]
    assert Placement.objects.get().reason == "Student stopt"


def test_what_another_person_changed_meanwhile_stays():
    placement = a_placement()
    by = a_user("coordinator", placement.team)
    opened_before = Placement.objects.get(pk=placement.pk)
    teacher = a_user("teacher", placement.team, reachability="ma t/m do")
    services.assign_teacher(placement=placement, teacher=teacher, by=by)
    placement.end = date(2027, 3, 5)
    services.change_placement(placement=placement, by=by, changed=["end"])
    opened_before.hours_total = 640
    services.change_placement(placement=opened_before, by=by, changed=["hours_total"])
    placement.refresh_from_db()
    assert (placement.teacher, placement.end, placement.hours_total) == (teacher, date(2027, 3, 5), 640)


def test_the_same_address_at_another_leerbedrijf_is_another_praktijkopleider(client):
    placement = a_placement()
    other = a_contact(email=placement.supervisor.email)
    client.force_login(a_user("coordinator", placement.team))
    client.post(f"/plaatsingen/{placement.number}/wijzigen/", edit(placement, sbb_id=other.location.sbb_id))
    placement.refresh_from_db()
    assert (placement.location, placement.supervisor) == (other.location, other)
    assert AuditEvent.objects.get().data == {"fields": ["leerbedrijf", "praktijkopleider"]}
