"""One pure function per measured rule: from facts to the day on which the rule was met, if it was."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date

from standards import deadlines
from standards.facts import ContactFact, PlacementFacts, RequestFacts
from standards.norms import norms_for


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that speaks about a subject: until when, and the day it was done (None: not done)."""

    rule: str
    subject: str
    due: date
    done_on: date | None


def judge_placement(facts: PlacementFacts, *, today: date) -> tuple[Finding, ...]:
    """All findings of a placement in the order of the rules, by the facts dated up to and including today.

    S4.2-a only speaks about a new location; the other rules speak about every placement.
    """
    start, end = facts.start, facts.end
    contacts = sorted((contact for contact in facts.contacts if contact.on <= today), key=lambda contact: contact.on)
    first_due = deadlines.first_contact_due(start)

    def finding(rule: str, due: date, done_on: date | None) -> Finding:
        return Finding(rule, facts.subject, due, done_on)

    findings = [
        finding("POK-03", deadlines.pok_signed_due(start), pok_signed_on(facts, today)),
        finding("S5", deadlines.pok_filed_due(facts.leerweg, start), pok_filed_on(facts, today)),
        finding("LB-02", deadlines.accredited_due(start), accredited_on(facts, today)),
    ]
    if facts.new_location:
        findings.append(finding("S4.2-a", first_due, first_visit_on(facts, contacts)))
    findings += [
        finding("S4.2-b", first_due, goals_discussed_on(facts, contacts)),
        finding("S6.2-a", end, enough_contacts_on(facts, contacts)),
        finding("S6.2-b", end, enough_on_site_on(facts, contacts)),
    ]
    return tuple(findings)


def judge_request(facts: RequestFacts, *, today: date, free_days: Set[date]) -> tuple[Finding, ...]:
    """S6.1-c: the first response to a hulpvraag, klacht or melding, when it was given by today."""
    due = deadlines.response_due(facts.received_on, free_days)
    return (Finding("S6.1-c", facts.subject, due, _known(facts.first_response_on, today)),)


def pok_signed_on(facts: PlacementFacts, today: date) -> date | None:
    """POK-03: the day of the last of the three signatures."""
    if facts.pok is None:
        return None
    signed = [
        day
        for day in (facts.pok.signed_student, facts.pok.signed_company, facts.pok.signed_school)
        if day is not None and day <= today
    ]
    return max(signed) if len(signed) == 3 else None


def pok_filed_on(facts: PlacementFacts, today: date) -> date | None:
    """S5: the day the POK came into the dossier."""
    return _known(facts.pok.filed_on, today) if facts.pok else None


def accredited_on(facts: PlacementFacts, today: date) -> date | None:
    """LB-02: the grant of the oldest accreditation valid on the start date; a withdrawal on that day is too early."""
    granted = [
        accreditation.granted_on
        for accreditation in facts.accreditations
        if accreditation.granted_on <= min(facts.start, today)
        and _stands_at(facts.start, _known(accreditation.withdrawn_on, today))
    ]
    return min(granted, default=None)


def first_visit_on(facts: PlacementFacts, contacts: Iterable[ContactFact]) -> date | None:
    """S4.2-a: the first visit on site with the praktijkopleider."""
    opens = deadlines.first_contact_from(facts.start)
    visits = (c.on for c in contacts if c.on >= opens and c.kind == "on_site" and c.with_supervisor)
    return next(visits, None)


def goals_discussed_on(facts: PlacementFacts, contacts: Iterable[ContactFact]) -> date | None:
    """S4.2-b: the first contact in which the leerdoelen were discussed."""
    opens = deadlines.first_contact_from(facts.start)
    return next((c.on for c in contacts if c.on >= opens and c.goals_discussed), None)


def counting_contacts(facts: PlacementFacts, contacts: Iterable[ContactFact]) -> Iterator[ContactFact]:
    """S6.2: the contact moments in the period in which student and praktijkopleider both took part."""
    return (c for c in contacts if facts.start <= c.on <= facts.end and c.with_student and c.with_supervisor)


def enough_contacts_on(facts: PlacementFacts, contacts: Iterable[ContactFact]) -> date | None:
    """S6.2-a: the day of the third contact moment that counts."""
    days = [contact.on for contact in counting_contacts(facts, contacts)]
    return _nth(days, norms_for(facts.start).contacts_per_period)


def enough_on_site_on(facts: PlacementFacts, contacts: Iterable[ContactFact]) -> date | None:
    """S6.2-b: the day of the first contact moment on site that counts."""
    days = [contact.on for contact in counting_contacts(facts, contacts) if contact.kind == "on_site"]
    return _nth(days, norms_for(facts.start).contacts_on_site)


def _nth(days: list[date], count: int) -> date | None:
    return days[count - 1] if len(days) >= count else None


def _known(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None


def _stands_at(start: date, withdrawn_on: date | None) -> bool:
    return withdrawn_on is None or withdrawn_on > start
