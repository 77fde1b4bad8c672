"""Leerdoelen of a student for a placement (S7, VB-08, D19)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bpv.core import clock
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet
from students.models import WorkProcess


class Progress(models.TextChoices):
    OPEN = "open", _("nog niet begonnen")
    BUSY = "busy", _("mee bezig")
    REACHED = "reached", _("gehaald")


class Goal(models.Model):
    """What the student wants to learn here; it derives from a werkproces of the kwalificatiedossier (S7).

    Once evaluated with the leerbedrijf it stays as it is (VB-08).
    """

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="goals")
    work_process = models.ForeignKey(WorkProcess, models.PROTECT, related_name="+", verbose_name=_("werkproces"))
    text = models.CharField(_("leerdoel"), max_length=300)
    wish = models.CharField(_("waarom wil je dit leren?"), max_length=500, blank=True)
    for_later = models.BooleanField(_("voor de volgende periode"), default=False)
    progress = models.CharField(_("hoe ver ben je?"), max_length=10, choices=Progress, default=Progress.OPEN)
    note = models.TextField(_("wat heb je ervoor gedaan?"), max_length=2000, blank=True)
    evaluation = models.TextField(_("wat vinden jullie ervan?"), max_length=2000, blank=True)
    improvement = models.TextField(_("verbeterpunt"), max_length=2000, blank=True)
    evaluated_on = models.DateField(_("geëvalueerd op"), null=True, blank=True)
    evaluated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["for_later", "work_process__code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "text"],
                name="goal_once",
                violation_error_message=_("Dit leerdoel staat er al."),
            ),
            models.CheckConstraint(
                condition=Q(evaluated_on__isnull=True, evaluated_by__isnull=True)
                | (Q(evaluated_on__isnull=False, evaluated_by__isnull=False) & ~Q(evaluation="")),
                name="goal_evaluated",
                violation_error_message=_("Schrijf op wat jullie van dit leerdoel vinden."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
