"""The inbox with the three-workday clock (S6.1-c)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from bpv.core import calendar
from bpv.core.clock import local_day
from standards import Outcome, outcome
from standards.deadlines import response_attention_on, response_due
from visits.models import HelpRequest


@dataclass(frozen=True)
class Clock:
    """Until when the first response is due, and how it stands."""

    due: date
    attention_on: date
    answered_on: date | None
    today: date

    @classmethod
    def of(cls, request: HelpRequest, today: date, free_days: frozenset[date] | None = None) -> Self:
        """The clock of one question on a day."""
        free = calendar.free_days() if free_days is None else free_days
        received = local_day(request.received_at)
        answered = local_day(request.first_response_at) if request.first_response_at else None
        return cls(response_due(received, free), response_attention_on(received, free), answered, today)

    @property
    def outcome(self) -> Outcome:
        """met, late, missed or open."""
        return outcome(self.due, self.answered_on, self.today)

    @property
    def is_soon(self) -> bool:
        """Open, and the day of attention has come."""
        return self.outcome == Outcome.OPEN and self.today >= self.attention_on


@dataclass(frozen=True)
class Row:
    question: HelpRequest
    clock: Clock


def inbox(user: Any, *, today: date, answered: bool, mine: bool) -> list[Row]:
    """The questions a person may see: open ones by due date, answered ones newest first."""
    found = HelpRequest.objects.visible_to(user).for_list()
    if mine:
        found = found.filter(owner=user)
    free = calendar.free_days()
    if answered:
        recent = found.filter(first_response_at__isnull=False).order_by("-first_response_at")[:500]
        return [Row(question, Clock.of(question, today, free)) for question in recent]
    return [Row(question, Clock.of(question, today, free)) for question in found.unanswered().order_by("received_at")]
