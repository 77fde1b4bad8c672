"""The dossier: judged live, for whoever may see the placement, without staff parts for outsiders."""

from datetime import date, datetime

import pytest

from bpv.core import audit, clock, documents
from bpv.core.events import SENTENCES
from compliance.views_dossier import PARTS, names_of
from tests.builders import a_contact_moment, a_placement, a_pok, a_request, a_team, a_user, signed_by_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def url(placement) -> str:
    return f"/plaatsingen/{placement.number}/"


def with_people(**fields):
    placement = a_placement(**fields)
    placement.student.user = a_user()
    placement.student.save()
    placement.supervisor.user = a_user()
    placement.supervisor.save()
    return placement


def readers(placement) -> dict:
    return {
        "coordinator": a_user("coordinator", placement.team),
        "teacher": placement.teacher,
        "colleague": a_user("teacher", placement.team),
        "manager": a_user("manager", college=placement.team.college),
        "student": placement.student.user,
        "supervisor": placement.supervisor.user,
    }


def page(client, user, placement) -> str:
    client.force_login(user)
    return client.get(url(placement)).content.decode()


def test_everybody_around_it_reads_it(client):
    placement = with_people()
    for name, user in readers(placement).items():
        client.force_login(user)
        assert (name, client.get(url(placement)).status_code) == (name, 200)


def test_for_a_stranger_it_does_not_exist(client):
    placement, other = with_people(), with_people()
    for name, user in readers(other).items():
        client.force_login(user)
        assert (name, client.get(url(placement)).status_code) == (name, 404)
        assert (name, client.get(url(placement) + "geschiedenis/").status_code) == (name, 404)


def test_history_is_for_the_school(client):
    placement = with_people()
    audit.record("placement_created", subject=placement, by=placement.teacher, dossier=placement.pk)
    expected = {"student": 403, "supervisor": 403}
    for name, user in readers(placement).items():
        client.force_login(user)
        response = client.get(url(placement) + "geschiedenis/")
        assert (name, response.status_code) == (name, expected.get(name, 200))
    assert [str(event.text) for event in client.get(url(placement)).context.get("events") or []] == []


def test_outsiders_see_no_staff_parts(client):
    placement = with_people()
    audit.record("placement_created", subject=placement, by=placement.teacher, dossier=placement.pk)
    a_request(placement, sender="company", topic="Kanarie van het bedrijf")
    for name, shown in (("student", False), ("supervisor", True), ("teacher", True)):
        text = page(client, readers(placement)[name], placement)
        assert (name, "Kanarie van het bedrijf" in text) == (name, shown)
        assert (name, "Plaatsing gemaakt" in text) == (name, name == "teacher")
        assert (name, "Waarom?" in text) == (name, name == "teacher")


def test_buttons_are_there_for_who_may(client):
    placement = with_people()
    number = placement.number
    buttons = {
        "log": f"/plaatsingen/{number}/contact/",
        "edit": f"/plaatsingen/{number}/wijzigen/",
        "pok": f"/plaatsingen/{number}/pok/",
        "ask": f"/vragen/nieuw/?plaatsing={number}",
    }
    shown = {}
    for name, user in readers(placement).items():
        text = page(client, user, placement)
        shown[name] = [button for button, address in buttons.items() if f'href="{address}"' in text]
    assert shown == {
        "coordinator": ["log", "edit", "pok", "ask"],
        "teacher": ["log", "ask"],
        "colleague": [],
        "manager": [],
        "student": ["ask"],
        "supervisor": ["ask"],
    }


def test_next_is_the_own_work_that_falls_due_first(client):
    placement = with_people()
    a_pok(placement, signed=signed_by_all(date(2026, 8, 20)))
    coordinator = readers(placement)["coordinator"]
    client.force_login(coordinator)
    seen = client.get(url(placement)).context["dossier"].next
    assert (seen.finding.rule, seen.state, seen.word) == ("S5", "late", "85 dagen te laat")
    assert seen.action.label == "POK in dossier zetten"
    client.force_login(placement.teacher)
    seen = client.get(url(placement)).context["dossier"].next
    assert (seen.finding.rule, seen.state, seen.action.label) == ("S4.2-a", "late", "Gesprek vastleggen")


def test_what_is_met_is_done_and_what_is_too_late_is_missed(client):
    placement = with_people()
    a_pok(placement, signed=signed_by_all(date(2026, 8, 20)), filed_on=date(2026, 8, 21))
    a_contact_moment(placement, on=date(2026, 10, 6))
    client.force_login(placement.teacher)
    judged = client.get(url(placement)).context["dossier"].judged
    assert {item.finding.rule: item.state for item in judged} == {
        "POK-03": "done",
        "S5": "done",
        "LB-02": "done",
        "S4.2-a": "missed",
        "S4.2-b": "missed",
        "S6.2-a": "coming",
        "S6.2-b": "done",
    }


def test_only_what_can_still_be_done_has_a_button(client):
    placement = with_people()
    a_contact_moment(placement, on=date(2026, 10, 6))
    client.force_login(placement.teacher)
    judged = client.get(url(placement)).context["dossier"].judged
    assert [item.finding.rule for item in judged if item.action] == ["S6.2-a"]


def test_contacts_are_counted_as_the_standard_counts_them(client):
    placement = with_people()
    a_contact_moment(placement, on=date(2026, 9, 15), kind="phone")
    a_contact_moment(placement, on=date(2026, 10, 6))
    a_contact_moment(placement, on=date(2026, 10, 7), with_supervisor=False)
    a_contact_moment(placement, on=date(2026, 8, 1))
    client.force_login(placement.student.user)
    counts = client.get(url(placement)).context["dossier"].contact_counts
    assert counts == {"held": 2, "needed": 3, "on_site": 1}


def test_the_line_says_how_each_moment_stands(client):
    placement = with_people()
    a_contact_moment(placement, on=date(2026, 9, 15))
    client.force_login(placement.teacher)
    points = client.get(url(placement)).context["dossier"].points
    assert {point.moment.code: point.state for point in points} == {
        "preparation": "na",
        "matching": "na",
        "new_company": "na",
        "supervisor_briefing": "na",
        "pok": "late-other",
        "start": "done",
        "first_contact": "done",
        "second_contact": "soon",
        "survey": "coming",
        "final_talk": "coming",
        "evaluation": "coming",
    }


def test_an_open_question_is_the_owners(client):
    placement = with_people()
    question = a_request(placement, received_at=datetime(2026, 11, 16, 9, tzinfo=clock.AMSTERDAM))
    client.force_login(placement.teacher)
    judged = client.get(url(placement)).context["dossier"].judged
    found = next(item for item in judged if item.question)
    assert (found.title, found.state, found.word) == (question.topic, "late", "4 dagen te laat")


def test_a_cancelled_placement_is_not_judged(client):
    placement = with_people(state="cancelled", reason="Andere plaats")
    client.force_login(placement.teacher)
    response = client.get(url(placement))
    assert (response.status_code, response.context["dossier"].judged) == (200, [])


def test_a_placement_without_people_still_opens(client):
    placement = a_placement()
    placement.teacher = placement.supervisor = None
    placement.save()
    client.force_login(a_user("coordinator", placement.team))
    people = client.get(url(placement)).context["people"]
    assert [(somebody.role, somebody.name != "") for somebody in people] == [
        ("Student", True),
        ("Praktijkopleider", False),
        ("Bpv-docent", False),
        ("Bpv-coördinator", True),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(client, django_assert_num_queries, count):
    placement = with_people(team=a_team())
    a_pok(placement, signed=signed_by_all(date(2026, 8, 20)))
    for number in range(count):
        a_contact_moment(placement, on=date(2026, 9, 15 + number))
        a_request(placement, topic=f"Vraag {number}")
        audit.record("placement_created", subject=placement, by=placement.teacher, dossier=placement.pk)
    client.force_login(placement.teacher)
    client.get(url(placement))
    with django_assert_num_queries(29):
        client.get(url(placement))


def test_other_periods_of_the_student_are_linked_for_who_may_see_them(client):
    placement = with_people()
    student, programme = placement.student, placement.programme
    later = a_placement(programme=programme, student=student, start=date(2027, 3, 1), end=date(2027, 7, 2))
    found = {}
    for name, user in readers(placement).items():
        client.force_login(user)
        found[name] = [other.number for other in client.get(url(placement)).context["dossier"].others]
    seen = [later.number]
    assert found == dict.fromkeys(("coordinator", "colleague", "manager", "student"), seen) | {
        "teacher": seen,
        "supervisor": [],
    }


def test_documents_are_downloaded_by_who_may_read_them(client):
    placement = with_people()
    content = documents.store(b"%PDF", filename="pok.pdf", media_type="application/pdf", by=None, dossier=placement.pk)
    pok = a_pok(placement, document=content)
    for user in readers(placement).values():
        client.force_login(user)
        stored = client.get(url(placement)).context["dossier"].documents
        assert [(found.title, found.url) for found in stored] == [(f"{pok.number}, versie 1", f"/pok/{pok.pk}/pdf/")]
        assert client.get(stored[0].url).status_code == 200


def test_what_is_late_with_another_says_whose_turn_it_is(client):
    placement = with_people()
    client.force_login(readers(placement)["manager"])
    judged = client.get(url(placement)).context["dossier"].judged
    found = {item.finding.rule: item.turn for item in judged if item.state == "late-other"}
    teacher = f"ligt bij {placement.teacher.full_name}"
    desk = "ligt bij de bpv-coördinator"
    assert found == {"POK-03": desk, "S5": desk, "S4.2-a": teacher, "S4.2-b": teacher}


def test_the_next_deed_has_one_button(client):
    placement = with_people()
    client.force_login(readers(placement)["coordinator"])
    seen = client.get(url(placement)).context["dossier"]
    assert seen.next.action_label == "POK maken"
    assert [item.action for item in seen.waiting if item.finding == seen.next.finding] == [None]


def test_outsiders_are_told_the_next_moment(client):
    placement = with_people()
    for name in ("student", "supervisor"):
        client.force_login(readers(placement)[name])
        coming = client.get(url(placement)).context["dossier"].coming
        assert (name, coming.moment.title, coming.moment.due) == (name, "2e bpv-bezoek", date(2026, 11, 28))


def test_old_events_are_folded_and_grouped_by_day(client):
    placement = with_people()
    for number in range(9):
        with clock.moved(date(2026, 11, 1 + number // 2)):
            audit.record("placement_created", subject=placement, by=placement.teacher, dossier=placement.pk)
    client.force_login(placement.teacher)
    response = client.get(url(placement))
    days = [event.day.day for event in response.context["events"]]
    older = [event.day.day for event in response.context["older"]]
    assert (days, older) == ([5, 4, 4, 3, 3, 2], [2, 1, 1])
    assert response.text.count("Nog 3 ouder") == 1
    assert {event.note for event in response.context["events"]} == {f"door {placement.teacher.full_name}"}


def test_history_shows_one_part(client):
    placement = with_people()
    audit.record("placement_created", subject=placement, by=placement.teacher, dossier=placement.pk)
    audit.record("pok_made", subject=placement, by=None, dossier=placement.pk, number="POK1", why="")
    client.force_login(placement.teacher)
    address = url(placement) + "geschiedenis/"
    found = {}
    for part in ("", "plaatsing", "pok", "vragen", "onzin"):
        response = client.get(address, {"deel": part})
        found[part] = [(event.text, event.note) for event in response.context["page"].object_list]
    made = ("Plaatsing gemaakt", f"door {placement.teacher.full_name}")
    pok = ("POK1 gemaakt", "")
    assert found == {"": [pok, made], "plaatsing": [made], "pok": [pok], "vragen": [], "onzin": [pok, made]}
    parts = [(part.label, part.count, part.current) for part in client.get(address).context["parts"]]
    assert parts == [("Alles", 2, True), ("Plaatsing", 1, False), ("POK", 1, False)]


def test_every_event_of_a_dossier_belongs_to_a_part():
    outside = {
        *("link_sent", "link_opened", "signed_in", "password_changed", "profile_changed", "language_changed"),
        *("mail_sent_again", "school_imported", "list_exported", "register_exported", "filter_saved", "filter_removed"),
        *("annex_saved", "calendar_address_made", "calendar_address_withdrawn"),
        *("incident_reported", "incident_step_added", "incident_settled", "duty_made", "duty_removed"),
        *("leidraad_saved", "absence_entered", "absence_removed"),
        *("dossiers_exported", "poks_packed", "register_file_made", "register_compared"),
    }
    in_parts = {name for _part, _label, begins in PARTS for name in names_of(begins)}
    assert set(SENTENCES) - outside - in_parts == set()


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_of_the_history(client, django_assert_num_queries, count):
    placement = with_people()
    for _number in range(count):
        audit.record("placement_created", subject=placement, by=a_user(), dossier=placement.pk)
    client.force_login(placement.teacher)
    client.get(url(placement) + "geschiedenis/")
    with django_assert_num_queries(7):
        client.get(url(placement) + "geschiedenis/")


def test_old_contacts_and_answered_questions_are_folded_and_what_waits_is_not(client):
    placement = a_placement()
    for day in range(1, 7):
        a_contact_moment(placement, on=date(2026, 10, day))
        answered = {"first_response_at": clock.at(date(2026, 10, day), 15), "responded_by": "Sanne"}
        a_request(placement, clock.at(date(2026, 10, day)), **answered)
    waits = a_request(placement, clock.at(date(2026, 9, 1)))
    client.force_login(placement.teacher)
    dossier = client.get(f"/plaatsingen/{placement.number}/").context["dossier"]
    assert [contact.on.day for contact in dossier.recent_contacts] == [6, 5, 4, 3]
    assert [contact.on.day for contact in dossier.older_contacts] == [2, 1]
    assert [question.received_at.day for question in dossier.older_questions] == [2, 1]
    assert (dossier.recent_questions[0], len(dossier.recent_questions)) == (waits, 5)
