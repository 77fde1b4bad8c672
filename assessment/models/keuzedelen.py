"""What came of a keuzedeel that was done in the bpv (KZD-09)."""

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models.scores import Score
from bpv.core import clock
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet


class KeuzedeelResult(models.Model):
    """Whether a keuzedeel of the placement gives right to a certificaat, and then result, requirements and hours.

    They come one by one: the requirements before the bpv, the result at its end.
    """

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="keuzedeel_results")
    code = models.CharField(_("keuzedeel"), max_length=5, validators=[RegexValidator(r"^K\d{4}$")])
    certificate = models.BooleanField(_("geeft recht op een certificaat"))
    requirements = models.TextField(_("wat is nodig voor een voldoende?"), max_length=2000, blank=True)
    hours = models.PositiveSmallIntegerField(_("uren"), null=True, blank=True, validators=[MinValueValidator(1)])
    result = models.CharField(_("resultaat"), max_length=1, choices=Score, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["placement", "code"], name="keuzedeel_result_once")]

    def __str__(self) -> str:
        return f"{self.placement} {self.code}"

    @property
    def is_complete(self) -> bool:
        """KZD-09: the three data are there, when there is right to a certificaat."""
        return not self.certificate or bool(self.requirements and self.hours and self.result)
