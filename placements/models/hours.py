"""Hours of a student by week: worked, absent, confirmed by the leerbedrijf, and what was decided about them (UUR)."""

from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bpv.core import clock
from placements.models.placement import Placement
from placements.querysets import OfPlacementQuerySet


class WeekState(models.TextChoices):
    DRAFT = "draft", _("concept")
    HANDED_IN = "handed_in", _("wacht op bevestiging")
    SENT_BACK = "sent_back", _("teruggestuurd")
    CONFIRMED = "confirmed", _("bevestigd")


class Way(models.TextChoices):
    """How the leerbedrijf confirmed."""

    OWN = "own", _("zelf bevestigd")
    PHONE = "phone", _("telefonisch gehoord")
    TALK = "talk", _("in een gesprek gehoord")
    PAPER = "paper", _("op papier ontvangen")


class Absence(models.TextChoices):
    """Grounds of geoorloofd afwezig (UUR-04), and ongeoorloofd. `PLAN` is the Ontwikkelplan, which it does not name."""

    SICK = "sick", _("ziek")
    PLAN = "plan", _("zo afgesproken met de school")
    LEAVE = "leave", _("verlof")
    FREE = "free", _("feestdag of vrije dag")
    SCHOOL_DAY = "school_day", _("terugkomdag op school")
    OTHER = "other", _("anders, met toestemming")
    UNEXCUSED = "unexcused", _("zonder toestemming")


class HoursWeek(models.Model):
    """One version of one week of one placement. A confirmed one stays as it is: a correction is the next version.

    `revision` goes up with every change of what it says, so that nobody confirms what was not read.
    """

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="hours_weeks")
    monday = models.DateField(_("maandag"))
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    revision = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(_("reden van de correctie"), max_length=300, blank=True)
    state = models.CharField(_("stand"), max_length=10, choices=WeekState, default=WeekState.DRAFT)
    saved_at = models.DateTimeField(default=clock.now)
    handed_in_at = models.DateTimeField(_("ingediend op"), null=True, blank=True)
    way = models.CharField(_("hoe bevestigd"), max_length=10, choices=Way, blank=True)
    answer = models.CharField(_("reden van terugsturen"), max_length=300, blank=True)
    settled_at = models.DateTimeField(_("bevestigd of teruggestuurd op"), null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["monday", "version"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "monday", "version"], name="hours_week_version_once"),
            models.UniqueConstraint(
                fields=["placement", "monday"], condition=~Q(state="confirmed"), name="hours_week_one_open"
            ),
            models.CheckConstraint(condition=Q(monday__iso_week_day=1), name="hours_week_monday"),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""),
                name="hours_week_correction",
                violation_error_message=_("Geef de reden van de correctie."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["confirmed", "sent_back"], settled_at__isnull=False, settled_by__isnull=False)
                    | Q(state__in=["draft", "handed_in"], settled_at__isnull=True, settled_by__isnull=True)
                ),
                name="hours_week_settled",
            ),
            models.CheckConstraint(
                condition=(Q(state="confirmed") & ~Q(way="")) | (~Q(state="confirmed") & Q(way="")),
                name="hours_week_way",
            ),
        ]
        indexes = [models.Index(fields=["placement"], name="hours_to_confirm", condition=Q(state="handed_in"))]

    def __str__(self) -> str:
        return f"{self.placement} {self.name} v{self.version}"

    @property
    def name(self) -> str:
        """The week as it stands in an address: `2026-w47`."""
        year, week, _day = self.monday.isocalendar()
        return f"{year}-w{week:02}"

    @property
    def number(self) -> int:
        """The ISO number of the week."""
        return self.monday.isocalendar().week

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    @property
    def worked(self) -> Decimal:
        """All hours worked (prefetch `days`)."""
        return sum((day.worked for day in self.days.all()), Decimal(0))

    @property
    def absent(self) -> Decimal:
        """All hours absent (prefetch `days`)."""
        return sum((day.absent for day in self.days.all()), Decimal(0))


def hours_field(label: str) -> models.DecimalField:
    """Hours of a day, in quarters."""
    return models.DecimalField(label, max_digits=4, decimal_places=2, default=0)


class HoursDay(models.Model):
    """A day on which something was entered. `deliberate`: in a holiday, and so agreed with leerbedrijf and school."""

    week = models.ForeignKey(HoursWeek, models.CASCADE, related_name="days")
    on = models.DateField(_("dag"))
    worked = hours_field(_("gewerkt"))
    absent = hours_field(_("afwezig"))
    absence = models.CharField(_("reden van afwezigheid"), max_length=10, choices=Absence, blank=True)
    note = models.CharField(_("toelichting"), max_length=200, blank=True)
    deliberate = models.BooleanField(_("zo afgesproken"), default=False)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["week", "on"], name="hours_day_once"),
            models.CheckConstraint(
                condition=Q(worked__gte=0, absent__gte=0, worked__lte=24 - F("absent")), name="hours_day_hours"
            ),
            models.CheckConstraint(
                condition=Q(absent=0, absence="") | (Q(absent__gt=0) & ~Q(absence="")),
                name="hours_day_absence",
                violation_error_message=_("Geef bij afwezigheid de uren en de reden."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.worked}"


class Decision(models.TextChoices):
    """What people decide about hours, each with its own answers."""

    LATE_POK = "late_pok", _("uren voordat de POK compleet was")
    ASSESSABLE = "assessable", _("te beoordelen met minder uren")
    PARTS = "parts", _("niet alle onderdelen gedaan")


class HoursDecision(models.Model):
    """A decision with its reason; the newest one of a kind stands (T3, UUR-03, UUR-05).

    `before`: the day on which the POK was complete, of which it says whether the days before it count.
    """

    class Answer(models.TextChoices):
        COUNTS = "counts", _("deze uren tellen mee")
        LOST = "lost", _("deze uren tellen niet mee")
        YES = "yes", _("ja, de bpv is te beoordelen")
        NO = "no", _("nee, de bpv is nog niet te beoordelen")
        EXTEND = "extend", _("de bpv wordt verlengd")
        ALTERNATIVE = "alternative", _("er komt een alternatief")
        NOTHING = "nothing", _("verlengen of een alternatief is niet nodig")

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="hours_decisions")
    kind = models.CharField(_("soort"), max_length=10, choices=Decision)
    answer = models.CharField(_("besluit"), max_length=12, choices=Answer)
    text = models.TextField(_("reden of afspraken"), max_length=1000)
    before = models.DateField(null=True, blank=True)
    on = models.DateField(_("besluit van"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="late_pok", answer__in=["counts", "lost"], before__isnull=False)
                | Q(kind="assessable", answer__in=["yes", "no"], before__isnull=True)
                | Q(kind="parts", answer__in=["extend", "alternative", "nothing"], before__isnull=True),
                name="hours_decision_answers",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="hours_decision_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.placement} {self.kind}: {self.answer}"
