"""What a student handed in, who judged it in which role, and how well the opdracht fits practice (OPD-05, OPD-07)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.assignments import HandedOut
from assessment.models.scores import Score
from bpv.core import clock
from bpv.core.models import Document


class Submission(models.Model):
    """One version of what a student handed in; it stays as it is (ONS-11)."""

    handed_out = models.ForeignKey(HandedOut, models.CASCADE, related_name="submissions")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(_("jouw uitwerking"), max_length=20_000, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["handed_out", "version"], name="submission_version"),
            models.CheckConstraint(condition=~Q(text="") | Q(document__isnull=False), name="submission_something"),
        ]

    def __str__(self) -> str:
        return f"{self.handed_out} {self.version}"


class Role(models.TextChoices):
    """Who may judge a bpv-opdracht (ROL-BEO-2): two of the leerbedrijf, three of the school."""

    SUPERVISOR = "supervisor", _("praktijkopleider")
    DAILY = "daily", _("werkbegeleider")
    TEACHER = "teacher", _("bpv-docent")
    SUBJECT = "subject", _("vakdocent")
    COORDINATOR = "coordinator", _("bpv-coördinator")


OF_COMPANY = frozenset({Role.SUPERVISOR, Role.DAILY})


class AssignmentJudgement(models.Model):
    """One judgement of one version. `assessor`: the name, also of whom the leerbedrijf appointed (ROL-BEO-3).

    Who judges the same version again replaces the own judgement; the older one stays to be read.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="judgements")
    role = models.CharField(_("wie beoordeelt?"), max_length=12, choices=Role)
    assessor = models.CharField(_("naam"), max_length=200)
    score = models.CharField(_("oordeel"), max_length=1, choices=Score)
    feedback = models.TextField(_("feedback"), max_length=5000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "role", "by"],
                condition=Q(replaced_at__isnull=True),
                name="assignmentjudgement_one",
            ),
            models.CheckConstraint(
                condition=~Q(score="o") | ~Q(feedback=""),
                name="assignmentjudgement_feedback",
                violation_error_message=_("Schrijf bij een onvoldoende op wat beter moet."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} {self.role} {self.score}"

    @property
    def of_company(self) -> bool:
        """Given by the leerbedrijf."""
        return self.role in OF_COMPANY


class PracticeFit(models.Model):
    """How well an opdracht fits practice (OPD-07): 1 not at all, 5 very well; by either side of the bpv."""

    class Party(models.TextChoices):
        STUDENT = "student", _("student")
        SUPERVISOR = "supervisor", _("praktijkopleider")

    handed_out = models.ForeignKey(HandedOut, models.CASCADE, related_name="fits")
    party = models.CharField(max_length=10, choices=Party)
    score = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["party"]
        constraints = [
            models.UniqueConstraint(fields=["handed_out", "party"], name="practicefit_once"),
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="practicefit_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.handed_out} {self.party} {self.score}"
