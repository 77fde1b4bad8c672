"""POK-08: a scan is kept as KOPIE and never counts as signed."""

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements import paper, scanning
from agreements.lifecycle import State, state_of
from agreements.models import Scan, Signature
from bpv.core import clock
from bpv.core.models import AuditEvent
from bpv.core.uploads import Cleaned
from compliance import facts
from tests.builders import a_placement, a_round
from tests.core.test_uploads import a_pdf, a_picture

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 3)
COPY = Cleaned(b"%PDF-1.7 kopie", "pdf")


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def on_paper(mode="paper"):
    return a_round(a_placement(), mode=mode)


def send(client, pok, content, name="Getekende POK (definitief).pdf"):
    return client.post(reverse("pok_scan", args=[pok.pk]), {"file": SimpleUploadedFile(name, content)})


def test_pok_08_a_scan_is_a_copy_and_changes_nothing(client):
    pok = on_paper()
    client.force_login(pok.offered_by)
    answer = send(client, pok, a_pdf())
    assert (answer.status_code, answer.url) == (302, reverse("pok_scan", args=[pok.pk]))
    kept = Scan.objects.get()
    assert (kept.document.filename, kept.by) == (f"KOPIE-{pok.number}-versie-1.pdf", pok.offered_by)
    assert (Signature.objects.count(), state_of(pok, TODAY)) == (0, State.OFFERED)
    known = facts.facts_of(pok.placement).pok
    assert (known.signed_student, known.signed_company, known.signed_school) == (None, None, None)
    assert AuditEvent.objects.filter(event="pok_scan_kept", subject_id=pok.pk).count() == 1


def test_pok_08_also_with_a_scan_the_original_has_to_be_received_first():
    pok = on_paper()
    scanning.keep_scan(pok=pok, by=pok.offered_by, copy=COPY)
    signatures = dict.fromkeys(("student", "company", "school"), ("Naam", TODAY))
    with pytest.raises(ValidationError):
        paper.check_original(pok=pok, by=pok.offered_by, signatures=signatures, kept_at="Kast", today=TODAY)
    assert Signature.objects.count() == 0


def test_a_digital_round_has_no_scans():
    pok = on_paper("digital")
    with pytest.raises(ValidationError):
        scanning.keep_scan(pok=pok, by=pok.offered_by, copy=COPY)


def test_there_is_an_end_to_copies():
    pok = on_paper()
    for _copy in range(scanning.MOST):
        scanning.keep_scan(pok=pok, by=pok.offered_by, copy=COPY)
    with pytest.raises(ValidationError):
        scanning.keep_scan(pok=pok, by=pok.offered_by, copy=COPY)


def test_a_copy_is_a_file_to_save_and_never_a_page(client):
    pok = on_paper()
    client.force_login(pok.offered_by)
    send(client, pok, a_picture("PNG"), name="<script>.png")
    answer = client.get(reverse("pok_scan_file", args=[pok.pk, Scan.objects.get().pk]))
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="KOPIE-{pok.number}-versie-1.png"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert io.BytesIO(answer.content).read(4) == b"\x89PNG"


def test_what_is_refused_says_why_at_the_field(client):
    pok = on_paper()
    client.force_login(pok.offered_by)
    page = send(client, pok, b"<html>")
    assert page.context["form"].errors == {"file": ["Dit is geen PDF, JPG of PNG. Kies een scan of een foto."]}
    assert Scan.objects.count() == 0


def test_a_copy_of_another_document_is_not_found_under_this_one(client):
    ours, other = on_paper(), on_paper()
    kept = scanning.keep_scan(pok=other, by=other.offered_by, copy=COPY)
    client.force_login(ours.offered_by)
    assert client.get(reverse("pok_scan_file", args=[ours.pk, kept.pk])).status_code == 404


@pytest.mark.parametrize(("mode", "page"), [("paper", "pok_paper"), ("digital", "pok")])
def test_the_code_on_the_paper_leads_to_where_the_original_is_followed(client, mode, page):
    pok = on_paper(mode)
    client.force_login(pok.offered_by)
    answer = client.get(reverse("verify_code", args=[pok.code]))
    assert answer.text.count(f'href="{reverse(page, args=[pok.pk])}"') == 1
    client.logout()
    assert client.get(reverse("verify_code", args=[pok.code])).text.count(f"/pok/{pok.pk}/") == 0
