"""Files in and out: import of 20,000 students, PDF of a POK."""

import io
from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.template.loader import render_to_string
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from agreements.document import PokSheet
from agreements.models import Pok
from agreements.services import PDF
from bench.school import TODAY
from bench.timing import Line, in_turn, once
from bpv.core import documents, pdf
from exchange.importing.reading import Incoming
from exchange.services import apply_import

STUDENTS = 20_000
HEADER = [
    *("Studentnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "Geboortedatum", "E-mail", "Mobiel"),
    *("Straat", "Huisnummer", "Postcode", "Woonplaats", "Klas", "Crebo", "Leerweg", "Cohort"),
    *("Inschrijving van", "Inschrijving tot"),
]


def lines() -> Iterator[Line]:
    """All goals of this group."""
    yield from students()
    yield pok()


def a_workbook() -> bytes:
    """Students of an opleiding that is there, as a school's administration writes them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Studenten")
    sheet.append(HEADER)
    for number in range(STUDENTS):
        address = ["Dorpsstraat", str(number), "7551 GB", "Hengelo"]
        studies = ["IC4A", "25001", "BOL", 2026, date(2026, 8, 1), date(2029, 7, 31)]
        mail = f"n{number}@student.voorbeeldroc.example"
        person = [str(7000000 + number), "Yusuf", "", f"Nieuw{number}", date(2008, 5, 14), mail, "0687000000"]
        sheet.append([*person, *address, *studies])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def students() -> Iterator[Line]:
    """First time and again unchanged, both against reading the cells; taken back afterwards."""
    content = a_workbook()
    files = [Incoming("studenten.xlsx", content)]

    def bare() -> None:
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()

    with transaction.atomic():
        plans = []
        first = once(lambda: plans.append(apply_import(files)[0]))
        again = once(lambda: plans.append(apply_import(files)[0]))
        transaction.set_rollback(True)
    read = sorted(once(bare) for _ in range(5))[2]
    changes = [plan.total("new") + plan.total("changed") for plan in plans]
    yield Line(f"import of {STUDENTS} students, {changes[0]} new / calamine", first, read, "<= 6")
    yield Line(f"... again, {changes[1]} changes / calamine", again, read, "0 changes")


def pok() -> Line:
    """One process that makes many: ours with style, closed fetcher and PDF/A against WeasyPrint alone."""
    sheet = PokSheet.of(Pok.objects.select_related("placement").first(), TODAY)
    html = render_to_string(PDF, {"document": sheet})
    fonts = FontConfiguration()
    css = CSS(filename=str(pdf.STATIC / "css" / "pdf.css"), font_config=fonts)

    def bare() -> None:
        page = HTML(string=html, base_url=pdf.STATIC.as_uri() + "/")
        page.write_pdf(stylesheets=[css], font_config=fonts)

    ours, alone = in_turn(lambda: documents.render(PDF, sheet), bare, 15)
    return Line("PDF of a POK / WeasyPrint on the same HTML", ours, alone, "<= 1.2")
