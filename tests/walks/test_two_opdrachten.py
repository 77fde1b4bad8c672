"""Two opdrachten from the catalogue to a judgement: one file refused, one good, judged by a German praktijkopleider."""

import subprocess
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessment.assignments import left_open
from assessment.models import Assignment, HandedOut
from bpv.core import clock
from bpv.core.models import AuditEvent, OutboxMail
from tests.assessment.test_upload_corpus import office
from tests.builders import a_contact, a_placement, a_user, a_work_process
from tests.core.test_uploads import a_pdf, a_picture
from tests.visits.held import logged_in

pytestmark = pytest.mark.django_db
WRITTEN, HANDED_OUT, WORKED, JUDGED = date(2026, 9, 1), date(2026, 9, 14), date(2026, 10, 5), date(2026, 10, 7)


@pytest.fixture
def placement():
    supervisor = a_user(language="de", first_name="Uta", last_name="Großmann")
    contact = a_contact(user=supervisor, email=supervisor.email, language="de", last_name="Großmann")
    found = a_placement(supervisor=contact)
    found.student.user = a_user(email=found.student.email)
    found.student.save()
    return found


def text_of(client, address, path):
    path.write_bytes(client.get(address).content)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def test_two_opdrachten(placement, tmp_path):
    coordinator = logged_in(a_user("coordinator", placement.team))
    teacher, student = logged_in(placement.teacher), logged_in(placement.student.user)
    in_german = logged_in(placement.supervisor.user)
    here = f"/plaatsingen/{placement.number}"
    processes = [a_work_process(placement.programme, f"B1-K1-W{number}") for number in (1, 2, 3)]

    with clock.moved(WRITTEN):
        for number, title in enumerate(("Leer de route kennen", "Rijd de route")):
            sent = {"title": title, "work_processes": [processes[number].pk], "difficulty": number + 1, "active": "on"}
            sent |= {"steps": "Bekijk de kaart.\nSchrijf op wat opvalt.", "in_working_time": "on", "reflection": ""}
            coordinator.post(f"/opleidingen/{placement.programme_id}/opdrachten/nieuw/", sent)

    with clock.moved(HANDED_OUT):
        teacher = logged_in(placement.teacher)
        chosen = list(Assignment.objects.values_list("pk", flat=True))
        teacher.post(f"{here}/opdrachten/uitdelen/", {"chosen": chosen, "due": "2026-10-09"})
    one, two = HandedOut.objects.all()
    assert (left_open(placement), OutboxMail.objects.get(kind="assignment_handed_out").to) == (
        [one, two],
        placement.student.email,
    )

    with clock.moved(WORKED):
        student = logged_in(placement.student.user)
        word = SimpleUploadedFile("verslag.docx", office("word"))
        refused = student.post(f"/opdrachten/{one.pk}/inleveren/", {"text": "Lang verslag.", "file": word})
        assert (list(refused.context["form"].errors), "Lang verslag.</textarea>" in refused.content.decode()) == (
            ["file"],
            True,
        )
        good = SimpleUploadedFile("verslag.pdf", a_pdf())
        assert (
            student.post(f"/opdrachten/{one.pk}/inleveren/", {"text": "Lang verslag.", "file": good}).status_code == 302
        )
        photo = SimpleUploadedFile("IMG_1.jpg", a_picture())
        assert student.post(f"/opdrachten/{two.pk}/inleveren/", {"text": "", "file": photo}).status_code == 302
    asked = OutboxMail.objects.get(kind="assignment_handed_in")
    assert (asked.to, f"{here}/opdrachten/" in asked.body) == (placement.supervisor.email, True)

    with clock.moved(JUDGED):
        in_german = logged_in(placement.supervisor.user)
        page = in_german.get(f"{here}/opdrachten/")
        assert ('<html lang="de"' in page.content.decode(), [line.deed for line in page.context["lines"]]) == (
            True,
            ["assess", "assess"],
        )
        assert in_german.get(f"/opdrachten/{one.pk}/versie/1/").content.startswith(b"%PDF-")
        judged = {"role": "supervisor", "score": "g", "feedback": "Sehr gründlich.", "version": 1}
        assert in_german.post(f"/opdrachten/{one.pk}/beoordelen/", judged).status_code == 302
        judged = {"role": "daily", "assessor": "Jörg Kühn", "score": "o", "feedback": "Noch einmal.", "version": 1}
        assert in_german.post(f"/opdrachten/{two.pk}/beoordelen/", judged).status_code == 302
        read = logged_in(placement.student.user).get(f"/opdrachten/{two.pk}/").content.decode()
        assert [word in read for word in ("Noch einmal.", "Jörg Kühn", "werkbegeleider", "Opnieuw inleveren")] == [
            True
        ] * 4

    covered = logged_in(placement.teacher).get(f"{here}/werkprocessen/").context["lines"]
    assert [(line.handed_out, line.submitted, line.passed) for line in covered] == [(1, 1, 1), (1, 1, 0), (0, 0, 0)]
    assert left_open(placement) == []
    written = text_of(logged_in(placement.teacher), f"/opdrachten/{one.pk}/uitwerking.pdf", tmp_path / "een.pdf")
    assert [word in written for word in ("Leer de route kennen", "Lang verslag.", "Sehr gründlich.")] == [True] * 3
    kept = (
        AuditEvent.objects.filter(event="assignment_assessed").order_by("pk").values_list("data__role", "data__result")
    )
    assert list(kept) == [("praktijkopleider", "goed"), ("werkbegeleider", "onvoldoende")]
