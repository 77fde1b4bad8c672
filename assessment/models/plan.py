"""The procedure of the assessment, agreed beforehand (S8-a, S8-b, BEO-10, BEO-11)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.querysets import PlanQuerySet
from bpv.core import clock
from students.models import Programme


class Plan(models.Model):
    """How the bpv of an opleiding is assessed, for students from a cohort on.

    Published it stays as it is: a change is the next version, which placements get that have no plan yet.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="assessment_plans")
    cohort = models.PositiveSmallIntegerField(_("vanaf cohort"))
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    procedure = models.TextField(_("hoe verloopt de beoordeling?"), max_length=5000)
    study_guide = models.CharField(_("waar staat dit in de studiehandleiding?"), max_length=200, blank=True)
    bpv_guide = models.CharField(_("waar staat dit in de bpv-gids van de opleiding?"), max_length=200, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-cohort", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "cohort", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["programme", "cohort"],
                condition=Q(published_at__isnull=True),
                name="plan_one_draft",
                violation_error_message=_("Er is al een concept voor dit cohort."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.cohort}/{self.version}"

    @property
    def in_both_guides(self) -> bool:
        """S8-b: the requirements stand in the studiehandleiding and in the bpv-gids."""
        return bool(self.study_guide and self.bpv_guide)


class Part(models.Model):
    """A part of the assessment with its weight: what is judged, by whom, when."""

    class By(models.TextChoices):
        COMPANY = "company", _("leerbedrijf")
        SCHOOL = "school", _("school")
        BOTH = "both", _("leerbedrijf en school samen")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField(_("volgorde"))
    name = models.CharField(_("onderdeel"), max_length=120)
    criteria = models.TextField(_("waar wordt op gelet?"), max_length=2000)
    weight = models.PositiveSmallIntegerField(
        _("weging (%)"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    by = models.CharField(_("wie beoordeelt?"), max_length=10, choices=By, default=By.BOTH)
    moment = models.CharField(_("wanneer?"), max_length=120)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__range=(1, 100)),
                name="part_weight",
                violation_error_message=_("Een weging ligt tussen 1 en 100 procent."),
            )
        ]

    def __str__(self) -> str:
        return self.name
