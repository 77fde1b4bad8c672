"""Kernel tables: what happened, which bytes, which mail, which day is free."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bpv.core import clock, text


class Person(models.Model):
    """Name of a person as the school writes it; sorting on the last name without prefix."""

    first_name = models.CharField(_("roepnaam"), max_length=80)
    prefix = models.CharField(_("tussenvoegsel"), max_length=20, blank=True)
    last_name = models.CharField(_("achternaam"), max_length=120)
    sort_key = models.CharField(max_length=220, editable=False, db_index=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = text.name_key(self.first_name, self.last_name)
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        """First name, prefix, last name."""
        return text.full_name(self.first_name, self.prefix, self.last_name)


class AuditEvent(models.Model):
    """One deed, one row, never changed (a database trigger refuses UPDATE and DELETE)."""

    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    event = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    dossier = models.BigIntegerField(null=True, help_text="id of the placement")
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["dossier", "-at"], name="audit_dossier"),
            models.Index(fields=["subject_kind", "subject_id", "-at"], name="audit_subject"),
            models.Index(fields=["by", "-at"], name="audit_by"),
            models.Index(fields=["-at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_kind} {self.subject_id}"


class Touch(models.Model):
    """A dossier in which something happened and that must be judged again; the row goes when that is done."""

    dossier = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return str(self.dossier)


class Document(models.Model):
    """Frozen bytes: stored once under their sha256, never rendered again."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    filename = models.CharField(_("bestandsnaam"), max_length=200)
    dossier = models.BigIntegerField(null=True, db_index=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.filename


class MailState(models.TextChoices):
    QUEUED = "queued", _("wacht")
    CLAIMED = "claimed", _("opgepakt")
    HANDING_OVER = "handing_over", _("wordt overgedragen")
    SENT = "sent", _("verstuurd")
    FAILED = "failed", _("mislukt")
    UNKNOWN = "unknown", _("onzeker: mogelijk verstuurd")


class OutboxMail(models.Model):
    """A mail, written in the transaction of its deed and handed over by the worker."""

    key = models.CharField(max_length=400, unique=True, help_text="kind, object, version and receiver")
    kind = models.CharField(max_length=60)
    to = models.EmailField(_("aan"))
    subject = models.CharField(_("onderwerp"), max_length=200)
    body = models.TextField(_("tekst"))
    one_time = models.BooleanField(default=False, help_text="holds a link or code: goes first, wiped once sent")
    state = models.CharField(max_length=20, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    due_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    dossier = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["due_at"], name="mail_waiting", condition=Q(state=MailState.QUEUED)),
            models.Index(fields=["claimed_at"], name="mail_busy", condition=Q(state__in=["claimed", "handing_over"])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} -> {self.to}"


class FreeDay(models.Model):
    """A day that is not a workday besides the weekend. Loaded from the fixture, editable by the school."""

    date = models.DateField(_("datum"), unique=True)
    name = models.CharField(_("naam"), max_length=80)
    source = models.CharField(_("bron"), max_length=80, default="Algemene termijnenwet")

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class Holiday(models.Model):
    """A school holiday: no lessons, but workdays that count; the bpv may go on (CAL-01)."""

    name = models.CharField(_("naam"), max_length=80)
    first = models.DateField(_("eerste dag"))
    last = models.DateField(_("laatste dag"))
    source = models.CharField(_("bron"), max_length=120, blank=True)

    class Meta:
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["first", "name"], name="holiday_once"),
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="holiday_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.first}"


def search_index(name: str) -> GinIndex:
    """GIN index on the words of the column `search` (folded text): finds by the beginning of a word."""
    return GinIndex(SearchVector("search", config="simple"), name=name)
