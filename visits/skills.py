"""*Beoordeling werknemersvaardigheden* as PDF (D24): the scores of student and praktijkopleider of one talk (B1-06)."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from bpv.core import documents
from bpv.core.clock import local_day
from placements.papers import Paper, head_of
from visits import preparing
from visits.models import Party, Preparation, Talk


@dataclass(frozen=True)
class Sheet(Paper):
    """All that the template reads: the items by group, and who handed in when."""

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
        head=head_of(placement),
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
