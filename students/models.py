"""Students and what they study. BSN is not stored anywhere."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from bpv.core.models import Person
from companies.models import crebo
from students.querysets import EnrolmentQuerySet, ProgrammeQuerySet, StudentQuerySet, WorkProcessQuerySet


class Leerweg(models.TextChoices):
    BOL = "BOL", "BOL"
    BBL = "BBL", "BBL"


class Programme(models.Model):
    """An opleiding: crebo x leerweg, given by a team."""

    crebo = models.CharField(_("crebo"), max_length=5, validators=[crebo])
    leerweg = models.CharField(_("leerweg"), max_length=3, choices=Leerweg)
    name = models.CharField(_("naam"), max_length=200)
    level = models.PositiveSmallIntegerField(_("niveau"))
    years = models.PositiveSmallIntegerField(_("duur in jaren"))
    team = models.ForeignKey(Team, models.PROTECT, related_name="programmes", verbose_name=_("team"))
    vws = models.BooleanField(_("VWS-kwalificatie"), default=False)
    bpv_hours = models.PositiveIntegerField(_("bpv-uren"))
    registers_hours = models.BooleanField(
        _("studenten houden hun uren bij"), default=False, db_default=False, help_text="a choice (UUR-01)"
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "leerweg"]
        constraints = [
            models.UniqueConstraint(
                fields=["crebo", "leerweg"],
                name="programme_once",
                violation_error_message=_("Deze opleiding (crebo en leerweg) staat er al."),
            ),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)),
                name="programme_level",
                violation_error_message=_("Het niveau is 1, 2, 3 of 4."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.crebo} {self.leerweg})"


class Student(Person):
    number = models.CharField(
        _("studentnummer"), max_length=12, unique=True, validators=[RegexValidator(r"^\d{4,12}$")]
    )
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="student")
    birth_date = models.DateField(_("geboortedatum"))
    email = models.EmailField(_("e-mailadres"), blank=True)
    mobile = models.CharField(_("mobiel"), max_length=20, blank=True)
    street = models.CharField(_("straat"), max_length=120, blank=True)
    house_number = models.CharField(_("huisnummer"), max_length=20, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("woonplaats"), max_length=80, blank=True)

    objects = StudentQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "id"]

    def age_on(self, day: date) -> int:
        """Age in whole years on a day."""
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))


class WorkPermit(models.Model):
    """Whether a student needs a tewerkstellingsvergunning (TWV-01): only what was seen and when, no copy of a paper."""

    class State(models.TextChoices):
        NOT_NEEDED = "not_needed", _("niet nodig")
        EXEMPT = "exempt", _("vrijgesteld (BOL, onbezoldigd, begonnen voor 18 jaar)")
        NEEDED = "needed", _("TWV nodig, nog niet verleend")
        GRANTED = "granted", _("TWV verleend")

    student = models.OneToOneField(Student, models.CASCADE, related_name="work_permit")
    state = models.CharField(_("tewerkstellingsvergunning"), max_length=12, choices=State)
    valid_until = models.DateField(_("geldig tot en met"), null=True, blank=True)
    checked_on = models.DateField(_("nagekeken op"))
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=False) | ~Q(state="granted"),
                name="work_permit_until",
                violation_error_message=_("Geef de einddatum van de TWV."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.state}"


class Guardian(models.Model):
    """The parent or guardian of a student under 18, for who is informed or signs along (T26)."""

    student = models.OneToOneField(Student, models.CASCADE, related_name="guardian")
    name = models.CharField(_("naam van de ouder of voogd"), max_length=200)
    email = models.EmailField(_("e-mailadres"))

    def __str__(self) -> str:
        return self.name


class Enrolment(models.Model):
    """Inschrijving of a student for a programme; `group` is the class."""

    student = models.ForeignKey(Student, models.CASCADE, related_name="enrolments")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="enrolments")
    group = models.CharField(_("klas"), max_length=20, blank=True, db_index=True)
    cohort = models.PositiveSmallIntegerField(_("cohort"))
    start = models.DateField(_("inschrijving van"))
    end = models.DateField(_("inschrijving tot"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["student__sort_key", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "programme", "start"],
                name="enrolment_once",
                violation_error_message=_("Deze inschrijving staat er al."),
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="enrolment_dates",
                violation_error_message=_("De inschrijving eindigt voor zij begint."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.programme}"


class WorkProcess(models.Model):
    """A werkproces of a kwalificatiedossier, as it is for students from this cohort on (S7)."""

    crebo = models.CharField(_("crebo"), max_length=5, validators=[crebo])
    cohort = models.PositiveSmallIntegerField(_("vanaf cohort"))
    code = models.CharField(
        _("werkproces"),
        max_length=8,
        validators=[RegexValidator(r"^[BP]\d-K\d-W\d$", _("Een werkproces is een code zoals B1-K1-W1."))],
    )
    title = models.CharField(_("titel"), max_length=200)

    objects = WorkProcessQuerySet.as_manager()

    class Meta:
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["crebo", "cohort", "code"],
                name="work_process_once",
                violation_error_message=_("Dit werkproces staat er al voor dit cohort."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


def keuzedelen_field(**kwargs: Any) -> ArrayField:
    """Keuzedeel codes (K0067)."""
    code = RegexValidator(r"^K\d{4}$", _("Een keuzedeel is een K met 4 cijfers, zoals K0067."))
    return ArrayField(models.CharField(max_length=5, validators=[code]), default=list, blank=True, **kwargs)
