"""Contact moments and questions."""

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bpv.core import clock
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet
from visits.querysets import HelpRequestQuerySet


class ContactKind(models.TextChoices):
    ON_SITE = "on_site", _("op locatie")
    PHONE = "phone", _("telefonisch")
    ONLINE = "online", _("online")


class ContactMoment(models.Model):
    """A talk that was held; the bpv-docent always took part (S4.2, S6.2)."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="contacts")
    on = models.DateField(_("datum"))
    kind = models.CharField(_("soort"), max_length=10, choices=ContactKind)
    with_student = models.BooleanField(_("student"), default=False)
    with_supervisor = models.BooleanField(_("praktijkopleider"), default=False)
    goals_discussed = models.BooleanField(_("leerdoelen besproken"), default=False)
    discussed = models.TextField(_("wat is besproken"), blank=True)
    agreed = models.TextField(_("afspraken"), blank=True)
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="contact_moments")
    logged_at = models.DateTimeField(default=clock.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, help_text="one form saved twice is one talk")

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["placement", "on"], name="contact_of_placement")]

    def __str__(self) -> str:
        return f"{self.placement} {self.on}"

    @property
    def counts(self) -> bool:
        """A contactmoment of S6.2 has all three parties."""
        return self.with_student and self.with_supervisor


class RequestKind(models.TextChoices):
    QUESTION = "question", _("hulpvraag")
    COMPLAINT = "complaint", _("klacht")
    REPORT = "report", _("melding")


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
    received_at = models.DateTimeField(_("ontvangen"), default=clock.now)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="requests", verbose_name=_("eigenaar")
    )
    first_response_at = models.DateTimeField(_("eerste reactie"), null=True, blank=True)
    responded_by = models.CharField(_("beantwoord door"), max_length=200, blank=True)
    response = models.TextField(_("antwoord"), blank=True)

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
        ]
        indexes = [
            models.Index(fields=["received_at"], name="request_open", condition=Q(first_response_at__isnull=True)),
            models.Index(fields=["placement"], name="request_of_placement"),
        ]

    def __str__(self) -> str:
        return self.number
