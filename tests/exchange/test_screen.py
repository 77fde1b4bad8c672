"""The import on screen: upload, plan by the worker, decision, rows; and who may."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Team
from bpv.core.models import AuditEvent
from exchange import downloads, services
from exchange.importing.reading import Incoming
from exchange.models import ImportRun, State
from tests.builders import a_student, a_user

pytestmark = pytest.mark.django_db
GOOD = b"College;Team\r\nCollege Noord;Bouw\r\nCollege Noord;Zorg\r\n"
BAD = b"College;Team\r\nCollege Noord;Bouw\r\n;Zorg\r\n"


@pytest.fixture
def coordinator(client):
    user = a_user("coordinator")
    client.force_login(user)
    return user


def upload(client, *files: tuple[str, bytes]):
    data = {"files": [SimpleUploadedFile(name, content) for name, content in files]}
    return client.post(reverse("imports"), data)


def test_upload_plan_and_read_in(client, coordinator):
    answer = upload(client, ("teams.csv", GOOD))
    run = ImportRun.objects.get()
    assert answer.url == reverse("import_run", args=[run.pk])
    assert (run.state, run.by) == (State.UPLOADED, coordinator)
    assert b"data-follow" in client.get(answer.url).content

    services.work_waiting()
    run.refresh_from_db()
    assert (run.state, run.counts) == (
        State.PLANNED,
        [{"file": "teams.csv", "new": 2, "changed": 0, "unchanged": 0, "cannot": 0}],
    )
    assert not Team.objects.filter(name="Bouw").exists()

    client.post(answer.url)
    services.work_waiting()
    run.refresh_from_db()
    assert (run.state, run.applied_by, Team.objects.filter(college__name="College Noord").count()) == (
        State.APPLIED,
        coordinator,
        2,
    )
    assert AuditEvent.objects.get(event="school_imported").data == {"created": 2, "changed": 0, "skipped": 0}
    assert "Ingelezen: 2 rijen nieuw of gewijzigd, 0 niet ingelezen." in client.get(answer.url).content.decode()


def test_with_errors_nothing_goes_in_unless_asked(client, coordinator):
    page = upload(client, ("teams.csv", BAD)).url
    services.work_waiting()
    shown = client.get(page).content.decode()
    assert "Dit mag niet leeg zijn." in shown
    refused = client.post(page)
    assert refused.context["form"].errors == {
        "partial": ["Zet dit vinkje, of verbeter de bestanden en lees ze opnieuw in."]
    }
    client.post(page, {"partial": "on"})
    services.work_waiting()
    assert list(Team.objects.filter(college__name="College Noord").values_list("name", flat=True)) == ["Bouw"]


def test_pressing_twice_reads_in_once(client, coordinator):
    page = upload(client, ("teams.csv", GOOD)).url
    services.work_waiting()
    for _turn in range(2):
        client.post(page)
    services.work_waiting()
    services.work_waiting()
    client.post(page)
    services.work_waiting()
    assert AuditEvent.objects.filter(event="school_imported").count() == 1


def test_a_run_whose_worker_was_lost_is_taken_up_again(coordinator):
    run = services.upload(files=[Incoming("teams.csv", GOOD)], by=coordinator)
    ImportRun.objects.filter(pk=run.pk).update(state=State.PLANNING, attempts=1)
    assert services.work_waiting() == 1
    run.refresh_from_db()
    assert run.state == State.PLANNED


def test_a_run_that_keeps_failing_is_given_up(coordinator):
    run = services.upload(files=[Incoming("teams.csv", GOOD)], by=coordinator)
    ImportRun.objects.filter(pk=run.pk).update(state=State.PLANNING, attempts=services.MAX_ATTEMPTS)
    services.work_waiting()
    run.refresh_from_db()
    assert (run.state, run.problems[0]["message"]) == (
        State.FAILED,
        "Het lukt niet om deze bestanden te verwerken. Er is niets ingelezen. Probeer kleinere bestanden.",
    )


@pytest.mark.parametrize(
    ("files", "messages"),
    [
        ([], ["Kies een of meer bestanden."]),
        ([("teams.pdf", b"x")], ["teams.pdf is geen .csv of .xlsx."]),
        ([("teams.csv", b"")], ["teams.csv is leeg."]),
        (
            [("lijst.csv", b"x"), ("a.txt", b"y")],
            ["lijst.csv is niet bekend. Geef het bestand de naam van het sjabloon.", "a.txt is geen .csv of .xlsx."],
        ),
    ],
)
def test_what_cannot_be_uploaded_is_said_at_the_field(client, coordinator, files, messages):
    answer = upload(client, *files)
    assert answer.context["form"].errors == {"files": messages}
    assert ImportRun.objects.count() == 0


@pytest.mark.parametrize("role", ["teacher", "manager", ""])
def test_only_coordinators(client, role):
    run = services.upload(files=[Incoming("teams.csv", GOOD)], by=None)
    client.force_login(a_user(role) if role else a_student_user())
    addresses = [
        reverse("imports"),
        reverse("import_run", args=[run.pk]),
        reverse("import_template", args=["teams.csv"]),
    ]
    assert [client.get(address).status_code for address in addresses] == [403, 403, 403]
    assert upload(client, ("teams.csv", GOOD)).status_code == 403


def a_student_user():
    user = a_user()
    a_student(user=user)
    return user


def test_another_coordinator_sees_the_run(client, coordinator):
    run = services.upload(files=[Incoming("teams.csv", GOOD)], by=a_user("coordinator"))
    assert client.get(reverse("import_run", args=[run.pk])).status_code == 200
    assert client.get(reverse("import_run", args=[run.pk + 1])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_row_as_for_three(client, coordinator, count, django_assert_num_queries):
    for _turn in range(count):
        services.upload(files=[Incoming("teams.csv", GOOD)], by=coordinator)
    client.get(reverse("imports"))
    with django_assert_num_queries(5):
        client.get(reverse("imports"))


def test_the_templates_can_be_read_in_as_they_are(client, coordinator):
    names = [
        name for name in downloads.NAMES if name not in ("leerbedrijven.csv", "erkenningen.csv", "contactpersonen.csv")
    ]
    answers = {name: client.get(reverse("import_template", args=[name])) for name in names}
    assert {answer.status_code for answer in answers.values()} == {200}
    files = [Incoming(name, answer.content) for name, answer in answers.items()]
    plan, written = services.apply_import(files)
    assert ([problem.message for problem in plan.errors], written, plan.total("new")) == ([], True, 11)


def test_csv_templates_open_in_a_spreadsheet_as_utf8(client, coordinator):
    content = client.get(reverse("import_template", args=["teams.csv"])).content
    assert content == "\ufeffCollege;Team\r\nCollege voor Techniek en ICT;ICT\r\n".encode()
    assert client.get(reverse("import_template", args=["anders.csv"])).status_code == 404
    assert client.get(reverse("import_template", args=["teams"])).status_code == 404


def test_a_file_of_its_own_kind_is_needed_once():
    plan = services.plan_import([Incoming("teams.csv", GOOD), Incoming("Export teams.csv", GOOD)])
    assert [problem.message for problem in plan.errors] == [
        "Dit staat ook al in teams.csv. Geef één bestand met teams."
    ]
