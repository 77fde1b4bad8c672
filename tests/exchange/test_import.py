"""The school's own files: plan, in, and in again."""

import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook

from agreements.models import Pok, Signature
from bpv.core import clock
from companies.models import Company, Location
from exchange import services
from placements.models import Placement
from students.models import Enrolment, Student, WorkProcess
from tests.exchange.conftest import edit, incoming, text_of
from tests.exchange.state import NOTHING, counts, versions
from visits.models import ContactMoment, HelpRequest

pytestmark = pytest.mark.django_db


def read_in(files):
    plan, written = services.apply_import(incoming(files))
    assert [problem.message for problem in plan.errors] == []
    assert written
    return plan


def picture() -> dict[str, list]:
    """What was read, without ids."""
    return {
        "students": list(
            Student.objects.order_by("number").values_list(
                "number", "prefix", "last_name", "mobile", "postcode", "birth_date", "user__email"
            )
        ),
        "enrolments": list(
            Enrolment.objects.order_by("student__number").values_list("programme__crebo", "group", "end")
        ),
        "locations": list(
            Location.objects.order_by("sbb_id").values_list(
                "sbb_id", "company__kvk", "establishment_number", "phone", "search"
            )
        ),
        "placements": list(
            Placement.objects.order_by("number").values_list(
                "number",
                "start",
                "end",
                "hours_per_week",
                "keuzedelen",
                "supervisor__email",
                "teacher__email",
                "search",
                "sort_key",
            )
        ),
        "signatures": list(
            Signature.objects.order_by("pok__number", "party").values_list(
                "pok__number", "party", "signed_on", "signer"
            )
        ),
        "contacts": list(
            ContactMoment.objects.order_by("placement__number", "on", "kind").values_list(
                "on", "kind", "discussed", "agreed", "with_student"
            )
        ),
        "requests": list(
            HelpRequest.objects.order_by("number").values_list(
                "received_at", "first_response_at", "kind", "sender", "owner__email"
            )
        ),
    }


def test_a_plan_writes_nothing(school):
    plan = services.plan_import(incoming(school))
    assert (plan.total("new"), plan.total("changed"), plan.total("cannot")) == (2814, 0, 0)
    assert counts() == NOTHING


def test_read_in_and_again_writes_not_one_row(school):
    plan = read_in(school)
    assert [row.new for row in plan.counts] == [2, 28, 8, 600, 180, 320, 230, 554, 714, 178]
    before = versions()
    again = read_in(school)
    assert (again.total("new"), again.total("changed"), again.total("unchanged")) == (0, 0, 2814)
    assert versions() == before


def test_rows_become_what_they_say(school):
    read_in(school)
    placement = Placement.objects.get(number="PL100001")
    assert (placement.start, placement.end, placement.hours_total) == (date(2026, 11, 9), date(2027, 3, 26), 760)
    assert placement.student.user.email == "410000@student.voorbeeldroc.example"
    pok = Pok.objects.get(placement=placement)
    assert (pok.number, pok.filed_in, pok.is_live) == ("POK100001", "diplomadossier", True)
    assert list(pok.signatures.values_list("party", "method", "signed_on")) == [
        ("company", "imported", date(2026, 9, 25)),
        ("school", "imported", date(2026, 9, 27)),
        ("student", "imported", date(2026, 9, 30)),
    ]
    request = HelpRequest.objects.get(number="H10001")
    assert request.received_at == clock.at(date(2026, 11, 6), 10, 12)
    assert (request.responded_by, request.owner) == ("overgenomen uit de administratie", request.placement.teacher)


def test_search_and_sorting_are_as_the_models_make_them(school):
    read_in(school)
    for placement in Placement.objects.select_related("student", "location", "enrolment")[:20]:
        before = (placement.sort_key, placement.search)
        placement.index()
        assert (placement.sort_key, placement.search) == before


def test_locations_with_one_kvk_number_are_one_company(school):
    read_in(school)
    kvks = [kvk for kvk in Location.objects.values_list("company__kvk", flat=True) if kvk]
    assert Company.objects.exclude(kvk=None).count() == len(set(kvks))


def test_not_accredited_is_read_in_with_a_notice(school):
    plan = read_in(school)
    assert [problem.message for problem in plan.notices] == [
        "17 plaatsingen zijn bij een leerbedrijf zonder erkenning op de begindatum. Die gaan erin, met een bevinding."
    ]


def test_a_changed_name_changes_the_student_the_account_and_the_search(school):
    read_in(school)
    edit(school, "studenten.csv", "410000;Yusuf;;Smit;", "410000;Yusuf;van;Smit-Özal;")
    plan = read_in(school)
    assert (plan.total("new"), plan.total("changed")) == (0, 1)
    placement = Placement.objects.get(number="PL100001")
    assert placement.student.user.full_name == "Yusuf van Smit-Özal"
    assert placement.sort_key == "smit-ozal yusuf"
    assert "smit-ozal" in placement.search


@pytest.mark.parametrize(
    ("old", "new", "changed", "refused"),
    [
        ("26-03-2027;40;760", "26-03-2027;40;760", 0, False),
        ("26-03-2027;40;760", "02-04-2027;40;760", 0, True),
        ("POK100001;30-09-2026", "POK100001;29-09-2026", 0, True),
        ("POK100001;30-09-2026;25-09-2026;27-09-2026;01-10-2026", ";;;;", 0, False),
        ("27-09-2026;01-10-2026", "27-09-2026;02-10-2026", 1, False),
    ],
)
def test_s8_d_a_closed_dossier_stays_and_its_pok_still_goes_into_the_diplomadossier(school, old, new, changed, refused):
    read_in(school)
    by = Placement.objects.get(number="PL100001").teacher_id
    Placement.objects.filter(number="PL100001").update(closed_at=clock.now(), closed_by=by)
    edit(school, "plaatsingen.csv", old, new)
    plan, _written = services.apply_import(incoming(school))
    said = [(problem.line, problem.column, problem.message) for problem in plan.errors]
    message = "Dit dossier is afgesloten en verandert niet meer."
    assert (plan.total("changed"), said) == (changed, [(2, "Plaatsingsnummer", message)] if refused else [])


def test_an_empty_cell_leaves_what_is_there(school):
    read_in(school)
    edit(school, "studenten.csv", ";0687000000;", ";;")
    assert read_in(school).total("changed") == 0
    assert Student.objects.get(number="410000").mobile == "0687000000"


def test_one_file_alone_when_the_rest_is_there(school):
    contacts = {"contactmomenten.csv": school.pop("contactmomenten.csv")}
    read_in(school)
    assert read_in(contacts).total("new") == 714


def as_workbook(content: bytes, name: str) -> bytes:
    """The CSV as Excel would keep it: numbers lose their zeros, dates become dates."""
    book = Workbook()
    page = book.active
    page.title = name
    for index, row in enumerate(csv.reader(io.StringIO(text_of(content)), delimiter=";")):
        page.append([_as_cell(cell) if index else cell for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _as_cell(cell: str):
    for shape in ("%d-%m-%Y", "%d-%m-%Y %H:%M"):
        try:
            return datetime.strptime(cell, shape)
        except ValueError:
            pass
    return float(cell) if cell.isdecimal() else cell


def as_sheets(content: bytes) -> dict[str, bytes]:
    """The workbook as three CSV files, its numbers without zeros."""
    found = {}
    for page in load_workbook(io.BytesIO(content)):
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, delimiter=",")
        for row in page.iter_rows(values_only=True):
            writer.writerow([_stripped(cell) for cell in row])
        found[f"{page.title}.csv"] = stream.getvalue().encode()
    return found


def _stripped(cell):
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    text = "" if cell is None else str(cell)
    return text.lstrip("0") if text.isdecimal() else text


def reordered(content: bytes) -> bytes:
    """Other order, an extra column, headings in capitals, dates as j/m/jjjj, tabs, no BOM."""
    rows = list(csv.reader(io.StringIO(text_of(content)), delimiter=";"))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter="\t")
    for index, row in enumerate(rows):
        cells = [f" {cell.upper()} " if index == 0 else _slashes(cell) for cell in reversed(row)]
        writer.writerow([*cells, "Opmerking" if index == 0 else "x"])
    return stream.getvalue().encode("utf-8")


def _slashes(cell: str) -> str:
    try:
        day = datetime.strptime(cell, "%d-%m-%Y")
    except ValueError:
        return cell
    return f"{day.day}/{day.month}/{day.year}"


def test_every_shape_gives_the_same_school(school):
    read_in(school)
    expected = picture()
    workbooks = {
        name.replace(".csv", ".xlsx"): as_workbook(content, "Blad1")
        for name, content in school.items()
        if ".csv" in name
    }
    assert read_in(workbooks).school.writes == 0
    others = {name: reordered(content) for name, content in school.items() if ".csv" in name}
    assert read_in(others | as_sheets(school["leerbedrijven.xlsx"])).school.writes == 0
    assert picture() == expected


def test_identical_rows_count_once(school):
    row = text_of(school["hulpvragen.csv"]).split("\r\n")[1]
    school["hulpvragen.csv"] += f"{row}\r\n".encode()
    plan = read_in(school)
    assert [problem.message for problem in plan.notices if problem.file == "hulpvragen.csv"] == [
        "Gelijk aan regel 2; telt één keer."
    ]
    assert HelpRequest.objects.count() == 178


def test_s7_work_processes_come_in_by_crebo_and_cohort(school):
    rows = ["Crebo;Vanaf cohort;Werkproces;Titel", "25604;2024;B1-K1-W1;Plant het werk", "25604;2026;B1-K1-W1;Plant"]
    school["werkprocessen.csv"] = "\n".join(rows).encode()
    services.apply_import(incoming(school))
    assert [
        [found.title for found in WorkProcess.objects.of_cohort("25604", cohort)] for cohort in (2023, 2024, 2025, 2026)
    ] == [[], ["Plant het werk"], ["Plant het werk"], ["Plant"]]
    school["werkprocessen.csv"] = "\n".join([*rows, "25604;2026;B1-1;Fout", "99999;2026;B1-K1-W1;Vreemd"]).encode()
    plan, _written = services.apply_import(incoming(school))
    assert [(problem.line, problem.column, problem.message) for problem in plan.errors] == [
        (4, "Werkproces", "Een werkproces is een code zoals B1-K1-W1; hier staat 'B1-1'."),
        (5, "Crebo", "Opleiding '99999' staat niet in opleidingen en niet in het systeem."),
    ]
