"""An import on its way: who brought which files, what the plan says, how far it is."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bpv.core import clock
from bpv.core.models import Document


class State(models.TextChoices):
    UPLOADED = "uploaded", _("wacht op controle")
    PLANNING = "planning", _("wordt gecontroleerd")
    PLANNED = "planned", _("gecontroleerd")
    APPLYING = "applying", _("wordt ingelezen")
    APPLIED = "applied", _("ingelezen")
    FAILED = "failed", _("mislukt")


BUSY = [State.UPLOADED, State.PLANNING, State.APPLYING]


class ImportRunQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Every bpv-coördinator sees every run: an import concerns the whole school. Others see none."""
        return self if user.roles.coordinator else self.none()

    def for_list(self) -> Self:
        """With what a row of the list shows."""
        return self.select_related("by").defer("problems")


class ImportRun(models.Model):
    """The worker takes what is busy; a run is its own memory, so leaving the page or a lost worker costs nothing."""

    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    files = models.ManyToManyField(Document, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    partial = models.BooleanField(default=False, help_text="rows that can go in do, although others cannot")
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.CharField(max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    errors = models.PositiveIntegerField(default=0)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["id"], name="import_busy", condition=models.Q(state__in=BUSY))]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def is_busy(self) -> bool:
        """Whether the worker has to do something, or is doing it."""
        return self.state in BUSY

    @property
    def writes(self) -> int:
        """Rows that are new or changed."""
        return sum(counts["new"] + counts["changed"] for counts in self.counts)

    @property
    def cannot(self) -> int:
        """Rows that cannot go in."""
        return sum(counts["cannot"] for counts in self.counts)
