"""What the leerbedrijf thinks at the end of a bpv, in its own words (BEO-09)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.scores import Score, scores_field
from bpv.core import clock
from companies.models import Contact
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet


class Way(models.TextChoices):
    OWN = "own", _("zelf ingevuld")
    PHONE = "phone", _("telefonisch gehoord")
    TALK = "talk", _("in een gesprek gehoord")
    PAPER = "paper", _("op papier ontvangen")
    OTHER = "other", _("op andere wijze ontvangen")


class CompanyJudgement(models.Model):
    """The judgement of the leerbedrijf before the school decides; handed in it stays as it is.

    `assessor`: the praktijkopleider, or whom the leerbedrijf appointed (ROL-BEO-3). `asks`: how often it was asked, for
    this end and of this praktijkopleider (`asked_end`, `asked_to`); an extension or another person begins at none.
    `delegate`: the werkbegeleider who was asked to fill it in (ROL-WB).
    """

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="company_judgement")
    score = models.CharField(_("oordeel"), max_length=1, choices=Score, blank=True)
    scores = scores_field()
    good = models.TextField(_("wat gaat goed?"), max_length=3000, blank=True)
    attention = models.TextField(_("wat kan beter?"), max_length=3000, blank=True)
    assessor = models.CharField(_("wie oordeelt?"), max_length=200, blank=True)
    way = models.CharField(_("hoe ontvangen"), max_length=10, choices=Way, default=Way.OWN)
    explanation = models.CharField(_("hoe precies?"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)
    asks = models.PositiveSmallIntegerField(default=0)
    asked_end = models.DateField(null=True, blank=True)
    asked_to = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="+")
    delegate = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("werkbegeleider")
    )
    delegated_at = models.DateTimeField(null=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | (~Q(score="") & ~Q(assessor="") & Q(by__isnull=False)),
                name="company_judgement_whole",
                violation_error_message=_("Geef een oordeel en de naam van wie oordeelt."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.score}"

    @property
    def text(self) -> str:
        """Both parts of what was said."""
        return "\n\n".join(filter(None, (self.good, self.attention)))
