"""Leaves: the worker calls, the deed does. Every task may run twice."""

from celery import shared_task

from assessment import interim_asking, judgement_asking, sharing
from bpv.core import clock


@shared_task
def ask_judgements() -> None:
    """Ask the leerbedrijven whose student is nearly done for their judgement (BEO-09)."""
    judgement_asking.ask_waiting(clock.today())


@shared_task
def share_plans() -> None:
    """Tell student and praktijkopleider in time how the bpv is assessed (S8-a)."""
    sharing.share_waiting(clock.today())


@shared_task
def ask_interims() -> None:
    """Ask student and praktijkopleider to prepare the interim assessment (BEO-06)."""
    interim_asking.ask_waiting(clock.today())
