"""Why a finding says what it says: the facts, the rule in our own words, and what is left to do. Plain Dutch."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from standards import checks
from standards.checks import Finding
from standards.dutch import days, long_date
from standards.facts import ContactFact, PlacementFacts, RequestFacts
from standards.handbook import RULES
from standards.norms import norms_for
from standards.outcomes import Outcome, outcome

Fact = tuple[str, str]

_KINDS = {"on_site": "bezoek op locatie", "phone": "telefonisch", "online": "online"}
_DOSSIERS = {"BOL": "diplomadossier", "BBL": "bekostigingsdossier"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was seen (label and value), the rule, where it stands in the handbook, and what to do now."""

    facts: tuple[Fact, ...]
    sentence: str
    section: str
    todo: str


def why(rule: str, facts: PlacementFacts | RequestFacts, finding: Finding, today: date) -> Explanation:
    """Explain the finding of this rule by the facts dated up to and including today.

    Raises KeyError for an unknown rule, and TypeError when the rule does not speak about such facts.
    """
    meaning = RULES[rule]
    if isinstance(facts, RequestFacts) != (rule in _REQUEST_RULES):
        raise TypeError(f"{rule} does not speak about {type(facts).__name__}")
    if isinstance(facts, RequestFacts):
        seen, todo = _response(facts.known_on(today))
    else:
        seen, todo = _PLACEMENT_RULES[rule](facts.known_on(today))
    return Explanation(
        (*seen, *_result(finding, today)), meaning.sentence, meaning.section, _todo(finding, todo, today)
    )


def _result(finding: Finding, today: date) -> tuple[Fact, Fact]:
    done_on = finding.done_on
    match outcome(finding.due, done_on, today):
        case Outcome.MET:
            result = f"op tijd: {_day(done_on)}"
        case Outcome.LATE if done_on is not None:
            result = f"{days((done_on - finding.due).days)} te laat: {long_date(done_on)}"
        case Outcome.MISSED:
            result = f"nog niet gedaan, {days((today - finding.due).days)} te laat"
        case _:
            left = (finding.due - today).days
            result = f"nog niet gedaan, nog {days(left)}" if left else "nog niet gedaan, vandaag is de laatste dag"
    return ("Uiterlijk", long_date(finding.due)), ("Stand", result)


def _todo(finding: Finding, todo: str, today: date) -> str:
    match outcome(finding.due, finding.done_on, today):
        case Outcome.MET | Outcome.LATE:
            return "Je hoeft niets meer te doen."
        case Outcome.MISSED if finding.rule in _PERIOD_RULES:
            return "De periode is voorbij. Leg vast waarom het niet is gelukt."
        case _:
            return todo


def _day(day: date | None) -> str:
    return long_date(day) if day else "nog niet"


def _listed(words: list[str]) -> str:
    return " en ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _signed(known: PlacementFacts) -> tuple[list[Fact], str]:
    start = ("Start", long_date(known.start))
    pok = known.pok
    if pok is None:
        return [start, ("POK", "nog niet gemaakt")], "Maak de POK en laat student, leerbedrijf en school tekenen."
    parties = {"student": pok.signed_student, "leerbedrijf": pok.signed_company, "school": pok.signed_school}
    missing = [party for party, signed_on in parties.items() if signed_on is None]
    signatures = [(f"Getekend door {party}", _day(signed_on)) for party, signed_on in parties.items()]
    return [start, *signatures], f"Laat de POK nog tekenen door {_listed(missing)}." if missing else ""


def _filed(known: PlacementFacts) -> tuple[list[Fact], str]:
    dossier = _DOSSIERS[known.leerweg]
    filed_on = known.pok.filed_on if known.pok else None
    seen, signing = _signed(known)
    todo = f"{signing} Zet hem daarna in het {dossier}." if signing else f"Zet de getekende POK in het {dossier}."
    return [("Leerweg", known.leerweg), *seen, (f"In het {dossier}", _day(filed_on))], todo


def _accredited(known: PlacementFacts) -> tuple[list[Fact], str]:
    seen = [("Start", long_date(known.start))]
    for accreditation in known.accreditations:
        text = f"sinds {long_date(accreditation.granted_on)}"
        if accreditation.withdrawn_on:
            text += f", ingetrokken per {long_date(accreditation.withdrawn_on)}"
        seen.append(("Erkenning", text))
    if not known.accreditations:
        seen.append(("Erkenning", "niet bekend voor deze opleiding op deze locatie"))
    return seen, "Vraag SBB naar de erkenning, of zoek een ander erkend leerbedrijf."


def _first_visit(known: PlacementFacts) -> tuple[list[Fact], str]:
    seen = [("Start", long_date(known.start)), ("Leerbedrijf", "nieuw voor deze opleiding op deze locatie")]
    for contact in checks.first_contacts(known):
        met = "met de praktijkopleider" if contact.with_supervisor else "zonder de praktijkopleider"
        seen.append(_contact(contact, met))
    return seen, "Plan een bezoek op locatie, samen met de praktijkopleider."


def _goals(known: PlacementFacts) -> tuple[list[Fact], str]:
    seen = [("Start", long_date(known.start))]
    for contact in checks.first_contacts(known):
        discussed = "leerdoelen besproken" if contact.goals_discussed else "leerdoelen niet besproken"
        seen.append(_contact(contact, discussed))
    return seen, "Bespreek de leerdoelen met het leerbedrijf en leg het gesprek vast."


def _contacts(known: PlacementFacts) -> tuple[list[Fact], str]:
    needed = norms_for(known.start).contacts_per_period
    held = checks.contacts_in_period(known)
    counted = sum(map(checks.counts, held))
    left = needed - counted
    seen = [_period(known), *(_contact(c, _counted(c)) for c in held), ("Telt mee", f"{counted} van {needed}")]
    talks = "gesprek" if left == 1 else "gesprekken"
    return seen, f"Houd nog {left} {talks} met student en praktijkopleider erbij, en leg ze vast."


def _on_site(known: PlacementFacts) -> tuple[list[Fact], str]:
    held = checks.contacts_in_period(known)
    seen = [_period(known), *(_contact(c, _counted(c)) for c in held)]
    return seen, "Plan een bezoek op locatie, met student en praktijkopleider erbij."


def _response(known: RequestFacts) -> tuple[list[Fact], str]:
    seen = [("Ontvangen", long_date(known.received_on)), ("Eerste reactie", _day(known.first_response_on))]
    return seen, "Geef een eerste reactie."


def _period(known: PlacementFacts) -> Fact:
    return "Bpv-periode", f"{long_date(known.start)} t/m {long_date(known.end)}"


def _contact(contact: ContactFact, remark: str) -> Fact:
    return long_date(contact.on), f"{_KINDS[contact.kind]}, {remark}"


def _counted(contact: ContactFact) -> str:
    absent = [
        party
        for party, present in (("student", contact.with_student), ("praktijkopleider", contact.with_supervisor))
        if not present
    ]
    return f"telt niet mee: zonder {_listed(absent)}" if absent else "telt mee"


_PLACEMENT_RULES: dict[str, Callable[[PlacementFacts], tuple[list[Fact], str]]] = {
    "POK-03": _signed,
    "S5": _filed,
    "LB-02": _accredited,
    "S4.2-a": _first_visit,
    "S4.2-b": _goals,
    "S6.2-a": _contacts,
    "S6.2-b": _on_site,
}
# Contacts after the period do not count any more, so what was missed stays missed.
_PERIOD_RULES = frozenset({"S6.2-a", "S6.2-b"})
_REQUEST_RULES = frozenset({"S6.1-c"})
