"""Questions, complaints and reports with the clock of three workdays."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bpv.core import clock
from placements.models import Placement
from visits.querysets import HelpRequestQuerySet


class RequestKind(models.TextChoices):
    QUESTION = "question", _("hulpvraag")
    COMPLAINT = "complaint", _("klacht")
    REPORT = "report", _("melding")


class Channel(models.TextChoices):
    SITE = "site", _("via deze site")
    PHONE = "phone", _("telefonisch")
    MAIL = "mail", _("per e-mail")
    PERSON = "person", _("in een gesprek")


class Sender(models.TextChoices):
    STUDENT = "student", _("student")
    COMPANY = "company", _("leerbedrijf")


class HelpRequest(models.Model):
    """A hulpvraag, klacht or melding; the first response is due in three workdays (S6.1-c)."""

    number = models.CharField(_("nummer"), max_length=20, unique=True, validators=[RegexValidator(r"^H\d{4,12}$")])
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="requests")
    kind = models.CharField(_("soort"), max_length=10, choices=RequestKind)
    sender = models.CharField(_("van"), max_length=10, choices=Sender)
    topic = models.CharField(_("onderwerp"), max_length=200)
    text = models.TextField(_("bericht"), blank=True)
    channel = models.CharField(_("hoe binnengekomen"), max_length=10, choices=Channel, default=Channel.SITE)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(_("ontvangen"), default=clock.now)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="requests", verbose_name=_("eigenaar")
    )
    first_response_at = models.DateTimeField(_("eerste reactie"), null=True, blank=True)
    responded_by = models.CharField(_("beantwoord door"), max_length=200, blank=True)
    response = models.TextField(_("antwoord"), blank=True)
    sbb_informed_on = models.DateField(_("gemeld bij SBB op"), null=True, blank=True)
    closed_at = models.DateTimeField(_("afgerond op"), null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(_("wat is de uitkomst?"), max_length=500, blank=True)

    objects = HelpRequestQuerySet.as_manager()

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_response_at__isnull=True, responded_by="")
                | (Q(first_response_at__isnull=False) & ~Q(responded_by="")),
                name="request_response_who_and_when",
                violation_error_message=_("Een reactie heeft een moment en een naam, of geen van beide."),
            ),
            models.CheckConstraint(
                condition=Q(first_response_at__isnull=True) | Q(first_response_at__gte=F("received_at")),
                name="request_response_after_receipt",
                violation_error_message=_("De eerste reactie ligt voor het moment van ontvangst."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(first_response_at__isnull=False),
                name="request_closed_after_response",
                violation_error_message=_("Geef eerst een antwoord. Daarna kun je de vraag afronden."),
            ),
        ]
        indexes = [
            models.Index(fields=["received_at"], name="request_open", condition=Q(first_response_at__isnull=True)),
            models.Index(fields=["placement"], name="request_of_placement"),
        ]

    def __str__(self) -> str:
        return self.number


class RequestStep(models.Model):
    """What was done after the first response, and who got the question: the answer is not the end of it."""

    request = models.ForeignKey(HelpRequest, models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("wat is er gedaan?"), max_length=2000)
    to_sender = models.BooleanField(_("stuur dit ook aan wie vroeg"), default=False)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.at:%Y-%m-%d}"
