"""What the PDF of a POK shows: the template touches nothing else."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from agreements.models import Kind, Pok
from bpv.core import documents
from companies.models import Contact
from standards.norms import Norms, norms_for


@dataclass(frozen=True)
class PokSheet:
    """A POK as a document. All values are fixed when it is made."""

    number: str
    version: int
    made_on: date
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
    location_address: str
    supervisor: str
    supervisor_email: str
    signatory: str
    teacher: str
    teacher_email: str
    start: date
    end: date
    hours_per_week: str
    hours_total: int
    keuzedelen: tuple[tuple[str, int | None], ...]
    dossier: str
    norms: Norms

    @classmethod
    def of(cls, pok: Pok, today: date) -> Self:
        """The sheet of a POK that was just saved."""
        placement = pok.placement
        student, location, programme = placement.student, placement.location, placement.programme
        signatory = location.contacts.filter(is_signatory=True).first() or placement.supervisor
        return cls(
            number=pok.number,
            version=pok.version,
            made_on=today,
            school=settings.SCHOOL_NAME,
            brin=settings.SCHOOL_BRIN,
            city=settings.SCHOOL_CITY,
            student=student.full_name,
            student_number=student.number,
            birth_date=student.birth_date,
            student_address=address(student.street, student.house_number, student.postcode, student.city),
            group=placement.enrolment.group,
            programme=programme.name,
            crebo=programme.crebo,
            level=programme.level,
            leerweg=programme.leerweg,
            company=location.company.name,
            location=location.name,
            sbb_id=location.sbb_id,
            location_address=address(location.street, location.house_number, location.postcode, location.city),
            supervisor=full_name(placement.supervisor),
            supervisor_email=placement.supervisor.email if placement.supervisor else "",
            signatory=full_name(signatory),
            teacher=placement.teacher.full_name if placement.teacher else "",
            teacher_email=placement.teacher.email if placement.teacher else "",
            start=pok.start,
            end=pok.end,
            hours_per_week=f"{pok.hours_per_week:g}".replace(".", ","),
            hours_total=pok.hours_total,
            keuzedelen=tuple(pok.lines.values_list("code", "hours")),
            dossier=pok.dossier,
            norms=norms_for(pok.start),
        )


def full_name(contact: Contact | None) -> str:
    """The name, empty when nobody is known."""
    return contact.full_name if contact else ""


def address(street: str, number: str, postcode: str, city: str) -> str:
    """`Dorpsstraat 12, 7551 GB Hengelo`, without what is unknown."""
    parts = (f"{street} {number}".strip(), f"{postcode} {city}".strip())
    return ", ".join(part for part in parts if part)


TEMPLATES = dict.fromkeys((Kind.QUALIFICATION, Kind.KEUZEDEEL), "agreements/pdf/pok.html")


def freeze(pok: Pok, today: date) -> None:
    """Render once: the bytes that are read and signed, and the text they were made of, for the sealed copy later."""
    from bpv.core import pdf  # slow import: WeasyPrint loads Pango

    with override(settings.LANGUAGE_CODE):  # a POK is in Dutch, whoever makes it
        html = render_to_string(TEMPLATES[Kind(pok.kind)], {"document": PokSheet.of(pok, today)})
    name = f"{pok.number}-versie-{pok.version}"
    kept = {"by": pok.made_by, "dossier": pok.placement_id}
    pok.source = documents.store(html.encode(), filename=f"{name}.html", media_type="text/html", **kept)
    pok.document = documents.store(pdf.make(html), filename=f"{name}.pdf", media_type="application/pdf", **kept)
    pok.save(update_fields=["source", "document"])
