"""Leaves: the worker calls, the deed does. Every task may run twice."""

from celery import shared_task

from assessment import hearing
from bpv.core import clock


@shared_task
def ask_judgements() -> None:
    """Ask the leerbedrijven whose student is nearly done for their judgement (BEO-09)."""
    hearing.ask_waiting(clock.today())
