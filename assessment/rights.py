"""Who reads and writes which part of the end of a bpv, at which moment (docs/assessment.md has it as a table).

Blind: student and leerbedrijf each hand in before reading the other. Staff reads what is handed in. What the school
decided is read by all three.
"""

from dataclasses import dataclass
from typing import Any

from assessment.models import CompanyJudgement, Final, StudentView
from placements.access import is_student, is_supervisor, may_guide, may_manage, may_see_all
from placements.models import Placement


@dataclass(frozen=True)
class Moment:
    """How far the end of this bpv is."""

    own_in: bool
    company_in: bool
    answered: bool
    is_decided: bool
    is_closed: bool


def moment_of(placement: Placement) -> Moment:
    """As it is now: three small questions."""
    view = StudentView.objects.filter(placement=placement).values("submitted_at", "answered_at").first() or {}
    judged = CompanyJudgement.objects.filter(placement=placement, submitted_at__isnull=False).exists()
    return Moment(
        own_in=bool(view.get("submitted_at")),
        company_in=judged,
        answered=bool(view.get("answered_at")),
        is_decided=Final.objects.filter(placement=placement, is_current=True).exists(),
        is_closed=placement.closed_at is not None,
    )


@dataclass(frozen=True)
class Rights:
    """What one person may read and write now."""

    read_own: bool
    write_own: bool
    read_company: bool
    write_company: bool
    read_answer: bool
    write_answer: bool
    read_final: bool
    write_final: bool
    override: bool


def rights_of(user: Any, placement: Placement, moment: Moment) -> Rights:
    """The rows of the table for this person at this moment."""
    student, company, staff = is_student(user, placement), is_supervisor(user, placement), may_see_all(user, placement)
    guides, is_open = may_guide(user, placement), not moment.is_closed
    before = is_open and not moment.is_decided
    both = moment.own_in and moment.company_in
    return Rights(
        read_own=student or (moment.own_in and (staff or (company and (moment.company_in or moment.is_decided)))),
        write_own=student and before and not moment.own_in,
        read_company=company or (moment.company_in and (staff or (student and (moment.own_in or moment.is_decided)))),
        write_company=(company or guides) and before and not moment.company_in,
        read_answer=moment.answered and (student or staff or (company and moment.is_decided)),
        write_answer=student and before and both and not moment.answered,
        read_final=moment.is_decided and (student or company or staff),
        write_final=guides and is_open,
        override=may_manage(user, placement) and is_open,
    )
