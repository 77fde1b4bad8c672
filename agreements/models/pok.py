"""The praktijkovereenkomst and what belongs to it: what was agreed, in which bytes, and how far it is."""

import secrets

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
from students.models import Programme

DOSSIERS = {"BOL": gettext_noop("diplomadossier"), "BBL": gettext_noop("bekostigingsdossier")}


class Kind(models.TextChoices):
    """A POK, or a document that belongs to one: all are frozen, signed and sealed alike."""

    QUALIFICATION = "qualification", _("kwalificatie")
    KEUZEDEEL = "keuzedeel", _("keuzedelen")
    ADDENDUM = "addendum", _("addendum keuzedeel")
    RECTIFICATION = "rectification", _("rectificatie")
    ENDING = "ending", _("tussentijdse beëindiging")
    FURTHER = "further", _("nadere afspraken")


MAIN = (Kind.QUALIFICATION, Kind.KEUZEDEEL)  # the POK itself; a placement has one that stands


class Mode(models.TextChoices):
    """How a document is signed: one way, never mixed."""

    DIGITAL = "digital", _("digitaal")
    PAPER = "paper", _("op papier")
    WINDOW = "window", _("toegestuurd, met tien werkdagen om te reageren")


class Annex(models.Model):
    """The bijlage of an opleiding (S5-BIJL): four parts, and the version of the bpv-gids they come from."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="annexes", verbose_name=_("opleiding"))
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    guide = models.CharField(_("versie van de bpv-gids"), max_length=80)
    content = models.TextField(_("vorm en inhoud van de bpv"))
    guidance = models.TextField(_("manier en frequentie van de begeleiding"))
    learning = models.TextField(_("persoonlijk leerprogramma"))
    assessment = models.TextField(_("toetsing en beoordeling"))
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["programme", "version"], name="annex_version_once")]

    def __str__(self) -> str:
        return f"{self.programme} {self.version}"


def new_code() -> str:
    """What is printed on a document to look it up: nobody guesses it (60 bits)."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "".join(secrets.choice(letters) for _place in range(12))


class Pok(models.Model):
    """One version of a POK, or of a document that belongs to one. What was withdrawn stays readable."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="poks")
    kind = models.CharField(_("soort"), max_length=20, choices=Kind, default=Kind.QUALIFICATION)
    belongs_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="attached")
    number = models.CharField(_("POK-nummer"), max_length=20)
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    code = models.CharField(_("controlecode"), max_length=12, unique=True, default=new_code)

    # The bpv-blad
    start = models.DateField(_("begin"))
    end = models.DateField(_("einde"))
    hours_per_week = models.DecimalField(_("uren per week"), max_digits=4, decimal_places=1)
    hours_total = models.PositiveIntegerField(_("uren totaal"))
    hours_by_year = models.JSONField(_("uren per schooljaar"), default=dict, blank=True)
    days = models.CharField(_("werkdagen en werktijden"), max_length=120, blank=True)
    annex = models.ForeignKey(Annex, models.PROTECT, null=True, blank=True, related_name="poks")
    particulars = models.JSONField(default=dict, blank=True, help_text="what the document says besides: old, new, text")
    late_reason = models.CharField(_("reden van te laat maken"), max_length=300, blank=True)
    language = models.CharField(_("ook in het"), max_length=2, default="nl", help_text="beside the Dutch")

    # The bytes: what was read and signed, and the text it was made of
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    # The round of signing; the state follows from these and the signatures (agreements/lifecycle.py)
    mode = models.CharField(_("wijze van tekenen"), max_length=10, choices=Mode, blank=True)
    offered_at = models.DateTimeField(_("aangeboden op"), null=True, blank=True)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    lapses_on = models.DateField(_("tekenen kan tot en met"), null=True, blank=True)
    refused_at = models.DateTimeField(_("geweigerd op"), null=True, blank=True)
    refused_party = models.CharField(max_length=10, blank=True)
    refused_reason = models.CharField(_("reden van weigeren"), max_length=500, blank=True)
    complete_at = models.DateTimeField(_("door iedereen getekend op"), null=True, blank=True)
    parents_informed_on = models.DateField(_("ouders geïnformeerd op"), null=True, blank=True)

    # The seal
    sealed = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    sealed_at = models.DateTimeField(_("verzegeld op"), null=True, blank=True)
    seal_due_at = models.DateTimeField(null=True, blank=True, help_text="when sealing is tried (again)")
    seal_error = models.CharField(max_length=300, blank=True)

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
                fields=["placement"],
                condition=Q(withdrawn_on__isnull=True, kind__in=["qualification", "keuzedeel"]),
                name="pok_one_live",
                violation_error_message=_("Er is al een geldige POK voor deze plaatsing."),
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
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refused_reason="")
                | (Q(refused_at__isnull=False) & ~Q(refused_reason="")),
                name="pok_refused_with_reason",
                violation_error_message=_("Weigeren kan alleen met een reden."),
            ),
            models.CheckConstraint(
                condition=Q(sealed__isnull=True, sealed_at__isnull=True)
                | Q(sealed__isnull=False, sealed_at__isnull=False, complete_at__isnull=False),
                name="pok_sealed_when_complete",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["qualification", "keuzedeel"], belongs_to__isnull=True)
                | (~Q(kind__in=["qualification", "keuzedeel"]) & Q(belongs_to__isnull=False)),
                name="pok_belongs_to",
            ),
        ]
        indexes = [
            models.Index(
                fields=["seal_due_at"], name="pok_to_seal", condition=Q(complete_at__isnull=False, sealed=None)
            ),
            models.Index(fields=["offered_at"], name="pok_offered", condition=Q(complete_at=None, withdrawn_on=None)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_main(self) -> bool:
        """The POK itself, not a document that belongs to one."""
        return self.kind in MAIN

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
