"""The tussentijdse, ontwikkelingsgerichte beoordeling: prepared by three, established in a talk (BEO-05, BEO-06)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.parties import Party
from bpv.core import clock
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet


class InterimView(models.Model):
    """What one of the three thinks before the talk; handed in it stays as it is, with the interim that follows."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="interim_views")
    interim = models.ForeignKey("Interim", models.CASCADE, null=True, related_name="views")
    party = models.CharField(max_length=10, choices=Party)
    good = models.TextField(_("wat gaat goed?"), max_length=3000, blank=True)
    attention = models.TextField(_("wat vraagt aandacht?"), max_length=3000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "party"], condition=Q(interim__isnull=True), name="interim_view_once"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | (~Q(good="") & ~Q(attention="")),
                name="interim_view_whole",
                violation_error_message=_("Schrijf op wat goed gaat en wat aandacht vraagt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.party}"


class Interim(models.Model):
    """What student, praktijkopleider and bpv-docent established together; complete when both others are told."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="interims")
    held_on = models.DateField(_("datum van het gesprek"))
    with_student = models.BooleanField(_("student was erbij"), default=True)
    with_supervisor = models.BooleanField(_("praktijkopleider was erbij"), default=True)
    good = models.TextField(_("wat gaat goed?"), max_length=3000)
    attention = models.TextField(_("wat vraagt aandacht in de rest van de bpv?"), max_length=3000)
    established_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    established_at = models.DateTimeField(default=clock.now)
    student_told_on = models.DateField(_("student geïnformeerd op"), null=True)
    supervisor_told_on = models.DateField(_("praktijkopleider geïnformeerd op"), null=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "held_on"],
                name="interim_once_a_day",
                violation_error_message=_("Van dit gesprek is er al een tussentijdse beoordeling."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.held_on}"

    @property
    def is_complete(self) -> bool:
        """BEO-06: recorded, and told to student and praktijkopleider."""
        return bool(self.student_told_on and self.supervisor_told_on)
