"""What judging comes to: a rule that speaks about a subject, as two dates."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that speaks about a subject: until when, and the day it was done (None: not done)."""

    rule: str
    subject: str
    due: date
    done_on: date | None
    year: int = 0  # of a rule per school year: the year in which that begins
    deviated_on: date | None = None  # the day on which a deviation was accepted
