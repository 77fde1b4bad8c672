"""Files in and out: import of 20,000 students, one POK as a PDF, 300 of them in one process, and their seals."""

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

from accounts.models import User
from agreements import evidence, keys, sealing, signing
from agreements.document import TEMPLATES, PokSheet, freeze
from agreements.models import Annex, Kind, Mode, Pok
from bench.school import COORDINATOR, TODAY
from bench.timing import Line, in_turn, once
from bpv.core import clock, documents, pdf
from companies.models import AccreditationCheck
from exchange.importing.reading import Incoming
from exchange.services import apply_import
from standards.hours import split_hours

STUDENTS, POKS, SEALS = 20_000, 300, 60
HEADER = [
    *("Studentnummer", "Roepnaam", "Tussenvoegsel", "Achternaam", "Geboortedatum", "E-mail", "Mobiel"),
    *("Straat", "Huisnummer", "Postcode", "Woonplaats", "Klas", "Crebo", "Leerweg", "Cohort"),
    *("Inschrijving van", "Inschrijving tot"),
]


def lines() -> Iterator[Line]:
    """All goals of this group."""
    yield from students()
    yield from poks()
    yield from seals()


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


def seals() -> Iterator[Line]:
    """From the third signature to filed, checked and told, against WeasyPrint and pyHanko alone on the same text."""
    with transaction.atomic():
        keys.make()
        signed = [_signed(pok) for pok in _to_sign()]
        with clock.moved(TODAY):
            ours = once(lambda: sum(iter(lambda: sealing.seal_waiting(clock.now()), 0)))
        texts = [
            evidence.insert(documents.read(pok.source).decode(), pok)  # type: ignore[arg-type]
            for pok in Pok.objects.filter(pk__in=signed, sealed__isnull=False).select_related("placement", "source")
        ]
        bare = once(lambda: [sealing.certify(pdf.make(text)) for text in texts])
        speed = 1000 * len(texts) / ours
        yield Line(f"{len(texts)} seals, {speed:.1f} a second / WeasyPrint and pyHanko alone", ours, bare, "<= 1.5")
        transaction.set_rollback(True)


def _to_sign() -> list[Pok]:
    """POKs of ordinary length at accredited leerbedrijven, not signed yet."""
    ready = Pok.objects.filter(placement__location__accreditations__withdrawn_on=None, start__lt=TODAY).distinct()
    found = list(ready.select_related("placement__programme", "placement__location", "placement__team")[:SEALS])
    for pok in found:
        pok.signatures.all().delete()
        pok.filed_on, pok.filed_in, pok.late_reason = None, "", "meting"
    return found


def _signed(pok: Pok) -> int:
    """Frozen, offered and signed by all three; gives its id."""
    by = User.objects.get(email=COORDINATOR)
    by.memberships.get_or_create(role="coordinator", team=pok.placement.team)
    part = "De student werkt mee in het team en oefent de werkprocessen van de opleiding. " * 4
    parts = dict.fromkeys(("content", "guidance", "learning", "assessment"), part)
    pok.annex, _new = Annex.objects.get_or_create(
        programme=pok.placement.programme, version=1, defaults={"guide": "2026-2027", **parts}
    )
    placement = pok.placement
    pok.hours_by_year = split_hours(pok.start, pok.end, pok.hours_total)
    pok.save()
    about = {"crebo": placement.programme.crebo, "on": TODAY, "accredited": True, "by": by}
    AccreditationCheck.objects.create(location=placement.location, **about)
    freeze(pok, TODAY)
    with clock.moved(TODAY):
        pok = signing.offer(pok=pok, by=by, mode=Mode.DIGITAL, today=TODAY)
        sha256 = pok.document.sha256  # type: ignore[union-attr]
        for signer in (*(asked.user for asked in pok.signatories.all() if asked.user and asked.user != by), by):
            client = {"ip": "192.0.2.7", "agent": "bench"}
            how = {"name": signer.full_name, "sha256": sha256, "proof": "link_code", "function": "chef"}
            signing.sign(pok=pok, by=signer, client=client, authority=True, **how)
    return pok.pk


def _give_annexes(poks: list[Pok]) -> None:
    """A bijlage of an ordinary length, as every POK that is made today has."""
    part = "De student werkt mee in het team en oefent de werkprocessen van de opleiding. " * 4
    parts = dict.fromkeys(("content", "guidance", "learning", "assessment"), part)
    for pok in poks:
        pok.annex = Annex(programme=pok.placement.programme, guide="2026-2027", **parts)
