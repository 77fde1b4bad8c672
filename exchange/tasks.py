"""Leaves: the worker calls, the service does."""

from celery import shared_task

from exchange import services


@shared_task
def work() -> None:
    """Take up imports that wait."""
    services.work_waiting()
