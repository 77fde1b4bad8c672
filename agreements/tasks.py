"""Leaves: the worker calls, the deed does. Every task may run twice."""

from celery import shared_task

from agreements import invitations, sealing, window
from bpv.core import clock


@shared_task
def invite() -> None:
    """Invite who was asked to sign and has had no mail yet."""
    invitations.invite_waiting(clock.now())


@shared_task
def remind() -> None:
    """Remind who has not signed, and end the rounds whose last day has passed."""
    invitations.remind_waiting(clock.now())
    invitations.lapse_rounds(clock.now())
    window.close_windows(clock.now())


@shared_task
def seal() -> None:
    """Seal what everybody has signed."""
    sealing.seal_waiting(clock.now())
