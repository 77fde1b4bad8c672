"""What the student thinks, before and after reading the leerbedrijf."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.scores import Score, scores_field
from bpv.core import clock
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet


class StudentView(models.Model):
    """The student's own view, handed in before reading that of the leerbedrijf; then agreed with it or not."""

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="student_view")
    score = models.CharField(_("hoe vind je zelf dat het ging?"), max_length=1, choices=Score, blank=True)
    scores = scores_field()
    good = models.TextField(_("wat ging goed?"), max_length=3000, blank=True)
    attention = models.TextField(_("wat wil je nog leren?"), max_length=3000, blank=True)
    saved_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)
    agrees = models.BooleanField(_("eens met het oordeel van het leerbedrijf"), null=True)
    remark = models.TextField(_("wat vind je ervan?"), max_length=3000, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | ~Q(score=""),
                name="student_view_whole",
                violation_error_message=_("Geef je eigen oordeel."),
            ),
            models.CheckConstraint(
                condition=Q(agrees__isnull=True) | Q(agrees=True) | ~Q(remark=""),
                name="student_view_why",
                violation_error_message=_("Schrijf op waarom je het er niet mee eens bent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.score}"
