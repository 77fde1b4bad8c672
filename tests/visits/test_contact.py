"""Logging a contact moment (S4.2, S6.2): who may, what is refused, and one form is one talk."""

from datetime import date, time

import pytest

from bpv.core import clock
from bpv.core.models import AuditEvent, OutboxMail, Touch
from tests.builders import a_contact, a_contact_moment, a_placement, a_talk, a_team, a_user
from tests.visits.held import form, lines
from visits import contacts
from visits.models import ActionPoint, ContactMoment

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


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
        ({"discussed": ""}, "discussed", "Schrijf op wat is besproken, hier of per onderwerp."),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(client, changes, field, message):
    placement = a_placement()
    client.force_login(placement.teacher)
    response = client.post(page(placement), form(private_note="Bel moeder.", **changes))
    assert response.status_code == 200
    assert response.context["form"].errors[field] == [message]
    assert response.context["form"]["private_note"].value() == "Bel moeder."
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


def test_a_talk_without_agreements_says_so(client):
    """BEG-06: what was agreed is written down, or that there is nothing new."""
    placement = a_placement()
    client.force_login(placement.teacher)
    refused = client.post(page(placement), form(no_agreements=None))
    message = "Schrijf minstens één afspraak op, of kruis aan dat er geen nieuwe zijn."
    assert (refused.status_code, refused.context["lines"].errors[0]) == (200, {"text": [message]})
    assert ContactMoment.objects.count() == 0
    assert client.post(page(placement), form()).status_code == 302


def test_topics_are_enough_and_are_kept_apart(client):
    """BEG-05: five topics; the short text may stay empty then."""
    placement = a_placement()
    client.force_login(placement.teacher)
    client.post(page(placement), form(discussed="", topic_well_being="Slaapt slecht.", topic_progress=" "))
    assert ContactMoment.objects.get().topics == {"well_being": "Slaapt slecht."}


def test_action_points_have_owner_and_date_and_come_back_in_the_next_talk(client):
    """B2-01, B2-02."""
    placement = a_placement()
    client.force_login(placement.teacher)
    rows = lines({"text": "Opdracht 2 af"}, {"text": "Rooster mailen", "owner": "company", "due": "2026-11-27"})
    client.post(page(placement), form(no_agreements=None, **rows))
    found = list(ActionPoint.objects.order_by("pk").values_list("text", "owner", "due", "contact__on"))
    held = date(2026, 11, 20)
    assert found == [
        ("Opdracht 2 af", "student", date(2026, 12, 7), held),
        ("Rooster mailen", "company", date(2026, 11, 27), held),
    ]
    again = client.get(page(placement)).context["form"]
    assert [str(label) for _value, label in again["done"].field.choices] == ["Rooster mailen", "Opdracht 2 af"]
    first = ActionPoint.objects.get(text="Opdracht 2 af")
    client.post(page(placement), form(on="2026-11-23", done=[first.pk]))
    first.refresh_from_db()
    assert (first.done_on, first.done_by) == (date(2026, 11, 23), placement.teacher)


def test_points_of_another_placement_are_no_choice(client):
    placement, other = a_placement(), a_placement()
    theirs = ActionPoint.objects.create(placement=other, text="x", owner="student", due=TODAY)
    client.force_login(placement.teacher)
    assert client.post(page(placement), form(done=[theirs.pk])).status_code == 200
    theirs.refresh_from_db()
    assert theirs.done_on is None


def test_roles_are_asked_at_a_new_location_only(client):
    """S4.2-a: at a new leerbedrijf who does what is gone through in person."""
    first = a_placement()
    second = a_placement(
        programme=first.programme, location=first.location, start=date(2026, 9, 7), teacher=first.teacher
    )
    client.force_login(first.teacher)
    asked = ["roles_discussed" in client.get(page(one)).context["form"].fields for one in (first, second)]
    assert asked == [True, False]


def test_copies_go_to_both_once_and_hold_no_word_of_the_talk(client):
    placement = a_placement()
    client.force_login(placement.teacher)
    sent = form(discussed="Kanarie zingt.", private_note="Kanarie fluistert.", copies="on")
    for _time in range(2):
        client.post(page(placement), sent)
    mails = list(OutboxMail.objects.filter(kind="talk_report"))
    assert sorted(mail.to for mail in mails) == sorted([placement.student.email, placement.supervisor.email])
    assert [("anarie" in mail.body, "Klopt het?" in mail.body) for mail in sorted(mails, key=lambda m: m.pk)] == [
        (False, False),
        (False, True),
    ]
    assert f"/contacten/{ContactMoment.objects.get().pk}/" in mails[0].body


def test_after_a_student_the_next_one_of_the_same_visit(client):
    placement = a_placement()
    same = {"location": placement.location, "teacher": placement.teacher, "team": placement.team}
    other = a_placement(**same)
    how = {"state": "planned", "on": TODAY}
    talk, after = a_talk(placement, at=time(9), **how), a_talk(other, at=time(9, 30), **how)
    a_talk(a_placement(team=placement.team, teacher=placement.teacher), at=time(11), **how)  # elsewhere
    client.force_login(placement.teacher)
    first = client.post(f"{page(placement)}?gesprek={talk.pk}", form())
    assert first.url == f"{page(other)}?gesprek={after.pk}"
    assert client.post(first.url, form()).url == f"/plaatsingen/{other.number}/"
    assert list(ContactMoment.objects.order_by("pk").values_list("talk", "occasion")) == [
        (talk.pk, "first"),
        (after.pk, "first"),
    ]


def test_a_device_that_sends_later_is_answered_in_json(client):
    placement = a_placement()
    client.force_login(placement.teacher)
    sent = form()
    answers = [client.post(page(placement), sent, headers={"x-sent": "later"}) for _time in range(3)]
    assert [(a.status_code, a.json()) for a in answers] == [(201, {"next": f"/plaatsingen/{placement.number}/"})] * 3
    assert ContactMoment.objects.count() == 1
    wrong = client.post(page(placement), form(on="2026-11-24"), headers={"x-sent": "later"})
    assert (wrong.status_code, wrong.json()) == (422, {"errors": ["on"]})


def test_a_form_kept_for_a_day_is_still_one_talk(client):
    placement = a_placement()
    sent = form()
    for day in (TODAY, date(2026, 11, 24)):
        with clock.moved(day):
            client.force_login(placement.teacher)
            client.post(page(placement), sent, headers={"x-sent": "later"})
    assert ContactMoment.objects.count() == 1


def corrected(contact, **changes):
    return contacts.correct(contact=contact, by=contact.teacher, reason="Verkeerde dag", **changes)


def test_a_correction_keeps_the_old_text_and_asks_again_for_confirmation(client):
    placement = a_placement()
    contact = a_contact_moment(placement, date(2026, 11, 19), discussed="Oud", topics={"progress": "goed"})
    placement.supervisor.user = a_user()
    placement.supervisor.save()
    contacts.confirm(contact=contact, by=placement.supervisor.user)
    client.force_login(placement.teacher)
    wijzig = f"/contacten/{contact.pk}/wijzigen/"
    sent = {"on": "2026-11-20", "kind": "phone", "with_student": "on", "discussed": "Nieuw", "copies": "on"}
    assert client.post(wijzig, sent).context["form"].errors == {"reason": ["Dit veld is verplicht."]}
    assert client.post(wijzig, sent | {"reason": "Verkeerde dag"}).status_code == 302
    contact.refresh_from_db()
    assert (contact.on, contact.discussed, contact.confirmed_at) == (date(2026, 11, 20), "Nieuw", None)
    assert dict(contact.corrections.get().lines) == {
        "datum": "do 19 nov 2026",
        "soort": "op locatie",
        "praktijkopleider": "ja",
        "leerdoelen besproken": "ja",
        "wat is besproken": "Oud",
        "per onderwerp": "voortgang: goed",
    }
    assert OutboxMail.objects.filter(kind="talk_report_changed").count() == 2
    assert AuditEvent.objects.filter(event="contact_corrected", dossier=placement.pk).count() == 1


def test_a_changed_note_for_school_leaves_the_confirmation():
    contact = a_contact_moment(a_placement(), confirmed_at=clock.now())
    contact = corrected(contact, private_note="Let op.")
    assert contact.confirmed_at is not None


def test_only_the_praktijkopleider_confirms_once(client):
    """Unconfirmed shows as such."""
    placement = a_placement()
    placement.supervisor.user, placement.student.user = a_user(), a_user()
    placement.supervisor.save(), placement.student.save()
    contact = a_contact_moment(placement, private_note="Geheim")
    confirm = f"/contacten/{contact.pk}/bevestigen/"
    found = {}
    for name, user in {"docent": placement.teacher, "student": placement.student.user}.items():
        client.force_login(user)
        assert "nog niet door de praktijkopleider" in client.get(f"/contacten/{contact.pk}/").content.decode()
        found[name] = client.post(confirm).status_code
    client.force_login(placement.supervisor.user)
    found["praktijkopleider"] = [client.post(confirm).status_code for _time in range(2)]
    assert found == {"docent": 403, "student": 403, "praktijkopleider": [302, 302]}
    contact.refresh_from_db()
    assert contact.confirmed_by == placement.supervisor.user
    assert AuditEvent.objects.filter(event="contact_confirmed").count() == 1


def test_the_note_for_school_is_read_by_staff_only(client):
    placement = a_placement()
    placement.supervisor.user, placement.student.user = a_user(), a_user()
    placement.supervisor.save(), placement.student.save()
    contact = a_contact_moment(placement, private_note="Geheim 42")
    corrected(contact, private_note="Geheim 43")
    readers = {
        "docent": placement.teacher,
        "collega": a_user("teacher", placement.team),
        "student": placement.student.user,
        "praktijkopleider": placement.supervisor.user,
    }
    found = {}
    for name, user in readers.items():
        client.force_login(user)
        pages = [
            f"/contacten/{contact.pk}/",
            f"/contacten/{contact.pk}/verslag.pdf",
            f"/plaatsingen/{placement.number}/",
        ]
        found[name] = ["Geheim 4" in client.get(url).content.decode(errors="ignore") for url in pages]
    staff, outside = [True, False, False], [False, False, False]
    assert found == {"docent": staff, "collega": staff, "student": outside, "praktijkopleider": outside}
