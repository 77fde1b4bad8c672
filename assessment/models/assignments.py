"""Bpv-opdrachten: the catalogue, what a praktijkopleider proposes, and what was handed out (OPD-01..06)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessment.models.assignment_texts import AssignmentText
from assessment.models.scores import Score
from assessment.querysets import AssignmentQuerySet, HandedOutQuerySet, ProposalQuerySet
from bpv.core import clock
from placements.models import Placement
from students.models import Programme, WorkProcess


class Assignment(AssignmentText):
    """An opdracht in the catalogue of an opleiding; it hangs on werkprocessen of the newest list (S7, OPD-01)."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="assignments")
    work_processes = models.ManyToManyField(WorkProcess, related_name="+", verbose_name=_("werkprocessen"))
    active = models.BooleanField(_("wordt uitgedeeld"), default=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)

    objects = AssignmentQuerySet.as_manager()

    class Meta(AssignmentText.Meta):
        constraints = [
            *AssignmentText.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "title"],
                name="assignment_once",
                violation_error_message=_("Deze opleiding heeft al een opdracht met deze titel."),
            ),
        ]


class Proposal(AssignmentText):
    """An own opdracht of a praktijkopleider for the own student; the school takes it over or not (ONS-13)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("voorgesteld")
        ACCEPTED = "accepted", _("overgenomen")
        REFUSED = "refused", _("niet overgenomen")

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="proposals")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    reason = models.CharField(_("waarom niet?"), max_length=500, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta(AssignmentText.Meta):
        ordering = ["proposed_at", "id"]
        constraints = [
            *AssignmentText.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="proposal_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="proposal_reason",
                violation_error_message=_("Schrijf op waarom de school deze opdracht niet overneemt."),
            ),
        ]


class HandedOut(AssignmentText):
    """An opdracht of one student (OPD-05).

    It holds a frozen copy of the text and its own werkprocessen, those of the student's cohort: an edit in the
    catalogue never changes what was handed out, and an own opdracht of a leerbedrijf needs no row in the catalogue. A
    copy, and not versions of the catalogue: what reads an opdracht then reads one row, wherever it came from.
    `score` is the judgement that counts now; all of them stand in `AssignmentJudgement`.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SUBMITTED = "submitted", _("ingeleverd")
        ASSESSED = "assessed", _("beoordeeld")

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="assignments")
    source = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="handed_out")
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="handed_out")
    work_processes = models.ManyToManyField(WorkProcess, related_name="+", verbose_name=_("werkprocessen"))
    due = models.DateField(_("inleveren voor"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    score = models.CharField(_("oordeel"), max_length=1, choices=Score, blank=True)
    handed_out_on = models.DateField(_("uitgedeeld op"))
    handed_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = HandedOutQuerySet.as_manager()

    class Meta(AssignmentText.Meta):
        constraints = [
            *AssignmentText.Meta.constraints,
            models.UniqueConstraint(
                fields=["placement", "source"],
                name="handedout_once",
                violation_error_message=_("Deze opdracht is al uitgedeeld."),
            ),
            models.CheckConstraint(
                condition=Q(state="assessed") & ~Q(score="") | ~Q(state="assessed") & Q(score=""),
                name="handedout_score",
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(due__gte=F("handed_out_on")),
                name="handedout_due",
                violation_error_message=_("De inleverdatum ligt voor de dag van uitdelen."),
            ),
        ]

    @property
    def is_passed(self) -> bool:
        """Judged at least voldoende."""
        return self.score in (Score.SUFFICIENT, Score.GOOD)
