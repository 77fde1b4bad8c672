"""The Celery application. Beat only ticks; what is due stands in rows of the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpv.settings")

app = Celery("bpv")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
