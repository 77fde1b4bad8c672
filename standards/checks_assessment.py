"""Standards 7 and 8 and what the handbook says with them: from known facts to the day on which each was met."""

from collections.abc import Iterator
from datetime import date

from standards import deadlines
from standards.facts import AssessmentFacts, InterimFact, PlacementFacts
from standards.findings import Finding
from standards.periods import Period, periods


def judge_assessment(known: PlacementFacts) -> Iterator[Finding]:
    """All findings of the assessment in the order of the rules; none when the school kept no assessments here yet.

    BEO-06 speaks once a bpv-periode, as S6.2 does; the others once a placement. An ended bpv is judged by the day on
    which it ended.
    """
    seen, start, end = known.assessment, known.start, known.end
    if seen is None:
        return

    def finding(rule: str, due: date, done_on: date | None, year: int = 0, override: date | None = None) -> Finding:
        return Finding(rule, known.subject, due, done_on, year, override)

    yield finding("S7", deadlines.goals_due(start), goals_and_assignment_on(seen))
    procedure_due = deadlines.procedure_due(start)
    yield finding("S8-a", procedure_due, procedure_known_on(seen))
    yield finding("S8-b", procedure_due, seen.plan_in_guides_on)
    for period in periods(known.leerweg, start, end):
        due = deadlines.interim_due(period.first, period.last)
        yield finding("BEO-06", due, interim_established_on(seen, period), period.year)
    heard_on, final_on, override = seen.company_heard_on, finally_assessed_on(seen), seen.overridden_on
    yield finding("BEO-09", deadlines.company_heard_due(end), heard_on, override=None if heard_on else override)
    yield finding("S8-c", deadlines.final_due(start, end), final_on, override=None if final_on else override)
    yield finding("BEO-12", deadlines.result_told_due(start, end), result_told_on(seen))
    yield finding("S8-d", deadlines.dossier_closed_due(start, end), seen.closed_on)


def _all(*days: date | None) -> date | None:
    """The last of these days; None when one is missing."""
    found = [day for day in days if day is not None]
    return max(found) if len(found) == len(days) else None


def goals_and_assignment_on(seen: AssessmentFacts) -> date | None:
    """S7: a leerdoel at a werkproces is set, and an opdracht handed out."""
    return _all(seen.goals_set_on, seen.assignment_given_on)


def procedure_known_on(seen: AssessmentFacts) -> date | None:
    """S8-a: student and praktijkopleider are both told how the bpv is assessed."""
    return _all(seen.plan_student_informed_on, seen.plan_supervisor_informed_on)


def interims_in_period(seen: AssessmentFacts, period: Period) -> tuple[InterimFact, ...]:
    """BEO-06: an interim counts for the period in which the talk was held; telling may follow later."""
    return tuple(interim for interim in seen.interims if period.first <= interim.held_on <= period.last)


def interim_established_on(seen: AssessmentFacts, period: Period) -> date | None:
    """BEO-06: the day on which the first interim of the period was complete: held, and told to both."""
    complete = (interim.complete_on for interim in interims_in_period(seen, period))
    return min((day for day in complete if day is not None), default=None)


def interim_before_final_on(seen: AssessmentFacts) -> date | None:
    """S8-c: the day on which the first interim was complete; its talk was before the day of the eindbeoordeling."""
    adopted_on = seen.adopted_on or date.max
    days = (interim.complete_on for interim in seen.interims if interim.held_on < adopted_on)
    return min((day for day in days if day is not None and day <= adopted_on), default=None)


def finally_assessed_on(seen: AssessmentFacts) -> date | None:
    """S8-c: the day of adoption, when an interim was complete before it.

    A reason to do without one (an override) lets the school go on: that is a deviation, it does not meet the standard.
    """
    return seen.adopted_on if interim_before_final_on(seen) else None


def result_told_on(seen: AssessmentFacts) -> date | None:
    """BEO-12: an adopted result was told orally to student and praktijkopleider."""
    return _all(seen.student_told_on, seen.supervisor_told_on) if seen.adopted_on else None
