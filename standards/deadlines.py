"""Dates from dates: until when something may be done, and the planned moments of one placement.

A due date is the last good day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from standards.facts import Leerweg
from standards.norms import Norms, norms_for
from standards.words import gettext as _
from standards.workdays import add_workdays


def pok_signed_due(start: date) -> date:
    """POK-03: all three parties have signed before the start."""
    return start - timedelta(days=norms_for(start).pok_signed_days_before)


def pok_filed_due(leerweg: Leerweg, start: date) -> date:
    """S5-BOL: in the diplomadossier before the start. S5-BBL: in the bekostigingsdossier in the second week."""
    norms = norms_for(start)
    if leerweg == "BBL":
        return start + timedelta(days=norms.bbl_filed_days_after)
    return start - timedelta(days=norms.bol_filed_days_before)


def accredited_due(start: date) -> date:
    """LB-02: the location is accredited on the start date itself."""
    return start


def first_contact_from(start: date) -> date:
    """S4.2: the first day on which a contact counts as the first contact of this placement."""
    return start - timedelta(days=norms_for(start).contact_window_days_before)


def first_contact_due(start: date) -> date:
    """S4.2-a and S4.2-b: within four weeks after the start."""
    return start + timedelta(days=norms_for(start).first_contact_days)


def midpoint(start: date, end: date) -> date:
    """The day halfway the period, rounded down."""
    return start + (end - start) // 2


def contact_plan(start: date, end: date) -> tuple[date, date, date]:
    """S6.2-a: three contact moments spread over the period: within four weeks, halfway, at the end.

    In a period too short for that order, the first lies halfway to the second.
    """
    middle = midpoint(start, end)
    first = first_contact_due(start)
    return (first if first < middle else midpoint(start, middle), middle, end)


def interim_due(first: date, last: date) -> date:
    """BEO-06: halfway the bpv-periode, so that the student can still do something with it (BEO-05, T-07)."""
    return midpoint(first, last)


def response_due(received_on: date, free_days: frozenset[date]) -> date:
    """S6.1-c: the third workday after receipt; the day of receipt does not count."""
    return add_workdays(received_on, norms_for(received_on).response_workdays, free_days)


def response_attention_on(received_on: date, free_days: frozenset[date]) -> date:
    """S6.1-c: the workday on which an open request asks for attention, before it is too late."""
    return add_workdays(received_on, norms_for(received_on).response_attention_workdays, free_days)


def goals_due(start: date) -> date:
    """S7, VB-06 and T-05: leerdoelen and opdrachten are there on the first day."""
    return start


def procedure_due(start: date) -> date:
    """S8-a and S8-b: how the bpv is assessed is known, and stands in both guides, before the start."""
    return start - timedelta(days=norms_for(start).procedure_days_before)


def company_heard_due(end: date) -> date:
    """BEO-09: the leerbedrijf is heard by the last day, with the eindgesprek."""
    return end


def final_due(start: date, end: date) -> date:
    """S8-c: the eindgesprek is held by the end (T-08); weighing both judgements and adopting take some days more."""
    return end + timedelta(days=norms_for(start).final_days_after_end)


def result_told_due(start: date, end: date) -> date:
    """BEO-12: told to student and praktijkopleider as soon as the result may stand."""
    return end + timedelta(days=norms_for(start).result_told_days_after_end)


def dossier_closed_due(start: date, end: date) -> date:
    """S8-d: result and how it came about are in the dossier when the bpv is evaluated (T11)."""
    return end + timedelta(days=norms_for(start).evaluation_days_after_end)


@dataclass(frozen=True, slots=True)
class Moment:
    """A planned moment; `rule` is the check that says whether it was done, when one does."""

    code: str
    title: str
    due: date
    standard: str
    rule: str | None


def moments(leerweg: Leerweg, start: date, end: date, new_location: bool) -> tuple[Moment, ...]:
    """The moments of the handbook's first page for one placement, by due date."""
    norms = norms_for(start)
    planned = (
        *_before(leerweg, start, new_location, norms),
        *_pok(leerweg, start),
        *_during(start, end, new_location),
        *_ending(end, norms),
    )
    return tuple(sorted(planned, key=lambda moment: moment.due))


def _before(leerweg: Leerweg, start: date, new_location: bool, norms: Norms) -> list[Moment]:
    def before(days: int) -> date:
        return start - timedelta(days=days)

    prepared, matched = ("2", "2.3") if leerweg == "BOL" else ("3", "3.2")
    planned = [
        Moment("preparation", _("Start voorbereiding"), before(norms.preparation_days_before), prepared, None),
        Moment("matching", _("Matching"), before(norms.matching_days_before), matched, None),
    ]
    if new_location:
        informed = before(norms.new_company_informed_days_before)
        planned.append(Moment("new_company", _("Informatie nieuw leerbedrijf"), informed, "4", None))
    briefed = before(norms.supervisor_informed_days_before)
    planned.append(Moment("supervisor_briefing", _("Voorlichting praktijkopleider"), briefed, "4", None))
    return planned


def _pok(leerweg: Leerweg, start: date) -> list[Moment]:
    """BOL: signing and filing fall due on the same day, so the stricter of the two stands for both."""
    if leerweg == "BOL":
        return [Moment("pok", _("POK compleet"), pok_filed_due(leerweg, start), "5", "S5")]
    return [
        Moment("pok", _("POK getekend"), pok_signed_due(start), "5", "POK-03"),
        Moment("pok_filed", _("POK in dossier"), pok_filed_due(leerweg, start), "5", "S5"),
    ]


def _during(start: date, end: date, new_location: bool) -> list[Moment]:
    title, rule = (_("1e bpv-bezoek"), "S4.2-a") if new_location else (_("1e contact"), "S4.2-b")
    _first, halfway, last = contact_plan(start, end)
    return [
        Moment("start", _("Start bpv"), start, "1", None),
        Moment("first_contact", title, first_contact_due(start), "4.2", rule),
        Moment("second_contact", _("2e bpv-bezoek"), halfway, "6.2", None),
        Moment("final_talk", _("Eindgesprek"), last, "6.2", "S6.2-a"),
    ]


def _ending(end: date, norms: Norms) -> list[Moment]:
    survey = end - timedelta(days=norms.survey_days_before_end)
    evaluation = end + timedelta(days=norms.evaluation_days_after_end)
    return [
        Moment("survey", _("SBB-enquête"), survey, "9", None),
        Moment("evaluation", _("Evaluatie"), evaluation, "9", None),
    ]
