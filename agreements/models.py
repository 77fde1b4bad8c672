"""The praktijkovereenkomst: who agreed what, who signed when, where it is kept."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from agreements.querysets import PokQuerySet
from bpv.core import clock
from bpv.core.models import Document
from placements.models import Placement

DOSSIERS = {"BOL": gettext_noop("diplomadossier"), "BBL": gettext_noop("bekostigingsdossier")}


class Kind(models.TextChoices):
    QUALIFICATION = "qualification", _("kwalificatie")
    KEUZEDEEL = "keuzedeel", _("keuzedelen")


class Pok(models.Model):
    """One version of a POK. A withdrawn one stays readable; a placement has one live POK per kind."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="poks")
    kind = models.CharField(_("soort"), max_length=20, choices=Kind, default=Kind.QUALIFICATION)
    number = models.CharField(_("POK-nummer"), max_length=20)
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    start = models.DateField(_("begin"))
    end = models.DateField(_("einde"))
    hours_per_week = models.DecimalField(_("uren per week"), max_digits=4, decimal_places=1)
    hours_total = models.PositiveIntegerField(_("uren totaal"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    filed_on = models.DateField(_("in dossier op"), null=True, blank=True)
    filed_in = models.CharField(_("dossier"), max_length=30, blank=True)
    withdrawn_on = models.DateField(_("ingetrokken op"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("reden van intrekken"), max_length=300, blank=True)

    objects = PokQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["number", "version"], name="pok_number_once"),
            models.UniqueConstraint(
                fields=["placement", "kind"],
                condition=Q(withdrawn_on__isnull=True),
                name="pok_one_live",
                violation_error_message=_("Er is al een geldige POK van deze soort voor deze plaatsing."),
            ),
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="pok_dates",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True, filed_in="") | (Q(filed_on__isnull=False) & ~Q(filed_in="")),
                name="pok_filed_when_and_where",
                violation_error_message=_("Geef de datum en het dossier, of geen van beide."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_reason="")),
                name="pok_withdrawn_with_reason",
                violation_error_message=_("Intrekken kan alleen met een reden."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_live(self) -> bool:
        """Not withdrawn."""
        return self.withdrawn_on is None

    @property
    def dossier(self) -> str:
        """Where this POK must be filed: BOL diplomadossier, BBL bekostigingsdossier (S5-BOL, S5-BBL)."""
        return DOSSIERS[self.placement.programme.leerweg]

    @property
    def dossier_name(self) -> str:
        """The same in the reader's language."""
        return gettext(self.dossier)


class PokLine(models.Model):
    """A keuzedeel that is (partly) done at the leerbedrijf under this POK."""

    pok = models.ForeignKey(Pok, models.CASCADE, related_name="lines")
    code = models.CharField(_("keuzedeel"), max_length=5, validators=[RegexValidator(r"^K\d{4}$", _("Zoals K0067."))])
    hours = models.PositiveIntegerField(_("uren"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["pok", "code"],
                name="pok_line_once",
                violation_error_message=_("Dit keuzedeel staat er al."),
            )
        ]

    def __str__(self) -> str:
        return self.code


class Party(models.TextChoices):
    STUDENT = "student", _("student")
    COMPANY = "company", _("leerbedrijf")
    SCHOOL = "school", _("school")


class Method(models.TextChoices):
    PAPER = "paper", _("op papier, origineel ontvangen")
    IMPORTED = "imported", _("overgenomen uit de administratie")


class Signature(models.Model):
    """One signature of one party under one POK (POK-03: three, before the start)."""

    pok = models.ForeignKey(Pok, models.PROTECT, related_name="signatures")
    party = models.CharField(_("partij"), max_length=10, choices=Party)
    method = models.CharField(_("wijze"), max_length=10, choices=Method)
    signed_on = models.DateField(_("getekend op"))
    signer = models.CharField(_("naam van de ondertekenaar"), max_length=200)
    original_received_on = models.DateField(_("origineel ontvangen op"), null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["signed_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pok", "party"],
                name="signature_once",
                violation_error_message=_("Deze partij heeft al getekend."),
            ),
            models.CheckConstraint(
                condition=~Q(method="paper") | Q(original_received_on__gte=F("signed_on"), recorded_by__isnull=False),
                name="signature_paper_original",
                violation_error_message=_("Een handtekening op papier telt pas als het origineel is ontvangen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pok} {self.party}"
