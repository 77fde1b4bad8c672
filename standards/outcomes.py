"""A finding is two dates; what it means on a day is arithmetic on them. Time passing changes no row."""

from datetime import date, timedelta
from enum import StrEnum

from standards.norms import norms_for


class Outcome(StrEnum):
    """What a rule comes to on a day."""

    MET = "met"
    LATE = "late"
    MISSED = "missed"
    OPEN = "open"
    DEVIATED = "deviated"


def outcome(due: date, done_on: date | None, today: date, deviated_on: date | None = None) -> Outcome:
    """MET: done on or before the due date. LATE: done after it. MISSED: not done and the due date has passed.

    DEVIATED: not met, and somebody accepted the reasons (S6.2-d). What is done after today is not done yet.
    """
    done = done_on is not None and done_on <= today
    if done_on is not None and done and done_on <= due:
        return Outcome.MET
    if deviated_on is not None and deviated_on <= today:
        return Outcome.DEVIATED
    if done:
        return Outcome.LATE
    return Outcome.MISSED if today > due else Outcome.OPEN


def is_soon(due: date, done_on: date | None, today: date, deviated_on: date | None = None) -> bool:
    """Whether it is open and falls due within the edition's notice period ("binnenkort")."""
    notice = timedelta(days=norms_for(due).soon_days)
    return outcome(due, done_on, today, deviated_on) is Outcome.OPEN and due - today <= notice
