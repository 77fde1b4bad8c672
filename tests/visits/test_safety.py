"""Reports of safety and discrimination: own rights, no word of them elsewhere, every reading kept (VEI-02, VEI-06)."""

import logging
import uuid
from datetime import date

import pytest
from django.apps import apps

from bpv.core import clock
from bpv.core.models import AuditEvent, OutboxMail
from tests.builders import a_placement, a_team, a_user, an_incident
from tests.project.pages import PAGES
from tests.project.test_access import address, names
from tests.project.world import a_world
from tests.visits.held import logged_in
from visits import safety, safety_counts
from visits.models import Incident

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
CANARY = "Zwartroodstaart"


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def with_student(**fields):
    placement = a_placement(**fields)
    placement.student.user = a_user()
    placement.student.save()
    return placement


def form(to, **changes):
    kept = {"kind": "discrimination", "text": CANARY, "to": to.code, "unnamed": "on", "form_key": str(uuid.uuid4())}
    return kept | changes


def report_page(placement):
    return f"/veiligheid/melden/?plaatsing={placement.number}"


def test_the_student_chooses_out_of_three_routes():
    placement = with_student()
    coordinator = a_user("coordinator", placement.team)
    confidant = a_user("confidant", college=placement.team.college)
    a_user("confidant", college=a_team().college)
    found = [(route.recipient, route.user) for route in safety.routes(placement)]
    assert found == [("teacher", placement.teacher), ("coordinator", coordinator), ("confidant", confidant)]


def test_who_was_chosen_reads_it_and_nobody_else():
    """VEI-06: a direct route to the vertrouwenscontactpersoon, not visible to the bpv-docent."""
    placement = with_student()
    confidant = a_user("confidant", college=placement.team.college)
    chosen = safety.routes(placement)[-1]
    student = logged_in(placement.student.user)
    answer = student.post(report_page(placement), form(chosen))
    incident = Incident.objects.get()
    assert (answer.url, incident.owner, incident.unnamed) == (f"/veiligheid/{incident.number}/", confidant, True)
    people = {
        "student": placement.student.user,
        "confidant": confidant,
        "teacher": placement.teacher,
        "coordinator": a_user("coordinator", placement.team),
        "manager": a_user("manager", placement.team),
        "other confidant": a_user("confidant", college=placement.team.college),
        "stranger": a_user(),
    }
    found = {}
    for name, user in people.items():
        client, page = logged_in(user), f"/veiligheid/{incident.number}/"
        found[name] = (client.get(page).status_code, CANARY in client.get(page).content.decode())
        found[name] += (CANARY in client.post(page).content.decode(),)
    reads, nothing = (200, False, True), (404, False, False)
    assert found == {name: reads if name in ("student", "confidant") else nothing for name in people}


def test_control_with_everything_visible_others_read_it(monkeypatch):
    monkeypatch.setattr("visits.querysets.IncidentQuerySet.visible_to", lambda self, user: self)
    placement = with_student()
    incident = an_incident(placement, a_user("confidant", placement.team), text=CANARY)
    page = logged_in(placement.teacher).post(f"/veiligheid/{incident.number}/")
    assert CANARY in page.content.decode()


def test_every_reading_is_kept_and_shown_to_the_recipient():
    placement = with_student()
    incident = an_incident(placement, placement.teacher)
    page = f"/veiligheid/{incident.number}/"
    logged_in(placement.student.user).post(page)
    assert incident.readings.count() == 1
    readings = logged_in(placement.teacher).post(page).context["readings"]
    assert [reading.by for reading in readings] == [placement.teacher, placement.student.user]
    assert list(logged_in(placement.student.user).post(page).context["readings"]) == []


def test_the_same_form_twice_is_one_report_and_one_mail():
    placement = with_student()
    student, sent = logged_in(placement.student.user), form(safety.routes(placement)[0])
    for _time in range(2):
        assert student.post(report_page(placement), sent).status_code == 302
    assert Incident.objects.count() == 1
    assert list(OutboxMail.objects.values_list("to", flat=True)) == [placement.teacher.email]


def test_nobody_outside_the_routes_can_be_chosen():
    placement = with_student()
    manager = a_user("manager", placement.team)
    sent = form(safety.Route("teacher", manager))
    assert list(logged_in(placement.student.user).post(report_page(placement), sent).context["form"].errors) == ["to"]


def test_the_first_response_is_due_in_three_workdays():
    """VEI-02, over a weekend: Monday 16 November, so Thursday 19 November is the last good day."""
    incident = an_incident(with_student(), a_user("confidant", a_team()))
    states = [safety.state_of(incident, date(2026, 11, day)) for day in (19, 20)]
    assert (safety.due_on(incident), states) == (date(2026, 11, 19), ["open", "missed"])


def test_steps_for_the_student_and_steps_for_oneself():
    placement = with_student()
    incident = an_incident(placement, placement.teacher)
    page = f"/veiligheid/{incident.number}/"
    teacher, student = logged_in(placement.teacher), logged_in(placement.student.user)
    teacher.post(f"{page}stap/", {"text": "Zelf nadenken", "internal": "on"})
    incident.refresh_from_db()
    assert (incident.first_response_at, OutboxMail.objects.count()) == (None, 0)
    teacher.post(f"{page}stap/", {"text": "Kom morgen langs"})
    student.post(f"{page}stap/", {"text": "Goed", "internal": "on"})
    incident.refresh_from_db()
    assert incident.first_response_at == clock.now()
    assert [step.text for step in student.post(page).context["steps"]] == ["Kom morgen langs", "Goed"]
    assert [step.text for step in teacher.post(page).context["steps"]] == ["Zelf nadenken", "Kom morgen langs", "Goed"]
    assert list(OutboxMail.objects.values_list("to", flat=True)) == [placement.student.user.email]


def test_closing_asks_for_a_response_first():
    placement = with_student()
    incident = an_incident(placement, placement.teacher)
    page = f"/veiligheid/{incident.number}/"
    teacher = logged_in(placement.teacher)
    refused = teacher.post(f"{page}afhandelen/", {"close": "on"})
    assert refused.context["settle_form"].errors == {"close": ["Reageer eerst. Daarna kun je de melding afronden."]}
    teacher.post(f"{page}stap/", {"text": "Kom langs"})
    teacher.post(f"{page}afhandelen/", {"close": "on", "sbb_on": "2026-11-20"})
    incident.refresh_from_db()
    assert (incident.sbb_informed_on, incident.closed_at) == (date(2026, 11, 20), clock.now())
    late = teacher.post(f"{page}stap/", {"text": "Nog iets"})
    assert late.context["step_form"].non_field_errors() == ["Deze melding is afgerond."]


@pytest.mark.parametrize("known", [True, False])
def test_coordinator_and_manager_know_that_there_is_one_only_where_the_student_says_so(known):
    placement = with_student()
    incident = an_incident(placement, placement.teacher, may_be_known=known)
    readers = {
        "coordinator": a_user("coordinator", placement.team),
        "manager": a_user("manager", placement.team),
        "colleague": a_user("teacher", placement.team),
    }
    page = f"/plaatsingen/{placement.number}/"
    found = {name: incident.number in logged_in(user).get(page).content.decode() for name, user in readers.items()}
    assert found == {"coordinator": known, "manager": known, "colleague": False}


@pytest.mark.parametrize(("count", "said"), [(0, "minder dan 5"), (1, "minder dan 5"), (4, "minder dan 5"), (5, "5")])
def test_small_numbers_are_not_told(count, said):
    placement = with_student()
    manager = a_user("manager", placement.team)
    for _number in range(count):
        an_incident(placement, placement.teacher)
    an_incident(with_student(), a_user())  # another team
    assert safety_counts.by_team(manager, TODAY) == [(placement.team.name, said)]
    assert safety_counts.by_school_year(manager, TODAY) == [("2026-2027", said)]
    assert dict(safety_counts.by_kind(manager, TODAY))["discriminatie of uitsluiting"] == said


def words_of_other_tables():
    """Every value in the database that is not in the tables of the reports."""
    own = {"visits.incident", "visits.incidentstep"}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label_lower not in own and model._meta.managed:
            for row in model.objects.all().values_list() if hasattr(model, "objects") else []:
                yield from map(str, row)


def test_the_canary_sings_on_its_own_page_only(settings, caplog):
    """No page of anybody, export, mail, log, search or other table holds a word of a report."""
    settings.ACCOUNT_RATE_LIMITS = False
    world = a_world()
    side = world.ours
    people, placement = side.people, side.placement
    chosen = safety.Route("confidant", people["confidant"])
    with caplog.at_level(logging.DEBUG):
        logged_in(people["student"]).post(report_page(placement), form(chosen, may_be_known="on"))
        incident = Incident.objects.get(text=CANARY)
        page = f"/veiligheid/{incident.number}/"
        logged_in(people["confidant"]).post(page)
        logged_in(people["confidant"]).post(f"{page}stap/", {"text": f"Stap {CANARY}"})
        sung = []
        for kind, _side, user in world.people():
            if user is None:
                continue
            client = logged_in(user)
            for name, one in PAGES.items():
                if name in names() and name not in ("account_logout", "language"):
                    url = address(name, one, side.ids | {"incident": incident.number})
                    answer = client.post(url) if one.post else client.get(url)
                    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
                    if CANARY.encode() in content:
                        sung.append((kind, name))
            searched = client.get(f"/plaatsingen/?q={CANARY}").content.decode()
            sung += [(kind, "search")] if incident.number in searched else []
    # the deeds on its own page answer with that page
    assert set(sung) == {("confidant", "incident_step"), ("confidant", "incident_settle"), ("student", "incident_step")}
    assert [mail.kind for mail in OutboxMail.objects.all() if CANARY in mail.subject + mail.body] == []
    assert [event.event for event in AuditEvent.objects.all() if CANARY in str(event.data)] == []
    assert [word for word in words_of_other_tables() if CANARY in word] == []
    assert CANARY not in caplog.text
