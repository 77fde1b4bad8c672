"""*Beoordeling werknemersvaardigheden* as PDF (D24): the scores of student and praktijkopleider of one talk (B1-06)."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from bpv.core import documents
from bpv.core.clock import local_day
from visits import preparing
from visits.models import Party, Preparation, Talk


@dataclass(frozen=True)
class Sheet:
    """All that the template reads: the items by group, and who handed in when."""

    school: str
    written_in: str
    student: str
    group: str
    programme: str
    location: str
    supervisor: str
    teacher: str
    occasion: str
    on: date
    student_on: date | None
    company_on: date | None
    groups: list[tuple[str, list[preparing.Line]]]
    remarks: list[tuple[str, str]]


def pdf_of(talk: Talk, user: Any) -> bytes:
    """What this person may read of both sides; who may, asks `preparing.may_compare`."""
    shown = [one for one in preparing.readable(user, talk) if one.submitted_at]
    lines = preparing.compared(talk, shown)
    placement = talk.placement
    sheet = Sheet(
        school=settings.SCHOOL_NAME,
        written_in=get_language() or settings.LANGUAGE_CODE,
        student=placement.student.full_name,
        group=placement.enrolment.group,
        programme=placement.programme.name,
        location=placement.location.name,
        supervisor=placement.supervisor.full_name if placement.supervisor else "",
        teacher=placement.teacher.full_name if placement.teacher else "",
        occasion=talk.get_occasion_display(),
        on=talk.on,
        student_on=_handed_in(shown, Party.STUDENT),
        company_on=_handed_in(shown, Party.COMPANY),
        groups=[(name, list(found)) for name, found in groupby(lines, key=lambda line: line.group)],
        remarks=[(one.get_party_display(), one.remarks) for one in shown if one.remarks],
    )
    return documents.render("visits/pdf/skills.html", sheet)


def _handed_in(shown: list[Preparation], party: Party) -> date | None:
    found = [one.submitted_at for one in shown if one.party == party and one.submitted_at]
    return local_day(found[0]) if found else None
