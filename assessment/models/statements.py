"""What a student who goes without a diploma takes along: the data of a praktijkverklaring (CERT-01, CERT-02)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.querysets import OfEnrolmentQuerySet
from bpv.core import clock
from placements.models import Placement
from students.models import Enrolment, WorkProcess


class Trajectory(models.TextChoices):
    DIPLOMA = "diploma", _("diploma")
    CERTIFICATE = "certificaat", _("mbo-certificaat")
    PRACTICE = "practice", _("praktijkverklaring")


class Statement(models.Model):
    """The praktijkverklaring of an enrolment, or (`needless`) why it needs none. Drawn up it stays as it is.

    A later one stands beside it: what counts is the last.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="statements")
    trajectory = models.CharField(_("traject"), max_length=20, choices=Trajectory)
    on = models.DateField(_("datum van de verklaring"))
    judged_by = models.CharField(_("wie van het leerbedrijf stelde dit vast?"), max_length=200, blank=True)
    remark = models.TextField(_("toelichting"), max_length=2000, blank=True)
    needless = models.CharField(_("waarom is er geen verklaring nodig?"), max_length=300, blank=True)
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(default=clock.now)

    objects = OfEnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-drawn_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(needless="") | Q(judged_by="", remark=""),
                name="statement_needed_or_not",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment} {self.on}"


class Finished(models.Model):
    """A werkproces that the student mastered in a placement."""

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="finished")
    placement = models.ForeignKey(Placement, models.PROTECT, related_name="+")
    work_process = models.ForeignKey(WorkProcess, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["placement__start", "placement", "work_process__code", "id"]
        constraints = [models.UniqueConstraint(fields=["statement", "placement", "work_process"], name="finished_once")]

    def __str__(self) -> str:
        return f"{self.statement} {self.work_process}"
