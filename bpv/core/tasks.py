"""Leaves: the worker calls, the service does."""

from celery import shared_task

from bpv.core import mail


@shared_task
def deliver_mail() -> None:
    """Hand over the mails that wait."""
    mail.deliver_waiting()
