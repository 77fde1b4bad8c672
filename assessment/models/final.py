"""What the school decides, with the leerbedrijf beside it (BEO-08, BEO-09, BEO-13)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.scores import Score, scores_field
from bpv.core import clock
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet


class Final(models.Model):
    """The eindoordeel as the school adopted it. It never changes: a correction is the next version, with a reason.

    `override`: why it was adopted without an interim assessment or without the leerbedrijf, by a bpv-coördinator.
    """

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="finals")
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    held_on = models.DateField(_("datum van het eindgesprek"))
    score = models.CharField(_("oordeel van de school"), max_length=1, choices=Score)
    scores = scores_field()
    text = models.TextField(_("toelichting: hoe kwam het oordeel tot stand?"), max_length=5000)
    difference = models.CharField(_("waarom anders dan het leerbedrijf?"), max_length=1000, blank=True)
    override = models.CharField(_("reden om toch vast te stellen"), max_length=1000, blank=True)
    correction = models.CharField(_("reden van de correctie"), max_length=1000, blank=True)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(default=clock.now)
    is_current = models.BooleanField(default=True)
    student_told_on = models.DateField(_("student mondeling geïnformeerd op"), null=True)
    supervisor_told_on = models.DateField(_("praktijkopleider mondeling geïnformeerd op"), null=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "version"], name="final_version_once"),
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(is_current=True),
                name="final_one_current",
                violation_error_message=_("Er is al een eindbeoordeling."),
            ),
            models.CheckConstraint(
                condition=Q(version=1, correction="") | (Q(version__gt=1) & ~Q(correction="")),
                name="final_corrected_why",
                violation_error_message=_("Geef de reden van de correctie."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.version}"

    @property
    def is_positive(self) -> bool:
        """BEO-13: the bpv is completed with a positive result."""
        return self.score != Score.INSUFFICIENT
