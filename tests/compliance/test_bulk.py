"""Deeds for many placements at once: what is shown is what is done, once, by who may, also when a worker is lost."""

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from accounts.models import Membership
from agreements import invitations
from agreements.models import Pok, PokLine, SigningEvent
from bpv.core import clock, documents
from bpv.core.audit import sentence
from bpv.core.models import AuditEvent, OutboxMail
from companies.models import Contact
from compliance import bulk as deeds
from compliance.models import Bulk, BulkItem, Deed
from placements.models import Placement
from students.models import Student
from tests.builders import a_bulk, a_contact, a_location, a_placement, a_pok, a_team, a_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
LATER = {"start": date(2027, 2, 1), "end": date(2027, 7, 2)}
URL = "/plaatsingen/samen/"


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch):
    """What stands in the PDF is tested with the POK itself."""
    monkeypatch.setattr("bpv.core.pdf.make", lambda html, attachments=(): f"%PDF {hash(html)}".encode())


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def coordinator(team):
    return a_user("coordinator", team)


def some(team, count=3, **fields):
    return [a_placement(team=team, **LATER | fields) for _ in range(count)]


def a_document(placement):
    content = f"%PDF {placement.number}".encode()
    return documents.store(content, filename="x.pdf", media_type="application/pdf", by=None, dossier=placement.pk)


def as_(user):
    client = Client()
    client.force_login(user)
    return client


def ask(user, deed, placements, **fields):
    return as_(user).post(URL, {"deed": deed, "sel": [p.number for p in placements]} | fields)


def do(user, deed, placements, **fields):
    """Look at the plan and confirm it; gives the page and the deed that was made."""
    seen = {"gezien": ask(user, deed, placements).context["plan"].seal, "form_key": str(uuid4())}
    response = ask(user, deed, placements, doen="1", **seen | fields)
    return response, Bulk.objects.first()


def work(**options):
    return deeds.work_waiting(today=TODAY, **options)


def states(bulk):
    return list(bulk.items.order_by("placement__number").values_list("state", "note", "mend"))


# What will happen, and what came of it


def test_asking_writes_nothing(coordinator, team):
    placements = some(team)
    for deed in Deed.values:
        assert ask(coordinator, deed, placements).status_code == 200
    assert (Bulk.objects.count(), Pok.objects.count(), OutboxMail.objects.count()) == (0, 0, 0)


def test_poks_the_plan_is_the_result(coordinator, team):
    fine, no_supervisor, has_one, begun, cancelled = some(team, 5)
    no_accreditation = a_placement(team=team, **LATER)
    Placement.objects.filter(pk=no_supervisor.pk).update(supervisor=None)
    Placement.objects.filter(pk=begun.pk).update(start=TODAY)
    Placement.objects.filter(pk=cancelled.pk).update(state="cancelled", reason="ziek")
    no_accreditation.location.accreditations.all().delete()
    a_pok(has_one)
    everything = [fine, no_supervisor, has_one, begun, cancelled, no_accreditation]
    context = ask(coordinator, "pok", everything).context
    shown = {line.placement.pk: (line.why, line.url.split("/")[-2]) for line in context["cannot"]}
    name, crebo = no_accreditation.location.name, no_accreditation.programme.crebo
    assert [placement.pk for placement in context["plan"].can] == [fine.pk]
    assert shown == {
        no_supervisor.pk: ("Er is nog geen praktijkopleider. Wijzig de plaatsing en kies er een.", "wijzigen"),
        has_one.pk: ("Er is al een geldige POK.", has_one.number),
        begun.pk: (
            "De bpv is al begonnen. Maak deze POK apart, met de reden waarom die nu pas komt.",
            "pok",
        ),
        cancelled.pk: ("Deze plaatsing is vervallen of beëindigd.", cancelled.number),
        no_accreditation.pk: (
            f"{name} is op ma 1 feb 2027 niet erkend voor {crebo}. Kijk de erkenning na of kies een ander leerbedrijf.",
            "erkenning",
        ),
    }
    response, bulk = do(coordinator, "pok", everything)
    assert (response.status_code, response.url) == (302, f"{URL}{bulk.pk}/")
    assert work() == 1
    bulk.refresh_from_db()
    assert bulk.done_at is not None
    result = as_(coordinator).get(response.url).context
    assert {line.placement.pk: (line.why, line.url.split("/")[-2]) for line in result["refused"]} == shown
    assert [(item.placement_id, item.note) for item in result["done"]] == [(fine.pk, Pok.objects.first().number)]
    assert Pok.objects.get(placement=fine).made_by == coordinator


def test_poks_take_the_hours_of_the_keuzedelen(coordinator, team):
    first, second = some(team, 2)
    Placement.objects.filter(pk=first.pk).update(keuzedelen=["K0067", "K0165"])
    Placement.objects.filter(pk=second.pk).update(keuzedelen=["K0067"])
    do(coordinator, "pok", [first, second], hours_K0067="120")
    work()
    assert list(PokLine.objects.order_by("pok__placement__number", "code").values_list("code", "hours")) == [
        ("K0067", 120),
        ("K0165", None),
        ("K0067", 120),
    ]


def test_a_placement_that_changed_meanwhile_gets_no_pok(coordinator, team):
    first, changed = some(team, 2)
    _response, bulk = do(coordinator, "pok", [first, changed])
    Placement.objects.filter(pk=changed.pk).update(end=date(2027, 6, 25))
    work()
    why = "De plaatsing is intussen gewijzigd. Kijk die na en maak deze POK apart."
    assert states(bulk) == [("done", Pok.objects.get().number, ""), ("refused", why, "pok_new")]


def test_a_plan_that_changed_since_it_was_seen_is_shown_again(coordinator, team):
    first, changed = some(team, 2)
    seen = {"gezien": ask(coordinator, "pok", [first, changed]).context["plan"].seal, "form_key": str(uuid4())}
    Placement.objects.filter(pk=changed.pk).update(end=date(2027, 6, 25))
    response = ask(coordinator, "pok", [first, changed], doen="1", **seen)
    assert [str(message) for message in response.context["messages"]] == [
        "Er is intussen iets gewijzigd. Er is nog niets gedaan. Kijk het na."
    ]
    assert Bulk.objects.count() == 0
    seen["gezien"] = response.context["plan"].seal
    assert ask(coordinator, "pok", [first, changed], doen="1", **seen).status_code == 302


def test_one_docent_for_all(coordinator, team):
    placements = some(team)
    teacher = a_user("teacher", team, reachability="ma-do 8-17 uur")
    placements[0].teacher = teacher
    placements[0].save()
    _response, bulk = do(coordinator, "docent", placements, teacher=teacher.pk)
    assert bulk.asked == {"teacher": teacher.pk, "name": teacher.full_name}
    assert work() == 3
    assert states(bulk) == [("done", "Dit was al zo.", ""), ("done", "", ""), ("done", "", "")]
    assert set(Placement.objects.values_list("teacher", flat=True)) == {teacher.pk}
    assert AuditEvent.objects.filter(event="teacher_assigned", by=coordinator).count() == 2


def test_the_docent_of_a_bpv_that_is_over_stays(coordinator, team):
    over = a_placement(team=team, start=date(2025, 9, 1), end=date(2026, 1, 31))
    ((refused, why),) = ask(coordinator, "docent", [over]).context["plan"].cannot
    assert (refused.pk, why.why, why.mend) == (over.pk, "Deze bpv is afgelopen.", "placement_teacher")


def test_docenten_are_offered_with_their_load_and_only_those_of_every_team(coordinator, team):
    other = a_team()
    Membership.objects.create(user=coordinator, role="coordinator", team=other)
    both = a_user("teacher", team, reachability="altijd", first_name="Ans", last_name="Aa")
    Membership.objects.create(user=both, role="teacher", team=other)
    unreachable = a_user("teacher", team, first_name="Bas", last_name="Bee")
    here, there = a_placement(team=team, teacher=both, **LATER), a_placement(team=other, teacher=both, **LATER)
    a_placement(team=team, teacher=both, start=date(2025, 9, 1), end=date(2026, 1, 31))
    form = ask(coordinator, "docent", [here, there]).context["form"]
    assert form.fields["teacher"].choices == [("", "Kies een docent"), (both.pk, "Ans Aa · nu 2")]
    form = ask(coordinator, "docent", [here]).context["form"]
    assert form.fields["teacher"].choices == [("", "Kies een docent"), (both.pk, "Ans Aa · nu 2")]
    assert form.not_yet == [unreachable.full_name]


def test_without_a_common_docent_the_page_says_so(coordinator, team):
    other = a_team()
    Membership.objects.create(user=coordinator, role="coordinator", team=other)
    page = ask(coordinator, "docent", [*some(team, 1), *some(other, 1)]).content.decode()
    assert page.count("Er is geen bpv-docent die in alle teams van deze plaatsingen zit.") == 1
    assert 'name="doen"' not in page


def test_a_form_with_errors_is_shown_again_and_makes_nothing(coordinator, team):
    response, bulk = do(coordinator, "bericht", some(team), receivers="student", subject="", text="Dag")
    assert (response.status_code, bulk) == (200, None)
    assert response.context["form"].errors == {"subject": ["Dit veld is verplicht."]}


# Messages


def message(user, placements, receivers, **fields):
    words = {"subject": "Terugkomdag", "text": 'Kom je op 1 december om 9 uur? Neem "het boek" mee.'}
    return do(user, "bericht", placements, receivers=receivers, **words | fields)[1]


def test_a_message_reaches_everybody_once(coordinator, team):
    location = a_location()
    supervisor = a_contact(location)
    first, second = (a_placement(team=team, location=location, supervisor=supervisor, **LATER) for _ in range(2))
    bulk = message(coordinator, [first, second], "beiden")
    assert work() == 2
    mails = OutboxMail.objects.order_by("to")
    students = sorted([first.student.email, second.student.email])
    assert [mail.to for mail in mails] == [*students, supervisor.email]
    to_supervisor = mails.get(to=supervisor.email)
    assert to_supervisor.subject == "Terugkomdag"
    assert to_supervisor.body == (
        f"Dag {supervisor.full_name},\n\n"
        'Kom je op 1 december om 9 uur? Neem "het boek" mee.\n\n'
        f"{coordinator.full_name}\nVoorbeeld ROC\n\n"
        f"Dit bericht gaat over je studenten {first.student.full_name}, {second.student.full_name}.\n\n"
        f"Op deze mail kun je niet antwoorden. Mail naar {coordinator.email}.\n"
    )
    event = AuditEvent.objects.get(event="message_sent", dossier=first.pk)
    assert (sentence(event), event.by) == ("Bericht gestuurd aan student, praktijkopleider: Terugkomdag", coordinator)
    assert {state for state, _note, _mend in states(bulk)} == {"done"}


def test_the_mail_is_in_the_language_of_its_receiver(coordinator, team):
    (placement,) = some(team, 1)
    placement.supervisor.language = "de"
    placement.supervisor.save()
    placement.supervisor.refresh_from_db()
    (receiver,) = deeds.messages.receivers_of(placement, "opleider")
    assert receiver.language == "de"
    with translation.override("en"):
        message(coordinator, [placement], "opleider")
        work()
    event = AuditEvent.objects.get(event="message_sent")
    assert event.data == {"to": ["praktijkopleider"], "topic": "Terugkomdag"}


def test_who_has_no_address_is_named(coordinator, team):
    reached, unreached, half = some(team)
    for placement in (unreached, half):
        placement.student.email = ""
        placement.student.save()
    Placement.objects.filter(pk=unreached.pk).update(supervisor=None)
    bulk = message(coordinator, [reached, unreached, half], "student")
    work()
    nobody = "Er is geen e-mailadres van de student en geen van de praktijkopleider."
    assert states(bulk) == [
        ("done", reached.student.full_name, ""),
        ("refused", nobody, "placement_edit"),
        ("refused", "Er is geen e-mailadres van deze ontvanger.", "placement_edit"),
    ]
    assert OutboxMail.objects.count() == 1
    assert AuditEvent.objects.filter(event="message_sent").count() == 1


def test_the_example_is_the_mail(coordinator, team):
    placements = some(team, 2)
    words = {"receivers": "opleider", "subject": "Terugkomdag", "text": "Kom je ook?"}
    page = ask(coordinator, "bericht", placements, voorbeeld="1", form_key=str(uuid4()), **words)
    assert page.context["form"].errors == {}
    assert page.context["form"]["text"].value() == "Kom je ook?"
    message(coordinator, placements, "opleider", text="Kom je ook?")
    work()
    first = page.context["plan"].can[0]
    assert OutboxMail.objects.get(to=first.supervisor.email).body.strip() == page.context["example"]


# Signing


def offered(placements):
    return [placement.poks.get().mode for placement in placements]


def test_poks_are_offered_and_everybody_is_invited_once(coordinator, team):
    placements = some(team)
    for placement in placements:
        a_pok(placement, document=a_document(placement))
    page, _bulk = do(coordinator, "aanbieden", placements, mode="digital")
    assert (page.status_code, work(), work()) == (302, 3, 0)
    assert offered(placements) == ["digital"] * 3
    with clock.moved(clock.now() + timedelta(minutes=1)):
        assert [invitations.invite_waiting(clock.now()) for _time in range(2)] == [6, 0]
    told = sorted(OutboxMail.objects.filter(kind="pok_invitation").values_list("to", flat=True))
    assert told == sorted([p.student.email for p in placements] + [p.supervisor.email for p in placements])


def test_what_cannot_be_offered_says_why(coordinator, team):
    none, already, silent, nobody = some(team, 4)
    for placement in (already, silent, nobody):
        a_pok(placement, document=a_document(placement))
    Student.objects.filter(pk=silent.student_id).update(email="")
    Contact.objects.filter(pk=nobody.supervisor_id).update(email="")
    do(coordinator, "aanbieden", [already], mode="digital")
    work()
    plan = ask(coordinator, "aanbieden", [none, already, silent, nobody]).context["plan"]
    assert {placement.number: stop.why for placement, stop in plan.cannot} == {
        none.number: "Er is nog geen POK. Maak die eerst.",
        already.number: "De POK is al aangeboden.",
        silent.number: "Van de student is geen e-mailadres bekend.",
        nobody.number: "Van wie voor het leerbedrijf tekent is geen e-mailadres bekend.",
    }


@pytest.mark.parametrize("mode", ["", "digital", "paper"])
def test_poks_are_made_and_at_once_offered_when_asked(coordinator, team, mode):
    placements = some(team, 2)
    do(coordinator, "pok", placements, mode=mode)
    assert (work(), offered(placements)) == (2, [mode] * 2)


def test_a_lost_worker_offers_nothing_twice(coordinator, team, monkeypatch):
    placements = some(team)
    for placement in placements:
        a_pok(placement, document=a_document(placement))
    do(coordinator, "aanbieden", placements, mode="digital")
    real, calls = deeds._offer, []

    def lost(*args):
        calls.append(args)
        done = real(*args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(deeds, "_offer", lost)
    with pytest.raises(KeyboardInterrupt):
        work()
    work()
    assert offered(placements) == ["digital"] * 3
    assert SigningEvent.objects.filter(event="offered").count() == 3


# Who may


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("coordinator", {"docent": 200, "pok": 200, "aanbieden": 200, "bericht": 200}),
        ("teacher", {"docent": 403, "pok": 403, "aanbieden": 403, "bericht": 200}),
        ("manager", {"docent": 403, "pok": 403, "aanbieden": 403, "bericht": 403}),
    ],
)
def test_deeds_by_role(team, role, expected):
    placements, user = some(team), a_user(role, team)
    assert {deed: ask(user, deed, placements).status_code for deed in Deed.values} == expected


def test_a_docent_writes_to_the_own_students_only(team):
    own, other = some(team, 2)
    plan = ask(own.teacher, "bericht", [own, other]).context["plan"]
    assert [placement.pk for placement in plan.can] == [own.pk]
    ((refused, why),) = plan.cannot
    assert (refused.pk, why.why) == (other.pk, "Dat doet de eigen bpv-docent of de bpv-coördinator van het team.")


def test_a_manager_who_coordinates_another_team_does_nothing_here(team):
    elsewhere = a_user("coordinator", a_team())
    Membership.objects.create(user=elsewhere, role="manager", team=team)
    plan = ask(elsewhere, "pok", some(team)).context["plan"]
    assert {why.why for _placement, why in plan.cannot} == {"Dat doet de bpv-coördinator van het team."}
    assert plan.can == []


def test_foreign_and_unknown_numbers_do_not_exist(coordinator, team):
    (own,), foreign = some(team, 1), some(a_team(), 2)
    assert ask(coordinator, "pok", foreign).status_code == 404
    assert as_(coordinator).post(URL, {"deed": "pok", "sel": ["PL999999"]}).status_code == 404
    assert as_(coordinator).post(URL, {"deed": "weggooien", "sel": [own.number]}).status_code == 404
    _response, bulk = do(coordinator, "pok", [own, *foreign])
    assert list(bulk.items.values_list("placement", flat=True)) == [own.pk]
    assert foreign[0].number not in ask(coordinator, "pok", [own, *foreign]).content.decode()


def test_only_who_did_it_sees_it(coordinator, team):
    bulk = a_bulk(coordinator, some(team))
    colleague = a_user("coordinator", team)
    for client, status in ((as_(coordinator), 200), (as_(colleague), 404)):
        assert client.get(f"{URL}{bulk.pk}/").status_code == status
    assert as_(colleague).post(f"{URL}{bulk.pk}/opnieuw/").status_code == 404
    assert list(as_(colleague).get(URL).context["page"]) == []
    assert list(as_(coordinator).get(URL).context["page"]) == [bulk]


def test_a_right_that_went_meanwhile_refuses(coordinator, team):
    placements = some(team)
    _response, bulk = do(coordinator, "pok", placements)
    Membership.objects.filter(user=coordinator).delete()
    Membership.objects.create(user=coordinator, role="coordinator", team=a_team())
    assert work() == 3
    assert states(bulk) == [("refused", "Dat doet de bpv-coördinator van het team.", "dossier")] * 3
    assert Pok.objects.count() == 0
    page = as_(coordinator).get(f"{URL}{bulk.pk}/")
    assert [p.number for p in placements if p.number in page.content.decode()] == []
    assert page.context["hidden"] == 3


def test_a_docent_who_left_the_team_meanwhile_is_not_assigned(coordinator, team):
    (placement,) = some(team, 1)
    teacher = a_user("teacher", team, reachability="ma-vr")
    _response, bulk = do(coordinator, "docent", [placement], teacher=teacher.pk)
    Membership.objects.filter(user=teacher).delete()
    work()
    assert states(bulk) == [("refused", f"{teacher.full_name} is geen bpv-docent van dit team.", "placement_teacher")]


# Which


def test_nothing_chosen_goes_back_to_the_list(coordinator):
    response = as_(coordinator).post(URL, {"deed": "pok", "terug": "klas=IC4A"})
    assert (response.status_code, response.url) == (302, "/plaatsingen/?klas=IC4A")


def test_everything_that_the_list_finds(coordinator, team):
    placements = some(team)
    bol = [a_placement(team=team, leerweg="BBL", **LATER), a_placement(**LATER)]
    response = as_(coordinator).post(URL, {"deed": "pok", "sel": bol[0].number, "alles": "leerweg=BOL"})
    assert sorted(p.pk for p in response.context["plan"].can) == sorted(p.pk for p in placements)
    assert response.context["back"] == "/plaatsingen/?leerweg=BOL"


def test_too_many_are_the_first_ones(coordinator, team, monkeypatch):
    monkeypatch.setattr(deeds, "MOST", 2)
    placements = some(team)
    context = ask(coordinator, "pok", placements).context
    assert (len(context["plan"].can), context["too_many"], context["most"]) == (2, 3, 2)
    context = as_(coordinator).post(URL, {"deed": "pok", "alles": "leerweg=BOL"}).context
    assert (len(context["plan"].can), context["too_many"]) == (2, 3)


@pytest.mark.parametrize(("deed", "queries"), [("docent", 5), ("pok", 9), ("aanbieden", 9), ("bericht", 4)])
def test_the_plan_asks_as_much_for_three_as_for_one(coordinator, team, deed, queries, django_assert_num_queries):
    placements = some(team)
    client = as_(coordinator)
    client.get(URL)  # the session is written once
    for chosen in (placements[:1], placements):
        with django_assert_num_queries(queries):
            client.post(URL, {"deed": deed, "sel": [p.number for p in chosen]})


def test_what_came_to_be_missing_since_the_pok_was_made_is_shown_before_offering(coordinator, team):
    (placement,) = some(team, 1)
    a_pok(placement)
    placement.location.accreditations.update(withdrawn_on=placement.start)
    ((_refused, stop),) = ask(coordinator, "aanbieden", [placement]).context["plan"].cannot
    name, crebo = placement.location.name, placement.programme.crebo
    assert stop.why == (
        f"{name} is op ma 1 feb 2027 niet erkend voor {crebo}. Kijk de erkenning na of kies een ander leerbedrijf."
    )


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_result_and_of_the_list(coordinator, team, count, django_assert_num_queries):
    bulks = [a_bulk(coordinator, some(team, count)) for _ in range(count)]
    client = as_(coordinator)
    client.get(URL)  # the session is written once
    with django_assert_num_queries(6):
        client.get(f"{URL}{bulks[0].pk}/")
    with django_assert_num_queries(5):
        client.get(URL)


# Once


def test_a_double_click_is_one_deed(coordinator, team):
    placements, key = some(team), str(uuid4())
    urls = {do(coordinator, "pok", placements, form_key=key)[0].url for _ in range(2)}
    assert (len(urls), Bulk.objects.count(), BulkItem.objects.count()) == (1, 1, 3)
    assert (work(), work()) == (3, 0)
    assert Pok.objects.count() == 3
    assert do(coordinator, "pok", placements, form_key=key)[0].url in urls
    assert Bulk.objects.count() == 1


def test_a_lost_worker_loses_nothing_and_doubles_nothing(coordinator, team, monkeypatch):
    bulk = a_bulk(coordinator, some(team), hours={})
    make, made = deeds.perform, []

    def lost_after_the_second(*args, **options):
        number = make(*args, **options)
        made.append(number)
        if len(made) == 2:
            raise SystemExit
        return number

    monkeypatch.setattr(deeds, "perform", lost_after_the_second)
    with pytest.raises(SystemExit):
        work()
    assert (Pok.objects.count(), [state for state, *_rest in states(bulk)]) == (1, ["done", "waiting", "waiting"])
    assert work() == 2
    assert sorted(Pok.objects.values_list("number", flat=True)) == sorted(set(made))
    assert Pok.objects.count() == 3


def test_a_fault_of_ours_does_not_hold_up_the_others(coordinator, team, monkeypatch, caplog):
    first, second = some(team, 2)
    bulk = a_bulk(coordinator, [first, second], hours={})
    make = deeds.perform

    def broken(bulk, placement, **options):
        made = make(bulk, placement, **options)
        return made if placement.pk != first.pk else 1 // 0

    monkeypatch.setattr(deeds, "perform", broken)
    work()
    assert states(bulk)[0] == ("refused", "Er ging iets mis bij ons. Probeer het opnieuw.", "dossier")
    assert list(Pok.objects.values_list("placement", flat=True)) == [second.pk]
    assert [record.message for record in caplog.records] == [f"bulk deed {bulk.pk} failed for placement {first.pk}"]


def test_a_slice_stops_in_time_and_the_next_goes_on_with_each_deed_in_turn(coordinator, team, monkeypatch):
    bulks = [a_bulk(coordinator, some(team, 2), hours={}) for _ in range(2)]
    ticks = iter(range(100))
    monkeypatch.setattr(deeds.time, "monotonic", lambda: next(ticks))
    assert work(seconds=2) == 2
    assert [[state for state, *_rest in states(bulk)] for bulk in bulks] == [["done", "waiting"]] * 2
    assert work(seconds=9) == 2
    assert Bulk.objects.filter(done_at=None).count() == 0


def test_what_was_refused_can_be_tried_again(coordinator, team):
    fine, unready = some(team, 2)
    supervisor = unready.supervisor
    Placement.objects.filter(pk=unready.pk).update(supervisor=None)
    _response, bulk = do(coordinator, "pok", [fine, unready])
    client = as_(coordinator)
    assert client.post(f"{URL}{bulk.pk}/opnieuw/").status_code == 302
    assert [state for state, *_rest in states(bulk)] == ["waiting", "refused"]
    work()
    Placement.objects.filter(pk=unready.pk).update(supervisor=supervisor)
    client.post(f"{URL}{bulk.pk}/opnieuw/")
    assert work() == 1
    assert [state for state, *_rest in states(bulk)] == ["done", "done"]
    assert Pok.objects.count() == 2


def test_trying_again_mails_nobody_twice(coordinator, team):
    location = a_location()
    supervisor = a_contact(location)
    placements = [a_placement(team=team, location=location, supervisor=supervisor, **LATER) for _ in range(2)]
    bulk = message(coordinator, placements, "opleider")
    work()
    bulk.items.update(state="refused")
    assert as_(coordinator).post(f"{URL}{bulk.pk}/opnieuw/").status_code == 302
    work()
    assert OutboxMail.objects.count() == 1


def test_progress_is_followed_until_it_is_done(coordinator, team):
    bulk = a_bulk(coordinator, some(team), hours={})
    client = as_(coordinator)
    busy = client.get(f"{URL}{bulk.pk}/").content.decode()
    assert busy.count('hx-trigger="every 2s"') == 1
    assert busy.count("0 van 3") == 1
    work()
    done = client.get(f"{URL}{bulk.pk}/").content.decode()
    assert done.count("hx-trigger") == 0
    assert done.count("3 POK&#x27;s gemaakt.") + done.count("3 POK's gemaakt.") == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_do_the_same_placement():
    team = a_team()
    bulk = a_bulk(a_user("coordinator", team), some(team, 8), hours={})
    done = []

    def worker():
        with clock.moved(TODAY):
            done.append(work())
        connection.close()

    workers = [threading.Thread(target=worker) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    work()
    bulk.refresh_from_db()
    assert (sum(done), Pok.objects.count(), bulk.done_at is not None) == (8, 8, True)
    assert {state for state, *_rest in states(bulk)} == {"done"}
