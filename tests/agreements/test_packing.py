"""Many POKs in one file: a ZIP whose manifest tells the hashes, a print file of sheets."""

import csv
import hashlib
import io
import zipfile

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from agreements import packing
from agreements.models import Pok
from bpv.core import documents
from bpv.core.models import AuditEvent
from tests.builders import a_bulk, a_placement, a_pok, a_team, a_user

pytestmark = pytest.mark.django_db


def a_pdf(pages: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as file:
        for _page in range(pages):
            file.add_blank_page()
        file.save(out)
    return out.getvalue()


def with_pages(team, pages: int) -> Pok:
    placement = a_placement(team=team)
    document = documents.store(
        a_pdf(pages), filename="pok.pdf", media_type="application/pdf", by=None, dossier=placement.pk
    )
    return a_pok(placement, document=document)


def test_the_manifest_of_the_zip_tells_the_hash_of_every_file():
    team = a_team()
    poks = [with_pages(team, pages) for pages in (1, 2)]
    with packing.as_zip(poks, by=a_user()) as made, zipfile.ZipFile(made) as archive:
        lines = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode()), delimiter=";"))
        files = {name: archive.read(name) for name in archive.namelist() if name != "manifest.csv"}
    assert {line["bestand"]: line["sha256"] for line in lines} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }
    assert sorted(files) == sorted(f"{pok.number}-v1-{pok.placement.student.number}.pdf" for pok in poks)
    assert AuditEvent.objects.get(event="poks_packed").data == {"count": 2, "what": "ZIP"}


def test_every_pok_starts_on_a_front_page_of_the_print_file():
    team = a_team()
    poks = [with_pages(team, pages) for pages in (3, 2, 1)]
    with packing.as_print_file(poks, by=a_user()) as made, pikepdf.open(made) as file:
        assert len(file.pages) == 4 + 2 + 2


def test_a_damaged_document_stops_it_with_its_number():
    pok = with_pages(a_team(), 1)
    path = documents.path_of(pok.document.sha256)
    path.chmod(0o640)
    path.write_bytes(b"damaged")
    with pytest.raises(ValidationError) as fault:
        packing.as_zip([pok], by=a_user())
    assert fault.value.messages == [f"Het document van {pok.number} is niet te lezen. Meld dit bij beheer."]


def test_only_the_poks_of_the_own_bulk_that_are_still_visible(client):
    team = a_team()
    coordinator = a_user("coordinator", team)
    mine, moved = with_pages(team, 1), with_pages(a_team(), 1)
    bulk = a_bulk(coordinator, [mine.placement, moved.placement])
    bulk.items.update(state="done")
    client.force_login(coordinator)
    response = client.post(f"/plaatsingen/samen/{bulk.pk}/bestand/", {"zip": "1"})
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        names = archive.namelist()
    for close in response._resource_closers:  # not `response.close()`, which ends the connection of the test
        close()
    assert names == [f"{mine.number}-v1-{mine.placement.student.number}.pdf", "manifest.csv"]
    client.force_login(a_user("coordinator", team))
    assert client.post(f"/plaatsingen/samen/{bulk.pk}/bestand/").status_code == 404
