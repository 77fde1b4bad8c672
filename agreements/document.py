"""A POK as a document: its values, fixed when it is made, and the one rendering that everybody reads and signs."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Self

import qrcode
import qrcode.image.svg
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from agreements.models import Annex, Ending, Kind, Pok
from bpv.core import documents
from companies.models import Contact
from placements.models import Placement
from standards.norms import Norms, norms_for

TEMPLATES = dict.fromkeys((Kind.QUALIFICATION, Kind.KEUZEDEEL), "agreements/pdf/pok.html") | {
    Kind.ADDENDUM: "agreements/pdf/addendum.html",
    Kind.RECTIFICATION: "agreements/pdf/rectification.html",
    Kind.ENDING: "agreements/pdf/ending.html",
    Kind.FURTHER: "agreements/pdf/further.html",
}

FULL = 8  # lines of keuzedelen and school years that leave room for the signatures

TERMS = {
    "nl": "agreements/pdf/terms/nl.html",
    "en": "agreements/pdf/terms/en.html",
    "de": "agreements/pdf/terms/de.html",
    "es": "agreements/pdf/terms/es.html",
}


@dataclass(frozen=True)
class PokSheet:
    """A POK as a document: the template touches nothing else."""

    number: str
    version: int
    code: str
    check_address: str
    qr: str
    made_on: date
    language: str
    only_keuzedelen: bool
    school: str
    brin: str
    city: str
    student: str
    student_number: str
    birth_date: date
    student_address: str
    group: str
    programme: str
    crebo: str
    level: int
    leerweg: str
    company: str
    location: str
    sbb_id: str
    kvk: str
    location_address: str
    supervisor: str
    supervisor_email: str
    supervisor_phone: str
    signatory: str
    teacher: str
    teacher_email: str
    teacher_phone: str
    start: date
    end: date
    days: str
    hours_per_week: str
    hours_total: int
    hours_by_year: tuple[tuple[str, int], ...]
    keuzedelen: tuple[tuple[str, int | None], ...]
    dossier: str
    annex: Annex | None
    norms: Norms
    main_number: str
    main_version: int
    main_sha256: str
    particulars: Mapping[str, Any]
    ending: Ending | None

    @classmethod
    def of(cls, pok: Pok, today: date) -> Self:
        """The sheet of a POK that was just saved."""
        check_address = f"{settings.SITE_URL}/echt/{pok.code}/"
        return cls(
            number=pok.number,
            version=pok.version,
            code="-".join((pok.code[:4], pok.code[4:8], pok.code[8:])),
            check_address=check_address,
            qr=qr_of(check_address),
            made_on=today,
            language=pok.language,
            only_keuzedelen=pok.kind == Kind.KEUZEDEEL,
            school=settings.SCHOOL_NAME,
            brin=settings.SCHOOL_BRIN,
            city=settings.SCHOOL_CITY,
            signatory=full_name(signatory_of(pok)),
            **_student(pok.placement),
            **_company(pok.placement),
            **_agreed(pok),
            **_belonging(pok),
        )

    @property
    def fits_on_one_page(self) -> bool:
        """Whether bpv-blad and signatures share a page; else the terms follow them without a new page."""
        return len(self.keuzedelen) + len(self.hours_by_year) <= FULL

    @property
    def terms(self) -> str:
        """The template of the general terms in the second language."""
        return TERMS[self.language]


def qr_of(address: str) -> str:
    """The address as a drawing that stands in the document itself."""
    out = BytesIO()
    qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, border=0).save(out)
    return "data:image/svg+xml;base64," + b64encode(out.getvalue()).decode()


def full_name(contact: Contact | None) -> str:
    """The name, empty when nobody is known."""
    return contact.full_name if contact else ""


def address(street: str, number: str, postcode: str, city: str) -> str:
    """`Dorpsstraat 12, 7551 GB Hengelo`, without what is unknown."""
    parts = (f"{street} {number}".strip(), f"{postcode} {city}".strip())
    return ", ".join(part for part in parts if part)


def freeze(pok: Pok, today: date) -> None:
    """Render once: the bytes that are read and signed, and the text they were made of, for the sealed copy later."""
    from bpv.core import pdf  # slow import: WeasyPrint loads Pango

    pok.language = second_language(pok)
    with override(settings.LANGUAGE_CODE):  # a POK is in Dutch, whoever makes it
        html = render_to_string(TEMPLATES[Kind(pok.kind)], {"document": PokSheet.of(pok, today)})
    name = f"{pok.number}-versie-{pok.version}"
    kept = {"by": pok.made_by, "dossier": pok.placement_id}
    pok.source = documents.store(html.encode(), filename=f"{name}.html", media_type="text/html", **kept)
    pok.document = documents.store(pdf.make(html), filename=f"{name}.pdf", media_type="application/pdf", **kept)
    pok.save(update_fields=["language", "source", "document"])


def second_language(pok: Pok) -> str:
    """The language of a translation behind the Dutch text: that of who signs for the leerbedrijf (POK-05)."""
    contact = signatory_of(pok)
    return contact.language if contact else settings.LANGUAGE_CODE


def signatory_of(pok: Pok) -> Contact | None:
    """Who signs for the leerbedrijf unless somebody else is chosen: the tekenbevoegde, else the praktijkopleider."""
    placement = pok.placement
    return placement.location.contacts.filter(is_signatory=True).first() or placement.supervisor


def _student(placement: Placement) -> dict[str, Any]:
    """Who learns what, and with whom at the school."""
    student, programme, teacher = placement.student, placement.programme, placement.teacher
    return {
        "student": student.full_name,
        "student_number": student.number,
        "birth_date": student.birth_date,
        "student_address": address(student.street, student.house_number, student.postcode, student.city),
        "group": placement.enrolment.group,
        "programme": programme.name,
        "crebo": programme.crebo,
        "level": programme.level,
        "leerweg": programme.leerweg,
        "teacher": teacher.full_name if teacher else "",
        "teacher_email": teacher.email if teacher else "",
        "teacher_phone": teacher.phone if teacher else "",
    }


def _company(placement: Placement) -> dict[str, Any]:
    """Where, and with which praktijkopleider."""
    location, supervisor = placement.location, placement.supervisor
    return {
        "company": location.company.name,
        "location": location.name,
        "sbb_id": location.sbb_id,
        "kvk": location.company.kvk or "",
        "location_address": address(location.street, location.house_number, location.postcode, location.city),
        "supervisor": full_name(supervisor),
        "supervisor_email": supervisor.email if supervisor else "",
        "supervisor_phone": supervisor.phone if supervisor else "",
    }


def _agreed(pok: Pok) -> dict[str, Any]:
    """When and how much."""
    return {
        "start": pok.start,
        "end": pok.end,
        "days": pok.days,
        "hours_per_week": f"{pok.hours_per_week:g}".replace(".", ","),
        "hours_total": pok.hours_total,
        "hours_by_year": tuple(sorted(pok.hours_by_year.items())),
        "keuzedelen": tuple(pok.lines.values_list("code", "hours")),
        "dossier": pok.dossier,
        "annex": pok.annex,
        "norms": norms_for(pok.start),
    }


def _belonging(pok: Pok) -> dict[str, Any]:
    """Of a document that belongs to a POK: to which one, and what it says besides."""
    main = pok.belongs_to
    bytes_of = (main.sealed or main.document) if main else None
    return {
        "main_number": main.number if main else "",
        "main_version": main.version if main else 0,
        "main_sha256": bytes_of.sha256 if bytes_of else "",
        "particulars": pok.particulars,
        "ending": Ending.objects.filter(pok=pok).first(),
    }
