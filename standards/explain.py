"""Why a finding says what it says: the facts, the rule in our own words, and what is left to do.

In the reader's language; every sentence is one text, because word order differs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from standards import checks, explain_assessment
from standards.explain_parts import Fact, day_or_not_yet, listed, period_fact
from standards.facts import ContactFact, PlacementFacts, RequestFacts
from standards.findings import Finding
from standards.handbook import RULES
from standards.norms import norms_for
from standards.outcomes import Outcome, outcome
from standards.periods import Period, periods
from standards.words import days, gettext_noop, long_date, ngettext
from standards.words import gettext as _

_KINDS = {
    "on_site": gettext_noop("bezoek op locatie"),
    "phone": gettext_noop("telefonisch"),
    "online": gettext_noop("online"),
}


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
        known = facts.known_on(today)
        if rule in _PERIOD_RULES:
            period = _period_of(known, finding)
            seen, todo = _PERIOD_RULES[rule](known, period)
            todo = _("De periode is voorbij. Leg vast waarom het niet is gelukt.") if today > period.last else todo
        else:
            seen, todo = _PLACEMENT_RULES[rule](known)
    return Explanation(
        (*seen, *_result(finding, today)), meaning.sentence, meaning.section, _todo(finding, todo, today)
    )


def _result(finding: Finding, today: date) -> tuple[Fact, Fact]:
    done_on = finding.done_on
    match outcome(finding.due, done_on, today, finding.deviated_on):
        case Outcome.DEVIATED:
            result = _("onderbouwd afgeweken, akkoord op %(day)s") % {"day": day_or_not_yet(finding.deviated_on)}
        case Outcome.MET:
            result = _("op tijd: %(day)s") % {"day": day_or_not_yet(done_on)}
        case Outcome.LATE if done_on is not None:
            late = days((done_on - finding.due).days)
            result = _("%(days)s te laat: %(day)s") % {"days": late, "day": long_date(done_on)}
        case Outcome.MISSED:
            result = _("nog niet gedaan, %(days)s te laat") % {"days": days((today - finding.due).days)}
        case _:
            result = _still_open((finding.due - today).days)
    return (_("Uiterlijk"), long_date(finding.due)), (_("Stand"), result)


def _still_open(left: int) -> str:
    """Not done yet, with this many days left."""
    if left:
        return _("nog niet gedaan, nog %(days)s") % {"days": days(left)}
    return _("nog niet gedaan, vandaag is de laatste dag")


def _todo(finding: Finding, todo: str, today: date) -> str:
    match outcome(finding.due, finding.done_on, today, finding.deviated_on):
        case Outcome.MET | Outcome.LATE | Outcome.DEVIATED:
            return _("Je hoeft niets meer te doen.")
        case _:
            return todo


def _signed(known: PlacementFacts) -> tuple[list[Fact], str]:
    start = (_("Start"), long_date(known.start))
    pok = known.pok
    if pok is None:
        made = (_("POK"), _("nog niet gemaakt"))
        return [start, made], _("Maak de POK en laat student, leerbedrijf en school tekenen.")
    parties = (
        (_("Getekend door student"), _("student"), pok.signed_student),
        (_("Getekend door leerbedrijf"), _("leerbedrijf"), pok.signed_company),
        (_("Getekend door school"), _("school"), pok.signed_school),
    )
    missing = [party for _label, party, signed_on in parties if signed_on is None]
    signatures = [(label, day_or_not_yet(signed_on)) for label, _party, signed_on in parties]
    todo = _("Laat de POK nog tekenen door %(parties)s.") % {"parties": listed(missing)} if missing else ""
    return [start, *signatures], todo


def _filed(known: PlacementFacts) -> tuple[list[Fact], str]:
    filed_on = known.pok.filed_on if known.pok else None
    seen, signing = _signed(known)
    if known.leerweg == "BOL":
        label, filing = _("In het diplomadossier"), _("Zet de getekende POK in het diplomadossier.")
        after = _("Zet hem daarna in het diplomadossier.")
    else:
        label, filing = _("In het bekostigingsdossier"), _("Zet de getekende POK in het bekostigingsdossier.")
        after = _("Zet hem daarna in het bekostigingsdossier.")
    todo = f"{signing} {after}" if signing else filing
    return [(_("Leerweg"), known.leerweg), *seen, (label, day_or_not_yet(filed_on))], todo


def _accredited(known: PlacementFacts) -> tuple[list[Fact], str]:
    seen = [(_("Start"), long_date(known.start))]
    for accreditation in known.accreditations:
        dates = {"granted": long_date(accreditation.granted_on)}
        if accreditation.withdrawn_on:
            dates["withdrawn"] = long_date(accreditation.withdrawn_on)
            text = _("sinds %(granted)s, ingetrokken per %(withdrawn)s") % dates
        else:
            text = _("sinds %(granted)s") % dates
        seen.append((_("Erkenning"), text))
    if not known.accreditations:
        seen.append((_("Erkenning"), _("niet bekend voor deze opleiding op deze locatie")))
    return seen, _("Vraag SBB naar de erkenning, of zoek een ander erkend leerbedrijf.")


def _first_visit(known: PlacementFacts) -> tuple[list[Fact], str]:
    new = (_("Leerbedrijf"), _("nieuw voor deze opleiding op deze locatie"))
    seen = [(_("Start"), long_date(known.start)), new]
    for contact in checks.first_contacts(known):
        met = _("met de praktijkopleider") if contact.with_supervisor else _("zonder de praktijkopleider")
        seen.append(_contact(contact, met))
    return seen, _("Plan een bezoek op locatie, samen met de praktijkopleider.")


def _goals(known: PlacementFacts) -> tuple[list[Fact], str]:
    seen = [(_("Start"), long_date(known.start))]
    for contact in checks.first_contacts(known):
        discussed = _("leerdoelen besproken") if contact.goals_discussed else _("leerdoelen niet besproken")
        seen.append(_contact(contact, discussed))
    return seen, _("Bespreek de leerdoelen met het leerbedrijf en leg het gesprek vast.")


def _contacts(known: PlacementFacts, period: Period) -> tuple[list[Fact], str]:
    needed = norms_for(known.start).contacts_per_period
    held = checks.contacts_in_period(known, period)
    counted = sum(map(checks.counts, held))
    left = needed - counted
    total = _("%(counted)s van %(needed)s") % {"counted": counted, "needed": needed}
    seen = [period_fact(period), *(_contact(c, _counted(c)) for c in held), (_("Telt mee"), total)]
    todo = ngettext(
        "Houd nog %(count)s gesprek met student en praktijkopleider erbij, en leg ze vast.",
        "Houd nog %(count)s gesprekken met student en praktijkopleider erbij, en leg ze vast.",
        left,
    )
    return seen, todo % {"count": left}


def _on_site(known: PlacementFacts, period: Period) -> tuple[list[Fact], str]:
    held = checks.contacts_in_period(known, period)
    seen = [period_fact(period), *(_contact(c, _counted(c)) for c in held)]
    return seen, _("Plan een bezoek op locatie, met student en praktijkopleider erbij.")


def _response(known: RequestFacts) -> tuple[list[Fact], str]:
    seen = [
        (_("Ontvangen"), long_date(known.received_on)),
        (_("Eerste reactie"), day_or_not_yet(known.first_response_on)),
    ]
    return seen, _("Geef een eerste reactie.")


def _period_of(known: PlacementFacts, finding: Finding) -> Period:
    """The period a finding is about: the one of its school year, or the whole placement."""
    found = periods(known.leerweg, known.start, known.end)
    return next((period for period in found if period.year == finding.year), found[-1])


def _contact(contact: ContactFact, remark: str) -> Fact:
    return long_date(contact.on), f"{_(_KINDS[contact.kind])}, {remark}"


def _counted(contact: ContactFact) -> str:
    absent = [
        party
        for party, present in ((_("student"), contact.with_student), (_("praktijkopleider"), contact.with_supervisor))
        if not present
    ]
    return _("telt niet mee: zonder %(parties)s") % {"parties": listed(absent)} if absent else _("telt mee")


_PLACEMENT_RULES: dict[str, Callable[[PlacementFacts], tuple[list[Fact], str]]] = {
    "POK-03": _signed,
    "S5": _filed,
    "LB-02": _accredited,
    "S4.2-a": _first_visit,
    "S4.2-b": _goals,
    **explain_assessment.PLACEMENT_RULES,
}
# A talk after the period does not count for it any more, so what was missed stays missed.
_PERIOD_RULES: dict[str, Callable[[PlacementFacts, Period], tuple[list[Fact], str]]] = {
    "S6.2-a": _contacts,
    "S6.2-b": _on_site,
    **explain_assessment.PERIOD_RULES,
}
_REQUEST_RULES = frozenset({"S6.1-c"})
