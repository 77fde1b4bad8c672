"""Leaves: the worker calls, the deed does. Every task may run twice."""

from celery import shared_task

from bpv.core import clock
from placements import hours_asking


@shared_task
def ask_hours() -> None:
    """Ask the praktijkopleiders once a month to confirm the hours that wait."""
    hours_asking.ask_waiting(clock.today())
