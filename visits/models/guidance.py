"""What is agreed at the start, and how the guidance of the leerbedrijf is judged."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bpv.core import clock
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet


class StartNotice(models.Model):
    """Student and praktijkopleider were told how and when their bpv-docent is reachable (S4.2-c)."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="start_notices")
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [models.UniqueConstraint(fields=["placement", "teacher"], name="start_notice_once")]

    def __str__(self) -> str:
        return f"{self.placement} {self.teacher}"


class StartAgreements(models.Model):
    """The seven agreements at the start (VB-07), and who does what at the leerbedrijf (BEG-14, BEG-15)."""

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="start_agreements")
    reflection = models.TextField(_("hoe kijkt de student terug op het werk?"), max_length=1500, blank=True)
    assignments = models.TextField(_("waar en wanneer werkt de student aan opdrachten?"), max_length=1500, blank=True)
    division = models.TextField(_("hoe is de tijd verdeeld over leren en werken?"), max_length=1500, blank=True)
    guidance = models.TextField(_("hoe en hoe vaak begeleiden school en leerbedrijf?"), max_length=1500, blank=True)
    assessment = models.TextField(_("hoe wordt de student beoordeeld?"), max_length=1500, blank=True)
    interim = models.TextField(_("wanneer is de tussentijdse evaluatie, en door wie?"), max_length=1500, blank=True)
    return_days = models.TextField(_("wat zijn de terugkomdagen, en waarvoor?"), max_length=1500, blank=True)
    responsible = models.JSONField(default=dict, help_text="{one of the six tasks of BEG-14: who does it}")
    feedback = models.CharField(_("hoe vaak krijgt de student feedback?"), max_length=200, blank=True)
    self_study = models.CharField(_("waar kan de student zelfstandig leren?"), max_length=200, blank=True)
    updated_at = models.DateTimeField(default=clock.now)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    established_on = models.DateField(_("vastgelegd op"), null=True, blank=True)

    objects = OfPlacementQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.placement)


class GuidanceJudgement(models.Model):
    """Does the praktijkopleider guide as the bpv-protocol asks? (S6.4, the ten points of BEG-16.)

    Insufficient: an improvement with a date, then the notice to SBB and another place, both decided by the
    bpv-coördinator (T32).
    """

    class Verdict(models.TextChoices):
        GOOD = "good", _("voldoende")
        IMPROVE = "improve", _("moet beter")
        FAILING = "failing", _("duidelijk onvoldoende")

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="guidance_judgements")
    on = models.DateField(_("datum"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    scores = models.JSONField(default=dict, help_text="{point: o, v or g}")
    verdict = models.CharField(_("oordeel"), max_length=10, choices=Verdict)
    explanation = models.TextField(_("toelichting"), max_length=3000, blank=True)
    improvement = models.TextField(_("wat gaat het leerbedrijf beter doen?"), max_length=3000, blank=True)
    improve_by = models.DateField(_("uiterlijk op"), null=True, blank=True)
    improved_on = models.DateField(_("verbeterd op"), null=True, blank=True)
    sbb_informed_on = models.DateField(_("SBB geïnformeerd op"), null=True, blank=True)
    sbb_informed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    transfer_on = models.DateField(_("overplaatsing begonnen op"), null=True, blank=True)
    closed_on = models.DateField(_("afgerond op"), null=True, blank=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict="improve") | (~Q(improvement="") & Q(improve_by__isnull=False)),
                name="guidance_improvement",
                violation_error_message=_("Leg vast wat er beter moet en wanneer."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | ~Q(verdict="failing")
                | Q(sbb_informed_on__isnull=False, transfer_on__isnull=False),
                name="guidance_failing_closed",
                violation_error_message=_("Afronden kan als SBB is geïnformeerd en de overplaatsing is begonnen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.on}"
