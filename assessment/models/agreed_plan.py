"""The plan that holds for one placement (S8-a, BEO-10)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models.plan import Plan
from bpv.core import clock
from companies.models import Contact
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet


class AgreedPlan(models.Model):
    """The version of the plan that holds for a placement: shared with student and praktijkopleider, and agreed.

    `supervisor`: who was told last; another praktijkopleider who came later is told as well, the first day stays.
    """

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="agreed_plan")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="placements")
    shared_at = models.DateTimeField(default=clock.now)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    student_informed_at = models.DateTimeField(null=True)
    supervisor_informed_at = models.DateTimeField(null=True)
    supervisor = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    student_agreed_on = models.DateField(_("besproken met de student op"), null=True)
    supervisor_agreed_on = models.DateField(_("besproken met de praktijkopleider op"), null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfPlacementQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.placement} {self.plan}"

    @property
    def is_agreed(self) -> bool:
        """BEO-10: with both."""
        return bool(self.student_agreed_on and self.supervisor_agreed_on)
