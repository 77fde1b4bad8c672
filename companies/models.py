"""Leerbedrijven: a location is what SBB recognises (leerbedrijf-ID), for a crebo, from a day."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bpv.core import text
from bpv.core.models import Person, search_index
from companies.querysets import AccreditationQuerySet, ContactQuerySet, LocationQuerySet

sbb_id = RegexValidator(r"^[1-9]\d{8}$", _("Een leerbedrijf-ID heeft 9 cijfers en begint niet met 0."))
crebo = RegexValidator(r"^\d{5}$", _("Een crebo heeft 5 cijfers."))
kvk = RegexValidator(r"^\d{8}$", _("Een KvK-nummer heeft 8 cijfers."))
establishment = RegexValidator(r"^\d{12}$", _("Een vestigingsnummer heeft 12 cijfers."))


class Company(models.Model):
    """The organisation behind one or more locations."""

    name = models.CharField(_("naam"), max_length=200)
    kvk = models.CharField(_("KvK-nummer"), max_length=8, null=True, blank=True, unique=True, validators=[kvk])

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    """A leerbedrijf as SBB knows it: one address, one leerbedrijf-ID."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="locations")
    sbb_id = models.CharField(_("leerbedrijf-ID"), max_length=9, unique=True, validators=[sbb_id])
    name = models.CharField(_("naam"), max_length=200)
    establishment_number = models.CharField(
        _("vestigingsnummer"), max_length=12, blank=True, validators=[establishment]
    )
    street = models.CharField(_("straat"), max_length=120, blank=True)
    house_number = models.CharField(_("huisnummer"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("plaats"), max_length=80, blank=True)
    country = models.CharField(_("land"), max_length=60, default="Nederland")
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    search = models.TextField(editable=False)

    objects = LocationQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [search_index("location_search")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.index()
        super().save(*args, **kwargs)

    def index(self) -> None:
        """Fill the columns that are sorted and searched on (bulk writers call this themselves)."""
        self.sort_key = text.fold(self.name)[:200]
        self.search = text.fold(f"{self.name} {self.sbb_id} {self.city}")


class Accreditation(models.Model):
    """SBB's erkenning of a location for a crebo. Withdrawn counts from that day (LB-01, LB-02)."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="accreditations")
    crebo = models.CharField(_("crebo"), max_length=5, validators=[crebo])
    granted_on = models.DateField(_("erkend sinds"))
    withdrawn_on = models.DateField(_("ingetrokken per"), null=True, blank=True)

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        ordering = ["crebo", "granted_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "crebo", "granted_on"],
                name="accreditation_once",
                violation_error_message=_("Deze erkenning staat er al."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("granted_on")),
                name="accreditation_dates",
                violation_error_message=_("De erkenning kan niet zijn ingetrokken voordat zij is verleend."),
            ),
        ]
        indexes = [
            models.Index(fields=["crebo", "location"], include=["granted_on", "withdrawn_on"], name="accr_facts")
        ]

    def __str__(self) -> str:
        return f"{self.location} {self.crebo}"

    def stands_on(self, day: date) -> bool:
        """Granted on or before the day and not withdrawn by then (LB-02)."""
        return self.granted_on <= day and (self.withdrawn_on is None or self.withdrawn_on > day)


class AccreditationCheck(models.Model):
    """Somebody looked it up: when, where and what the answer was (LB-03)."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="checks")
    crebo = models.CharField(_("crebo"), max_length=5, validators=[crebo])
    on = models.DateField(_("nagekeken op"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    source = models.CharField(_("bron"), max_length=80, default="Stagemarkt.nl")
    accredited = models.BooleanField(_("erkend"))

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.location_id} {self.crebo} {self.on}"


class Contact(Person):
    """A person at a location. One person may be praktijkopleider, werkbegeleider and tekenbevoegde at once."""

    LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels")), ("de", _("Duits")), ("es", _("Spaans"))]

    location = models.ForeignKey(Location, models.CASCADE, related_name="contacts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="contacts")
    function = models.CharField(_("functie"), max_length=120, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoon"), max_length=20, blank=True)
    language = models.CharField(_("taal"), max_length=2, choices=LANGUAGES, default="nl")
    is_supervisor = models.BooleanField(_("praktijkopleider"), default=False)
    is_mentor = models.BooleanField(_("werkbegeleider"), default=False)
    is_signatory = models.BooleanField(_("tekenbevoegde"), default=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "email"],
                condition=~Q(email=""),
                name="contact_email_once",
                violation_error_message=_("Deze contactpersoon staat er al bij dit leerbedrijf."),
            )
        ]

    @property
    def role_names(self) -> str:
        """The roles in words, for beside the name."""
        pairs = [
            (self.is_supervisor, _("praktijkopleider")),
            (self.is_mentor, _("werkbegeleider")),
            (self.is_signatory, _("tekenbevoegde")),
        ]
        return ", ".join(str(name) for held, name in pairs if held)
