"""What was done for the assessment of placements, for standards 7 and 8: a fixed number of queries for any number."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Min

from assessment.models import Final, Goal, HandedOut, Interim
from bpv.core.clock import local_day
from placements.models import Placement
from standards import AssessmentFacts, InterimFact


def assessments(found: dict[int, Placement]) -> dict[int, AssessmentFacts]:
    """By placement; only of those that start from ASSESSMENTS_FROM on. Without one of these it asks nothing."""
    kept = {pk: placement for pk, placement in found.items() if placement.start >= settings.ASSESSMENTS_FROM}
    if not kept:
        return {}
    goals, given = _goals_set_on(kept), assignments_given_on(kept)
    interims, finals, alone = _interims(kept), _finals(kept), _one_each(kept)
    return {
        pk: AssessmentFacts(
            goals_set_on=goals.get(pk),
            assignment_given_on=given.get(pk),
            interims=tuple(interims[pk]),
            closed_on=_day(placement.closed_at),
            **finals.get(pk, {}),
            **alone[pk],
        )
        for pk, placement in kept.items()
    }


def assignments_given_on(found: Collection[int]) -> dict[int, date]:
    """S7: the day on which the first opdracht was handed out, by placement."""
    return HandedOut.objects.first_days(found)


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None


def _goals_set_on(found: Collection[int]) -> dict[int, date]:
    """The first leerdoel of each; what is for the next bpv says nothing about this one."""
    goals = Goal.objects.filter(placement__in=found, for_later=False).order_by()
    rows = goals.values_list("placement").annotate(first=Min("made_at"))
    return {placement: local_day(made_at) for placement, made_at in rows}


def _interims(found: Collection[int]) -> dict[int, list[InterimFact]]:
    facts: dict[int, list[InterimFact]] = defaultdict(list)
    fields = ("placement", "held_on", "student_told_on", "supervisor_told_on")
    for placement, *days in Interim.objects.filter(placement__in=found).values_list(*fields):
        facts[placement].append(InterimFact(*days))
    return facts


def _finals(found: Collection[int]) -> dict[int, dict[str, date | None]]:
    """Adopted for the first time: a correction does not make late what was in time. Told: the result that stands."""
    facts: dict[int, dict[str, date | None]] = {}
    fields = ("placement", "adopted_at", "override", "student_told_on", "supervisor_told_on")
    for placement, adopted_at, override, *told in (
        Final.objects.filter(placement__in=found).order_by("version").values_list(*fields)
    ):
        final = facts.setdefault(placement, {"adopted_on": local_day(adopted_at), "overridden_on": None})
        if override and final["overridden_on"] is None:
            final["overridden_on"] = local_day(adopted_at)
        final["student_told_on"], final["supervisor_told_on"] = told
    return facts


def _first(moment: datetime | None, day: date | None) -> date | None:
    """The earlier of the day of a mail and that of a talk."""
    return min((found for found in (_day(moment), day) if found), default=None)


def _one_each(found: Collection[int]) -> dict[int, dict[str, Any]]:
    """What there is one of: the plan that holds, and the judgement of the leerbedrijf.

    Who discussed the plan knows it, also without having an e-mail address.
    """
    student = ("agreed_plan__student_informed_at", "agreed_plan__student_agreed_on")
    supervisor = ("agreed_plan__supervisor_informed_at", "agreed_plan__supervisor_agreed_on")
    guides = ("agreed_plan__shared_at", "agreed_plan__plan__study_guide", "agreed_plan__plan__bpv_guide")
    fields = ("pk", *student, *supervisor, *guides, "company_judgement__submitted_at")
    return {
        row["pk"]: {
            "plan_student_informed_on": _first(*(row[name] for name in student)),
            "plan_supervisor_informed_on": _first(*(row[name] for name in supervisor)),
            "plan_in_guides_on": _day(row[guides[0]]) if row[guides[1]] and row[guides[2]] else None,
            "company_heard_on": _day(row["company_judgement__submitted_at"]),
        }
        for row in Placement.objects.filter(pk__in=found).order_by().values(*fields)
    }
