"""The inbox with the three-workday clock (S6.1-c)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Count, Q

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


OPEN, MINE, ANSWERED = "open", "mijn", "beantwoord"
LATEST = 500  # answered questions that the page goes back


def inbox(user: Any, *, today: date, which: str = OPEN) -> list[Row]:
    """The questions a person may see: open ones (all, or the own) by due date, answered ones newest first."""
    found = HelpRequest.objects.visible_to(user).for_list()
    if which == ANSWERED:
        found = found.filter(first_response_at__isnull=False).order_by("-first_response_at", "-id")[:LATEST]
    else:
        found = found.unanswered().order_by("received_at", "id")
        found = found.filter(owner=user) if which == MINE else found
    free = calendar.free_days()
    return [Row(question, Clock.of(question, today, free)) for question in found]


def counts(user: Any) -> dict[str, int]:
    """How many questions each part of the inbox has, in one query."""
    waits = Q(first_response_at=None)
    found = HelpRequest.objects.visible_to(user).aggregate(
        **{
            OPEN: Count("pk", filter=waits),
            MINE: Count("pk", filter=waits & Q(owner=user)),
            ANSWERED: Count("pk", filter=~waits),
        }
    )
    return found | {ANSWERED: min(found[ANSWERED], LATEST)}
