"""Files in and out: import of 20,000 students, one POK as a PDF and 300 of them in one process."""

import io
import resource
from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.template.loader import render_to_string
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from agreements.document import TEMPLATES, PokSheet
from agreements.models import Annex, Kind, Pok
from bench.school import TODAY
from bench.timing import Line, in_turn, once
from bpv.core import pdf
from exchange.importing.reading import Incoming
from exchange.services import apply_import

STUDENTS, POKS = 20_000, 300
HEADER = [
    *("Studentnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "Geboortedatum", "E-mail", "Mobiel"),
    *("Straat", "Huisnummer", "Postcode", "Woonplaats", "Klas", "Crebo", "Leerweg", "Cohort"),
    *("Inschrijving van", "Inschrijving tot"),
]


def lines() -> Iterator[Line]:
    """All goals of this group."""
    yield from students()
    yield from poks()


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


def poks() -> Iterator[Line]:
    """Text and PDF as a POK is frozen, against WeasyPrint alone on the very same text: no style or fetcher of ours."""
    written: list[str] = []
    fonts = FontConfiguration()
    css = CSS(filename=str(pdf.STATIC / "css" / "pdf.css"), font_config=fonts)

    def ours(pok: Pok) -> None:
        written.append(render_to_string(TEMPLATES[Kind(pok.kind)], {"document": PokSheet.of(pok, TODAY)}))
        pdf.make(written[-1])

    def bare(html: str) -> None:
        HTML(string=html, base_url=pdf.STATIC.as_uri() + "/").write_pdf(stylesheets=[css], font_config=fonts)

    found = list(Pok.objects.select_related("placement")[:POKS])
    with transaction.atomic():
        _give_annexes(found)
        one, alone = in_turn(lambda: ours(found[0]), lambda: bare(written[-1]), 15)
        yield Line("PDF of a POK / WeasyPrint on the same HTML", one, alone, "<= 1.2")
        written.clear()
        many = once(lambda: [ours(pok) for pok in found])
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        floor = once(lambda: [bare(html) for html in written])
        yield Line(f"{len(found)} POKs, {memory} MB at most / WeasyPrint on the same HTML", many, floor, "<= 1.2")
        transaction.set_rollback(True)


def _give_annexes(poks: list[Pok]) -> None:
    """A bijlage of an ordinary length, as every POK that is made today has."""
    part = "De student werkt mee in het team en oefent de werkprocessen van de opleiding. " * 4
    parts = dict.fromkeys(("content", "guidance", "learning", "assessment"), part)
    for pok in poks:
        pok.annex = Annex(programme=pok.placement.programme, guide="2026-2027", **parts)
