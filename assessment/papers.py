"""The forms as PDF: tussentijdse beoordeling (D25) and eindbeoordeling bpv (D26)."""

from dataclasses import dataclass
from datetime import date

from assessment import hearing, rights, sharing, student_view
from assessment.models import CompanyJudgement, Final, Interim, InterimView, StudentView
from assessment.presenting import Line, beside
from bpv.core import clock, documents
from placements.models import Placement
from placements.papers import Paper, head_of


@dataclass(frozen=True)
class InterimPaper(Paper):
    """All that the form of an interim assessment shows."""

    interim: Interim
    views: list[InterimView]


def pdf_of_interim(interim: Interim) -> bytes:
    """What was established, who was told, and what each prepared."""
    views = [view for view in interim.views.all() if view.submitted_at]
    return documents.render("assessment/pdf/interim.html", InterimPaper(head_of(interim.placement), interim, views))


@dataclass(frozen=True)
class FinalPaper(Paper):
    """All that the form of the eindbeoordeling shows: the result and how it came about (S8-d)."""

    final: Final
    adopted_by: str
    adopted_on: date
    lines: list[Line]
    view: StudentView | None
    judged: CompanyJudgement | None
    interims: list[Interim]


def pdf_of_final(placement: Placement, final: Final) -> bytes:
    """After the decision all three read all of it, so one form serves all."""
    view, judged, agreed = student_view.of(placement), hearing.of(placement), sharing.of(placement)
    moment = rights.moment_of(placement)
    view = view if moment.own_in else None
    may = rights.Rights(*(True,) * 9)
    return documents.render(
        "assessment/pdf/final.html",
        FinalPaper(
            head=head_of(placement),
            final=final,
            adopted_by=final.adopted_by.full_name,
            adopted_on=clock.local_day(final.adopted_at),
            lines=beside(agreed, view=view, judged=judged, final=final, may=may, moment=moment),
            view=view,
            judged=judged if moment.company_in else None,
            interims=list(Interim.objects.filter(placement=placement)),
        ),
    )
