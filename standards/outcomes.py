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


def outcome(due: date, done_on: date | None, today: date) -> Outcome:
    """MET: done on or before the due date. LATE: done after it. MISSED: not done and the due date has passed.

    What is done after today is not done yet.
    """
    if done_on is not None and done_on <= today:
        return Outcome.MET if done_on <= due else Outcome.LATE
    return Outcome.MISSED if today > due else Outcome.OPEN


def is_soon(due: date, done_on: date | None, today: date) -> bool:
    """Whether it is open and falls due within the edition's notice period ("binnenkort")."""
    notice = timedelta(days=norms_for(due).soon_days)
    return outcome(due, done_on, today) is Outcome.OPEN and due - today <= notice
