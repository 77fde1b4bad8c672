"""The list of placements as a file: the same rows in the same order, words for marks, and it is recorded."""

import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from bpv.core import clock
from bpv.core.audit import sentence
from bpv.core.models import AuditEvent
from tests.builders import a_finding, a_location, a_placement, a_student, a_team, a_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
URL = "/plaatsingen/exporteren/"


@pytest.fixture(autouse=True)
def _day():
    with clock.moved(TODAY):
        yield


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def lines(client, query: str = "") -> list[list[str]]:
    raw = content(client.post(f"{URL}?{query}", {"vorm": "csv"})).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(raw, newline=""), delimiter=";"))


@pytest.mark.parametrize("query", ["", "q=berg", "leerweg=BOL&sort=-leerbedrijf", "sort=uiterlijk", "docent=geen"])
def test_the_file_is_the_list(client, query):
    team = a_team()
    for number in range(53):  # more than a page
        placement = a_placement(team=team, location=a_location(name=f"Bedrijf {number % 7}"))
        a_finding(placement, "S5", due=date(2026, 12, 1 + number % 9))
    a_placement()  # of another team
    client.force_login(a_user("coordinator", team))
    listed = []
    for page in (1, 2):
        shown = client.get(f"/plaatsingen/?{query}&page={page}").context["page"]
        listed += [row.placement.number for row in shown] if shown.number == page else []
    assert [line[2] for line in lines(client, query)[1:]] == listed


def test_a_row_in_words(client):
    placement = a_placement(student=a_student(first_name="Noa", prefix="de", last_name="Vries", number="420001"))
    a_finding(placement, "S5", due=date(2026, 8, 30))
    a_finding(placement, "S4.2-b", due=date(2026, 9, 28), done_on=date(2026, 9, 7))
    client.force_login(a_user("coordinator", placement.team))
    head, line = lines(client)
    assert dict(zip(head, line, strict=True)) == {
        "Student": "Noa de Vries",
        "Studentnummer": "420001",
        "Plaatsing": placement.number,
        "Opleiding": "Software developer",
        "Crebo": placement.programme.crebo,
        "Leerweg": "BOL",
        "Klas": "IC4A",
        "Leerbedrijf": placement.location.name,
        "Plaats": "Goor",
        "Begin": "2026-08-31",
        "Einde": "2027-02-26",
        "POK": "te laat",
        "Erkenning": "",
        "1e contact": "gedaan",
        "Contactmomenten": "",
        "Vragen": "",
        "Leerdoelen": "",
        "Beoordeling": "",
        "Eerst te doen": "POK in dossier zetten",
        "Uiterlijk": "2026-08-30",
        "Bpv-docent": placement.teacher.full_name,
    }


def test_xlsx_has_the_same_rows_and_real_dates(client):
    placement = a_placement(location=a_location(name="=Bedrijf"))
    client.force_login(a_user("coordinator", placement.team))
    sheet = load_workbook(io.BytesIO(content(client.post(URL, {"vorm": "xlsx"})))).active
    head, line = sheet.iter_rows()
    by_name = {title.value: cell for title, cell in zip(head, line, strict=True)}
    assert (by_name["Plaatsing"].value, by_name["Begin"].value) == (placement.number, datetime(2026, 8, 31))
    assert (by_name["Leerbedrijf"].value, by_name["Leerbedrijf"].data_type) == ("=Bedrijf", "s")


def test_who_took_what_along_is_recorded(client):
    placement = a_placement()
    coordinator = a_user("coordinator", placement.team)
    client.force_login(coordinator)
    lines(client, "leerweg=BOL")
    event = AuditEvent.objects.get(event="list_exported")
    assert (event.by, sentence(event)) == (coordinator, "Lijst geëxporteerd: 1 plaatsingen (Leerweg: BOL)")


def test_an_export_is_a_deed_and_of_two_kinds(client):
    placement = a_placement()
    client.force_login(a_user("coordinator", placement.team))
    assert client.get(URL).status_code == 405
    assert client.post(URL, {"vorm": "exe"}).status_code == 404
    client.force_login(a_user())
    assert client.post(URL, {"vorm": "csv"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(client, django_assert_num_queries, count):
    team = a_team()
    for _ in range(count):
        a_finding(a_placement(team=team), "S5", due=date(2026, 8, 30))
    client.force_login(a_user("coordinator", team))
    client.get("/plaatsingen/")
    with django_assert_num_queries(8):
        assert len(lines(client)) == count + 1
