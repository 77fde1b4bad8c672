"""The central aggregate: one bpv-periode of one student at one location."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from bpv.core import clock, text
from bpv.core.models import Document, search_index
from companies.models import Contact, Location
from placements.querysets import PlacementQuerySet, SearchQuerySet
from standards.hours import planned_until, split_hours
from students.models import Enrolment, Programme, Student, keuzedelen_field


class State(models.TextChoices):
    """Decisions only; loopt / afgelopen / nog niet begonnen follow from the dates."""

    PLANNED = "planned", _("gepland")
    ENDED = "ended", _("voortijdig beëindigd")
    CANCELLED = "cancelled", _("vervallen")


def one_point(column: str) -> Func:
    """A bigint as a range of one, so that an exclusion constraint needs no extension."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


class Placement(models.Model):
    number = models.CharField(
        _("plaatsingsnummer"), max_length=20, unique=True, validators=[RegexValidator(r"^[A-Z]{2}\d{4,12}$")]
    )
    student = models.ForeignKey(Student, models.PROTECT, related_name="placements", verbose_name=_("student"))
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="placements", verbose_name=_("inschrijving"))
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="placements", verbose_name=_("opleiding"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="placements", verbose_name=_("team"))
    location = models.ForeignKey(Location, models.PROTECT, related_name="placements", verbose_name=_("leerbedrijf"))
    start = models.DateField(_("begin"))
    end = models.DateField(_("einde"))
    hours_per_week = models.DecimalField(
        _("uren per week"), max_digits=4, decimal_places=1, validators=[MinValueValidator(1)]
    )
    hours_total = models.PositiveIntegerField(_("uren totaal"))
    times = models.JSONField(
        _("werktijden"), default=dict, blank=True, help_text="{weekday 0-6: [from, until]}, Monday is 0 (CAL-01)"
    )
    keuzedelen = keuzedelen_field(verbose_name=_("keuzedelen"))
    supervisor = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="placements", verbose_name=_("praktijkopleider")
    )
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="placements",
        verbose_name=_("bpv-docent"),
    )
    in_evening = models.BooleanField(_("werkt ook 's avonds of 's nachts"), default=False, db_default=False)
    in_weekend = models.BooleanField(_("werkt ook in het weekend"), default=False, db_default=False)
    in_holidays = models.BooleanField(_("werkt ook in schoolvakanties"), default=False, db_default=False)
    state = models.CharField(max_length=20, choices=State, default=State.PLANNED)
    ended_on = models.DateField(_("beëindigd op"), null=True, blank=True)
    reason = models.CharField(_("reden"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("dossier afgesloten op"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)
    sort_key = models.CharField(max_length=220, editable=False)
    search = models.TextField(editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=F("start")),
                name="placement_dates",
                violation_error_message=_("Het einde ligt voor het begin."),
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) | (~Q(state="ended") & Q(ended_on__isnull=True)),
                name="placement_ended_with_date",
                violation_error_message=_("Een beëindigde plaatsing heeft een datum van beëindiging, een andere niet."),
            ),
            models.CheckConstraint(
                condition=Q(state="planned") | ~Q(reason=""),
                name="placement_reason",
                violation_error_message=_("Geef een reden."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="placement_closed_by",
            ),
            ExclusionConstraint(
                name="placement_no_overlap",
                expressions=[
                    (one_point("student"), RangeOperators.OVERLAPS),
                    (one_point("location"), RangeOperators.OVERLAPS),
                    (
                        Func(
                            F("start"),
                            F("end"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=~Q(state="cancelled"),
                violation_error_message=_("Deze student heeft in deze periode al een plaatsing bij dit leerbedrijf."),
            ),
        ]
        indexes = [
            search_index("placement_search"),
            models.Index(fields=["team", "sort_key", "id"], name="placement_team_list"),
            models.Index(fields=["sort_key", "id"], name="placement_list"),
            models.Index(fields=["location", "programme", "start"], name="placement_new_location"),
            models.Index(fields=["teacher", "end"], name="placement_teacher"),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.index()
        super().save(*args, **kwargs)

    def index(self) -> None:
        """Fill the columns that are sorted and searched on (bulk writers call this themselves)."""
        self.sort_key = self.student.sort_key
        self.search = text.fold(
            f"{self.student.full_name} {self.student.number} {self.number} {self.location.name} {self.location.city}"
            f" {self.enrolment.group}"
        )

    @property
    def last_day(self) -> date:
        """The day the bpv ends: as agreed, or earlier when it was ended."""
        return self.ended_on or self.end

    @property
    def hours_planned(self) -> int:
        """The agreed hours up to the last day, by calendar days: fewer than `hours_total` when the bpv was ended."""
        if self.ended_on is None:
            return self.hours_total
        agreed = split_hours(self.start, self.end, self.hours_total)
        return sum(planned_until(self.start, self.end, agreed, self.last_day).values())

    def phase(self, today: date) -> str:
        """Where the placement is on a day, in a Dutch word."""
        if self.state != State.PLANNED:
            return self.get_state_display()
        if today < self.start:
            return str(_("nog niet begonnen"))
        return str(_("loopt") if today <= self.end else _("afgelopen"))


class Search(models.Model):
    """The search for a bpv-plaats: a BBL student without one (S3.2-b), or after a bpv that ended (S3.2-d)."""

    class Kind(models.TextChoices):
        WITHOUT = "without", _("BBL zonder plek")
        REPLACEMENT = "replacement", _("vervangende plek")

    class Decision(models.TextChoices):
        KEEP = "keep", _("inschrijving blijft")
        END = "end", _("inschrijving wordt beëindigd")

    class Result(models.TextChoices):
        PLACED = "placed", _("plek gevonden")
        SWITCHED = "switched", _("overgestapt naar een andere opleiding")
        STOPPED = "stopped", _("gestopt")

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="searches")
    after = models.ForeignKey(Placement, models.SET_NULL, null=True, blank=True, related_name="searches_after")
    kind = models.CharField(_("soort"), max_length=12, choices=Kind)
    opened_on = models.DateField(_("begonnen op"))
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("aanleiding"), max_length=300, blank=True)
    sbb_consulted_on = models.DateField(_("overleg met SBB op"), null=True, blank=True)

    # S3.2-b: the addendum with its two acknowledgements
    agreements = models.TextField(_("afspraken over het zoeken"), max_length=3000, blank=True)
    addendum = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    student_agreed_at = models.DateTimeField(null=True)
    school_agreed_at = models.DateTimeField(null=True)
    school_agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    # BBL-04: a decision from 1 January of the first year, never automatic; BBL-05: then 56 days of support
    decision = models.CharField(_("besluit"), max_length=4, choices=Decision, blank=True)
    decided_on = models.DateField(_("besluit genomen op"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decision_reason = models.CharField(_("onderbouwing"), max_length=500, blank=True)

    closed_on = models.DateField(_("afgerond op"), null=True, blank=True)
    result = models.CharField(_("resultaat"), max_length=10, choices=Result, blank=True)

    objects = SearchQuerySet.as_manager()

    class Meta:
        ordering = ["opened_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(closed_on__isnull=True),
                name="search_one_open",
                violation_error_message=_("Voor deze student loopt al een zoektocht naar een plek."),
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True) | (~Q(decision="") & Q(decided_on__isnull=False)),
                name="search_decided_when",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, result="") | (Q(closed_on__isnull=False) & ~Q(result="")),
                name="search_closed_with_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.kind}"


class SearchStep(models.Model):
    """What was done to find a place (S3.2-c, BBL-05, BBL-07)."""

    search = models.ForeignKey(Search, models.CASCADE, related_name="steps")
    on = models.DateField(_("datum"))
    text = models.CharField(_("wat is er gedaan?"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.search} {self.on}"
