"""Who is asked to sign, who signed, what came back, and the chain of what happened."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.models.pok import Pok
from agreements.querysets import OfPokQuerySet
from bpv.core import clock
from bpv.core.models import Document
from companies.models import Contact


class Party(models.TextChoices):
    STUDENT = "student", _("student")
    COMPANY = "company", _("leerbedrijf")
    SCHOOL = "school", _("school")
    GUARDIAN = "guardian", _("ouder of voogd")  # only for minors, and only when the school asks it (MINORS=cosign)


THREE = (Party.STUDENT, Party.COMPANY, Party.SCHOOL)


class Method(models.TextChoices):
    DIGITAL = "digital", _("digitaal")
    PAPER = "paper", _("op papier, origineel ontvangen")
    IMPORTED = "imported", _("overgenomen uit de administratie")
    CONFIRMED = "confirmed", _("akkoord gegeven")


class Signatory(models.Model):
    """Who is asked to sign for a party. For the school: whoever of the team may (no user)."""

    pok = models.ForeignKey(Pok, models.CASCADE, related_name="signatories")
    party = models.CharField(_("partij"), max_length=10, choices=Party)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="signatories")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("naam"), max_length=200, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    language = models.CharField(max_length=2, default="nl")
    invited_at = models.DateTimeField(_("uitgenodigd op"), null=True, help_text="when the mail was written")
    reminded_on = models.DateField(_("herinnerd op"), null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(_("geopend op"), null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["pok", "party"], name="signatory_once")]
        indexes = [
            models.Index(fields=["pok"], name="signatory_to_invite", condition=Q(invited_at=None, user__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.pok} {self.party}"


class Signature(models.Model):
    """One signature of one party under one document (POK-02: three; POK-03: before the start)."""

    pok = models.ForeignKey(Pok, models.PROTECT, related_name="signatures")
    party = models.CharField(_("partij"), max_length=10, choices=Party)
    method = models.CharField(_("wijze"), max_length=10, choices=Method)
    signed_on = models.DateField(_("getekend op"))
    signed_at = models.DateTimeField(null=True, blank=True, help_text="of a digital one: the moment")
    signer = models.CharField(_("naam van de ondertekenaar"), max_length=200)
    function = models.CharField(_("functie"), max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="of the bytes that were shown and signed")
    statement = models.CharField(max_length=20, blank=True, help_text="version of the declaration that was confirmed")
    proof = models.CharField(max_length=40, blank=True, help_text="how the signer was known: link_code, password, …")
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
            models.UniqueConstraint(
                fields=["pok", "recorded_by"],
                condition=Q(method__in=["digital", "confirmed"]),
                name="signature_one_party_each",
                violation_error_message=_("Je hebt al voor een andere partij getekend."),
            ),
            models.CheckConstraint(
                condition=~Q(method="paper") | Q(original_received_on__gte=F("signed_on"), recorded_by__isnull=False),
                name="signature_paper_original",
                violation_error_message=_("Een handtekening op papier telt pas als het origineel is ontvangen."),
            ),
            models.CheckConstraint(
                condition=~Q(method="digital")
                | (Q(signed_at__isnull=False, recorded_by__isnull=False) & ~Q(sha256="") & ~Q(statement="")),
                name="signature_digital_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pok} {self.party}"


class SigningEvent(models.Model):
    """One link of the chain of a round: numbered, holds the hash of the one before; the database refuses changes."""

    pok = models.ForeignKey(Pok, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    event = models.CharField(max_length=30)
    party = models.CharField(max_length=10, blank=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    client = models.JSONField(
        default=dict, help_text="network address, browser, nonce: only their hash is in the chain"
    )

    class Meta:
        ordering = ["pok", "number"]
        constraints = [models.UniqueConstraint(fields=["pok", "number"], name="signing_event_once")]

    def __str__(self) -> str:
        return f"{self.pok_id} {self.number} {self.event}"


class Remark(models.Model):
    """What a signatory of the leerbedrijf sends back before signing: a mistake, or who should sign instead."""

    class Kind(models.TextChoices):
        MISTAKE = "mistake", _("fout in de gegevens")
        OTHER_SIGNATORY = "other", _("iemand anders tekent")
        OBJECTION = "objection", _("niet akkoord")  # to a document that was sent with ten workdays to answer

    pok = models.ForeignKey(Pok, models.PROTECT, related_name="remarks")
    kind = models.CharField(_("soort"), max_length=10, choices=Kind)
    party = models.CharField(max_length=10, choices=Party)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    text = models.TextField(_("toelichting"), max_length=1000, blank=True)
    first_name = models.CharField(_("roepnaam"), max_length=80, blank=True)
    prefix = models.CharField(_("tussenvoegsel"), max_length=20, blank=True)
    last_name = models.CharField(_("achternaam"), max_length=120, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    function = models.CharField(_("functie"), max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted = models.BooleanField(null=True)
    answer = models.CharField(_("antwoord"), max_length=300, blank=True)

    objects = OfPokQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.pok} {self.kind}"


class Paper(models.Model):
    """The original of a round on paper (POK-09): sent, received back, checked by a person, kept somewhere."""

    class Channel(models.TextChoices):
        POST = "post", _("per post")
        STUDENT = "student", _("via de student")
        PERSON = "person", _("persoonlijk")

    pok = models.OneToOneField(Pok, models.PROTECT, related_name="paper")
    sent_on = models.DateField(_("verzonden op"), null=True)
    received_on = models.DateField(_("origineel ontvangen op"), null=True)
    channel = models.CharField(_("hoe ontvangen"), max_length=10, choices=Channel, blank=True)
    checked_on = models.DateField(_("gecontroleerd op"), null=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kept_at = models.CharField(_("waar ligt het origineel?"), max_length=120, blank=True)

    def __str__(self) -> str:
        return str(self.pok)


class Scan(models.Model):
    """A copy of signed paper: kept as KOPIE, it never counts as signed (POK-08)."""

    pok = models.ForeignKey(Pok, models.PROTECT, related_name="scans")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.pok} KOPIE"


class EndReason(models.TextChoices):
    """Why a POK ends early: the cases of the general terms."""

    UNENROLLED = "unenrolled", _("student is uitgeschreven of stopt met de opleiding")
    AGREEMENT = "agreement", _("alle partijen zijn het eens")
    ACCREDITATION = "accreditation", _("erkenning van het leerbedrijf vervallen of ingetrokken")
    CLOSED = "closed", _("leerbedrijf failliet of gestopt")
    GUIDANCE = "guidance", _("begeleiding door het leerbedrijf schiet tekort")
    PLACE = "place", _("bpv-plaats is niet (volledig) beschikbaar")
    STUDENT = "student", _("student komt afspraken niet na")
    COMPANY = "company", _("leerbedrijf komt afspraken niet na")
    PRESSING = "pressing", _("zwaarwegende omstandigheden")
    DIPLOMA = "diploma", _("student heeft het diploma")
    DECEASED = "deceased", _("overlijden van de student")


class Ending(models.Model):
    """The form *Tussentijdse beëindiging* (POK-12): why, by whom, whose fault, what follows."""

    pok = models.OneToOneField(Pok, models.PROTECT, related_name="ending", help_text="the document of the ending")
    on = models.DateField(_("laatste dag van de bpv"))
    reason = models.CharField(_("reden"), max_length=20, choices=EndReason)
    explanation = models.TextField(_("toelichting"), max_length=2000, blank=True)
    asked_by = models.CharField(_("op verzoek van"), max_length=10, choices=Party)
    culpable = models.BooleanField(_("verwijtbaar aan de student"))
    consequences = models.TextField(_("gevolgen"), max_length=2000, blank=True)
    sbb_informed_on = models.DateField(_("SBB ingelicht op"), null=True, blank=True)
    sbb_informed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.pok)
