"""One student for the examencommissie: every placement, and how each eindoordeel came about (S8-d, BEO-14)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import get_language

from assessment import equivalence, examining
from assessment.models import Equivalence, Final, Interim, LeftOut
from bpv.core import clock, documents
from placements.models import Placement
from students.models import Enrolment


@dataclass(frozen=True)
class Period:
    """One placement: when and where, the result, who adopted it, and what lay before it."""

    placement: Placement
    final: Final | None
    interim_on: date | None
    heard: str
    heard_on: date | None
    company_score: str
    left_out: LeftOut | None
    reads: bool  # whether the reader may open the dossier

    @property
    def result(self) -> str:
        """The eindoordeel in words."""
        return str(self.final.get_score_display()) if self.final else ""

    @property
    def adopted_on(self) -> date | None:
        return clock.local_day(self.final.adopted_at) if self.final else None


@dataclass(frozen=True)
class Overview:
    """All that the page and the PDF show of one enrolment."""

    school: str
    written_in: str
    enrolment: Enrolment
    line: examining.Line
    periods: list[Period]
    equivalence: Equivalence | None
    made_on: date
    made_for: str


def overview(enrolment: Any, user: Any) -> Overview:
    """`enrolment` comes from `examining.of`."""
    finals = Prefetch("finals", Final.objects.filter(is_current=True).select_related("adopted_by"), to_attr="adopted")
    interims = Prefetch("interims", Interim.objects.order_by("-held_on"), to_attr="talked")
    line = examining.lines([enrolment])[0]
    found = examining.placements_of([enrolment.pk]).select_related("location", "company_judgement", "left_out__by")
    readable = set(enrolment.placements.visible_to(user).values_list("pk", flat=True))
    return Overview(
        school=settings.SCHOOL_NAME,
        written_in=get_language() or settings.LANGUAGE_CODE,
        enrolment=enrolment,
        line=line,
        periods=[_period(placement, readable) for placement in found.prefetch_related(finals, interims)],
        equivalence=equivalence.current(enrolment),
        made_on=clock.today(),
        made_for=user.full_name,
    )


def _period(placement: Any, readable: set[int]) -> Period:
    judged = getattr(placement, "company_judgement", None)
    heard = judged if judged and judged.submitted_at else None
    return Period(
        placement=placement,
        final=placement.adopted[0] if placement.adopted else None,
        interim_on=next((interim.held_on for interim in placement.talked if interim.is_complete), None),
        heard=heard.assessor if heard else "",
        heard_on=clock.local_day(heard.submitted_at) if heard else None,
        company_score=str(heard.get_score_display()) if heard else "",
        left_out=getattr(placement, "left_out", None),
        reads=placement.pk in readable,
    )


def pdf_of(enrolment: Any, user: Any) -> bytes:
    """*Overzicht bpv voor de examencommissie* as PDF."""
    return documents.render("assessment/pdf/examined.html", overview(enrolment, user))
