"""Dates from dates: until when something may be done. A due date is the last good day."""

from datetime import date, timedelta

from standards.facts import Leerweg
from standards.norms import norms_for
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


def response_due(received_on: date, free_days: frozenset[date]) -> date:
    """S6.1-c: the third workday after receipt; the day of receipt does not count."""
    return add_workdays(received_on, norms_for(received_on).response_workdays, free_days)


def response_attention_on(received_on: date, free_days: frozenset[date]) -> date:
    """S6.1-c: the workday on which an open request asks for attention, before it is too late."""
    return add_workdays(received_on, norms_for(received_on).response_attention_workdays, free_days)
