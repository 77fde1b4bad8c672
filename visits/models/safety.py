"""Reports about safety and discrimination: own tables, own rights, every read kept (VEI-02, VEI-06)."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bpv.core import clock
from placements.models import Placement
from visits.querysets import IncidentQuerySet


class IncidentKind(models.TextChoices):
    DISCRIMINATION = "discrimination", _("discriminatie of uitsluiting")
    SEXUAL = "sexual", _("seksuele intimidatie of een zedenmisdrijf")
    VIOLENCE = "violence", _("agressie, bedreiging of geweld")
    BULLYING = "bullying", _("pesten, schelden of treiteren")
    UNSAFE = "unsafe", _("onveilig werk of onveilige machines")
    ACCIDENT = "accident", _("ongeval")
    MISUSE = "misuse", _("ingezet als gewone werknemer")
    OTHER = "other", _("iets anders")


class Recipient(models.TextChoices):
    """To whom the student chooses to tell it (three routes, VEI-02)."""

    TEACHER = "teacher", _("mijn bpv-docent")
    COORDINATOR = "coordinator", _("de bpv-coördinator")
    CONFIDANT = "confidant", _("een vertrouwenscontactpersoon")


class Incident(models.Model):
    """One report. Its content is read by the student, the person it was told to, and nobody else."""

    number = models.CharField(_("nummer"), max_length=20, unique=True, validators=[RegexValidator(r"^V\d{4,12}$")])
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="incidents")
    kind = models.CharField(_("waar gaat het over?"), max_length=20, choices=IncidentKind)
    text = models.TextField(_("wat is er gebeurd?"), max_length=5000)
    happened_on = models.DateField(_("wanneer was het?"), null=True, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recipient = models.CharField(_("aan wie vertel je het?"), max_length=12, choices=Recipient)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="incidents")
    unnamed = models.BooleanField(_("noem mijn naam niet bij het leerbedrijf"), default=True)
    may_be_known = models.BooleanField(
        _("de bpv-coördinator en de manager mogen weten dat er een melding is, niet wat erin staat"), default=False
    )
    received_at = models.DateTimeField(_("ontvangen"), default=clock.now)
    first_response_at = models.DateTimeField(_("eerste reactie"), null=True, blank=True)
    confidant_involved_on = models.DateField(_("vertrouwenscontactpersoon betrokken op"), null=True, blank=True)
    sbb_informed_on = models.DateField(_("gemeld bij SBB op"), null=True, blank=True)
    closed_at = models.DateTimeField(_("afgerond op"), null=True, blank=True)
    form_key = models.UUIDField(unique=True, help_text="one form sent twice is one report")

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [models.Index(fields=["owner"], name="incident_open", condition=Q(closed_at__isnull=True))]

    def __str__(self) -> str:
        return self.number


class IncidentStep(models.Model):
    """What was done about a report, by whom; the student reads what is not `internal`."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("wat is er gedaan?"), max_length=3000)
    internal = models.BooleanField(_("alleen voor mij"), default=False)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.at:%Y-%m-%d}"


class IncidentReading(models.Model):
    """Who read a report, and when: shown to the person it was told to."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="readings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.by_id}"
