"""Planning a placement: who may, what the database refuses, and what a live POK fixes (S4.2-c)."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from bpv.core.models import AuditEvent
from placements import services
from placements.lifecycle import advance
from placements.models import Placement, State
from tests.builders import a_contact, a_location, a_placement, a_pok, a_programme, a_student, a_user

pytestmark = pytest.mark.django_db


def new(student, at, **changes):
    return {
        "enrolment": student.pk,
        "location": at.pk,
        "supervisor": "",
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
    sent = new(enrolment, praktijkopleider.location, supervisor=praktijkopleider.pk)
    response = client.post("/plaatsingen/nieuw/", sent)
    made = Placement.objects.get()
    assert (response.status_code, response.url) == (302, f"/plaatsingen/{made.number}/")
    assert (made.student, made.programme, made.team) == (enrolment.student, programme, programme.team)
    assert (made.supervisor, made.keuzedelen, made.number) == (praktijkopleider, ["K0067", "K0165"], "PL100001")


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"end": "2027-01-31"}, "__all__", "Het einde ligt voor het begin."),
        ({"location": "999999999"}, "location", "Dit leerbedrijf is er niet meer. Kies opnieuw."),
        ({"location": ""}, "location", "Kies een leerbedrijf."),
        ({"enrolment": ""}, "enrolment", "Kies een student."),
        (
            {"supervisor": "999999999"},
            "supervisor",
            "Deze praktijkopleider hoort niet bij dit leerbedrijf. Kies opnieuw.",
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
        "location": placement.location_id,
        "supervisor": placement.supervisor_id,
        "start": placement.start.isoformat(),
        "end": placement.end.isoformat(),
        "hours_per_week": "24.0",
        "hours_total": "600",
        "keuzedelen": "",
    } | changes


def test_what_a_change_moves_is_shown_before_it_is_done(client):
    placement = a_placement()
    pok = a_pok(placement)
    client.force_login(a_user("coordinator", placement.team))
    page = f"/plaatsingen/{placement.number}/wijzigen/"
    asked = edit(placement, hours_total="640")
    first = client.post(page, asked)
    moved = [(effect.label, effect.old, effect.new) for effect in first.context["effects"]]
    assert (first.status_code, moved) == (200, [("Uren in 2026-2027", "600", "640")])
    assert first.context["again"] == [pok]
    other = edit(placement, hours_total="700", gezien=first.context["seal"])
    assert client.post(page, other).status_code == 200  # something else than was shown
    placement.refresh_from_db()
    assert placement.hours_total == 600
    assert client.post(page, asked | {"gezien": first.context["seal"]}).status_code == 302
    placement.refresh_from_db()
    assert placement.hours_total == 640


def test_a_change_that_moves_nothing_is_done_at_once(client):
    placement = a_placement()
    client.force_login(a_user("coordinator", placement.team))
    answer = client.post(f"/plaatsingen/{placement.number}/wijzigen/", edit(placement, keuzedelen="K0067"))
    assert answer.status_code == 302


def test_with_a_live_pok_the_period_stays(client):
    placement = a_placement()
    a_pok(placement)
    client.force_login(a_user("coordinator", placement.team))
    page = f"/plaatsingen/{placement.number}/wijzigen/"
    refused = client.post(page, edit(placement, end="2027-03-05"))
    assert refused.context["form"].errors == {"end": ["Er is een geldige POK. Trek die eerst in."]}
    shown = client.post(page, edit(placement, hours_total="640")).context
    assert client.post(page, edit(placement, hours_total="640", gezien=shown["seal"])).status_code == 302
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


@pytest.mark.parametrize(
    ("last_day", "hours"), [(None, 600), (date(2026, 9, 18), 63), (date(2026, 8, 31), 3), (date(2027, 2, 26), 600)]
)
def test_hours_were_planned_until_the_last_day(last_day, hours):
    fields = {"state": "ended", "ended_on": last_day, "reason": "Gestopt"} if last_day else {}
    assert a_placement(**fields).hours_planned == hours


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
    assert again.context["form"].non_field_errors() == ["Deze plaatsing is vervallen."]


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


def test_another_leerbedrijf_asks_for_its_own_praktijkopleider(client):
    placement = a_placement()
    other = a_contact()
    client.force_login(a_user("coordinator", placement.team))
    page = f"/plaatsingen/{placement.number}/wijzigen/"
    refused = client.post(page, edit(placement, location=other.location_id))
    assert refused.context["form"].errors == {
        "supervisor": ["Deze praktijkopleider hoort niet bij dit leerbedrijf. Kies opnieuw."]
    }
    client.post(page, edit(placement, location=other.location_id, supervisor=other.pk))
    placement.refresh_from_db()
    assert (placement.location, placement.supervisor) == (other.location, other)
    assert AuditEvent.objects.get().data == {"fields": ["leerbedrijf", "praktijkopleider"]}


def radios(response, name: str) -> list[tuple[str, bool]]:
    """The choices of a field on the page: (id, chosen)."""
    found = re.findall(rf'<input type="radio"[^>]*name="{name}" value="(\d+)"[^>]*?( checked)?>', response.text)
    return [(value, bool(checked)) for value, checked in found]


def test_students_are_found_by_parts_of_name_number_and_class_of_the_own_teams(client):
    programme = a_programme()
    yusuf = a_student(programme, first_name="Yusuf", prefix="van den", last_name="Berg", number="410218")
    sofia = a_student(programme, first_name="Sofía", prefix="", last_name="Özdemir", number="410219")
    a_student(a_programme(), first_name="Yusuf", prefix="van den", last_name="Berg", number="410220")
    sofia.enrolments.update(group="VP3B")
    client.force_login(a_user("coordinator", programme.team))
    ids = {str(student.enrolments.get().pk): student.first_name for student in (yusuf, sofia)}
    found = {}
    for typed in ("berg", "van den be", "yus ber", "410218", "ozde", "Sofí", "vp3", "erg", "99", "-"):
        page = client.get("/plaatsingen/nieuw/", {"enrolment_q": typed})
        found[typed] = [ids[value] for value, _checked in radios(page, "enrolment")]
    assert found == {
        "berg": ["Yusuf"],
        "van den be": ["Yusuf"],
        "yus ber": ["Yusuf"],
        "410218": ["Yusuf"],
        "ozde": ["Sofía"],
        "Sofí": ["Sofía"],
        "vp3": ["Sofía"],
        "erg": [],
        "99": [],
        "-": [],
    }


def test_what_is_chosen_stays_above_what_is_found(client):
    programme = a_programme()
    chosen = a_student(programme, last_name="Aalbers").enrolments.get()
    other = a_student(programme, last_name="Zwart").enrolments.get()
    client.force_login(a_user("coordinator", programme.team))
    page = client.get("/plaatsingen/nieuw/", {"enrolment": chosen.pk, "enrolment_q": "zwart"})
    assert radios(page, "enrolment") == [(str(chosen.pk), True), (str(other.pk), False)]


def test_an_enrolment_of_another_team_cannot_be_chosen(client):
    foreign = a_student(a_programme()).enrolments.get()
    client.force_login(a_user("coordinator"))
    assert radios(client.get("/plaatsingen/nieuw/", {"enrolment": foreign.pk}), "enrolment") == []
    refused = client.post("/plaatsingen/nieuw/", new(foreign, a_location()))
    assert refused.context["form"].errors == {"enrolment": ["Deze student is niet van jouw teams. Kies opnieuw."]}


def test_searching_keeps_what_was_typed_and_makes_nothing(client):
    programme = a_programme()
    enrolment = a_student(programme).enrolments.get()
    contact = a_contact(a_location(name="Zorggroep Regge", city="Rijssen"))
    a_contact(contact.location, is_supervisor=False, is_mentor=True)
    client.force_login(a_user("coordinator", programme.team))
    sent = new(enrolment, contact.location, location="", zoek="location", location_q="regg", start="x", end="")
    page = client.post("/plaatsingen/nieuw/", sent)
    form = page.context["form"]
    assert (form.is_bound, Placement.objects.count()) == (False, 0)
    assert (form["start"].value(), form["hours_total"].value(), form["keuzedelen"].value()) == (
        "x",
        "640",
        "K0067,K0165",
    )
    assert radios(page, "enrolment") == [(str(enrolment.pk), True)]
    assert (radios(page, "location"), radios(page, "supervisor")) == ([(str(contact.location_id), False)], [])
    page = client.post("/plaatsingen/nieuw/", sent | {"location": contact.location_id})
    assert radios(page, "location") == [(str(contact.location_id), True)]
    assert radios(page, "supervisor") == [(str(contact.pk), False)]


@pytest.mark.parametrize(("count", "shown"), [(8, 8), (9, 8)])
def test_no_more_results_than_can_be_read(client, count, shown):
    for number in range(count):
        a_location(name=f"Bakkerij {number}")
    client.force_login(a_user("coordinator"))
    page = client.get("/plaatsingen/nieuw/", {"location_q": "bakk"})
    assert len(radios(page, "location")) == shown
    assert ("Er zijn meer dan 8 gevonden. Typ meer letters." in page.text) == (count > shown)


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_a_search_does_not_grow(client, django_assert_num_queries, count):
    programme = a_programme()
    enrolments = [a_student(programme).enrolments.get() for _number in range(count)]
    contacts = [a_contact(a_location(name="Bakkerij")) for _number in range(count)]
    client.force_login(a_user("coordinator", programme.team))
    typed = {"enrolment_q": "berg", "location_q": "bakk", "location": contacts[0].location_id}
    typed["enrolment"] = enrolments[0].pk
    client.get("/plaatsingen/nieuw/", typed)
    with django_assert_num_queries(10):
        client.get("/plaatsingen/nieuw/", typed)
