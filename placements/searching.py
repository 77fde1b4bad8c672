"""Deeds in the search for a place: what was done, what was agreed, the decision, the end (S3.2-b, BBL-04, BBL-05)."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from accounts import languages
from bpv.core import audit, clock, documents, mail
from placements.models import Search, SearchStep
from standards import bbl
from standards.words import long_date

PDF = "placements/pdf/search_addendum.html"
STUDENT, SCHOOL = gettext_noop("student"), gettext_noop("school")


@dataclass(frozen=True)
class Addendum:
    """What the document of S3.2-b shows: the template touches nothing else."""

    school: str
    student: str
    student_number: str
    programme: str
    crebo: str
    level: int
    leerweg: str
    made_on: date
    agreements: tuple[str, ...]
    concluded_by: date
    practice_by: date
    vws: bool
    decision_from: date | None  # None: the first school year is over
    support_days: int
    student_agreed_at: datetime | None
    school_agreed_at: datetime | None
    school_agreed_by: str

    @classmethod
    def of(cls, search: Search, today: date) -> Self:
        """Of the search as it is now."""
        enrolment = search.enrolment
        student, programme = enrolment.student, enrolment.programme
        dates = bbl.dates(enrolled(search), today)
        return cls(
            school=settings.SCHOOL_NAME,
            student=student.full_name,
            student_number=student.number,
            programme=programme.name,
            crebo=programme.crebo,
            level=programme.level,
            leerweg=programme.leerweg,
            made_on=today,
            agreements=tuple(part.strip() for part in search.agreements.splitlines() if part.strip()),
            concluded_by=dates.concluded_by,
            practice_by=dates.practice_by,
            vws=programme.vws,
            decision_from=dates.decision_from if today <= dates.decision_until else None,
            support_days=(bbl.support_until(today) - today).days,
            student_agreed_at=search.student_agreed_at,
            school_agreed_at=search.school_agreed_at,
            school_agreed_by=search.school_agreed_by.full_name if search.school_agreed_by else "",
        )


def enrolled(search: Search) -> bbl.Enrolled:
    """The enrolment as the dates need it."""
    enrolment = search.enrolment
    return bbl.Enrolled(enrolment.start, enrolment.end, enrolment.programme.level, enrolment.programme.vws)


def digest(search: Search) -> str:
    """SHA-256 of the text of the agreements."""
    return hashlib.sha256(search.agreements.encode()).hexdigest()


@transaction.atomic
def add_step(*, search: Search, by: Any, on: date, text: str) -> SearchStep:
    """What the school or the student did to find a place (S3.2-a, S3.2-c, BBL-07)."""
    locked = _open(search)
    step = SearchStep.objects.create(search=locked, on=on, text=text.strip(), by=by)
    audit.record("search_step_added", subject=locked, by=by, dossier=locked.after_id, text=step.text)
    return step


@transaction.atomic
def write_agreements(*, search: Search, by: Any, text: str, today: date) -> Search:
    """The agreements of S3.2-b as a document; who had agreed with an earlier text is asked again."""
    locked = _open(search)
    locked.agreements = text.strip()
    locked.student_agreed_at = locked.school_agreed_at = locked.school_agreed_by = None
    _store(locked, by, today)
    locked.save()
    audit.record("search_agreements_written", subject=locked, by=by, dossier=locked.after_id)
    _tell_student(locked)
    return locked


@transaction.atomic
def agree(*, search: Search, by: Any, seen: str, today: date) -> Search:
    """The student, or the bpv-coördinator for the school, agrees with the text that was shown (`seen`: its digest).

    Raises ValidationError when another text came meanwhile, or when this party had agreed.
    """
    locked = _open(search)
    if not locked.agreements or seen != digest(locked):
        raise ValidationError(_("De afspraken zijn intussen gewijzigd. Lees ze opnieuw."))
    party = SCHOOL if by.roles.is_staff else STUDENT
    if (locked.school_agreed_at if party == SCHOOL else locked.student_agreed_at) is not None:
        raise ValidationError(_("Dit akkoord is al gegeven."))
    if party == SCHOOL:
        locked.school_agreed_at, locked.school_agreed_by = clock.now(), by
    else:
        locked.student_agreed_at = clock.now()
    _store(locked, by, today)
    locked.save()
    audit.record("search_agreed", subject=locked, by=by, dossier=locked.after_id, party=party)
    return locked


@transaction.atomic
def consult_sbb(*, search: Search, by: Any, on: date) -> Search:
    """SBB was asked for a place (WEB 7.2.9, second paragraph)."""
    locked = _open(search)
    locked.sbb_consulted_on = on
    locked.save(update_fields=["sbb_consulted_on"])
    audit.record("search_sbb_consulted", subject=locked, by=by, dossier=locked.after_id, on=on)
    return locked


@transaction.atomic
def decide(*, search: Search, by: Any, on: date, decision: str, reason: str) -> Search:
    """BBL-04: the enrolment stays or ends. A decision of a person, from 1 January of the first year only."""
    locked = _open(search)
    start = locked.enrolment.start
    if locked.enrolment.programme.leerweg != "BBL":
        raise ValidationError(_("Dit besluit is er alleen voor BBL."), code="leerweg")
    if locked.decision == Search.Decision.END:
        raise ValidationError(_("Er is al besloten dat de inschrijving eindigt."), code="decided")
    if not bbl.may_decide(start, on):
        words = {"first": long_date(bbl.decision_from(start)), "last": long_date(bbl.decision_until(start))}
        message = _("Dit besluit kan alleen in het eerste schooljaar, van %(first)s tot en met %(last)s.")
        raise ValidationError({"on": message % words}, code="day")
    locked.decision, locked.decided_on, locked.decided_by = decision, on, by
    locked.decision_reason = reason.strip()
    locked.save(update_fields=["decision", "decided_on", "decided_by", "decision_reason"])
    label = Search.Decision(decision).label
    audit.record("search_decided", subject=locked, by=by, dossier=locked.after_id, on=on, result=label)
    return locked


@transaction.atomic
def close(*, search: Search, by: Any, on: date, result: str) -> Search:
    """The search is over, with what came of it."""
    locked = _open(search)
    if on < locked.opened_on:
        raise ValidationError({"on": _("De zoektocht begon later.")})
    locked.closed_on, locked.result = on, result
    locked.save(update_fields=["closed_on", "result"])
    label = Search.Result(result).label
    audit.record("search_closed", subject=locked, by=by, dossier=locked.after_id, result=label)
    return locked


def _open(search: Search) -> Search:
    """The row, locked; ValidationError when the search is over."""
    found = Search.objects.select_for_update(of=("self",)).select_related(
        "enrolment__student__user", "enrolment__programme", "addendum", "school_agreed_by"
    )
    locked: Search = found.get(pk=search.pk)
    if locked.closed_on:
        raise ValidationError(_("Deze zoektocht is afgerond."), code="closed")
    return locked


def _store(search: Search, by: Any, today: date) -> None:
    """Make the document again: with the text, and with who agreed at which moment."""
    with override(settings.LANGUAGE_CODE):
        content = documents.render(PDF, Addendum.of(search, today))
    search.addendum = documents.store(
        content,
        filename=f"afspraken-bpv-plaats-{search.enrolment.student.number}.pdf",
        media_type="application/pdf",
        by=by,
        dossier=search.after_id,
    )


def _tell_student(search: Search) -> None:
    """A mail with the page on which the student reads and agrees."""
    student = search.enrolment.student
    if not student.email:
        return
    mail.queue(
        "search_agreements",
        to=student.email,
        key=f"{search.pk}-{search.addendum_id}",
        language=languages.of(student.user) if student.user else settings.LANGUAGE_CODE,
        name=student.full_name,
        page=f"{settings.SITE_URL}/link/?next=/zoeken/{search.pk}/",
    )
