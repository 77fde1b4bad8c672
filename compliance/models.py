"""Norm against reality, stored as two dates: time passing changes no row."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from bpv.core import clock
from compliance.querysets import FindingQuerySet
from placements.models import Placement
from visits.models import HelpRequest


class Finding(models.Model):
    """One rule for one subject: due by this day, done on that day (or not). The outcome is arithmetic on a day."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="findings")
    request = models.ForeignKey(HelpRequest, models.CASCADE, null=True, related_name="findings")
    rule = models.CharField(_("regel"), max_length=10)
    due = models.DateField(_("uiterlijk"))
    done_on = models.DateField(_("gedaan op"), null=True)
    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    active_until = models.DateField(help_text="last day on which the finding is shown as current")

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "rule"], condition=Q(request__isnull=True), name="finding_placement_once"
            ),
            models.UniqueConstraint(
                fields=["request", "rule"], condition=Q(request__isnull=False), name="finding_request_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "rule"],
                include=["due", "done_on", "active_until", "teacher", "placement", "request"],
                name="finding_overview",
            ),
            models.Index(fields=["due"], include=["done_on", "rule"], name="finding_falls_due"),
            models.Index(fields=["teacher", "due"], condition=Q(done_on__isnull=True), name="finding_teacher_open"),
            models.Index(fields=["team", "due"], condition=Q(done_on__isnull=True), name="finding_team_open"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.placement_id}"


class Run(models.Model):
    """A night or digest day that was done: a second tick does nothing, a missed one is made up."""

    kind = models.CharField(max_length=20)
    day = models.DateField()
    done_at = models.DateTimeField(default=clock.now)
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["kind", "day"], name="run_once_a_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
