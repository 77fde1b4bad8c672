"""Leaves: the worker calls, the service does. Every task may run twice."""

from celery import shared_task

from bpv.core import clock
from compliance import bulk as deeds
from compliance import digests as digest_run
from compliance import judging
from compliance import night as night_run


@shared_task
def judge_touched() -> None:
    """Judge the dossiers in which something happened."""
    judging.judge_touched(today=clock.today())


@shared_task
def night() -> None:
    """Do the nights that were not done yet."""
    night_run.run_nights(clock.now())


@shared_task
def digests() -> None:
    """Send today's digests, once."""
    digest_run.run_digests(clock.now())


@shared_task
def bulk() -> None:
    """Do a slice of the deeds for many placements that wait; the next tick goes on."""
    deeds.work_waiting(today=clock.today())
