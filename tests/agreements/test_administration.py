"""The studentenadministratie: which POKs it sees and where they stand, filing them, and dossiers to take along."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import date, timedelta

import pytest

from agreements import administration, archive, chain, lifecycle
from agreements.models import Paper, Signatory, Signature
from bpv.core import clock, documents
from bpv.core.models import AuditEvent
from tests.builders import a_placement, a_pok, a_student, a_team, a_user, signed_by_all

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
START = date(2026, 8, 31)
BEFORE = date(2026, 8, 20)
URL = "/administratie/"


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def office(team):
    return a_user("administration", team)


def a_document(content=b"%PDF-1.7 tekst", name="pok.pdf"):
    return documents.store(content, filename=name, media_type="application/pdf", by=None)


def a_signed(team, leerweg="BOL", **fields):
    return a_pok(a_placement(team=team, leerweg=leerweg), signed_by_all(BEFORE), **fields)


def a_sealed(team, content=b"%PDF-1.7 zegel", **fields):
    at = clock.at(BEFORE)
    return a_signed(team, mode="digital", complete_at=at, sealed=a_document(content), sealed_at=at, **fields)


def stands(user):
    return {pok.pk: (pok.stand, pok.late) for pok in administration.of(user, TODAY)}


def listed(client, **query):
    return [pok.pk for pok in client.get(URL, query).context["page"]]


def test_every_stand_follows_from_signatures_seal_and_filing(team, office):
    at = clock.at(BEFORE)
    further = a_pok(
        a_placement(team=team), {"student": BEFORE, "school": BEFORE}, kind="further", belongs_to=a_signed(team)
    )
    at_seal = {"mode": "window", "complete_at": at, "sealed": a_document(b"%PDF-1.7 addendum"), "sealed_at": at}
    sealed_addendum = a_pok(
        a_placement(team=team), signed_by_all(BEFORE), kind="addendum", belongs_to=further.belongs_to, **at_seal
    )
    with_guardian = a_signed(team)
    Signatory.objects.create(pok=with_guardian, party="guardian")
    expected = {
        a_pok(a_placement(team=team)): "open",
        a_pok(a_placement(team=team), {"student": BEFORE, "school": BEFORE}): "open",
        a_signed(team): "opbergen",
        a_signed(team, mode="paper"): "opbergen",
        a_signed(team, mode="digital", complete_at=at): "zegel",
        a_sealed(team): "opbergen",
        a_sealed(team, filed_on=BEFORE): "dossier",
        further: "opbergen",
        sealed_addendum: "dossier",
        with_guardian: "open",
    }
    found = stands(office)
    assert {pok.number: found[pok.pk][0] for pok in expected} == {pok.number: stand for pok, stand in expected.items()}
    said = {
        "open": {"concept", "offered"},
        "opbergen": {"signed", "sealed"},
        "zegel": {"complete"},
        "dossier": {"filed", "sealed"},
    }
    assert [pok for pok, stand in expected.items() if lifecycle.state_of(pok, TODAY) not in said[stand]] == []


@pytest.mark.parametrize(
    ("leerweg", "last_good_day"), [("BOL", START - timedelta(days=1)), ("BBL", START + timedelta(days=13))]
)
def test_s5_late_from_the_day_after_the_last_good_day(team, office, leerweg, last_good_day):
    pok = a_signed(team, leerweg)
    on_time, late = (administration.of(office, day).get() for day in (last_good_day, last_good_day + timedelta(days=1)))
    assert (on_time.pk, on_time.due, on_time.late, late.late) == (pok.pk, last_good_day, False, True)


def test_only_what_still_must_be_filed_is_late(team, office):
    filed = a_sealed(team, filed_on=TODAY)
    attached = a_pok(filed.placement, signed_by_all(BEFORE), kind="addendum", belongs_to=filed)
    cancelled = a_signed(team)
    cancelled.placement.state, cancelled.placement.reason = "cancelled", "Stopt"
    cancelled.placement.save()
    found = stands(office)
    assert [found[pok.pk][1] for pok in (filed, attached, cancelled)] == [False, False, False]


def test_the_list_has_the_poks_of_the_own_teams_that_stand(client, team, office):
    mine = a_signed(team)
    a_signed(team, withdrawn_on=TODAY, withdrawn_reason="Fout")
    a_signed(a_team())
    client.force_login(office)
    assert listed(client) == [mine.pk]


def test_filters_counts_and_search(client, team, office):
    open_bol = a_pok(a_placement(team=team, student=a_student(last_name="Zwart")))
    signed_bbl = a_signed(team, "BBL")
    filed = a_sealed(team, filed_on=BEFORE)
    client.force_login(office)
    page = client.get(URL)
    assert [view.count for view in page.context["views"]] == [3, 1, 2, 0, 1, 1]
    assert listed(client, stand="laat") == [open_bol.pk, signed_bbl.pk]
    assert listed(client, stand="dossier") == [filed.pk]
    assert listed(client, leerweg="BBL") == [signed_bbl.pk]
    assert listed(client, q="zwart") == listed(client, q=open_bol.number.lower()) == [open_bol.pk]
    assert (listed(client, jaar="2025"), len(listed(client, jaar="2026"))) == ([], 3)
    assert len(listed(client, stand="onbekend", team="999")) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_the_list(client, team, office, count, django_assert_num_queries):
    for _number in range(count):
        a_signed(team)
    client.force_login(office)
    client.get(URL)  # the first page of a session writes the session
    with django_assert_num_queries(6):
        assert len(listed(client)) == count


def test_pages_of_fifty(client, team, office):
    placement = a_placement(team=team)
    first = a_pok(placement)
    type(first).objects.bulk_create(
        type(first)(
            placement=placement,
            kind="addendum",
            belongs_to=first,
            number=f"{first.number}-A{number}",
            start=first.start,
            end=first.end,
            hours_per_week=24,
            hours_total=600,
        )
        for number in range(50)
    )
    client.force_login(office)
    assert (len(listed(client)), len(listed(client, page=2))) == (50, 1)


@pytest.mark.parametrize("role", ["coordinator", "teacher", "manager"])
def test_other_roles_have_no_such_page(client, team, role):
    client.force_login(a_user(role, team))
    assert [client.get(url).status_code for url in (URL, "/register/")] == [403, 403]


def test_who_is_only_studentenadministratie_starts_here_and_opens_a_pok_but_no_dossier(client, team, office):
    pok = a_signed(team, document=a_document())
    client.force_login(office)
    assert client.get("/").headers["Location"] == URL
    urls = [f"/pok/{pok.pk}/", f"/pok/{pok.pk}/pdf/", f"/plaatsingen/{pok.placement.number}/", "/plaatsingen/"]
    assert [client.get(url).status_code for url in urls] == [200, 200, 404, 403]
    assert [item.label for item in client.get(URL).context["nav"]] == ["POK's", "Register"]


def test_who_is_coordinator_as_well_keeps_vandaag(client, team, office):
    office.memberships.create(role="coordinator", team=team)
    client.force_login(office)
    assert client.get("/").status_code == 200
    labels = [item.label for item in client.get("/").context["nav"]]
    assert labels[:3] == ["Vandaag", "POK's", "Register"]


def test_filing_shows_first_what_goes_and_what_does_not(client, team, office):
    ready, waits, filed = a_signed(team), a_pok(a_placement(team=team)), a_sealed(team, filed_on=BEFORE)
    client.force_login(office)
    plan = client.post(f"{URL}dossier/", {"sel": [ready.pk, waits.pk, filed.pk], "terug": "stand=opbergen"})
    assert plan.context["ready"] == [ready]
    assert {pok.pk for pok in plan.context["others"]} == {waits.pk, filed.pk}
    ready.refresh_from_db()
    assert ready.filed_on is None
    done = client.post(f"{URL}dossier/", {"sel": [ready.pk], "on": "2026-11-24", "terug": "stand=opbergen"})
    assert done.headers["Location"] == f"{URL}?stand=opbergen"
    ready.refresh_from_db()
    assert (ready.filed_on, ready.filed_in) == (TODAY, "diplomadossier")
    assert AuditEvent.objects.get(event="pok_filed").by_id == office.pk


def test_all_of_a_filter_at_once(client, team, office):
    poks = [a_signed(team, "BBL"), a_signed(team, "BBL")]
    other = a_signed(team)
    client.force_login(office)
    client.post(f"{URL}dossier/", {"alles": "leerweg=BBL", "on": "2026-11-24"})
    for pok in (*poks, other):
        pok.refresh_from_db()
    assert [pok.filed_in for pok in (*poks, other)] == ["bekostigingsdossier", "bekostigingsdossier", ""]


@pytest.mark.parametrize(
    ("on", "message"), [("2026-11-25", "Deze datum ligt in de toekomst."), ("", "Dit veld is verplicht.")]
)
def test_filing_needs_a_day_that_is_not_to_come(client, team, office, on, message):
    pok = a_signed(team)
    client.force_login(office)
    answer = client.post(f"{URL}dossier/", {"sel": [pok.pk], "on": on})
    assert answer.context["form"].errors == {"on": [message]}


def test_a_pok_that_is_signed_later_than_the_day_is_refused_by_name(client, team, office):
    pok = a_signed(team)
    client.force_login(office)
    answer = client.post(f"{URL}dossier/", {"sel": [pok.pk], "on": "2026-08-19"}, follow=True)
    said = f"{pok.number}: De laatste handtekening is van later. Kies een latere datum."
    assert [str(message) for message in answer.context["messages"]] == [said]


def test_nothing_of_another_team_can_be_chosen(client, team, office):
    pok = a_signed(a_team())
    client.force_login(office)
    answer = client.post(f"{URL}dossier/", {"sel": [pok.pk, "x", "9" * 30], "on": "2026-11-24"}, follow=True)
    pok.refresh_from_db()
    assert pok.filed_on is None
    assert [str(message) for message in answer.context["messages"]] == ["Kies eerst een of meer POK's."]


def zipped(answer):
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def made(poks, office):
    with archive.make(poks, by=office, today=TODAY) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def manifest(archived):
    return list(csv.DictReader(io.StringIO(archived.read("manifest.csv").decode("utf-8-sig")), delimiter=";"))


def test_arc_01_the_manifest_names_every_file_with_the_hash_of_its_bytes(client, team, office):
    sealed = a_sealed(team, filed_on=BEFORE)
    chain.record(sealed, "offered", at=clock.at(BEFORE))
    paper = a_signed(team, "BBL", mode="paper", document=a_document())
    Paper.objects.create(pok=paper, kept_at="Kast 3, map B")
    client.force_login(office)
    archived = zipped(client.post(f"{URL}zip/", {"sel": [sealed.pk, paper.pk]}))
    lines = manifest(archived)
    names = [
        f"diplomadossier/{sealed.number}-v1.pdf",
        f"diplomadossier/{sealed.number}-v1-bewijs.json",
        f"bekostigingsdossier/{paper.number}-v1-tekst.pdf",
        f"bekostigingsdossier/{paper.number}-v1-papier.txt",
    ]
    assert sorted(line["bestand"] for line in lines) == sorted(names)
    assert sorted(archived.namelist()) == sorted([*names, "manifest.csv"])
    for line in lines:
        content = archived.read(line["bestand"])
        assert (line["sha256"], line["bytes"]) == (hashlib.sha256(content).hexdigest(), str(len(content)))
    about = {
        line["bestand"]: (line["POK-nummer"], line["versie"], line["dossier"], line["in dossier op"]) for line in lines
    }
    assert about[names[0]] == (sealed.number, "1", "diplomadossier", "2026-08-20")
    assert archived.read(names[0]) == documents.read(sealed.sealed)
    proof = json.loads(archived.read(names[1]))
    assert ([entry["party"] for entry in proof["signatures"]], chain.is_intact(proof["events"])) == (
        ["student", "company", "school"],
        True,
    )
    assert "Waar ligt het origineel: Kast 3, map B" in archived.read(names[3]).decode().splitlines()


def test_it_is_recorded_who_took_how_many_along(client, team, office):
    poks = [a_sealed(team), a_sealed(team, b"%PDF-1.7 twee")]
    client.force_login(office)
    zipped(client.post(f"{URL}zip/", {"sel": [pok.pk for pok in poks]}))
    event = AuditEvent.objects.get(event="dossiers_exported")
    assert (event.by_id, event.data) == (office.pk, {"count": 2})


def test_a_damaged_document_stops_the_whole_file(client, team, office):
    good, bad = a_sealed(team), a_sealed(team, b"%PDF-1.7 stuk")
    path = documents.path_of(bad.sealed.sha256)
    path.chmod(0o640)
    path.write_bytes(b"anders")
    client.force_login(office)
    answer = client.post(f"{URL}zip/", {"sel": [good.pk, bad.pk]}, follow=True)
    said = f"Het document van {bad.number} is niet te lezen. Er is niets geëxporteerd. Meld dit bij beheer."
    assert [str(message) for message in answer.context["messages"]] == [said]
    assert AuditEvent.objects.filter(event="dossiers_exported").count() == 0
    path.unlink()


def test_names_of_files_are_safe_and_never_the_same(team, office):
    for number in ("../../p/x", "..\\..\\p\\x"):
        pok = a_sealed(team)
        pok.number = number
        pok.save()
    archived = made(administration.of(office, TODAY).order_by("pk"), office)
    first, second = (name for name in archived.namelist() if name.endswith(".pdf"))
    assert (first, second) == ("diplomadossier/______p_x-v1.pdf", f"diplomadossier/______p_x-v1-{pok.pk}.pdf")


def test_a_number_that_looks_like_a_formula_is_shown_as_text(team, office):
    pok = a_sealed(team)
    pok.number = "=1+1"
    pok.save()
    archived = made(administration.of(office, TODAY), office)
    assert manifest(archived)[0]["POK-nummer"] == "'=1+1"


def test_at_most_three_hundred_at_once(client, team, office, monkeypatch):
    monkeypatch.setattr(administration, "AT_ONCE", 1)
    poks = [a_signed(team), a_signed(team)]
    client.force_login(office)
    answer = client.post(f"{URL}zip/", {"sel": [pok.pk for pok in poks]}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "Kies hoogstens 1 POK's tegelijk; nu zijn het er 2."
    ]


def test_the_list_as_a_file(client, team, office):
    pok = a_signed(team)
    client.force_login(office)
    answer = client.post(f"{URL}exporteren/?stand=opbergen", {"vorm": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert [len(row) for row in rows] == [14, 14]
    assert rows[1][2:5] + rows[1][11:] == [pok.number, "1", "kwalificatie", "in dossier te zetten", "2026-08-30", ""]


def test_signatures_of_nobody_else_are_written_by_filing(client, team, office):
    pok = a_pok(a_placement(team=team), {"student": BEFORE})
    client.force_login(office)
    client.post(f"{URL}dossier/", {"sel": [pok.pk], "on": "2026-11-24"})
    assert (Signature.objects.filter(pok=pok).count(), AuditEvent.objects.count()) == (1, 0)
