"""Talks: planned, prepared, held, corrected, and what was agreed in them."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bpv.core import clock
from placements.models import Placement
from placements.querysets import OfPlacementQuerySet
from standards.words import long_date
from students.models import Programme
from visits.querysets import ActionPointQuerySet, TalkQuerySet


class ContactKind(models.TextChoices):
    ON_SITE = "on_site", _("op locatie")
    PHONE = "phone", _("telefonisch")
    ONLINE = "online", _("online")


class Occasion(models.TextChoices):
    """Why there is a talk: the moments of the handbook's first page, and what comes in between."""

    FIRST = "first", _("eerste gesprek")
    HALF = "half", _("tussengesprek")
    FINAL = "final", _("eindgesprek")
    EXTRA = "extra", _("extra voortgangsgesprek")


class Party(models.TextChoices):
    STUDENT = "student", _("student")
    COMPANY = "company", _("praktijkopleider")
    SCHOOL = "school", _("bpv-docent")


class Topic(models.TextChoices):
    """What every talk goes over (BEG-05)."""

    ASSIGNMENTS = "assignments", _("bpv-opdrachten")
    EARLIER = "earlier", _("eerder gemaakte afspraken")
    PROGRESS = "progress", _("voortgang")
    WELL_BEING = "well_being", _("welbevinden van de student")
    GUIDANCE = "guidance", _("begeleiding door het leerbedrijf")


class ConversationForm(models.Model):
    """A version of the leidraad (S6.3): the items that are scored and the prompts that are talked through.

    Without programme: of the whole school. A label that is in the catalogues is shown in the reader's language.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, null=True, blank=True, related_name="conversation_forms")
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    items = models.JSONField(help_text="[{key, group, label}], scored o, v or g (bijlage 1)")
    prompts = models.JSONField(help_text="[{key, label, follow_up}]; follow_up: not at a first talk (bijlage 2)")
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "version"], name="conversation_form_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme or 'ROC'} {self.version}"


class Talk(models.Model):
    """A bpv-gesprek to come: proposed, planned, or cancelled; held when a contact moment hangs on it (BEG-04)."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("voorstel")
        PLANNED = "planned", _("gepland")
        CANCELLED = "cancelled", _("afgezegd")

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="talks")
    occasion = models.CharField(_("soort gesprek"), max_length=10, choices=Occasion)
    school_year = models.PositiveSmallIntegerField(help_text="the calendar year in which its school year begins")
    on = models.DateField(_("datum"))
    at = models.TimeField(_("tijd"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("duur in minuten"), default=45)
    kind = models.CharField(_("vorm"), max_length=10, choices=ContactKind, default=ContactKind.ON_SITE)
    place = models.CharField(_("plaats of link"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    form = models.ForeignKey(ConversationForm, models.PROTECT, null=True, blank=True, related_name="talks")
    invited_at = models.DateTimeField(_("uitgenodigd op"), null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True, help_text="when the preparation was asked (B1-02)")
    reminded_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(_("reden van afzeggen"), max_length=300, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="in calendars, for ever")
    sequence = models.PositiveIntegerField(default=0, help_text="in calendars: one up with every change")
    changed_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering = ["on", "at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "occasion", "school_year"],
                condition=~Q(state="cancelled") & ~Q(occasion="extra"),
                name="talk_once",
                violation_error_message=_("Dit gesprek staat al gepland."),
            )
        ]
        indexes = [models.Index(fields=["on"], name="talk_by_day", condition=~Q(state="cancelled"))]

    def __str__(self) -> str:
        return f"{self.placement} {self.occasion} {self.on}"


class Preparation(models.Model):
    """What student or praktijkopleider filled in before a talk; the other reads it when both are in (B1-01)."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="preparations")
    party = models.CharField(max_length=10, choices=Party)
    scores = models.JSONField(default=dict, help_text="{key of the item: o, v or g}")
    answers = models.JSONField(default=dict, help_text="{key of the prompt: text}")
    remarks = models.TextField(_("opmerkingen"), max_length=3000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(_("ingeleverd op"), null=True, blank=True)

    class Meta:
        ordering = ["talk", "party"]
        constraints = [models.UniqueConstraint(fields=["talk", "party"], name="preparation_once")]

    def __str__(self) -> str:
        return f"{self.talk} {self.party}"


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
    talk = models.OneToOneField(Talk, models.SET_NULL, null=True, blank=True, related_name="contact")
    occasion = models.CharField(_("soort gesprek"), max_length=10, choices=Occasion, blank=True)
    topics = models.JSONField(
        _("per onderwerp"), default=dict, blank=True, help_text="{topic: text}, the five of BEG-05"
    )
    roles_discussed = models.BooleanField(_("rollen en taken besproken"), default=False)
    private_note = models.TextField(_("notitie voor school"), max_length=3000, blank=True)
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="contact_moments")
    logged_at = models.DateTimeField(default=clock.now)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, help_text="one form saved twice is one talk")

    confirmed_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

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


class Correction(models.Model):
    """A contact moment as it stood before it was corrected: the old text stays."""

    contact = models.ForeignKey(ContactMoment, models.CASCADE, related_name="corrections")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(_("waarom wijzig je dit?"), max_length=300)
    before = models.JSONField(help_text="the fields that changed, as they were")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.at:%Y-%m-%d}"

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What changed, with the old text, as words."""
        return [(str(_name(field)), _said(field, old)) for field, old in self.before.items()]


def _name(field: str) -> Any:
    return ContactMoment._meta.get_field(field).verbose_name  # type: ignore[union-attr]


def _said(field: str, old: Any) -> str:
    """An old value as a reader understands it."""
    if field == "topics":
        return "\n".join(f"{Topic(topic).label}: {text}" for topic, text in old.items())
    if field == "on":
        return long_date(date.fromisoformat(old))
    if field == "kind":
        return str(ContactKind(old).label)
    return (str(_("ja")) if old else str(_("nee"))) if isinstance(old, bool) else old


class ActionPoint(models.Model):
    """Something agreed in a talk: who does what by when. Open ones come back in the next talk (B2-01, B2-02)."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="action_points")
    contact = models.ForeignKey(ContactMoment, models.SET_NULL, null=True, blank=True, related_name="action_points")
    text = models.CharField(_("wat?"), max_length=300)
    owner = models.CharField(_("wie?"), max_length=10, choices=Party)
    due = models.DateField(_("wanneer klaar?"))
    done_on = models.DateField(_("klaar op"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dropped = models.BooleanField(_("vervallen"), default=False)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        indexes = [
            models.Index(fields=["placement"], name="action_open", condition=Q(done_on__isnull=True, dropped=False))
        ]

    def __str__(self) -> str:
        return self.text


class CloseWatch(models.Model):
    """Vinger aan de pols: contact more often, because the bpv threatens to fail or is a second one (BEG-09)."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="watches")
    since = models.DateField(_("vanaf"))
    every_weeks = models.PositiveSmallIntegerField(_("contact om de hoeveel weken?"), default=2)
    reason = models.CharField(_("waarom?"), max_length=300)
    measure = models.CharField(_("welke maatregel?"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_on = models.DateField(_("gestopt op"), null=True, blank=True)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"],
                condition=Q(ended_on__isnull=True),
                name="watch_one_open",
                violation_error_message=_("Voor deze student staat dit al aan."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.since}"


class CalendarFeed(models.Model):
    """The address of a person's calendar; the secret in it is kept as SHA-256 only."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.user)
