"""The bpv-lijn: the first page of the handbook, with dates, for one placement."""

from dataclasses import dataclass
from datetime import date, timedelta

from standards.deadlines import contact_plan, first_contact_due, pok_filed_due, pok_signed_due
from standards.facts import Leerweg
from standards.norms import Norms, norms_for


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
    def weeks_before(days: int) -> date:
        return start - timedelta(days=days)

    prepared, matched = ("2", "2.3") if leerweg == "BOL" else ("3", "3.2")
    planned = [
        Moment("preparation", "Start voorbereiding", weeks_before(norms.preparation_days_before), prepared, None),
        Moment("matching", "Matching", weeks_before(norms.matching_days_before), matched, None),
    ]
    if new_location:
        informed = weeks_before(norms.new_company_informed_days_before)
        planned.append(Moment("new_company", "Informatie nieuw leerbedrijf", informed, "4", None))
    briefed = weeks_before(norms.supervisor_informed_days_before)
    planned.append(Moment("supervisor_briefing", "Voorlichting praktijkopleider", briefed, "4", None))
    return planned


def _pok(leerweg: Leerweg, start: date) -> list[Moment]:
    """BOL: signing and filing fall due on the same day, so the stricter of the two stands for both."""
    if leerweg == "BOL":
        return [Moment("pok", "POK compleet", pok_filed_due(leerweg, start), "5", "S5")]
    return [
        Moment("pok", "POK getekend", pok_signed_due(start), "5", "POK-03"),
        Moment("pok_filed", "POK in dossier", pok_filed_due(leerweg, start), "5", "S5"),
    ]


def _during(start: date, end: date, new_location: bool) -> list[Moment]:
    title, rule = ("1e bpv-bezoek", "S4.2-a") if new_location else ("1e contact", "S4.2-b")
    _, halfway, last = contact_plan(start, end)
    return [
        Moment("start", "Start bpv", start, "1", None),
        Moment("first_contact", title, first_contact_due(start), "4.2", rule),
        Moment("second_contact", "2e bpv-bezoek", halfway, "6.2", None),
        Moment("final_talk", "Eindgesprek", last, "6.2", "S6.2-a"),
    ]


def _ending(end: date, norms: Norms) -> list[Moment]:
    survey = end - timedelta(days=norms.survey_days_before_end)
    evaluation = end + timedelta(days=norms.evaluation_days_after_end)
    return [
        Moment("survey", "SBB-enquête", survey, "9", None),
        Moment("evaluation", "Evaluatie", evaluation, "9", None),
    ]
