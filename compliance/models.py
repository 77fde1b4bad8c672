"""Norm against reality, stored as two dates: time passing changes no row."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from bpv.core import clock
from compliance.querysets import BulkQuerySet, FindingQuerySet, SavedFilterQuerySet
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet
from students.models import Leerweg
from visits.models import HelpRequest


class Finding(models.Model):
    """One rule for one subject: due by this day, done on that day (or not). The outcome is arithmetic on a day."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="findings")
    request = models.ForeignKey(HelpRequest, models.CASCADE, null=True, related_name="findings")
    rule = models.CharField(_("regel"), max_length=10)
    year = models.PositiveSmallIntegerField(default=0, help_text="of a rule per school year: in which that begins")
    due = models.DateField(_("uiterlijk"))
    done_on = models.DateField(_("gedaan op"), null=True)
    deviated_on = models.DateField(null=True, help_text="day on which a deviation with reasons was accepted (S6.2-d)")
    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    active_until = models.DateField(help_text="last day on which the finding is shown as current")

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "rule", "year"], condition=Q(request__isnull=True), name="finding_placement_once"
            ),
            models.UniqueConstraint(
                fields=["request", "rule"], condition=Q(request__isnull=False), name="finding_request_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["team", "active_until"],
                include=["rule", "due", "done_on", "deviated_on", "teacher", "placement", "request"],
                name="finding_overview",
            ),
            models.Index(fields=["due"], include=["done_on", "rule"], name="finding_falls_due"),
            models.Index(fields=["teacher", "due"], condition=Q(done_on__isnull=True), name="finding_teacher_open"),
            models.Index(fields=["team", "due"], condition=Q(done_on__isnull=True), name="finding_team_open"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.placement_id}"


class Deviation(models.Model):
    """A reason not to do what a standard asks: proposed by who guides, accepted by coordinator or manager (S6.2-d)."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="deviations")
    rule = models.CharField(_("regel"), max_length=10)
    year = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(_("onderbouwing"), max_length=2000)
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True)
    decided_on = models.DateField(_("besloten op"), null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("toelichting op het besluit"), max_length=500, blank=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "rule", "year"],
                condition=~Q(accepted=False),
                name="deviation_once",
                violation_error_message=_("Voor deze standaard loopt al een afwijking."),
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, decided_on__isnull=True, decided_by__isnull=True)
                | Q(accepted__isnull=False, decided_on__isnull=False, decided_by__isnull=False),
                name="deviation_decided_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.rule}"


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


class SavedFilter(models.Model):
    """A filter of the list of placements under a name: the owner's own, or shared with a team."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, verbose_name=_("team"))
    name = models.CharField(_("naam"), max_length=60)
    query = models.CharField(max_length=500, help_text="the address after the question mark, without page")

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_filter_name",
                violation_error_message=_("Je hebt al een filter met deze naam."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Deed(models.TextChoices):
    """What can be done with many placements at once."""

    ASSIGN_TEACHER = "docent", _("Docent toewijzen")
    MAKE_POKS = "pok", _("POK's maken")
    OFFER_POKS = "aanbieden", _("POK's laten tekenen")
    SEND_MESSAGE = "bericht", _("Bericht sturen")


class Bulk(models.Model):
    """A deed for many placements: made by one person, done by the worker one by one, readable afterwards."""

    deed = models.CharField(max_length=20, choices=Deed)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    form_key = models.UUIDField(help_text="of the form it was asked with: sent twice is one deed")
    at = models.DateTimeField(default=clock.now)
    asked = models.JSONField(default=dict, help_text="what was filled in: the teacher, the text of the message")
    done_at = models.DateTimeField(null=True)

    objects = BulkQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["by", "form_key"], name="bulk_once")]
        indexes = [models.Index(fields=["id"], name="bulk_busy", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return f"{self.deed} {self.pk}"

    @property
    def is_about_poks(self) -> bool:
        """Whether there are documents to take along."""
        return self.deed in (Deed.MAKE_POKS, Deed.OFFER_POKS)

    @property
    def about(self) -> str:
        """The docent that was chosen, or the subject of the message."""
        return str(self.asked.get("name") or self.asked.get("subject") or "")


class BulkItem(models.Model):
    """One placement of a bulk deed: waiting, done, or refused with the reason. Done once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wacht")
        DONE = "done", _("gedaan")
        REFUSED = "refused", _("niet gedaan")

    bulk = models.ForeignKey(Bulk, models.CASCADE, related_name="items")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    note = models.CharField(max_length=500, blank=True, help_text="why not, in the words of the page")
    mend = models.CharField(max_length=30, blank=True, help_text="name of the page on which that is put right")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["bulk", "placement"], name="bulk_item_once")]
        indexes = [models.Index(fields=["bulk", "id"], name="bulk_item_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.bulk_id} {self.placement_id}"


class DailyCount(models.Model):
    """How many placements stood where on a day, per rule, team and leerweg: kept each night, for the trend."""

    day = models.DateField()
    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    rule = models.CharField(max_length=10)
    leerweg = models.CharField(max_length=3, choices=Leerweg)
    outcome = models.CharField(max_length=10)
    placements = models.PositiveIntegerField()

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["day", "team", "rule", "leerweg", "outcome"], name="daily_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.rule} {self.placements}"
