"""Interim and final assessment: the leerbedrijf is heard, the school decides (S8)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.scores import Score
from bpv.core import clock
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet


class Kind(models.TextChoices):
    MIDTERM = "midterm", _("tussentijdse beoordeling")
    FINAL = "final", _("eindbeoordeling")


class Assessment(models.Model):
    """One judgement of one placement. A final one needs an interim one before it, or a reason why not (S8-c)."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="assessments")
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)
    held_on = models.DateField(_("datum van het gesprek"))
    score = models.CharField(_("oordeel van de school"), max_length=1, choices=Score)
    text = models.TextField(_("toelichting"))
    company_score = models.CharField(_("oordeel van het leerbedrijf"), max_length=1, choices=Score)
    company_text = models.TextField(_("toelichting van het leerbedrijf"), blank=True)
    company_heard_on = models.DateField(_("leerbedrijf gehoord op"))
    company_heard = models.CharField(_("wie is gehoord"), max_length=200)
    exception = models.CharField(
        _("reden zonder tussentijdse beoordeling of afwijkend oordeel"), max_length=500, blank=True
    )
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(kind="final"),
                name="assessment_one_final",
                violation_error_message=_("Er is al een eindbeoordeling."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.kind}"
