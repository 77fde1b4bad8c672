"""What decides, besides the eindoordelen, whether a student meets the diploma requirement of the bpv."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.querysets import OfEnrolmentQuerySet
from bpv.core import clock
from placements.models import Placement
from students.models import Enrolment


class Equivalence(models.Model):
    """Why a zij-instromer need not do the bpv again: proof of an earlier one, or a decision (ZIJ-01, ZIJ-02).

    Of the proof only its kind and date are kept. A decision stays as it is; a next one takes its place.
    """

    class Ground(models.TextChoices):
        PROOF = "proof", _("bewijs van een eerdere bpv")
        DECISION = "decision", _("besluit over werkervaring")

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="equivalences")
    ground = models.CharField(_("grond"), max_length=10, choices=Ground)
    granted = models.BooleanField(_("gelijkwaardig"))
    on = models.DateField(_("datum"))
    proof = models.CharField(_("welk bewijs is gezien?"), max_length=200, blank=True)
    proof_on = models.DateField(_("datum van het bewijs"), null=True, blank=True)
    recent = models.BooleanField(_("recent en relevant"), null=True, blank=True)
    recent_why = models.TextField(_("waarom recent en relevant?"), max_length=2000, blank=True)
    extent = models.BooleanField(_("voldoende omvang"), null=True, blank=True)
    extent_why = models.TextField(_("waarom voldoende omvang?"), max_length=2000, blank=True)
    level = models.BooleanField(_("juiste niveau"), null=True, blank=True)
    level_why = models.TextField(_("waarom het juiste niveau?"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    is_current = models.BooleanField(default=True)

    objects = OfEnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment"], condition=Q(is_current=True), name="equivalence_one_current"),
            models.CheckConstraint(
                condition=~Q(ground="proof") | (Q(granted=True, proof_on__isnull=False) & ~Q(proof="")),
                name="equivalence_proof",
                violation_error_message=_("Schrijf op welk bewijs is gezien en van wanneer het is."),
            ),
            models.CheckConstraint(
                condition=~Q(ground="decision")
                | (
                    Q(recent__isnull=False, extent__isnull=False, level__isnull=False)
                    & ~Q(recent_why="")
                    & ~Q(extent_why="")
                    & ~Q(level_why="")
                ),
                name="equivalence_motivated",
                violation_error_message=_("Beantwoord de drie vragen en geef bij elke een motivering."),
            ),
            models.CheckConstraint(
                condition=~Q(ground="decision", granted=True) | Q(recent=True, extent=True, level=True),
                name="equivalence_three_times_yes",
                violation_error_message=_("Gelijkwaardig kan alleen als alle drie de vragen met ja zijn beantwoord."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.ground}"

    @property
    def questions(self) -> list[tuple[str, bool | None, str]]:
        """The three questions of a decision with answer and motivation (ZIJ-02)."""
        return [
            (str(_("Is de werkervaring voldoende recent en relevant?")), self.recent, self.recent_why),
            (str(_("Is de werkervaring van voldoende omvang?")), self.extent, self.extent_why),
            (str(_("Was het werk van het juiste niveau?")), self.level, self.level_why),
        ]


class LeftOut(models.Model):
    """A placement that does not count for the diploma, by a decision of the examencommissie.

    For a bpv that was done again, or that ended early without an eindoordeel.
    """

    placement = models.OneToOneField(Placement, models.PROTECT, related_name="left_out")
    reason = models.CharField(_("waarom telt deze bpv niet mee?"), max_length=500)
    on = models.DateField(_("besluit van de examencommissie op"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="left_out_why")]

    def __str__(self) -> str:
        return str(self.placement)
