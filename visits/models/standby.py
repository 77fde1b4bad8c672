"""Who answers the phone when the school is closed (CAL-01, CAL-03)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import College
from bpv.core import clock
from visits.querysets import DutyQuerySet


class Duty(models.Model):
    """A turn of the achterwacht of a college: who can be called, from when until when."""

    college = models.ForeignKey(College, models.CASCADE, related_name="duties", verbose_name=_("college"))
    name = models.CharField(_("wie heeft dienst?"), max_length=200)
    phone = models.CharField(_("telefoonnummer"), max_length=20)
    starts_at = models.DateTimeField(_("van"))
    ends_at = models.DateTimeField(_("tot"))
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="duty_dates",
                violation_error_message=_("Het einde ligt voor het begin."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.starts_at:%Y-%m-%d}"
