"""Leaves: the worker calls, the deed does. Every task may run twice."""

from celery import shared_task

from bpv.core import clock
from visits import asking, proposing, questions, starting


@shared_task
def plan_talks() -> None:
    """All that a bpv's dates set going: propose talks, follow what moved, ask to prepare, tell who started."""
    proposing.propose_waiting(clock.today())
    proposing.follow_changes(clock.today())
    asking.ask_waiting(clock.today())
    starting.tell_waiting(clock.today())


@shared_task
def stand_in() -> None:
    """What waits for somebody who is away goes to who stands in."""
    questions.hand_to_stand_ins(clock.today())
