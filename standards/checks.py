"""One pure function per measured rule: from known facts to the day on which the rule was met, if it was."""

from collections.abc import Iterator
from datetime import date

from standards import deadlines
from standards.checks_assessment import judge_assessment
from standards.facts import AccreditationFact, ContactFact, PlacementFacts, RequestFacts
from standards.findings import Finding
from standards.norms import norms_for
from standards.periods import Period, periods


def judge_placement(facts: PlacementFacts, *, today: date) -> tuple[Finding, ...]:
    """All findings of a placement in the order of the rules, by the facts dated up to and including today.

    S4.2-a only speaks about a new location, standards 7 and 8 only about a placement whose assessment is kept; the
    other rules speak about every placement. S6.2 speaks once a period.
    """
    known = facts.known_on(today)
    start = facts.start
    first_due = deadlines.first_contact_due(start)

    def finding(rule: str, due: date, done_on: date | None) -> Finding:
        return Finding(rule, facts.subject, due, done_on)

    findings = [
        finding("POK-03", deadlines.pok_signed_due(start), pok_signed_on(known)),
        finding("S5", deadlines.pok_filed_due(facts.leerweg, start), pok_filed_on(known)),
        finding("LB-02", deadlines.accredited_due(start), accredited_on(known)),
    ]
    if facts.new_location:
        findings.append(finding("S4.2-a", first_due, first_visit_on(known)))
    findings.append(finding("S4.2-b", first_due, goals_discussed_on(known)))
    for period in periods(facts.leerweg, start, facts.end):
        findings += _talks(known, period)
    return (*findings, *judge_assessment(known))


def _talks(known: PlacementFacts, period: Period) -> Iterator[Finding]:
    """S6.2-a and S6.2-b in one period, with a deviation that was accepted for it (S6.2-d)."""
    for rule, done_on in (("S6.2-a", enough_contacts_on(known, period)), ("S6.2-b", enough_on_site_on(known, period))):
        accepted = [d.accepted_on for d in known.deviations if (d.rule, d.year) == (rule, period.year)]
        yield Finding(rule, known.subject, period.last, done_on, period.year, min(accepted, default=None))


def judge_request(facts: RequestFacts, *, today: date, free_days: frozenset[date]) -> tuple[Finding, ...]:
    """S6.1-c: the first response to a hulpvraag, klacht or melding, when it was given by today."""
    due = deadlines.response_due(facts.received_on, free_days)
    return (Finding("S6.1-c", facts.subject, due, facts.known_on(today).first_response_on),)


def pok_signed_on(known: PlacementFacts) -> date | None:
    """POK-03: the day of the last of the three signatures."""
    pok = known.pok
    if pok is None or pok.signed_student is None or pok.signed_company is None or pok.signed_school is None:
        return None
    return max(pok.signed_student, pok.signed_company, pok.signed_school)


def pok_filed_on(known: PlacementFacts) -> date | None:
    """S5: the day the POK came into the dossier."""
    return known.pok.filed_on if known.pok else None


def stands_at_start(accreditation: AccreditationFact, start: date) -> bool:
    """LB-02: granted on or before the start, and not withdrawn on or before it."""
    withdrawn_on = accreditation.withdrawn_on
    return accreditation.granted_on <= start and (withdrawn_on is None or withdrawn_on > start)


def accredited_on(known: PlacementFacts) -> date | None:
    """LB-02: the day on which the oldest accreditation that stands at the start was granted."""
    standing = (a.granted_on for a in known.accreditations if stands_at_start(a, known.start))
    return min(standing, default=None)


def first_contacts(known: PlacementFacts) -> tuple[ContactFact, ...]:
    """S4.2: the contacts that can count as the first of this placement; they may lie before the start."""
    opens = deadlines.first_contact_from(known.start)
    return tuple(contact for contact in known.contacts if contact.on >= opens)


def first_visit_on(known: PlacementFacts) -> date | None:
    """S4.2-a: the first visit on site with the praktijkopleider."""
    return next((c.on for c in first_contacts(known) if c.kind == "on_site" and c.with_supervisor), None)


def goals_discussed_on(known: PlacementFacts) -> date | None:
    """S4.2-b: the first contact in which the leerdoelen were discussed."""
    return next((c.on for c in first_contacts(known) if c.goals_discussed), None)


def contacts_in_period(known: PlacementFacts, period: Period) -> tuple[ContactFact, ...]:
    """S6.2: the contacts from the first day of the period to the last."""
    return tuple(contact for contact in known.contacts if period.first <= contact.on <= period.last)


def counts(contact: ContactFact) -> bool:
    """S6.2: student and praktijkopleider both took part."""
    return contact.with_student and contact.with_supervisor


def enough_contacts_on(known: PlacementFacts, period: Period) -> date | None:
    """S6.2-a: the day of the last contact moment that was needed."""
    days = [contact.on for contact in contacts_in_period(known, period) if counts(contact)]
    return _nth(days, norms_for(known.start).contacts_per_period)


def enough_on_site_on(known: PlacementFacts, period: Period) -> date | None:
    """S6.2-b: the day of the last contact moment on site that was needed."""
    days = [c.on for c in contacts_in_period(known, period) if counts(c) and c.kind == "on_site"]
    return _nth(days, norms_for(known.start).contacts_on_site)


def _nth(days: list[date], count: int) -> date | None:
    return days[count - 1] if len(days) >= count else None
